import Calibration
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Returns of children who do not exist, read again.
@Suite struct SyntheticReturnsTests {
    private struct Made {
        let folder: TemporaryFolder
        let returns: SyntheticReturns
        let records: Sen2Records

        /// - Parameter faults: the share of people with a fault.
        init(plans: Int, years: Int = 3, seed: UInt64, faults: Double = 0) throws {
            let made = try TemporaryFolder()
            let returns = SyntheticReturns(plans: plans, years: years, base: 2026, seed: seed, faults: faults)
            for file in returns.files {
                let url = made.url.appendingPathComponent(file.name)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try file.data.write(to: url)
            }
            (folder, self.returns) = (made, returns)
            records = try Sen2Records.read(
                .init(
                    returns: returns.years.map { made.path("\($0)") }, register: made.path("register.csv"),
                    links: made.path("register-links.csv"), key: made.path("key"))
            ).value
        }

        func rows(_ name: String) throws -> [[String]] {
            try String(contentsOfFile: folder.path(name), encoding: .utf8).split(separator: "\n").dropFirst().map {
                $0.components(separatedBy: ",")
            }
        }

        /// The model's transitions, a line a plan.
        func transitions() throws -> [String] {
            let area = RecordedModel.Area(records, name: nil)
            let januaries = RecordedModel.januaries(records, horizon: 2)
            let people = try PublishedPopulation.read([folder.path("population.csv")]).value
            let population = try JanuaryPopulation(people, of: area, januaries: januaries)
            let data = try RecordedModel(records, area, population: population).data(command: "test")
            let file = try #require(data.files.first { $0.name == "transitions.csv" })
            return String(decoding: file.data, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    /// Without faults, what is read is what was drawn, plan by plan.
    @Test(arguments: [(400, 1), (2_000, 2)] as [(Int, UInt64)]) func whatIsReadIsWhatWasDrawn(plans: Int, seed: UInt64)
        throws
    {
        let made = try Made(plans: plans, seed: seed)
        let truth = try String(contentsOfFile: made.folder.path("truth/transitions.csv"), encoding: .utf8)
        #expect(try made.transitions() == truth.split(separator: "\n").map(String.init))
        #expect(made.records.plans.last?.count == made.returns.plans)
        let found = Set(
            String(decoding: made.records.findings, as: UTF8.self).split(separator: "\n").dropFirst().map {
                $0.components(separatedBy: ",")[3]
            })
        // Some have a plan at 25 in truth; nothing else is to be found.
        #expect(found.subtracting(["P2-25"]).isEmpty, "\(found)")
    }

    @Test func theSameSeedGivesTheSameReturns() {
        func files(_ seed: UInt64) -> [Data] {
            SyntheticReturns(plans: 200, years: 2, base: 2026, seed: seed, faults: 0.1).files.map(\.data)
        }
        #expect(files(3) == files(3) && files(3) != files(4))
    }

    /// Every kind of fault is found in the row that has it.
    @Test(arguments: [5, 6] as [UInt64]) func everyFaultIsFound(seed: UInt64) throws {
        let made = try Made(plans: 2_500, seed: seed, faults: 0.04)
        let injected = try made.rows("truth/faults.csv")
        let found = Set(
            String(decoding: made.records.findings, as: UTF8.self).split(separator: "\n").dropFirst().map { row in
                let cells = row.components(separatedBy: ",")
                return [cells[3], cells[0], cells[4], cells[5]]
            })
        let missed = injected.filter { !found.contains($0) }
        #expect(missed.isEmpty, "\(missed)")
        let kinds = Set(injected.map { $0[0] })
        #expect(kinds.count == 38)
        for kind in [
            "P1-elsewhere", "P1-empty", "P1-late", "P1-differs", "P2-old", "P4-temporary", "P5-shared", "P6-two",
            "N4-order",
            "N7-later", "L4-ukprn", "L5-new", "L6-type",
        ] { #expect(kinds.contains(kind), "\(kind)") }
    }

    /// Rates that are read lie about the true ones as far as chance takes them: nine of ten within their 90 % intervals.
    @Test func ratesAgreeWithTheTruth() throws {
        var (cases, within, excess) = (0, 0, 0.0)
        for seed in 11..<19 as Range<UInt64> {
            let made = try Made(plans: 600, seed: seed)
            let records = made.records
            for rate in try made.rows("truth/rates.csv") {
                guard let january = Int(rate[1]), let expected = Double(rate[4]), let atRisk = Int(rate[3]) else {
                    continue
                }
                guard january >= 2024, atRisk >= 20, expected > 0.004, expected < 1 else { continue }
                let read: Int
                switch rate[0] {
                case "left": read = records.left(from: january, age: Int(rate[2]) ?? 0)
                case "moved away": read = records.changes(from: january)?.movedAway ?? 0
                default: continue
                }
                let n = Double(atRisk)
                let spread = (expected * (1 - expected) / n).squareRoot()
                cases += 1
                if abs(Double(read) / n - expected) <= 1.645 * spread + 0.5 / n { within += 1 }
                excess += (Double(read) - n * expected) / (n * spread)
            }
        }
        #expect(cases > 200)
        let share = Double(within) / Double(cases)
        #expect(share > 0.86 && share < 0.98, "\(within) of \(cases)")
        #expect(abs(excess / Double(cases).squareRoot()) < 3, "\(excess)")
    }
}

extension Sen2Records {
    /// Plans that ended, without moves to other authorities, by age at the later January.
    fileprivate func left(from january: Int, age: Int) -> Int {
        passages.count { $0.january == january && $0.age == age && $0.kind == .left }
    }
}
