import Calibration
import Growth
import RealModule
import Testing

/// Where children are instead when special schools take fewer.
@Suite struct DisplacementTests {
    private static let januaries = 2010...2025
    private static let areas = 0..<40

    /// Shares of forty areas stand still until January 2024; then special schools lose a little in every second area, of which 70 % goes
    /// to mainstream schools and 30 % to independent ones.
    private func composition() -> Composition {
        func panel(_ share: (Int, Int) -> Double) -> GrowthPanel {
            func series(_ area: Int) -> [Int: Double] {
                Dictionary(
                    uniqueKeysWithValues: Self.januaries.map {
                        ($0, share(area, $0) * (1_000 + 50 * Double(area)) * Double.pow(1.05, $0 - 2010))
                    })
            }
            func area(_ id: String, _ name: String, _ plans: [Int: Double]) -> GrowthPanel.Area {
                GrowthPanel.Area(id: id, name: name, plans: plans, children: [:], netRequests: [:])
            }
            let all = Self.areas.map { area(String($0), "Area \($0)", series($0)) }
            let sums = Dictionary(
                uniqueKeysWithValues: Self.januaries.map { year in
                    (year, all.reduce(0) { $0 + ($1.plans[year] ?? 0) })
                })
            return GrowthPanel(areas: all, national: area("", "England", sums))
        }
        func lost(_ area: Int, _ january: Int) -> Double {
            january < 2024 || area.isMultiple(of: 2) ? 0 : 0.01 + 0.0005 * Double(area)
        }
        return Composition(
            "placements", of: panel { _, _ in 1 },
            parts: [
                .init("mainstream", panel { 0.5 + 0.7 * lost($0, $1) }),
                .init(DisplacementEvidence.part, panel { 0.4 - lost($0, $1) }),
                .init("independent special", panel { 0.1 + 0.3 * lost($0, $1) }),
            ], keepsNationalShares: false)
    }

    @Test func sharesOfTheDisplacedAreFound() throws {
        let evidence = DisplacementEvidence(composition(), origins: 2022...2023, horizons: [1, 2], seed: 1) { _ in true
        }
        for years in [1, 2] {
            let gains = try #require(evidence.gains[years])
            #expect(try #require(evidence.cases[years]) >= 20)
            let mainstream = try #require(gains.first { $0.part == "mainstream" })
            let independent = try #require(gains.first { $0.part == "independent special" })
            #expect(abs(mainstream.share - 0.7) < 0.05, "\(years): \(mainstream)")
            #expect(abs(mainstream.share + independent.share - 1) < 1e-9)
            for gain in gains { #expect(gain.low <= gain.share && gain.share <= gain.high, "\(gain)") }
        }
    }
}
