import ArgumentParser
import Calibration
import Formats
import Foundation
import Growth
import Intake
import Outputs
import Vocabulary

struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Tests forecasts of every authority against what happened.",
        discussion: Help.text(
            """
            Carries the last January but one to the last, using an authority's plans begun and ended the year before; what \
            authorities share is learnt on one half of them and used for the other. Errors are compared with those of simple \
            methods; coverage is the share of authorities whose outcome lies in the simulated interval. With --origins it tests \
            forecasts of growth instead, from each of these Januaries, by totals, age bands and groups.
            """,
            example: "sendcast backtest --plans ehcp_2022.zip --plans ehcp_2025.zip --population children.csv",
            next:
                "the same with '--origins 2018-2022' tests growth up to five years ahead; 'sendcast new' makes a model."
        ))

    @OptionGroup var sources: ReleaseOptions
    @Option(
        help: "Tables on children looked after: test forecasts of children in care instead, from each of --origins.")
    var care: String?
    @Option(help: "Test your own series instead (CSV): area, january, plans; children and net_requests where known.")
    var series: String?
    @Option(
        help:
            "Test forecasts of spend on high needs instead (CSV): area, financial_year, spend; --origins are then financial years."
    )
    var money: String?
    @Option(help: "Test growth from these Januaries instead, such as 2018-2022.")
    var origins: String?
    @Flag(
        help: "With --origins, test models made from those Januaries beside the series they follow, by band and group.")
    var models = false
    @Flag(
        help:
            "With --origins, show where children were instead where state special schools took fewer than forecast.")
    var displaced = false
    @Option(help: "Years ahead, with --origins.")
    var horizons = "1,2,3,5"
    @Option(help: "A folder for backtest.csv and backtest-forecasts.csv, with --origins.")
    var out: String?
    @Flag(help: "Overwrite existing results.")
    var force = false
    @Option(help: "How many runs, or paths, each forecast has.", transform: DrawLimits.estimatingRuns)
    var runs = 400
    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 2026
    @Option(help: "The share that moves between provision groups with no net effect, at ages between phases.")
    var turnover = CalibratedAuthority.Choices().turnover

    func validate() throws {
        if (models || displaced) && origins == nil {
            throw ValidationError("--models and --displaced need --origins.")
        }
        if series != nil && origins == nil { throw ValidationError("--series needs --origins.") }
        if money != nil && (originRange == nil || series != nil || care != nil) {
            throw ValidationError("--money needs --origins, such as 2020-2023 for 2020-21 to 2023-24, and --plans.")
        }
        if !(0...0.3).contains(turnover) { throw ValidationError("--turnover takes 0 to 0.3.") }
        if origins != nil && originRange == nil { throw ValidationError("--origins takes years such as 2018-2022.") }
        if yearsAhead.isEmpty || yearsAhead.contains(where: { !(1...10).contains($0) }) {
            throw ValidationError("--horizons takes years from 1 to 10, such as 1,2,3,5.")
        }
    }

    private var originRange: ClosedRange<Int>? {
        let years = (origins ?? "").split(separator: "-").compactMap { Int($0) }
        guard let first = years.first, let last = years.last, years.count <= 2, 2_000 <= first, first <= last,
            last <= 2_100
        else { return nil }
        return first...last
    }

    private var yearsAhead: [Int] { horizons.split(separator: ",").map { Int($0) ?? 0 } }

    func run() throws {
        try Console.explainingFailures {
            let output = try out.map { path throws(OutputFolder.Refusal) in
                try OutputFolder(path, mayReplace: force, kind: .backtest)
            }
            if let care { return try testCare(care, output) }
            if let series, let originRange {
                let panel = GrowthPanel(try SeriesTable.read(try SourceFile(series)).usable())
                try test([.init("total", panel)], originRange, output) { _ in true }
            } else {
                let loaded = try sources.load()
                Console.report(loaded.uses.compactMap(\.finding), write: Console.printError)
                try testReleases(loaded, output)
            }
        }
    }

    private func testCare(_ path: String, _ output: OutputFolder?) throws {
        let started = Date()
        let release = try CareRelease.read(path).value
        let origins = originRange ?? release.last - 3...release.last - 1
        let test = CareBacktest(release, origins: origins, runs: runs, seed: seed)
        if test.lines.isEmpty {
            throw UnusableData(
                "nothing can be scored from 31 March \(origins.lowerBound) to \(origins.upperBound)",
                remedy: "The tables end on 31 March \(release.last): choose earlier --origins.")
        }
        for line in TerminalCare.lines(test, style: Console.style) { print(line) }
        print("\n\(test.authorities) authorities, \(String(format: "%.1f", Date().timeIntervalSince(started))) s.")
        try output?.write([BacktestFiles.file(test)])
    }

    private func testReleases(_ loaded: ReleaseOptions.Loaded, _ output: OutputFolder?) throws {
        let history = loaded.history
        if let money, let originRange {
            let spend = SpendTable.read(try SourceFile(money))
            Console.report(spend.findings, write: Console.printError)
            let test = SpendBacktest(
                try spend.usable(), plans: history.totals, origins: originRange, horizons: yearsAhead, paths: runs,
                seed: seed)
            if test.lines.isEmpty {
                throw UnusableData(
                    file: money,
                    "nothing can be scored: no authority has spend of an origin, two years before it and a year after",
                    remedy: "Areas are the department's numbers or names; choose other --origins or --horizons.")
            }
            let january = loaded.latest.england?.plans.keys.max() ?? originRange.upperBound
            let prices = UnitCosts(loaded.latest, through: january)?.pricesOfEngland ?? [:]
            for line in TerminalBacktest.lines(test, prices: prices, horizons: yearsAhead, style: Console.style) {
                print(line)
            }
            try output?.write([BacktestFiles.file(test)])
            return
        }
        if displaced, let originRange {
            let complete = history.complete
            let evidence = DisplacementEvidence(
                history.groups, origins: originRange, horizons: yearsAhead, seed: seed
            ) { complete.contains($0.id) }
            for line in TerminalBacktest.lines(evidence, horizons: yearsAhead, style: Console.style) { print(line) }
            return
        }
        if models, let originRange {
            let started = Date()
            let test = try ModelBacktest(
                try ReleasePanel(loaded.latest), history: history, origins: originRange, horizons: yearsAhead,
                runs: runs, seed: seed)
            for line in TerminalBacktest.lines(test, horizons: yearsAhead, style: Console.style) { print(line) }
            print("\n\(String(format: "%.1f", Date().timeIntervalSince(started))) s.")
            try output?.write([BacktestFiles.file(test)])
            return
        }
        if let originRange {
            let levels =
                [SeriesBacktest.Level("total", history.totals)]
                + history.needs.map { SeriesBacktest.Level($0.name, $0.panel, partOf: history.totals) }
            let complete = history.complete
            let compositions = [history.bands, history.groups]
            return try test(levels, compositions: compositions, originRange, output) { complete.contains($0.id) }
        }
        let year = HeldOutYear(try ReleasePanel(loaded.latest), history: history, turnover: turnover)
        let threads = DrawLimits.processors
        let test = CalibrationBacktest(year, runs: runs, seed: seed, threads: threads)
        for line in TerminalBacktest.lines(test, style: Console.style) { print(line) }
    }

    private func test(
        _ levels: [SeriesBacktest.Level], compositions: [Composition] = [], _ origins: ClosedRange<Int>,
        _ output: OutputFolder?,
        isScored: (GrowthPanel.Area) -> Bool
    ) throws {
        let started = Date()
        let test = SeriesBacktest(
            levels, compositions: compositions, origins: origins, horizons: yearsAhead, paths: runs, seed: seed,
            isScored: isScored)
        if test.lines.isEmpty {
            throw UnusableData(
                "nothing can be scored: no series has \(origins.lowerBound), the January before it, and a year after",
                remedy: "Choose other --origins or --horizons.")
        }
        for line in TerminalBacktest.lines(test, horizons: yearsAhead, style: Console.style) { print(line) }
        let areas = levels.first.map { $0.panel.areas.count(where: isScored) } ?? 0
        print(
            "\n\(areas) \(series == nil ? "authorities" : "series"), "
                + "\(String(format: "%.1f", Date().timeIntervalSince(started))) s.")
        try output?.write(BacktestFiles.files(test))
    }
}
