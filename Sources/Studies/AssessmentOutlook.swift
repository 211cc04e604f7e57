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
public struct AssessmentOutlook: Sendable {
    /// What is counted.
    public enum Measure: String, CaseIterable, Sendable {
        case requests, assessments
        case issued = "plans issued"
        case waiting = "waiting at the end"
        case inTime = "issued within 20 weeks, %"
    }

    /// One measure of one calendar year.
    public struct Row: Sendable {
        /// The calendar year.
        public let year: Int
        /// What is counted.
        public let measure: Measure
        /// The position of the band of ages; `nil` for all.
        public let band: Int?
        /// Over the runs.
        public let count: Summary
    }

    /// By year, measure and band.
    public private(set) var rows: [Row] = []
    /// Requests and assessments of every run, by calendar year.
    private(set) var runs: [Measure: [[Double]]] = [:]

    /// Follows joiners back to requests.
    /// - Precondition: the outcome has joiners by age.
    public init(_ outcome: Outcome, _ shares: AssessmentShares) {
        let joiners = Joiners(outcome, shares)
        let drawn = mapInParallel(outcome.runs.count) { Self.draw(shares, outcome, run: $0) }
        let bands = outcome.stockLayout.bands.indices
        for step in 0..<outcome.model.horizon {
            let runs = mapInParallel(outcome.runs.count) { joiners.year(step, run: $0, drawn[$0]) }
            for measure in [Measure.requests, .assessments] {
                self.runs[measure, default: []].append(runs.map { $0.all[measure] ?? 0 })
            }
            for measure in Measure.allCases {
                rows.append(row(outcome, step, measure, nil, runs.map { $0.all[measure] ?? 0 }))
                guard ![.waiting, .inTime].contains(measure) else { continue }
                for band in bands {
                    rows.append(row(outcome, step, measure, band, runs.map { $0.byBand[measure]?[band] ?? 0 }))
                }
            }
        }
    }

    private func row(_ outcome: Outcome, _ step: Int, _ measure: Measure, _ band: Int?, _ values: [Double]) -> Row {
        Row(year: outcome.model.base.january + step, measure: measure, band: band, count: Summary(of: values))
    }

    /// One run's shares by age: the share of requests that are assessed, and of assessments that end in a plan.
    private static func draw(_ shares: AssessmentShares, _ outcome: Outcome, run: Int) -> [(
        assessed: Double, issued: Double
    )] {
        shares.assessed.indices.map { age in
            var stream = RandomStream(
                seed: outcome.seed, run: UInt32(outcome.runs.lowerBound + run), deciding: .assessments,
                state: UInt32(age))
            func draw(_ share: GivenRates.Estimate) -> Double {
                guard share.weight > 0, share.rate > 0, share.rate < 1 else { return max(share.rate, 0.01) }
                return max(stream.beta(share.rate * share.weight, (1 - share.rate) * share.weight), 0.01)
            }
            return (draw(shares.assessed[age]), draw(shares.issued[age]))
        }
    }
}

/// The joiners of every run, followed back to requests year by year.
private struct Joiners: Sendable {
    private let outcome: Outcome
    private let shares: AssessmentShares
    private let joined: RunTotals
    private let ages: Range<Int>
    private let bandOfAge: [Int?]

    init(_ outcome: Outcome, _ shares: AssessmentShares) {
        guard let ages = outcome.flowLayout.series(.age), let joined = outcome.flows[.join] else {
            preconditionFailure("assessments need joiners by age")
        }
        self.outcome = outcome
        self.shares = shares
        self.joined = joined
        self.ages = ages
        let bands = outcome.stockLayout.bands
        bandOfAge = (0..<outcome.model.space.ages).map { age in bands.firstIndex { $0.ages.contains(age) } }
    }

    func year(_ step: Int, run: Int, _ drawn: [(assessed: Double, issued: Double)]) -> YearOfRun {
        var year = YearOfRun(bands: outcome.stockLayout.bands.count)
        let next = min(step + 1, outcome.model.horizon - 1)
        for age in bandOfAge.indices {
            let issued = plans(step, age, run)
            let share = drawn[age]
            let wanted =
                (1 - shares.nextYear) * unlimited(step, age, run) + shares.nextYear * unlimited(next, age, run)
            year.add(issued, to: .issued, bandOfAge[age])
            year.add(issued / share.issued, to: .assessments, bandOfAge[age])
            year.add(wanted / (share.issued * share.assessed), to: .requests, bandOfAge[age])
        }
        let waited = step == 0 ? outcome.model.joinerPath.control?.waiting ?? 0 : waiting(step - 1, run)
        year.all[.waiting] = waiting(step, run) * shares.assessmentsPerPlan
        year.all[.inTime] = 100 * shares.inTime * max(1 - waited / max(year.all[.issued] ?? 0, 1), 0)
        return year
    }

    private func plans(_ step: Int, _ age: Int, _ run: Int) -> Double {
        Double(joined.value(step: step, series: ages.lowerBound + age, run: run))
    }

    /// Plans that would have been issued if assessments had no limit.
    private func unlimited(_ step: Int, _ age: Int, _ run: Int) -> Double {
        let plans = plans(step, age, run)
        guard outcome.steered.series > 0 else { return plans }
        let limit = Double(outcome.steered.value(step: step, series: Outcome.Steered.limit.rawValue, run: run))
        return limit > 0 ? plans * Outcome.steeredUnit / limit : plans
    }

    private func waiting(_ step: Int, _ run: Int) -> Double {
        outcome.steered.series == 0
            ? 0 : Double(outcome.steered.value(step: step, series: Outcome.Steered.waiting.rawValue, run: run))
    }
}

/// The sums of one run and year.
private struct YearOfRun: Sendable {
    var all: [AssessmentOutlook.Measure: Double] = [:]
    var byBand: [AssessmentOutlook.Measure: [Double]] = [:]
    private let bands: Int

    init(bands: Int) {
        self.bands = bands
    }

    mutating func add(_ count: Double, to measure: AssessmentOutlook.Measure, _ band: Int?) {
        all[measure, default: 0] += count
        if let band { byBand[measure, default: Array(repeating: 0, count: bands)][band] += count }
    }
}
