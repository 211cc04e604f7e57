import Assembly
import Growth
import Intake
import Projection
import Rates
import Sampling
import Vocabulary

/// Forecasts of every authority's children in care, from one 31 March after the other, against what was counted since.
///
/// What is forecast is calibrated from nothing after its origin, but for two things that all authorities share: patterns and widths of
/// intervals, which were chosen with these years in view.
public struct CareBacktest: Sendable {
    /// A way of forecasting.
    public enum Method: String, Sendable, CaseIterable {
        /// As many as at the origin.
        case last = "last value"
        /// The change of the year before goes on.
        case drift
        /// The model.
        case model
    }

    /// What is counted: published kinds of placements, so that nothing rests on how kinds are split.
    public static let kinds = ["all", "fostering", "homes", "supported", "adoption", "parents", "other"]

    /// The settings of a kind.
    static func placements(_ kind: String) -> [String] {
        switch kind {
        case "fostering": ["KIN", "IHF", "AGF"]
        case "homes": ["HIH", "HOM", "SEC"]
        case "supported": ["SUP"]
        case "adoption": ["ADO"]
        case "parents": ["PAR"]
        case "other": ["OTH"]
        default: []
        }
    }

    /// The scores of a kind, method and horizon.
    public struct Line: Sendable {
        /// The kind of placement.
        public let kind: String
        /// The method.
        public let method: Method
        /// Years ahead.
        public let horizon: Int
        /// The scores.
        public let score: ForecastScore
    }

    /// All lines.
    public let lines: [Line]
    /// What tells the next year's change of a total, relative to it: slopes on what starters less leavers of two years add up to, and on the
    /// change of the year before, each by itself, over authorities and origins.
    public let persistence: (cases: Int, flows: Double, change: Double)
    /// How many authorities were forecast.
    public let authorities: Int
    /// The origins.
    public let origins: ClosedRange<Int>

    /// Kinds with fewer children at the origin are not scored.
    public static let fewest = 10.0

    /// - Parameters:
    ///   - runs: of each forecast.
    public init(
        _ release: CareRelease, origins: ClosedRange<Int>, runs: Int, seed: UInt64,
        deviations: CareDeviations = CareDeviations()
    ) {
        let cases = origins.flatMap { origin in release.authorities.map { (origin, $0) } }
        let last = release.last
        let scored = mapInParallel(cases.count) { number -> [Outcome] in
            let (origin, area) = cases[number]
            guard let model = try? CareCalibrator(release, base: origin).calibrate(area) else { return [] }
            return Self.outcomes(model, release, runs: runs, seed: seed, deviations)
        }
        var scores: [String: ForecastScore] = [:]
        for outcome in scored.joined() {
            for (method, point) in [(Method.last, outcome.last), (.drift, outcome.drift)] {
                guard let point else { continue }
                scores["\(outcome.kind)/\(method.rawValue)/\(outcome.horizon)", default: ForecastScore()]
                    .add(sample: [point], outcome: outcome.counted)
            }
            scores["\(outcome.kind)/\(Method.model.rawValue)/\(outcome.horizon)", default: ForecastScore()]
                .add(sample: outcome.sample, outcome: outcome.counted)
        }
        persistence = Self.persistence(release, origins)
        self.origins = origins
        authorities = Set(zip(cases, scored).filter { !$0.1.isEmpty }.map { $0.0.1.number }).count
        lines = Self.kinds.flatMap { kind in
            Method.allCases.flatMap { method in
                (1...max(last - origins.lowerBound, 1)).compactMap { horizon in
                    scores["\(kind)/\(method.rawValue)/\(horizon)"].map {
                        Line(kind: kind, method: method, horizon: horizon, score: $0)
                    }
                }
            }
        }
    }

    private static func persistence(
        _ release: CareRelease, _ origins: ClosedRange<Int>
    ) -> (cases: Int, flows: Double, change: Double) {
        var rows: [(next: Double, flows: Double, change: Double)] = []
        for area in release.authorities {
            for origin in origins {
                guard let now = area.years[origin], let before = area.years[origin - 1],
                    let next = area.years[origin + 1]?.total
                else { continue }
                let started = (now.started + before.started) / 2
                let ceased = (now.ceased + before.ceased) / 2 * now.total * 2 / (now.total + before.total)
                let row = (
                    next / now.total - 1, (started - ceased) / now.total, now.total / before.total - 1
                )
                if [row.0, row.1, row.2].allSatisfy(\.isFinite) && now.total >= 30 { rows.append(row) }
            }
        }
        func slope(_ of: ((next: Double, flows: Double, change: Double)) -> Double) -> Double {
            let count = Double(max(rows.count, 1))
            let (x, y) = (rows.reduce(0) { $0 + of($1) } / count, rows.reduce(0) { $0 + $1.next } / count)
            let spread = rows.reduce(0) { $0 + (of($1) - x) * (of($1) - x) }
            return rows.reduce(0) { $0 + (of($1) - x) * ($1.next - y) } / max(spread, 1e-12)
        }
        return (rows.count, slope(\.flows), slope(\.change))
    }

    private struct Outcome: Sendable {
        let kind: String
        let horizon: Int
        let counted: Double
        let last: Double
        let drift: Double?
        let sample: [Double]
    }

    /// Children of a kind as they were published; `nil` where they were held back.
    private static func counted(_ area: CareRelease.Area, _ year: Int, _ kind: String) -> Double? {
        guard let published = area.years[year] else { return nil }
        let counts = published.byKind
        let value =
            switch kind {
            case "all": published.total
            case "other": (counts["other"] ?? .nan) + (counts["residential"] ?? .nan)
            default: counts[kind] ?? .nan
            }
        return value.isNaN ? nil : value
    }

    private static func outcomes(
        _ model: CalibratedCare, _ release: CareRelease, runs: Int, seed: UInt64, _ deviations: CareDeviations
    ) -> [Outcome] {
        let last = release.last
        let years = last - model.base
        guard years > 0 else { return [] }
        let inhabitants = Array(repeating: HeldOutYear.inhabitants, count: model.space.years)
        let balance = CareBalance(
            model, population: Array(repeating: inhabitants, count: years + 1), england: release.england)
        let people = Dictionary(uniqueKeysWithValues: (model.base...last).map { ($0, inhabitants) })
        let made = CareModel(balance.care, population: people, levels: balance.levels, deviations: deviations)
        let assembled = ModelAssembly(ModelFolder(made.data(sources: [], command: ""), path: model.area.name))
        let flow = FlowModel(
            base: assembled.base, population: assembled.population, rates: assembled.givenRates,
            joinerPath: assembled.joinerPath, area: ModelArea(model.area.code))
        let outcome = Simulation(flow, seed: seed, stocks: [.all, .setting], flows: []).run(0..<runs, threads: 1)
        var outcomes: [Outcome] = []
        for kind in kinds {
            guard let now = counted(model.area, model.base, kind), now >= fewest else { continue }
            let before = counted(model.area, model.base - 1, kind)
            let series = placements(kind).compactMap { model.space.setting.position(of: $0) }.map { 1 + $0 }
            for year in 1...years {
                guard let happened = counted(model.area, model.base + year, kind), happened > 0 else { continue }
                let sample = outcome.stocks.sums(step: year, series: kind == "all" ? [0] : series)
                outcomes.append(
                    Outcome(
                        kind: kind, horizon: year, counted: happened, last: now,
                        drift: before.map { max(now + Double(year) * (now - $0), 0) }, sample: sample))
            }
        }
        return outcomes
    }
}
