import Calibration
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// An authority beside others, on a release whose figures are known.
@Suite struct BenchmarkTests {
    private let folder: TemporaryFolder
    private let made: MadeRelease
    private let releases: [NationalRelease]
    private let people: PublishedPopulation

    init() throws {
        folder = try TemporaryFolder()
        var made = MadeRelease(.of2026)
        made.oddities = [3: .withheld, 4: .needsWithheld, 6: .suppressed]
        try made.write(to: folder.url)
        self.made = made
        releases = [try NationalRelease.read(folder.url.path).value]
        people = try PublishedPopulation.read([folder.path("population.csv")]).value
    }

    private func neighbours() throws -> StatisticalNeighbours {
        let near = [1, 2, 3, 4, 7, 8, 9, 10, 11, 12].map(MadeRelease.number)
        let header = "old_la_code," + (1...10).map { "SN_\($0)" }.joined(separator: ",")
        try folder.write("near.csv", "\(header)\n\(MadeRelease.number(5)),\(near.joined(separator: ","))\n")
        return try #require(try StatisticalNeighbours.read(folder.path("near.csv"))).value
    }

    private func benchmark(
        _ town: Int, _ neighbours: StatisticalNeighbours? = nil, own: OwnForecast? = nil
    ) throws -> Benchmark {
        try Benchmark(
            plansOf: MadeRelease.name(town), releases, history: ReleaseHistory(releases, children: people),
            people: people, pupils: nil, finance: .shipped, neighbours: neighbours, own: own)
    }

    private func line(_ benchmark: Benchmark, _ id: String) throws -> Benchmark.Line {
        try #require(benchmark.lines.first { $0.indicator.id == id }, "\(id)")
    }

    private func total(_ town: Int, _ january: Int = 2026) throws -> Double {
        try #require(made.towns.years(town)[january]).total
    }

    @Test func ratesRanksAndMiddlesAreThoseOfTheFigures() throws {
        let benchmark = try benchmark(5, try neighbours())
        let rates = try line(benchmark, "plans-0-24")
        #expect(rates.period == "January 2026" && !rates.isForecast)
        func rate(_ town: Int) throws -> Double { try total(town) / (25 * Double(40_000 + 1_000 * town)) * 1_000 }
        let own = try #require(rates.figures.first)
        #expect(abs(own.value - (try rate(5))) < 1e-9)
        // Town 3 is withheld: it is no neighbour of this figure, and no zero.
        let near = try [1, 2, 4, 7, 8, 9, 10, 11, 12].map(rate)
        #expect(rates.neighbours.map(\.name) == [1, 2, 4, 7, 8, 9, 10, 11, 12].map(MadeRelease.name))
        #expect(zip(rates.neighbours, near).allSatisfy { abs($0.value - $1) < 1e-9 })
        #expect(abs(try #require(rates.middle) - near.sorted()[4]) < 1e-9)
        #expect(rates.amongNeighbours?.place == 1 + near.count { $0 > own.value })
        #expect(rates.amongNeighbours?.of == 10 && rates.amongAll?.of == 23)
        // Region 5 of nine is towns 5 and 14 and 23.
        let region = try #require(rates.figure(.region))
        let children = [5, 14, 23].reduce(0) { $0 + 25 * Double(40_000 + 1_000 * $1) }
        #expect(region.name == "Region 5" && rates.inRegion == 3)
        #expect(abs(region.value - (try [5, 14, 23].reduce(0) { $0 + (try total($1)) }) / children * 1_000) < 1e-9)
        // Chance of a count is its root.
        let range = try #require(own.range)
        #expect(abs((range.upperBound - own.value) / own.value - 1.2816 / own.over.squareRoot()) < 1e-9)
    }

    @Test func growthIsOfTheSameArea() throws {
        let benchmark = try benchmark(5)
        let growth = try line(benchmark, "growth-1")
        #expect(abs(growth.figures[0].value - (try total(5) / (try total(5, 2025)) - 1)) < 1e-9)
        #expect(growth.amongNeighbours == nil && growth.neighbours.isEmpty && growth.amongAll != nil)
        #expect(!benchmark.knowsNeighbours)
    }

    @Test func whatIsNotPublishedIsNamedAndNeverZero() throws {
        let withheld = try benchmark(3)
        #expect(!withheld.lines.contains { $0.indicator.id == "plans-0-24" })
        #expect(withheld.absent.contains { $0.titles.contains("per 1,000 aged 0 to 24") })
        let withoutNeeds = try benchmark(4)
        #expect(!withoutNeeds.lines.contains { $0.indicator.topic == "Primary needs" && $0.period == "January 2026" })
        // Placements held back are spread over others: their shares are not known, those of large settings are.
        let suppressed = try benchmark(6)
        #expect(suppressed.lines.contains { $0.indicator.id == "state-special" })
        let ordinary = try benchmark(5)
        #expect(ordinary.absent.contains { $0.titles.contains("per 1,000 pupils") })
        #expect(!ordinary.lines.contains { $0.figures.contains { !$0.value.isFinite } })
    }

