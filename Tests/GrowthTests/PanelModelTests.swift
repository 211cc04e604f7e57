import Foundation
import Growth
import Sampling
import Testing

@Suite struct PanelModelTests {
    /// Areas that grow by a rule that is known: England's growth, and a fifth of the distance to the mean prevalence.
    private func panel(areas: Int = 60, from first: Int = 2010, to last: Int = 2025, shock: Double = 0) -> GrowthPanel {
        var state: UInt64 = 99
        func noise() -> Double {
            var sum = 0.0
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                sum += Double(state >> 40) / Double(1 << 24)
            }
            return sum - 6
        }
        var levels = (0..<areas).map { _ in log(40.0 / 1_000) + 0.3 * noise() }
        let people = (0..<areas).map { 20_000.0 + 1_500 * Double($0) }
        var plans = [[Int: Double]](repeating: [:], count: areas)
        var national: [Int: Double] = [:]
        for january in first...last {
            let mean = levels.reduce(0, +) / Double(areas)
            for area in 0..<areas {
                if january > first { levels[area] += 0.08 - 0.05 * (levels[area] - mean) + shock * noise() }
                plans[area][january] = exp(levels[area]) * people[area]
                national[january, default: 0] += exp(levels[area]) * people[area]
            }
        }
        func children(_ count: Double) -> [Int: Double] {
            Dictionary(uniqueKeysWithValues: (first - 1...last).map { ($0, count) })
        }
        let all = (0..<areas).map { area in
            GrowthPanel.Area(
                id: String(area), name: "Area \(area)", plans: plans[area], children: children(people[area]),
                netRequests: [:])
        }
        let england = GrowthPanel.Area(
            id: "", name: "England", plans: national, children: children(people.reduce(0, +)), netRequests: [:])
        return GrowthPanel(areas: all, national: england)
    }

    /// The rule's own numbers come back, and so do the next years.
    @Test func aKnownRuleIsFound() throws {
        let panel = panel(shock: 0.004)
        let model = PanelModel(panel, origin: 2022, horizon: 3)
        #expect(abs(model.growth[0] + 0.05) < 0.01, "\(model.growth)")
        #expect(abs(model.national[0] - 0.08) < 0.01)
        for area in stride(from: 0, to: 60, by: 7) {
            let growth = try #require(model.expectedGrowth(area))
            let now = try #require(panel.areas[area].plans[2022])
            let then = try #require(panel.areas[area].plans[2025])
            #expect(abs(now * exp(growth.reduce(0, +)) / then - 1) < 0.05)
        }
    }

    /// Whatever happens after the origin, the forecast is the same.
    @Test func estimationNeverLooksPastTheOrigin() throws {
        let panel = panel(shock: 0.02)
        func changed(_ area: GrowthPanel.Area) -> GrowthPanel.Area {
            GrowthPanel.Area(
                id: area.id, name: area.name,
                plans: Dictionary(uniqueKeysWithValues: area.plans.map { ($0, $0 > 2020 ? $1 * 7 : $1) }),
                children: Dictionary(uniqueKeysWithValues: area.children.map { ($0, $0 >= 2020 ? $1 * 3 : $1) }),
                netRequests: [2020: 5_000, 2021: 9_000])
        }
        let other = GrowthPanel(areas: panel.areas.map(changed), national: changed(panel.national))
        let (one, two) = (
            PanelModel(panel, origin: 2020, horizon: 5), PanelModel(other, origin: 2020, horizon: 5)
        )
        #expect(one.growth == two.growth && one.national == two.national)
        for area in 0..<60 {
            #expect(one.expectedGrowth(area) == two.expectedGrowth(area))
            #expect(one.paths(area, count: 20, seed: 3) == two.paths(area, count: 20, seed: 3))
        }
        for way in SimpleForecaster.allCases {
            let known = (panel.known(in: 2020), other.known(in: 2020))
            #expect(
                way.forecast(known.0.areas[3], national: known.0.national, origin: 2020, horizon: 5)
                    == way.forecast(known.1.areas[3], national: known.1.national, origin: 2020, horizon: 5))
        }
    }

    /// Intervals of paths hold what happens about as often as they say, and widen with the years.
    @Test func pathsCover() throws {
        let panel = panel(areas: 150, shock: 0.03)
        var held = 0
        var widths = [Double](repeating: 0, count: 3)
        let model = PanelModel(panel, origin: 2021, horizon: 3)
        for area in 0..<150 {
            let paths = try #require(model.paths(area, count: 400, seed: 5))
            for year in 0..<3 {
                let sorted = paths.map { $0[year] }.sorted()
                widths[year] += log(sorted[360] / sorted[40])
                if year == 2, let then = panel.areas[area].plans[2024], (sorted[40]...sorted[360]).contains(then) {
                    held += 1
                }
            }
        }
        #expect((0.68...0.92).contains(Double(held) / 150), "\(held)")
        #expect(widths[0] < widths[1] && widths[1] < widths[2])
    }

    @Test func shortAndBrokenSeriesDoNotCrash() {
        let empty = GrowthPanel.Area(id: "", name: "", plans: [:], children: [:], netRequests: [:])
        let model = PanelModel(GrowthPanel(areas: [empty], national: empty), origin: 2020, horizon: 2)
        #expect(model.expectedGrowth(0) == nil && model.national == [0, 0])
        let two = GrowthPanel.Area(id: "a", name: "a", plans: [2019: 100, 2020: 110], children: [:], netRequests: [:])
        let short = PanelModel(GrowthPanel(areas: [two], national: two), origin: 2020, horizon: 2)
        #expect(short.expectedGrowth(0)?.count == 2)
    }

    /// By hand: three draws 8, 10, 12 of an outcome 11. E|X − y| = 5/3; E|X − X'| = 16/9.
    @Test func scoresAreThoseOfTheirDefinitions() {
        var score = ForecastScore()
        score.add(sample: [12, 8, 10], outcome: 11)
        #expect(abs(score.rankedScore - 100 * (5.0 / 3 - 8.0 / 9) / 11) < 1e-9)
        #expect(abs(score.meanError - 100.0 / 11) < 1e-9 && score.bias < 0)
    }

    private func alone(_ plans: [Int: Double]) -> GrowthPanel {
        let area = GrowthPanel.Area(id: "a", name: "Anytown", plans: plans, children: [:], netRequests: [:])
        return GrowthPanel(areas: [area], national: area)
    }

    /// A series by itself is drawn to what England's authorities showed: two counts hardly move it, more do.
    @Test func aShortSeriesIsDrawnToEngland() throws {
        let england = 0.099
        func growth(_ plans: [Int: Double]) throws -> Double {
            let last = try #require(plans.keys.max())
            return try #require(PanelModel(alone(plans), origin: last, horizon: 1).expectedGrowth(0))[0]
        }
        let steep = 0.2
        let two = try growth([2024: 1_000, 2025: 1_000 * exp(steep)])
        let four = try growth(
            Dictionary(uniqueKeysWithValues: (2022...2025).map { ($0, exp(steep * Double($0 - 2022)) * 1_000) }))
        #expect(england * 0.9 < two && two < four && four < steep)
        #expect(PanelModel(alone([2025: 1_000]), origin: 2025, horizon: 1).expectedGrowth(0) == nil)
    }

    /// Intervals of a series alone widen, and paths are the same for the same seed.
    @Test func pathsOfASeriesAloneWiden() throws {
        let plans = Dictionary(uniqueKeysWithValues: (2018...2025).map { ($0, 1_000 * exp(0.1 * Double($0 - 2018))) })
        let model = PanelModel(alone(plans), origin: 2025, horizon: 5)
        let paths = try #require(model.paths(0, count: 2_000, seed: 5))
        func width(_ year: Int) -> Double {
            let sorted = paths.map { log($0[year]) }.sorted()
            return sorted[1_800] - sorted[200]
        }
        #expect(width(0) > 0.1 && width(4) > 2 * width(0))
        #expect(model.paths(0, count: 2_000, seed: 5) == paths)
    }

    /// A year that is missing is bridged, and never with what came after the origin.
    @Test func missingYearsAreBridgedFromThePastAlone() throws {
        let known: [Int: Double] = [2018: 1_000, 2019: 1_100, 2021: 1_331, 2022: 1_464.1]
        let bridged = try #require(PanelModel(alone(known), origin: 2022, horizon: 2).expectedGrowth(0))
        var whole = known
        whole[2020] = 1_210
        #expect(
            zip(bridged, try #require(PanelModel(alone(whole), origin: 2022, horizon: 2).expectedGrowth(0))).allSatisfy
            { abs($0 - $1) < 1e-9 })
        var other = known
        other[2021] = 9_999
        let (one, two) = (
            PanelModel(alone(known), origin: 2019, horizon: 2), PanelModel(alone(other), origin: 2019, horizon: 2)
        )
        #expect(one.expectedGrowth(0) == two.expectedGrowth(0))
    }
}

