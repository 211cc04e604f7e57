import Foundation
import Oracles
import Studies
import Testing
import Vocabulary

/// Typing errors in money: every figure of Surrey's prices, funding and schemes is made ten and a hundred times as large, a tenth of itself,
/// and given the other sign; what is not noticed is counted.
@Suite struct TypingErrorTests {
    /// A table of text: its header, and rows of cells.
    private struct Cells {
        var header: [String]
        var rows: [[String]]

        init(_ text: String) {
            let lines = text.split(separator: "\n").map(Self.cells)
            (header, rows) = (lines[0], Array(lines.dropFirst()))
        }

        private static func cells(_ line: Substring) -> [String] {
            var (cells, isQuoted) = ([""], false)
            for sign in line {
                if sign == "\"" { isQuoted.toggle() }
                if sign == ",", !isQuoted { cells.append("") } else { cells[cells.count - 1].append(sign) }
            }
            return cells
        }

        var text: String { ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined() }
    }

    /// Surrey's children, places and money with rates that take no time to read.
    private final class Slim {
        let folder: TemporaryFolder
        private let surrey = Oracles.repository.appendingPathComponent("models/surrey")

        init() throws {
            folder = try TemporaryFolder()
            let manager = FileManager.default
            for name in ["rates", "scenarios"] {
                try manager.createDirectory(
                    at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
            }
            for name in [
                "cohort.csv", "settings.csv", "needs.csv", "population.csv", "places.csv", "overflow.csv", "costs.csv",
                "inflation.csv", "funding.csv", "transport.csv", "transport-costs.csv", "prevalence.csv", "areas.csv",
                "pools.csv", "scenarios/schemes.csv",
            ] {
                try manager.copyItem(
                    at: surrey.appendingPathComponent(name), to: folder.url.appendingPathComponent(name))
            }
            for (name, text) in ToyModel.files where name.hasPrefix("rates/") { try folder.write(name, text ?? "") }
            try folder.write("model.yaml", "title: Surrey\nbase: 2025\nhorizon: 4\nruns: 16\nseed: 1\ngrowth: none\n")
            try folder.write("scenarios/s.yaml", "scenario: s\nlevers:\n  - open: schemes.csv\n")
        }

        func text(_ name: String) throws -> String {
            try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
        }

        /// Warnings and errors.
        func noticed() -> Set<Finding> {
            var findings: [Finding] = []
            do throws(UnusableData) {
                let study = try PreparedStudy(folder: folder.url.path)
                findings = study.findings
                for read in try study.scenarios(["s"]) { findings += read.findings + read.scenario.findings }
            } catch {
                findings += error.findings
            }
            return Set(findings.filter { $0.severity != .note })
        }
    }

    private static let changes: [(name: String, change: @Sendable (Double) -> Double)] = [
        ("×10", { $0 * 10 }), ("×100", { $0 * 100 }), ("÷10", { $0 / 10 }), ("×−1", { -$0 }),
    ]

    @Test(arguments: [
        ("costs.csv", ["cost", "spread", "uncertainty"]), ("funding.csv", ["amount", "uncertainty"]),
        (
            "scenarios/schemes.csv",
            [
                "places", "capital", "overrun_low", "overrun_likely", "overrun_high", "delay_low", "delay_likely",
                "delay_high",
            ]
        ),
    ]) func typingErrorsAreNoticed(file: String, columns: [String]) throws {
        let slim = try Slim()
        let before = slim.noticed()
        let sound = Cells(try slim.text(file))
        var missed: [String: [String]] = [:]
        var tried: [String: Int] = [:]
        for column in columns {
            guard let place = sound.header.firstIndex(of: column) else { continue }
            for (name, change) in Self.changes {
                for group in groups(of: sound, file, place) {
                    let cells = group.compactMap { row -> (row: Int, text: String)? in
                        guard let value = Double(sound.rows[row][place]), value != 0 else { return nil }
                        let changed = change(value)
                        let isWhole = changed == changed.rounded() && abs(changed) < 1e15
                        if column == "places" && !isWhole { return nil }
                        return (row, isWhole ? String(Int(changed)) : "\(changed)")
                    }
                    tried[name, default: 0] += cells.count
                    // Errors of reading hide what is noticed later: what is noticed is mended, until nothing more is.
                    var left = cells
                    while !left.isEmpty {
                        var mutant = sound
                        for (row, text) in left { mutant.rows[row][place] = text }
                        try slim.folder.write(file, mutant.text)
                        let lines = Set(slim.noticed().subtracting(before).compactMap(\.line))
                        // A block that jumps is noticed in its own row or the next; row 1 is the header.
                        let still = left.filter {
                            lines.isDisjoint(with: [$0.row + 2, file == "funding.csv" ? $0.row + 3 : 0])
                        }
                        if still.count == left.count { break }
                        left = still
                    }
                    missed[name, default: []] += left.map { "row \($0.row + 2), \(column): \($0.text)" }
                }
            }
        }
        try slim.folder.write(file, sound.text)
        #expect(slim.noticed() == before)
        let all = ["×10", "×100", "×−1"]
        for (name, _) in Self.changes {
            let (count, lost) = (tried[name] ?? 0, missed[name] ?? [])
            print("\(file), \(name): \(count - lost.count) of \(count) noticed; not \(lost)")
        }
        let (count, lost) = all.reduce((0, 0)) { ($0.0 + (tried[$1] ?? 0), $0.1 + (missed[$1]?.count ?? 0)) }
        let share = Double(count - lost) / Double(count)
        print("\(file): \((1_000 * share).rounded() / 10) % of ×10, ×100 and ×−1 noticed")
        #expect(count > 30 && share >= 0.95)
        // A tenth of an uncertainty may be right, a tenth of a price is not.
        #expect((missed["÷10"] ?? []).count { $0.contains(" cost:") } <= 1)
    }

    /// Rows that are mutated together: each of its own item, and schemes each of their own, so that one error does not excuse another.
    private func groups(of cells: Cells, _ file: String, _ column: Int) -> [[Int]] {
        if file == "costs.csv" { return [Array(cells.rows.indices)] }
        let named = cells.header.firstIndex(of: file == "funding.csv" ? "item" : "scheme") ?? 0
        var seen: [String: Int] = [:]
        var groups: [[Int]] = []
        for (row, cells) in cells.rows.enumerated() {
            let number = seen[cells[named], default: 0]
            seen[cells[named]] = number + 1
            // The block decides what a balance is compared with.
            let place = file == "funding.csv" && cells[named] == "opening balance" ? 20 : number
            while groups.count <= place { groups.append([]) }
            groups[place].append(row)
        }
        return groups.filter { !$0.isEmpty }
    }

    /// The shipped prices of England, against which others are compared, are those of its model.
    @Test func usualPricesAreEnglands() throws {
        let costs = Cells(
            try String(
                contentsOf: Oracles.repository.appendingPathComponent("models/england/costs.csv"), encoding: .utf8))
        let usual = Cells(
            try String(
                contentsOf: Oracles.repository.appendingPathComponent("Sources/Intake/Schemes/usual-prices.csv"),
                encoding: .utf8))
        let plans = Double(
            try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/england").path).base.total)
        // Of services beside the spend England's model has none.
        for row in usual.rows where row[2] != "counted" {
            let own = try #require(costs.rows.first { $0[0] == row[0] }, "\(row[0])")
            let cost = try #require(Double(own[2])) / (row[2] == "year" ? plans : 1)
            let stated = try #require(Double(row[3]))
            #expect(abs(cost - stated) < 0.01, "\(row[0])")
        }
        #expect(usual.rows.count >= 14)
    }
}
