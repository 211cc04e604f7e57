import Foundation
import Sampling
import Studies
import Testing

/// The toy of ``BusinessCaseTests`` with an uncertain fee and an uncertain overflow: spend is the product of two independent numbers, whose
/// shares are known in closed form.
@Suite struct VarianceSharesTests {
    private static let files: [String: String?] = [
        "overflow.csv": "setting,need,age_band,order,to_setting,share,share_low,share_high\n"
            + "SS,any,any,1,IS,0.5,0.3,0.7\nSS,any,any,1,MS,0.5,0.3,0.7\n",
        "costs.csv": "line,setting,cost,unit,uncertainty\nTop-ups,SS,0.01,plan-year,\nFees,IS,60000,plan-year,0.15\n"
            + "Support,MS,0.01,plan-year,\n",
    ]

    private func shares(_ figure: String, runs: Int) throws -> VarianceShares {
        let model = try ToyModel(BusinessCaseTests.files.merging(Self.files) { $1 })
        defer { withExtendedLifetime(model) {} }
        let study = try PreparedStudy(folder: model.url.path).under(.committed)
        return try VarianceShares(
            ScenarioRuns(study, runs: 0..<runs, seed: 1, threads: 2), of: OutputQuantity(figure, in: study))
    }

    @Test func sharesAreThoseOfAProduct() throws {
        let children = try shares("IS in 2028", runs: 16).figure
        let runs = 1_024
        let spend = try shares("spend in 2028-29", runs: runs)
        let parts = Dictionary(uniqueKeysWithValues: spend.parts.map { ($0.source, $0) })
        #expect(Set(parts.keys) == [.prices, .places, .chance], "nothing else is uncertain")
        let prices = try #require(parts[.prices])
        // Of X · Y with mean 1 and variances a and b: a by itself, a + a · b with the other, of a + b + a · b.
        let variation = spend.figure.standardDeviation / spend.figure.mean
        let a = 0.15 * 0.15
        let b = (1 + variation * variation) / (1 + a) - 1
        #expect(b > 0.2 * a && children.mean > 0, "both matter")
        let whole = a + b + a * b
        #expect(abs(prices.byItself.share - a / whole) < 4 * prices.byItself.error)
        #expect(abs(prices.withOthers.share - (a + a * b) / whole) < 4 * prices.withOthers.error)
        let places = try #require(parts[.places])
        #expect(abs(places.byItself.share - b / whole) < 4 * places.byItself.error + 0.01)
        #expect(places.byItself.error < 0.1 && prices.withOthers.error < 0.05)
    }

    @Test func moneyNeverMovesChildren() throws {
        let parts = try shares("IS in 2028", runs: 256).parts
        #expect(parts.first?.source == .places && !parts.contains { [.prices, .income].contains($0.source) })
    }

    @Test func certainFiguresAreRefused() throws {
        #expect(throws: (any Error).self) { try shares("NU in 2030", runs: 32) }
    }

    /// What is drawn anew has other seeds, what is not the same, and redrawing nothing changes nothing.
    @Test func onlyWhatIsNamedIsRedrawn() {
        let seeds = DrawSeeds(seed: 1, service: "plans", area: "X")
        let redrawn = seeds.redrawing([.prices])
        #expect(seeds.redrawing([]) == seeds && redrawn != seeds)
        for source in DrawSource.allCases {
            #expect((redrawn.local(source) == seeds.local) == (source != .prices))
            #expect((redrawn.national(source) == seeds.national) == (source != .prices))
        }
    }
}
