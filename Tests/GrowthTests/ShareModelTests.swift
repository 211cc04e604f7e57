import Foundation
import Growth
import Sampling
import Testing

@Suite struct ShareModelTests {
    private static let names = ["small", "middle", "large"]
    private static let mean = [0.05, 0.35, 0.6]

    /// Areas whose shares go back to England's by a fifth a year, with chance or without.
    /// - Parameters:
    ///   - drift: how much a year adds to the middle part's share and takes off the large one's.
    ///   - plans: of the smallest area.
    private func composition(
        areas: Int = 60, chance: Double = 0, drift: Double = 0, keepsNationalShares: Bool = true, plans: Double = 900,
        own: Bool = false
    ) -> Composition {
        var stream = RandomStream(seed: 11, deciding: .other)
        let years = 2010...2025
        var counts = [[[Int: Double]]](repeating: Array(repeating: [:], count: areas), count: 3)
        var wholes = [[Int: Double]](repeating: [:], count: areas)
        for area in 0..<areas {
            let tilt = 0.03 * stream.normal()
            var shares = [Self.mean[0], Self.mean[1] + tilt, Self.mean[2] - tilt]
            var whole = plans + 40 * Double(area)
            for january in years {
                if january > years.lowerBound {
                    whole *= 1.06 + 0.02 * stream.normal()
                    let noise = chance * stream.normal()
                    shares[1] += 0.2 * (Self.mean[1] - shares[1]) + noise + drift
                    shares[0] *= exp(3 * chance * stream.normal())
                    shares[2] = 1 - shares[0] - shares[1]
                }
                wholes[area][january] = whole
                for part in 0..<3 { counts[part][area][january] = shares[part] * whole }
            }
        }
        func panel(_ series: [[Int: Double]]) -> GrowthPanel {
            let all = series.indices.map { area in
                GrowthPanel.Area(
                    id: String(area), name: "Area \(area)", plans: series[area],
                    children: Dictionary(uniqueKeysWithValues: (2009...2025).map { ($0, 20_000) }), netRequests: [:])
            }
            let sums = Dictionary(
                uniqueKeysWithValues: years.map { year in (year, series.reduce(0) { $0 + ($1[year] ?? 0) }) })
            let england = GrowthPanel.Area(id: "", name: "England", plans: sums, children: [:], netRequests: [:])
            return GrowthPanel(areas: all, national: england)
        }
        let parts = Self.names.indices.map { part in
            Composition.Part(
                Self.names[part], panel(counts[part]), own: own && part == 1 ? panel(counts[part]) : nil)
        }
        return Composition("parts", of: panel(wholes), parts: parts, keepsNationalShares: keepsNationalShares)
    }

    /// In every path of every area and year, and in the points.
    @Test(arguments: [true, false]) func partsAddUpToTheWhole(own: Bool) throws {
        for keeps in [true, false] {
            let composition = composition(chance: 0.02, keepsNationalShares: keeps, plans: 60, own: own)
            let model = try #require(ShareModel(composition, origin: 2022, horizon: 5))
            let draws = try #require(ShareDraws(model, count: 100, seed: 4))
            for area in composition.whole.areas.indices {
                let totals = try #require(model.totals(area, NationalShocks(origin: model.origin, count: 100, seed: 4)))
                let paths = try #require(draws.paths(area, totals: totals))
                #expect(paths.count == 100)
                for year in 0..<5 {
                    let parts = model.parts.indices.map { paths.values(of: $0, year: year) }
                    for path in 0..<100 {
                        let sum = parts.reduce(0) { $0 + $1[path] }
                        #expect(abs(sum / totals[path][year] - 1) < 1e-12)
                        #expect(parts.allSatisfy { $0[path] >= 0 })
                    }
                }
            }
            let england = draws.nationalPaths(totals: [[Double]](repeating: [9, 8, 7, 6, 5], count: 100))
            let sum = model.parts.indices.reduce(0) { $0 + england.values(of: $1, year: 4)[99] }
            #expect(abs(sum - 5) < 1e-12)
        }
    }

    /// Shares that go back to the mean of areas are forecast to.
    @Test func aRuleIsFound() throws {
        let composition = composition(chance: 0.001)
        let model = try #require(ShareModel(composition, origin: 2020, horizon: 5))
        for area in composition.whole.areas.indices {
            let expected = try #require(model.expected(area))[4]
            let all = expected.reduce(0, +)
            for part in 0..<3 {
                let panel = composition.parts[part].panel.areas[area]
                let whole = try #require(composition.whole.areas[area].plans[2025])
                let then = try #require(panel.plans[2025]) / whole
                #expect(abs(expected[part] / all - then) < 0.012, "\(area), \(part)")
            }
        }
    }