@Suite struct ShortSeriesTests {
    /// Growth that is the same in every year and series is found, without spread.
    @Test func steadyGrowthGoesOn() throws {
        let series = [100.0, 300].map { start in
            Dictionary(uniqueKeysWithValues: (0..<4).map { (2011 + $0, start * pow(1.1, Double($0))) })
        }
        let short = ShortSeries(series)
        let forecast = try #require(short.forecast(1, years: 2))
        #expect(abs(forecast.median - 300 * pow(1.1, 5)) < 1e-6)
        #expect(abs(forecast.high - forecast.low) < 1e-4)
    }

    /// Series without chance keep their own growth; with nothing but chance all have one.
    @Test func ownGrowthCountsAsFarAsItIsCertain() throws {
        let steady = ShortSeries([[1: 100, 2: 110, 3: 121, 4: 133.1], [1: 100, 2: 90, 3: 81, 4: 72.9]])
        #expect(abs(try #require(steady.growth[0]) - log(1.1)) < 1e-9)
        let noisy = ShortSeries([[1: 100, 2: 150, 3: 100, 4: 150], [1: 100, 2: 66, 3: 100, 4: 66]])
        #expect(abs(try #require(noisy.growth[0]) - (try #require(noisy.growth[1]))) < 0.05)
        #expect(ShortSeries([[1: 5]]).forecast(0, years: 1) == nil)
    }

    /// Eight in ten outcomes lie in the interval, for series made as the model says.
    @Test func intervalsHoldWhatTheySay() {
        var held = 0
        var stream = RandomStream(seed: 4, deciding: .other)
        let trials = 2_000
        for _ in 0..<trials {
            let made = (0..<8).map { _ -> [Int: Double] in
                let mean = 0.05 + 0.1 * stream.normal()
                var count = 500.0
                var series = [2011: count]
                for year in 2012...2015 {
                    count *= exp(mean + 0.12 * stream.normal())
                    series[year] = count
                }
                return series
            }
            let known = made.map { $0.filter { $0.key < 2015 } }
            guard let forecast = ShortSeries(known).forecast(3, years: 1), let outcome = made[3][2015] else { continue }
            if (forecast.low...forecast.high).contains(outcome) { held += 1 }
        }
        #expect(abs(Double(held) / Double(trials) - 0.8) < 0.04)
    }
}
