import Assembly
import Projection
import Rates
import Sampling
import Vocabulary

/// Requests for an assessment, assessments, and plans issued, by calendar year and band of ages, of every run.
///
/// Plans issued are the joiners. Assessments are the joiners over the share that ends in a plan; requests are what joiners would be
/// without a limit on assessments, over the shares that are assessed and end in a plan. A part of each year's requests becomes a
/// plan in the next year. Plans that had waited for room at the start of a year are not issued within 20 weeks; of the others
/// a stated share is. Ages are those of the arriving January, on 31 August before.
package struct AssessmentOutlook: Sendable {
    /// What is counted.
    package enum Measure: String, CaseIterable, Sendable {
        case requests, assessments
        case issued = "plans issued"
        case waiting = "waiting at the end"
        case inTime = "issued within 20 weeks, %"
    }

    /// One measure of one calendar year.
    package struct Row: Sendable {
        /// The calendar year.
        package let year: Int
        /// What is counted.
        package let measure: Measure
        /// The position of the band of ages; `nil` for all.
        package let band: Int?
        /// Over the runs.
        package let count: Summary
    }

    /// By year, measure and band.
    package private(set) var rows: [Row] = []
    /// Requests and assessments of every run, by calendar year.
    private(set) var runs: [Measure: [[Double]]] = [:]

    /// Follows joiners back to requests.
    /// - Parameters:
    ///   - law: the stage of refusals; `nil` where no lever acts on it.
    ///   - refusals: what a scenario does to refusals: it changes joiners, and not requests.
    ///   - summaries: of all runs, where these are some of them.
    /// - Precondition: the outcome has joiners by age.
    package init(
        _ outcome: Outcome, _ shares: AssessmentShares, _ law: LawStage? = nil, refusals: [RefusalChange] = [],
        _ summaries: RunSummaries
    ) {
        let joiners = FollowedJoiners(outcome, shares, law?.factors(refusals, outcome))
        let years = mapInParallel(outcome.model.horizon) { joiners.year($0) }
        let bands = [nil] + outcome.stockLayout.bands.indices.map(Optional.some)
        for measure in [Measure.requests, .assessments, .issued] {
            runs[measure] = years.map { $0[measure, nil] }
        }
        for (step, year) in years.enumerated() {
            for measure in Measure.allCases {
                for band in bands where band == nil || !Self.isOfAll(measure) {
                    rows.append(
                        Row(
                            year: outcome.model.base.january + step, measure: measure, band: band,
                            count: summaries(year[measure, band])))
                }
            }
        }
    }

    /// The same without every run's figures.
    func withoutRuns() -> AssessmentOutlook {
        var outlook = self
        outlook.runs = [:]
        return outlook
    }

    /// Whether a measure is not distinguished by age.
    static func isOfAll(_ measure: Measure) -> Bool { measure == .waiting || measure == .inTime }
}

/// The joiners of every run, followed back to requests year by year.
private struct FollowedJoiners: Sendable {
    private let outcome: Outcome
    private let shares: AssessmentShares
    private let ages: Range<Int>
    private let bandOfAge: [Int?]
    /// By age and run: plans a request, and plans an assessment.
    private let drawn: [[(perRequest: Double, perAssessment: Double)]]
    /// What a scenario multiplies plans for each request and for each assessment by, by year and run; `nil` where it leaves them.
    private let factors: (requests: [[Double]], assessments: [[Double]])?

    init(
        _ outcome: Outcome, _ shares: AssessmentShares, _ factors: (requests: [[Double]], assessments: [[Double]])?
    ) {
        self.factors = factors
        guard let ages = outcome.flowLayout.series(.age) else {
            preconditionFailure("assessments need joiners by age")
        }
        self.outcome = outcome
        self.shares = shares
        self.ages = ages
        let bands = outcome.stockLayout.bands
        bandOfAge = (0..<outcome.model.space.ages).map { age in bands.firstIndex { $0.ages.contains(age) } }
        let seed = outcome.seeds.local
        drawn = mapInParallel(bandOfAge.count) { age in
            outcome.runs.map { run in Self.draw(shares, age: age, seed: seed, run: run) }
        }
    }

