import Growth
import Intake
import Sampling
import Vocabulary

/// Plans of every authority some years ahead, as the panel of all of them forecasts it: in a path what authorities share is the same for
/// all, so that paths of several authorities may be added up.
struct PlanOutlook {
    /// The January that is forecast.
    let january: Int
    /// Plans by path, by the department's number of an authority.
    private(set) var paths: [String: [Double]] = [:]

    static let years = JoinerFactors.testedYears
    private static let count = 1_000
    private static let seed: UInt64 = 2026

    init(_ history: ReleaseHistory, from origin: Int, years: Int = years) {
        january = origin + years
        let panel = history.totals
        let forecast = PanelModel(panel, origin: origin, horizon: years)
        let shocks = NationalShocks(origin: origin, count: Self.count, seed: Self.seed)
        for (place, area) in panel.areas.enumerated() {
            guard let found = forecast.paths(place, shocks) else { continue }
            paths[area.id] = found.compactMap(\.last)
        }
    }
}

/// What a model of the area itself says of its plans in a January.
public struct OwnForecast: Sendable {
    /// The January.
    public let january: Int
    /// Plans: the mean of the runs.
    public let mean: Double
    /// An 80 % interval.
    public let range: ClosedRange<Double>
    /// The folder that it is from.
    public let source: String

    /// States a forecast.
    public init(january: Int, mean: Double, range: ClosedRange<Double>, source: String) {
        self.january = january
        self.mean = mean
        self.range = range
        self.source = source
    }
}

extension BenchmarkPeers {
    /// Plans of a later January over the children of the last mid-year that is known, and their growth until then.
    func outlook(
        _ history: ReleaseHistory, _ tables: PlanFigures, from origin: Int, own: OwnForecast?
    ) -> [Benchmark.Line] {
        let outlook = PlanOutlook(history, from: origin, years: own.map { $0.january - origin } ?? PlanOutlook.years)
        func indicator(_ id: String) -> BenchmarkIndicator? { BenchmarkIndicator.all.first { $0.id == id } }
        return [
            ("plans-0-17", "forecast, the same children", { (_: BenchmarkIndicator) in origin - 1 }),
            ("growth-5", "forecast to January \(outlook.january)", { _ in origin }),
        ].compactMap { id, title, period in
            indicator(id).flatMap { base in
                lines(
                    base.narrowed(to: base.over, id: "\(id)-forecast", title: title), outlook, tables, period(base), own
                )
            }
        }
    }

    private func lines(
        _ indicator: BenchmarkIndicator, _ outlook: PlanOutlook, _ tables: PlanFigures, _ period: Int,
        _ own: OwnForecast?
    ) -> Benchmark.Line? {
        let authorities = tables.places.filter { !$0.isNational }.map(\.number)
        func under(_ number: String) -> Double? {
            tables.places.first { $0.number == number }.flatMap {
                tables.amount(indicator.under, of: $0, in: period)
            }.flatMap { $0 > 0 ? $0 : nil }
        }
        func figure(_ role: Benchmark.Role, _ number: String, _ name: String, of numbers: [String]) -> Benchmark.Figure?
        {
            let known = numbers.compactMap { number in
                outlook.paths[number].flatMap { paths in under(number).map { (paths, $0) } }
            }
            guard let first = known.first else { return nil }
            let below = known.reduce(0) { $0 + $1.1 }
            var mean: Double
            var range: ClosedRange<Double>
            if role == .area, let own {
                (mean, range) = (own.mean, own.range)
            } else {
                let sums = first.0.indices.map { path in known.reduce(0) { $0 + $1.0[path] } }
                let summary = Summary(of: sums)
                (mean, range) = (summary.mean, summary.interval80)
            }
            func value(_ over: Double) -> Double { indicator.unit.figure(over, below) }
            return Benchmark.Figure(
                role: role, number: number, name: name, value: value(mean), over: mean, under: below,
                range: value(range.lowerBound)...value(range.upperBound))
        }
        let figures = groups(all: authorities).compactMap { figure($0.role, $0.number, $0.name, of: $0.of) }
        guard let area = figures.first, area.role == .area else { return nil }
        let others = authorities.filter { $0 != area.number }.compactMap {
            figure(.neighbour, $0, "", of: [$0])?.value
        }
        let source = own.map { "\($0.source); others: panel of all authorities" } ?? "panel of all authorities"
        return line(
            indicator, period: "January \(outlook.january)", isForecast: true, figures, others: others,
            inRegion: groups(all: []).first { $0.role == .region }?.of.count { outlook.paths[$0] != nil } ?? 0,
            source: "\(source); \(tables.source(indicator.under, in: period))")
    }
}

extension Benchmark {
    /// How many years ahead plans are forecast: as many as forecasts were tested for.
    public static var forecastYears: Int { PlanOutlook.years }

    /// Compares plans of an area.
    /// - Parameters:
    ///   - releases: in the order of their last January.
    ///   - neighbours: the published table; without it region and England stand alone.
    ///   - own: what a model of the area itself forecasts.
    /// - Throws: ``UnusableData`` where the last release has no such authority.
    public init(
        plansOf name: String, _ releases: [NationalRelease], history: ReleaseHistory, people: PublishedPopulation,
        pupils: PupilTable?, finance: FinanceTables, neighbours: StatisticalNeighbours?, own: OwnForecast?
    ) throws(UnusableData) {
        guard let latest = releases.last else { preconditionFailure("a release is needed") }
        let area = try latest.area(name)
        let tables = PlanFigures(releases, history: history, people: people, pupils: pupils, finance: finance)
        guard let place = tables.places.first(where: { $0.number == area.number }) else {
            throw UnusableData(
                file: latest.path, "\(area.name) is no longer an authority", remedy: "Name one that there is today.")
        }
        let numbers = neighbours?.neighbours(of: area.number)
        let near = (numbers ?? []).compactMap { number in tables.places.first { $0.number == number } }
        let peers = BenchmarkPeers(place, among: tables.places, neighbours: near)
        self.init(
            place, tables, neighbours: numbers,
            forecast: peers.outlook(history, tables, from: latest.lastJanuary, own: own))
    }

    /// Compares children looked after of an area.
    /// - Throws: ``UnusableData`` where the tables have no such authority.
    public init(
        careOf name: String, _ release: CareRelease, neighbours: StatisticalNeighbours?
    ) throws(UnusableData) {
        let area = try release.area(name)
        let tables = CareFigures(release)
        guard let place = tables.places.first(where: { $0.number == (area.isNational ? "" : area.number) }) else {
            throw UnusableData(
                file: release.path, "\(area.name) has no children looked after on 31 March \(release.last)",
                remedy: "Name an authority that there is today.")
        }
        self.init(place, tables, neighbours: neighbours?.neighbours(of: area.number))
    }
}
