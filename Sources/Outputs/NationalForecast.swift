import Calibration
import Finance
import Formats
import Intake
import Projection
import Sampling
import Studies
import Vocabulary

/// Every authority of a release forecast by a model of its own, made as `sendcast new` makes it, and their sums.
///
/// Run r of every model has the same shocks that authorities share, and shocks of its own (``DrawSeeds``): totals are added up within each
/// run, and intervals of a region or of England are those of the sums. One model is in memory at a time; what is kept of it are sums by
/// run and the summaries of its own figures.
package struct NationalForecast: Sendable {
    /// What is added up, or counted.
    package enum Measure: String, Sendable, CaseIterable {
        case plans
        case special = "state special"
        case spend = "spend, £"
        case balance = "balance, £"
        case inDeficit = "authorities in deficit"
    }

    /// A figure of an authority, a region or England in a January, or in a financial year.
    package struct Row: Sendable {
        /// `authority`, `region` or `England`.
        package let scope: String
        /// The department's number of an authority.
        package let number: String
        package let area: String
        package let measure: Measure
        package let period: String
        /// Over the runs.
        package let figure: Summary
        /// How many authorities it is made of.
        package let authorities: Int
    }

    /// An authority's growth of plans over all years.
    package struct Growth: Sendable {
        package let number: String
        package let area: String
        package let region: String
        /// Plans at the base.
        package let base: Double
        /// Growth as a share, over the runs.
        package let growth: Summary
    }

    /// England's own model beside the sum of its authorities.
    package struct Comparison: Sendable {
        /// The model, as the user named it or as it was made.
        package let model: String
        package let january: Int
        package let sum: Summary
        package let own: Summary

        /// Whether each one's mean lies in the other's 80 % interval.
        package var agrees: Bool {
            sum.interval80.contains(own.mean) && own.interval80.contains(sum.mean)
        }
    }

    /// What is asked for.
    package struct Request: Sendable {
        /// The only region whose authorities are modelled; all where `nil`.
        package let region: String?
        package let runs: Int
        package let seed: UInt64
        package let threads: Int

        package init(region: String? = nil, runs: Int, seed: UInt64, threads: Int) {
            (self.region, self.runs, self.seed, self.threads) = (region, runs, seed, threads)
        }
    }

    /// What all authorities together are: England, or a region.
    package let whole: String
    /// The base January and the last.
    package let januaries: ClosedRange<Int>
    /// England first, then regions, then authorities.
    package let rows: [Row]
    /// The largest growth first.
    package let ranking: [Growth]
    /// Authorities without a model, and why; they are taken to grow as the others of their region do in the same run.
    package let without: [(area: String, reason: String)]
    /// Authorities whose number of people is not known, and stays as it is.
    package let levelPeople: [String]
    /// The share of England's plans at the base that modelled authorities hold.
    package let share: Double
    /// Plans of the sum in the last January, run by run.
    private let last: [Double]

    /// Makes and runs every model.
    /// - Parameter progress: told how many of how many authorities are done.
    /// - Throws: ``UnusableData`` where no authority can be modelled.
    package init(
        _ calibrator: Calibrator, people: PublishedPopulation, finance: FinanceTables, _ request: Request,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws(UnusableData) {
        let release = calibrator.panel.release
        let base = calibrator.panel.january
        let authorities = release.authorities.filter { request.region == nil || $0.region == request.region }
        if let region = request.region, authorities.isEmpty {
            let regions = Set(release.authorities.map(\.region)).sorted()
            throw UnusableData(
                file: release.path, "no authority of the release lies in '\(region)'",
                remedy: suggestion(
                    for: region, among: regions, otherwise: "Its regions are \(regions.joined(separator: ", "))."))
        }
        whole = request.region ?? "England"
        januaries = base...base + calibrator.choices.horizon
        let maker = NationalModels(calibrator, people: people, finance: finance)
        var sums = NationalSums(
            regions: authorities.map { ($0.region, Self.lastPlans(of: $0, through: base)) }, runs: request.runs)
        var own: [Row] = []
        var ranking: [Growth] = []
        var without: [(area: String, reason: String)] = []
        var levelPeople: [String] = []
        for (place, area) in authorities.enumerated() {
            do {
                let made = try maker.run(area, request)
                if made.hasLevelPeople { levelPeople.append(area.name) }
                sums.add(made.totals, region: area.region)
                own += made.totals.sorted { $0.key < $1.key }.map { key, runs in
                    Row(
                        scope: "authority", number: area.number, area: area.name, measure: key.measure,
                        period: key.text, figure: Summary(of: runs), authorities: 1)
                }
                ranking.append(made.growth(of: area, januaries))
            } catch {
                without.append((area.name, error.findings.first?.message ?? ""))
            }
            progress(place + 1, authorities.count)
        }
        guard !ranking.isEmpty else {
            throw UnusableData(
                file: release.path, "no authority can be modelled: \(without.first?.reason ?? "there are none")",
                remedy: "'sendcast new --list' says what each lacks.")
        }
        rows = sums.rows.filter { request.region == nil || $0.scope == "region" } + own
        share = sums.share
        last = sums.england(NationalSums.Key(.plans, january: januaries.upperBound)) ?? []
        self.ranking = ranking.sorted { ($1.growth.mean, $0.area) < ($0.growth.mean, $1.area) }
        (self.without, self.levelPeople) = (without, levelPeople)
    }

    /// Plans of the base, or of the last January before it that is published.
    private static func lastPlans(of area: NationalRelease.Area, through base: Int) -> Double {
        let known = area.plans.filter { $0.key <= base && $0.value.total != nil }
        return known.max { $0.key < $1.key }?.value.total ?? 0
    }

    /// The sum in the last January beside a model of England; `nil` where the model ends before.
    /// - Parameter model: what it is called.
    package func comparison(with study: PreparedStudy, named model: String, _ request: Request) -> Comparison? {
        let step = januaries.upperBound - study.base.january
        guard step > 0, januaries.upperBound <= study.lastJanuary, !last.isEmpty else { return nil }
        let outcome = study.withoutPlaces().run(0..<request.runs, seed: request.seed, threads: request.threads)
        return Comparison(
            model: model, january: januaries.upperBound, sum: Summary(of: last),
            own: outcome.stocks.summary(step: step, series: 0))
    }

    /// England's own model, made as those of its authorities are.
    /// - Throws: ``UnusableData`` where the release does not serve.
    package func england(
        _ calibrator: Calibrator, people: PublishedPopulation, finance: FinanceTables
    ) throws(UnusableData) -> PreparedStudy {
        let known = levelPeople.isEmpty ? people : PublishedPopulation()
        let area = try calibrator.panel.release.area("England")
        return try NationalModels(calibrator, people: known, finance: finance).study(area).study
    }

    /// The figures of all authorities together.
    package func together(_ measure: Measure) -> [Row] {
        rows.filter { $0.scope != "authority" && $0.area == whole && $0.measure == measure }
    }
}

/// Makes the model of an authority in memory, and runs it.
struct NationalModels {
    /// What a model came to: every run's figure, by measure and period.
    struct Made {
        let totals: [NationalSums.Key: [Double]]
        let hasLevelPeople: Bool

        func growth(of area: NationalRelease.Area, _ januaries: ClosedRange<Int>) -> NationalForecast.Growth {
            let before = totals[.init(.plans, january: januaries.lowerBound)] ?? []
            let after = totals[.init(.plans, january: januaries.upperBound)] ?? []
            return NationalForecast.Growth(
                number: area.number, area: area.name, region: area.region, base: before.first ?? 0,
                growth: Summary(of: zip(before, after).map { $1 / max($0, 1) - 1 }))
        }
    }

    private let calibrator: Calibrator
    private let people: PublishedPopulation
    private let costs: UnitCosts?
    private let totals: TotalsForecast

    init(_ calibrator: Calibrator, people: PublishedPopulation, finance: FinanceTables) {
        self.calibrator = calibrator
        self.people = people
        totals = TotalsForecast(
            calibrator.history, origin: calibrator.panel.january, years: calibrator.choices.horizon)
        costs = UnitCosts(calibrator.panel.release, through: calibrator.panel.january, finance: finance)
    }

    /// The model of an area, ready to run, and whether its people are unknown.
    func study(_ area: NationalRelease.Area) throws(UnusableData) -> (study: PreparedStudy, hasLevelPeople: Bool) {
        let midYears = try people.figures(of: area).usable().keys
        let knowsPeople = midYears.contains { $0 < calibrator.panel.january }
        let authority = try calibrator.calibrate(area, population: knowsPeople ? people : nil)
        let money = costs.map { AuthorityMoney($0, area, authority.space, base: authority.january) }
        let made = CalibratedModel(
            authority, of: calibrator.panel.release, history: calibrator.history, growth: .panel,
            path: JoinerFactors(authority, history: calibrator.history, forecast: totals),
            money: area.isNational ? nil : money)
        let folder = ModelFolder(made.data(command: ""), path: area.name)
        return (try PreparedStudy(Checked(folder, findings: [], uses: [])), !knowsPeople)
    }

    func run(_ area: NationalRelease.Area, _ request: NationalForecast.Request) throws(UnusableData) -> Made {
        let (study, hasLevelPeople) = try study(area)
        let runs = ScenarioRuns(study, runs: 0..<request.runs, seed: request.seed, threads: request.threads)
        let outcome = try runs.people(nil)
        var totals: [NationalSums.Key: [Double]] = [:]
        let settings = outcome.stockLayout.series(.setting)?.lowerBound
        let special = study.folder.groups.enumerated().filter { $0.element == Self.special }.map(\.offset)
        for step in 0..<outcome.stocks.steps {
            let january = study.base.january + step
            func values(_ series: Int) -> [Double] {
                outcome.stocks.figures(step: step, series: series)
            }
            totals[.init(.plans, january: january)] = values(0)
            if let settings, let first = special.first {
                totals[.init(.special, january: january)] = special.dropFirst().reduce(values(settings + first)) {
                    zip($0, values(settings + $1)).map(+)
                }
            }
        }
        guard costs != nil else { return Made(totals: totals, hasLevelPeople: hasLevelPeople) }
        let budget = study.budget(outcome)
        for (measure, kind) in [(NationalForecast.Measure.spend, Budget.Kind.spend), (.balance, .balance)] {
            for amount in budget.amounts(kind) { totals[.init(measure, year: amount.year)] = amount.runs }
        }
        return Made(totals: totals, hasLevelPeople: hasLevelPeople)
    }

    /// The group of settings whose children need a place in a state special school.
    private static let special = "state special"
}

/// Figures of every run added up over authorities.
struct NationalSums {
    /// A measure in a January, or in a financial year.
    struct Key: Hashable, Comparable {
        let measure: NationalForecast.Measure
        let period: Int
        let text: String

        init(_ measure: NationalForecast.Measure, january: Int) {
            (self.measure, period, text) = (measure, january, String(january))
        }

        init(_ measure: NationalForecast.Measure, year: FinancialYear) {
            (self.measure, period, text) = (measure, year.starting, year.description)
        }

        static func < (one: Self, other: Self) -> Bool {
            (one.measure.rawValue, one.period) < (other.measure.rawValue, other.period)
        }
    }

    private struct Region {
        /// Plans at the base of all its authorities, and of those that are modelled.
        var all = 0.0
        var modelled = 0.0
        var authorities: [Key: Int] = [:]
        var runs: [Key: [Double]] = [:]
    }

    private var regions: [String: Region] = [:]
    private let runs: Int

    /// - Parameter regions: the region of each authority, and its plans at the base.
    init(regions all: [(name: String, plans: Double)], runs: Int) {
        self.runs = runs
        for (name, plans) in all { regions[name, default: Region()].all += plans }
    }

    /// Adds a model's figures.
    mutating func add(_ totals: [Key: [Double]], region name: String) {
        let first = totals.keys.filter { $0.measure == .plans }.min()
        regions[name]?.modelled += first.flatMap { totals[$0]?.first } ?? 0
        for (key, values) in totals {
            add(values, key, to: name)
            guard key.measure == .balance else { continue }
            let year = FinancialYear(starting: key.period)
            add(values.map { $0 < 0 ? 1 : 0 }, Key(.inDeficit, year: year), to: name)
        }
    }

    private mutating func add(_ values: [Double], _ key: Key, to name: String) {
        guard var region = regions[name] else { return }
        region.runs[key] = region.runs[key].map { zip($0, values).map(+) } ?? values
        region.authorities[key, default: 0] += 1
        regions[name] = region
    }

    /// The share of all plans that is modelled.
    var share: Double {
        let all = ordered.reduce(0) { $0 + $1.region.all }
        return all > 0 ? ordered.reduce(0) { $0 + $1.region.modelled } / all : 0
    }

    /// Regions by name, so that sums are the same each time.
    private var ordered: [(name: String, region: Region)] {
        regions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// A region's figures in every run. Plans of authorities without a model are taken to go as those of the others; money and counts of
    /// authorities are of those that have them alone.
    private func figures(_ region: Region, _ key: Key) -> [Double]? {
        region.runs[key].map { Self.scaled($0, key, by: region.all / max(region.modelled, 1e-9)) }
    }

    private static func scaled(_ runs: [Double], _ key: Key, by factor: Double) -> [Double] {
        let isOfPlans = key.measure == .plans || key.measure == .special
        return isOfPlans ? runs.map { $0 * factor } : runs
    }

    /// England's figures in every run: the sum of its regions'; one without any model is taken to go as the others do.
    func england(_ key: Key) -> [Double]? {
        let parts = ordered.compactMap { _, region in figures(region, key).map { (runs: $0, all: region.all) } }
        guard let first = parts.first else { return nil }
        let sum = parts.dropFirst().reduce(first.runs) { zip($0, $1.runs).map(+) }
        let known = parts.reduce(0) { $0 + $1.all }
        return Self.scaled(sum, key, by: ordered.reduce(0) { $0 + $1.region.all } / max(known, 1e-9))
    }

    /// England, then its regions.
    var rows: [NationalForecast.Row] {
        let keys = Set(ordered.flatMap(\.region.runs.keys)).sorted()
        func row(_ scope: String, _ area: String, _ key: Key, _ runs: [Double]?, _ count: Int) -> NationalForecast.Row?
        {
            runs.map {
                NationalForecast.Row(
                    scope: scope, number: "", area: area, measure: key.measure, period: key.text,
                    figure: Summary(of: $0), authorities: count)
            }
        }
        let england = keys.compactMap { key in
            row(
                "England", "England", key, self.england(key),
                ordered.reduce(0) { $0 + ($1.region.authorities[key] ?? 0) })
        }
        return england
            + ordered.flatMap { name, region in
                keys.compactMap { row("region", name, $0, figures(region, $0), region.authorities[$0] ?? 0) }
            }
    }
}
