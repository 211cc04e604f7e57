import Calibration
import Formats
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Unit costs of every authority against the section 251 outturn that they are made from.
@Suite struct UnitCostTests {
    private static let release: NationalRelease? = {
        guard let path = Oracles.publicFile("dfe-ehcp/ehcp_2025.zip") else {
            print("skipped: the national release is not at hand (SENDCAST_DATA)")
            return nil
        }
        return try? NationalRelease.read(path).value
    }()
    private static let costs = release.flatMap { UnitCosts($0, through: 2025) }

    private func space(_ release: NationalRelease) -> StateSpace {
        StateSpace(
            need: Dimension(name: "need", codes: ["any"]),
            setting: Dimension(name: "setting", codes: release.classification.settings.dropLast().map(\.code)))
    }

    private func money(_ name: String) throws -> (costs: AuthorityCosts, area: NationalRelease.Area)? {
        guard let release = Self.release, let costs = Self.costs else { return nil }
        let area = try release.area(name)
        return (costs.costs(of: area, space(release)), area)
    }

    /// Every published line of every authority comes back within 2 %, but where a price is held as an outlier.
    @Test func pricesGiveOutturnBack() throws {
        guard let release = Self.release, let costs = Self.costs else { return }
        var spend: [FinanceTables.Line: (given: Double, held: Double)] = [:]
        var authorities = 0
        for area in release.authorities {
            let own = costs.costs(of: area, space(release))
            authorities += own.reconciliations.isEmpty ? 0 : 1
            for line in own.reconciliations {
                let ratio = line.modelled / line.published
                #expect(line.isHeld || abs(ratio - 1) < 0.02, "\(area.name), \(line.line): \(ratio)")
                spend[line.line, default: (0, 0)].given += line.published
                if line.isHeld { spend[line.line, default: (0, 0)].held += line.published }
            }
            #expect(
                own.lines.allSatisfy { $0.cost.isFinite && $0.quality != nil && !$0.source.isEmpty }, "\(area.name)")
        }
        #expect(authorities >= 150)
        for (line, pounds) in spend {
            print(
                "\(line.rawValue): £\(Int(pounds.given / 1e6))m, £\(Int(pounds.held / 1e6))m of it with an outlier held"
            )
            #expect(pounds.held < 0.12 * pounds.given, "\(line)")
        }
    }

    /// England's lines sum to the published totals.
    @Test func linesOfEnglandSumToItsOutturn() throws {
        guard let release = Self.release, let costs = Self.costs else { return }
        var sums: [FinanceTables.Line: Double] = [:]
        for area in release.authorities {
            for line in costs.costs(of: area, space(release)).reconciliations {
                sums[line.line, default: 0] += line.modelled
            }
        }
        // Line 1.2.3 of 2023-24 lacks Buckinghamshire, and the two authorities of Cumbria.
        #expect(abs((sums[.independent] ?? 0) / 2_422_900_000 - 1) < 0.02)
        #expect(abs((sums[.highNeeds] ?? 0) / 10_216_354_607 - 1) < 0.02)
        #expect(abs((sums[.transport] ?? 0) / 1_717_648_788 - 1) < 0.02)
    }

    /// Surrey by hand: £63,773,715 of independent special schools in 2021-22 over 5/12 of January 2021's children and 7/12 of January
    /// 2022's, raised as line 1.2.3 did to £95,750,513 in 2023-24.
    @Test func surreyByHand() throws {
        guard let (own, area) = try money("Surrey"), let release = Self.release else { return }
        func children(_ codes: Set<String>, _ year: Int) throws -> Double {
            let places = release.classification.settings.indices.filter {
                codes.contains(release.classification.settings[$0].code)
            }
            func count(_ january: Int) throws -> Double {
                let counts = try #require(area.plans[january]?.bySetting)
                let unrecorded = counts[counts.count - 1]
                let all = counts.reduce(0, +)
                return places.reduce(0) { $0 + counts[$1] } * (area.plans[january]?.total ?? all) / (all - unrecorded)
            }
            return try (5 * count(year) + 7 * count(year + 1)) / 12
        }
        let special = 63_773_715 / (try children(["IS", "NM"], 2021))
        let mainstream = (1_376_308.0 + 3_293_734) / (try children(["IM"], 2021))
        let colleges = 4_019_188 / (try children(["SP"], 2021))
        let early = 20_728 / (try children(["EY", "MS", "RP", "SU"], 2021))
        let before =
            try special * children(["IS", "NM"], 2023) + mainstream * children(["IM"], 2023)
            + colleges * children(["SP"], 2023) + early * children(["EY", "MS", "RP", "SU"], 2023)
        let fee = try #require(own.lines.first { $0.name == "Independent and non-maintained fees" })
        #expect(abs(special - 49_480) < 100)
        #expect(abs(fee.cost - special * 95_750_513 / before) < 1)
        #expect(fee.priceYear == 2023 && fee.quality == .amber && fee.index == "independent")
        #expect(fee.source.contains("£95,750,513") && fee.source.contains("£63,773,715"))
    }

    /// What nobody pays for says why; everybody else has a price.
    @Test func nothingIsSilentlyFree() throws {
        guard let (own, _) = try money("Sunderland"), let release = Self.release else { return }
        let codes = space(release).setting.codes
        for (place, code) in codes.enumerated() {
            let each = own.lines.filter { $0.settings.contains(place) && $0.unit != .year }
            let isFree = ["EHE", "NIE"].contains(code)
            let isPaid = each.contains { $0.cost > 0 }
            #expect(!each.isEmpty && isPaid != isFree, "\(code)")
        }
    }

    /// Figures beyond 2024-25 are not known in January 2024.
    @Test func laterYearsAreNotUsed() throws {
        guard let release = Self.release else { return }
        #expect(Self.costs?.years.total == 2024)
        #expect(UnitCosts(release, through: 2024)?.years.total == 2023)
    }
}