    @Test func requestsAreBySource() throws {
        let lines = try benchmark(5).lines.filter { $0.indicator.id.hasPrefix("source-") }
        #expect(lines.count == 6 && lines.contains { $0.indicator.title == "from parent or young person" })
        #expect(abs(lines.reduce(0) { $0 + $1.figures[0].value } - 1) < 1e-9)
    }

    @Test func forecastsAreThePanelsAndTheAreasOwn() throws {
        let panel = try line(try benchmark(5, try neighbours()), "growth-5-forecast")
        let own = OwnForecast(january: 2029, mean: 30_000, range: 29_000...31_000, source: "results")
        let model = try line(try benchmark(5, try neighbours(), own: own), "growth-5-forecast")
        #expect(panel.period == "January 2031" && panel.isForecast && panel.figures[0].range != nil)
        #expect(model.period == "January 2029")
        #expect(abs(model.figures[0].value - (30_000 / (try total(5)) - 1)) < 1e-9)
        #expect(model.source.hasPrefix("results; others: panel"))
        #expect(model.neighbours.count > 5)
    }

    /// Every indicator that ships is one that the tables know: a misspelt quantity stops here.
    @Test func everyIndicatorIsKnown() throws {
        let all = BenchmarkIndicator.all
        #expect(Set(all.map(\.id)).count == all.count && all.count > 60)
        #expect(all.allSatisfy { $0.title.count <= 29 && !$0.about.isEmpty })
        let plans = try benchmark(5)
        let named = plans.lines.map(\.indicator.title) + plans.absent.flatMap(\.titles)
        for indicator in all where indicator.service == .plans && indicator.over.codes != ["*"] {
            #expect(named.contains(indicator.title))
        }
        let needs = all.filter { $0.over.name == "need" }.flatMap(\.over.codes)
        #expect(Set(needs) == Set(Classification.standard.needs.map(\.code)))
        let settings = all.filter { $0.topic == "Placements" && $0.over.name == "setting" }.flatMap(\.over.codes)
        #expect(
            Set(settings) == Set(Classification.standard.settings.map(\.code)).subtracting([Classification.notRecorded])
        )
        let lines = all.filter { $0.over.name == "spend" }.flatMap(\.over.codes)
        #expect(lines.allSatisfy { FinanceTables.Line(rawValue: $0) != nil })
    }
}

/// Published figures as they are known from elsewhere.
@Suite(
    .enabled(if: Oracles.publicFile("dfe-ehcp/ehcp_2025.zip") != nil, "public data are not at hand (SENDCAST_DATA)"))
struct PublishedBenchmarkTests {
    @Test func sunderlandRefusesMostOfItsNeighbours() throws {
        let read = { (name: String) throws in try #require(Oracles.publicFile(name)) }
        let releases = [try NationalRelease.read(try read("dfe-ehcp/ehcp_2025.zip")).value]
        let people = try PublishedPopulation.read([
            try read("population/ons_mid-year_population_estimates_2012_to_2024.csv")
        ]).value
        let near = try #require(try StatisticalNeighbours.read(try read("care"))).value
        let benchmark = try Benchmark(
            plansOf: "Sunderland", releases, history: ReleaseHistory(releases, children: people), people: people,
            pupils: nil, finance: .shipped, neighbours: near, own: nil)
        func line(_ id: String) throws -> Benchmark.Line {
            try #require(benchmark.lines.first { $0.indicator.id == id }, "\(id)")
        }
        #expect(benchmark.neighbours.count == 10 && benchmark.area.region == "North East")
        // The release prints 59.3 % refused and 77.7 % within 20 weeks.
        let refused = try line("refused")
        #expect(abs(refused.figures[0].value - 0.593) < 0.0006 && refused.amongNeighbours?.place == 1)
        #expect(abs(try line("in-time").figures[0].value - 0.777) < 0.0006)
        #expect(abs(try line("need-asd").figures[0].value - 0.336) < 0.001)
        #expect(try line("plans-0-17").figures[0].under == 56_770)
        // Down syndrome is told apart from 2026 on only.
        #expect(!benchmark.lines.contains { $0.indicator.id == "need-ds" })
        #expect(try line("high-needs").period == "2024-25")
    }

    @Test func careIsComparedByTheSameRules() throws {
        guard let path = Oracles.publicFile("care") else { return }
        let release = try CareRelease.read(path).value
        let benchmark = try Benchmark(
            careOf: "Sunderland", release, neighbours: try StatisticalNeighbours.read(path)?.value)
        let rate = try #require(benchmark.lines.first { $0.indicator.id == "care" })
        // The release prints 90 for Sunderland and 67 for England.
        #expect(abs(rate.figures[0].value - 90) < 0.5 && abs((rate.figure(.england)?.value ?? 0) - 67) < 0.5)
        #expect(benchmark.lines.allSatisfy { line in line.figures.allSatisfy { $0.value.isFinite } })
        let kinds = benchmark.lines.filter { $0.indicator.over.name == "kind" }
        #expect(kinds.count >= 5 && kinds.allSatisfy { (0...1).contains($0.figures[0].value) })
    }
}
