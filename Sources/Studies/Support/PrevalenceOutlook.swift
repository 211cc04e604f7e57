import Intake
import Projection
import Sampling
import Vocabulary

/// What a stated rate for 1,000 people, plans or children in care comes to in every January: the rate stays, those whom it is of change.
package struct PrevalenceOutlook: Sendable {
    /// The rate.
    package let row: PrevalenceRow
    /// By January from the base.
    package let counts: [Summary]
    /// Those of every run, by January from the base.
    private(set) var runs: [[Double]]
    /// Whom the rate is of, likewise.
    private var people: [[Double]]

    /// Applies a rate to an outcome. Every run has its own rate, the same in all its years, and chance decides how many it is of.
    /// - Parameters:
    ///   - changes: what a scenario does to rates.
    ///   - baseline: that of the same runs of the baseline, whose figures stand where there are as many people; `nil` where they are not known.
    ///   - summaries: of all runs, where these are some of them.
    /// - Precondition: support is known where the rate is of it (``PreparedStudy`` refuses others).
    init(
        _ outcome: Outcome, _ row: PrevalenceRow, _ study: PreparedStudy, _ support: SupportOutlook?,
        changes: [PrevalenceChange] = [], beside baseline: PrevalenceOutlook? = nil, _ summaries: RunSummaries
    ) {
        self.row = row
        let key = stableKey("prevalence", row.name)
        let isAtMedian = outcome.uncertainty == .chance
        let rates = UncertainNumber(
            low: row.low ?? row.likely, likely: row.likely, high: row.high ?? row.likely, key: key
        ).draws(outcome.runs, seed: outcome.seeds.local, deciding: .prevalence, atMedian: isAtMedian)
        let acting = changes.filter { $0.names.contains(row.name) }.map {
            (effect: $0.effect, sizes: outcome.sizes(of: $0.effect))
        }
        let known = acting.isEmpty ? baseline : nil
        let people = (0...outcome.model.horizon).map { Self.people(row, outcome, study, support, step: $0) }
        runs = people.enumerated().map { step, people in
            if let known, known.people[step] == people { return known.runs[step] }
            let january = outcome.model.base.january + step
            return rates.indices.map { run in
                var stream = RandomStream(
                    seed: outcome.seeds.local, run: UInt32(outcome.runs.lowerBound + run), year: january,
                    deciding: .prevalence, state: key)
                let rate = acting.reduce(rates[run]) { $1.effect.changed($0, size: $1.sizes[run], in: january) }
                return Double(stream.poisson(people[run] * rate / 1_000))
            }
        }
        counts = runs.map { summaries($0) }
        self.people = people
    }

    /// The same without every run's figures.
    func withoutRuns() -> PrevalenceOutlook {
        var outlook = self
        (outlook.runs, outlook.people) = ([], [])
        return outlook
    }

    /// Those whom the rate is of, in every run.
    private static func people(
        _ row: PrevalenceRow, _ outcome: Outcome, _ study: PreparedStudy, _ support: SupportOutlook?, step: Int
    ) -> [Double] {
        if row.base == .support {
            guard let support else { preconditionFailure("a rate of SEN support, and no support.csv") }
            let places = SupportPhase.allCases.indices.filter { row.phases.contains(SupportPhase.allCases[$0]) }
            return outcome.runs.indices.map { run in
                places.reduce(0) { $0 + support.pupils[step][$1][run - outcome.runs.lowerBound] }
            }
        }
        if row.base == .people {
            let ages = step == 0 ? nil : study.population[step - 1]
            let bands = study.folder.space.service.bands
            let people = bands.map { band in
                band.ages.reduce(0) { sum, age in
                    guard row.ages.contains(age) else { return sum }
                    return sum
                        + (ages?[age] ?? study.folder.population[study.base.january, age] ?? study.population[0][age])
                }
            }
            guard let set = study.areas.first(where: { !row.areas.isEmpty && Set(row.areas).isSubset(of: $0.areas) })
            else {
                let all = people.reduce(0, +)
                return outcome.runs.map { _ in all }
            }
            return outcome.runs.map { run in
                var known: [Int: [Double]] = [:]
                return bands.indices.reduce(0) { sum, band in
                    let shares = set.shares(
                        need: (0, study.folder.space.need.codes[0]), band: band, bands: bands.count, run: run,
                        seed: outcome.seeds.local, atMean: outcome.uncertainty == .chance, known: &known)
                    return sum + people[band] * row.areas.reduce(0) { $0 + shares[set.areas.firstIndex(of: $1) ?? 0] }
                }
            }
        }
        let (layout, needs) = (outcome.stockLayout, outcome.model.space.need.count)
        var sums = [Int32](repeating: 0, count: outcome.runs.count)
        func add(_ breakdown: Breakdown, _ places: [Int]) {
            guard let series = layout.series(breakdown) else { preconditionFailure("no people by \(breakdown)") }
            for place in places {
                outcome.stocks.add(step: step, series: series.lowerBound + place, times: 1, to: &sums)
            }
        }
        let settings = outcome.model.space.setting.count
        if row.settings.count < settings {
            add([.need, .setting], row.needs.flatMap { need in row.settings.map { need * settings + $0 } })
        } else if row.ages == study.folder.space.service.years {
            add(.need, row.needs)
        } else if row.needs.count == needs {
            add(.age, Array(row.ages))
        } else {
            let bands = PrevalenceRow.bands(row.ages, study.folder.space.service)
            add([.band, .need], bands.flatMap { band in row.needs.map { band * needs + $0 } })
        }
        return sums.map(Double.init)
    }
}