    /// England's shares of groups go on as they went; those of bands stay.
    @Test(arguments: [true, false]) func englandStaysOrDrifts(keepsNationalShares: Bool) throws {
        let composition = composition(chance: 0.001, drift: 0.01, keepsNationalShares: keepsNationalShares)
        let model = try #require(ShareModel(composition, origin: 2014, horizon: 5))
        func share(_ plans: [[Double]]) -> Double {
            plans.reduce(0) { $0 + $1[1] } / plans.reduce(0) { $0 + $1.reduce(0, +) }
        }
        let areas = composition.whole.areas.indices
        let now = share(
            areas.map { area in composition.parts.map { $0.panel.areas[area].plans[2014] ?? 0 } })
        let then = share(
            areas.map { area in composition.parts.map { $0.panel.areas[area].plans[2019] ?? 0 } })
        let forecast = share(areas.compactMap { model.expected($0)?[4] })
        #expect(then > now + 0.005)
        #expect(abs(forecast - (keepsNationalShares ? now : then)) < 0.004, "\(now), \(then), \(forecast)")
    }

    /// Whatever happens after the origin, the forecast is the same.
    @Test func estimationNeverLooksPastTheOrigin() throws {
        let composition = composition(chance: 0.02)
        func changed(_ panel: GrowthPanel, _ factor: Double) -> GrowthPanel {
            func changed(_ area: GrowthPanel.Area) -> GrowthPanel.Area {
                GrowthPanel.Area(
                    id: area.id, name: area.name,
                    plans: Dictionary(
                        uniqueKeysWithValues: area.plans.map { ($0, $0 > 2021 ? $1 * factor : $1) }),
                    children: area.children, netRequests: area.netRequests)
            }
            return GrowthPanel(areas: panel.areas.map(changed), national: changed(panel.national))
        }
        let other = Composition(
            "parts", of: changed(composition.whole, 3),
            parts: composition.parts.enumerated().map { .init($1.name, changed($1.panel, Double($0 + 1))) },
            keepsNationalShares: true)
        let models = try [composition, other].map { try #require(ShareModel($0, origin: 2021, horizon: 3)) }
        for area in [0, 31, 59] {
            #expect(models[0].expected(area) == models[1].expected(area))
            let values = try models.map { model in
                let draws = try #require(ShareDraws(model, count: 20, seed: 3))
                let totals = try #require(model.totals(area, NationalShocks(origin: model.origin, count: 20, seed: 3)))
                return try #require(draws.paths(area, totals: totals)).values(of: 0, year: 2)
            }
            #expect(values[0] == values[1])
        }
    }

    /// Intervals hold what happens about as often as they say, and widen with the years.
    @Test func pathsCover() throws {
        let composition = composition(areas: 150, chance: 0.02)
        let model = try #require(ShareModel(composition, origin: 2022, horizon: 3))
        let draws = try #require(ShareDraws(model, count: 400, seed: 5))
        var held = [[0, 0, 0], [0, 0, 0]]
        var widths = [0.0, 0.0, 0.0]
        for area in 0..<150 {
            let totals = try #require(model.totals(area, NationalShocks(origin: model.origin, count: 400, seed: 5)))
            let paths = try #require(draws.paths(area, totals: totals))
            for year in 0..<3 {
                for part in 0..<2 {
                    let sorted = paths.values(of: part, year: year).sorted()
                    let then = try #require(composition.parts[part].panel.areas[area].plans[2023 + year])
                    if (sorted[40]...sorted[360]).contains(then) { held[part][year] += 1 }
                    if part == 1 { widths[year] += log(sorted[360] / sorted[40]) }
                }
            }
        }
        for one in held.joined() { #expect((0.65...0.93).contains(Double(one) / 150), "\(held)") }
        #expect(widths[0] < widths[1] && widths[1] < widths[2])
    }

    /// Where an area's parts are not known at the origin, its last shares stand in; with few areas nothing is learnt.
    @Test func whatIsMissingIsNotGuessed() throws {
        let whole = composition(chance: 0.01)
        let missing = whole.parts.map { part -> Composition.Part in
            var areas = part.panel.areas
            let area = areas[7]
            areas[7] = GrowthPanel.Area(
                id: area.id, name: area.name, plans: area.plans.filter { $0.key != 2022 }, children: area.children,
                netRequests: area.netRequests)
            return .init(part.name, GrowthPanel(areas: areas, national: part.panel.national))
        }
        let composition = Composition("parts", of: whole.whole, parts: missing, keepsNationalShares: true)
        let model = try #require(ShareModel(composition, origin: 2022, horizon: 1))
        let parts = try #require(model.expected(7))[0]
        let last = composition.parts.map { $0.panel.areas[7].plans[2021] ?? 0 }
        for part in 0..<3 { #expect(abs(parts[part] / parts.reduce(0, +) - last[part] / last.reduce(0, +)) < 0.03) }
        #expect(ShareModel(self.composition(areas: 12), origin: 2022, horizon: 1) == nil)
    }
}