    /// One run's shares of an age: of requests that are assessed, and of assessments that end in a plan.
    private static func draw(
        _ shares: AssessmentShares, age: Int, seed: UInt64, run: Int
    ) -> (perRequest: Double, perAssessment: Double) {
        var stream = RandomStream(seed: seed, run: UInt32(run), deciding: .assessments, state: UInt32(age))
        func draw(_ share: GivenRates.Estimate) -> Double {
            guard share.weight > 0, share.rate > 0, share.rate < 1 else { return max(share.rate, 0.01) }
            return max(stream.beta(share.rate * share.weight, (1 - share.rate) * share.weight), 0.01)
        }
        let assessed = draw(shares.assessed[age])
        let issued = draw(shares.issued[age])
        return (issued * assessed, issued)
    }

    /// Every run's figures of a year.
    func year(_ step: Int) -> FollowedYear {
        var year = FollowedYear(bands: outcome.stockLayout.bands.count, runs: outcome.runs.count)
        let next = min(step + 1, outcome.model.horizon - 1)
        for (age, band) in bandOfAge.enumerated() {
            let (issued, now, later) = (plans(step, age), unlimited(step, age), unlimited(next, age))
            let drawn = drawn[age]
            year.add(issued, to: .issued, band)
            let assessments = issued.indices.map { run in
                issued[run] / drawn[run].perAssessment / factor(factors?.assessments, step, run)
            }
            year.add(assessments, to: .assessments, band)
            let requests = now.indices.map { run in
                ((1 - shares.nextYear) * now[run] / factor(factors?.requests, step, run)
                    + shares.nextYear * later[run] / factor(factors?.requests, next, run)) / drawn[run].perRequest
            }
            year.add(requests, to: .requests, band)
        }
        let issued = year[.issued, nil]
        let waited =
            step == 0
            ? issued.map { _ in outcome.model.joinerPath.control?.waiting ?? 0 } : steered(.waiting, step - 1)
        year.add(steered(.waiting, step).map { $0 * shares.assessmentsPerPlan }, to: .waiting, nil)
        year.add(
            zip(issued, waited).map { 100 * shares.inTime * max(1 - $1 / max($0, 1), 0) }, to: .inTime, nil)
        return year
    }

    /// What plans were multiplied by; 1 where nothing or nearly everything was taken away.
    private func factor(_ factors: [[Double]]?, _ step: Int, _ run: Int) -> Double {
        max(factors?[step][run] ?? 1, Self.leastFactor)
    }

    /// The smallest share of plans from which requests are worked out.
    private static let leastFactor = 0.01

    private func plans(_ step: Int, _ age: Int) -> [Double] {
        outcome[.joined].figures(step: step, series: ages.lowerBound + age)
    }

    /// Plans that would have been issued if assessments had no limit.
    private func unlimited(_ step: Int, _ age: Int) -> [Double] {
        let plans = plans(step, age)
        guard outcome[.steered].series > 0 else { return plans }
        return zip(plans, steered(.limit, step)).map { $1 > 0 ? $0 * Outcome.steeredUnit / $1 : $0 }
    }

    private func steered(_ series: Outcome.Steered, _ step: Int) -> [Double] {
        guard outcome[.steered].series > 0 else { return Array(repeating: 0, count: outcome.runs.count) }
        return outcome[.steered].figures(step: step, series: series.rawValue)
    }
}

/// The sums of one year: of every measure, in all and by band, of every run.
private struct FollowedYear: Sendable {
    private let bands: Int
    private var sums: [[Double]]

    init(bands: Int, runs: Int) {
        self.bands = bands
        sums = Array(
            repeating: Array(repeating: 0, count: runs),
            count: AssessmentOutlook.Measure.allCases.count * (bands + 1))
    }

    subscript(measure: AssessmentOutlook.Measure, band: Int?) -> [Double] { sums[place(measure, band)] }

    mutating func add(_ counts: [Double], to measure: AssessmentOutlook.Measure, _ band: Int?) {
        for band in band == nil ? [nil] : [nil, band] {
            let place = place(measure, band)
            for run in counts.indices { sums[place][run] += counts[run] }
        }
    }

    private func place(_ measure: AssessmentOutlook.Measure, _ band: Int?) -> Int {
        let number = AssessmentOutlook.Measure.allCases.firstIndex(of: measure) ?? 0
        return number * (bands + 1) + (band.map { $0 + 1 } ?? 0)
    }
}
