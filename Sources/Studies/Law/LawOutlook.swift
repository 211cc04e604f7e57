import Assembly
import Intake
import Projection
import Sampling
import Vocabulary

/// Refusals, mediations, appeals and what follows from them, of every calendar year and run.
///
/// Numbers are what is expected in a run, whose rates are its own in all its years; whether a single family appeals is not drawn.
package struct LawOutlook: Sendable {
    /// What is counted.
    package enum Measure: String, CaseIterable, Sendable {
        case requests, refused, mediations, appeals
        /// Appeals that are about the placement.
        case placement = "about the placement"
        /// Refusals undone by agreement or order.
        case granted = "agreed or ordered"
        /// Placements that the tribunal orders as parents asked; what is agreed before or at a hearing is not among them.
        case ordered = "placement ordered as asked"
        /// Plans that follow a dispute.
        case plans = "plans that follow"
        /// Weeks from the request to such a plan, in the mean of a run.
        case weeks = "weeks from request to plan"
        /// What mediations and appeals cost the authority, in pounds of the years of their sources.
        case cost = "cost, £"
    }

    /// One measure of one calendar year.
    package struct Row: Sendable {
        /// The calendar year.
        package let year: Int
        /// What is disputed; `nil` for all.
        package let decision: LawDecision?
        /// Who asked; `nil` for all.
        package let source: String?
        /// What is counted.
        package let measure: Measure
        /// Over the runs.
        package let count: Summary
        /// The worst rating of the rates behind it.
        package let quality: AssumptionQuality
    }

    /// By year, decision and measure.
    package private(set) var rows: [Row] = []
    /// What a line of `costs.csv` is called that is paid for each pound of ``costs``.
    static let costLine = "cost of disputes"
    /// ``Measure/cost`` of every run, by calendar year from the base.
    private(set) var costs: [[Double]]

    /// Follows refusals through the runs of an outcome.
    /// - Parameters:
    ///   - changes: what a scenario does to them.
    ///   - summaries: of all runs, where these are some of them.
    init(
        _ outcome: Outcome, _ stage: LawStage, _ assessments: AssessmentOutlook, changes: [RefusalChange],
        _ summaries: RunSummaries
    ) {
        let sizes = changes.map { $0.sizes(outcome) }
        // Plans in force over a year: the mean of its two Januaries.
        let januaries = (0...outcome.model.horizon).map { outcome.stocks.figures(step: $0, series: 0) }
        let plans = zip(januaries, januaries.dropFirst()).map { zip($0, $1).map { ($0 + $1) / 2 } }
        let runs = mapInParallel(outcome.runs.count) { run in
            LawRun(
                outcome, stage, requests: (assessments.runs[.requests] ?? []).map { $0[run] },
                assessments: (assessments.runs[.assessments] ?? []).map { $0[run] }, plans: plans.map { $0[run] },
                run: run, changes: Array(zip(changes, sizes.map { $0[run] })))
        }
        costs = (0..<outcome.model.horizon).map { year in runs.map { $0[nil, .cost]?[year] ?? 0 } }
        for year in 0..<outcome.model.horizon {
            for (decision, measure, quality) in Self.figures(stage.rates) {
                func add(_ source: String?, _ share: Double = 1) {
                    let figures = runs.map { ($0[decision, measure]?[year] ?? 0) * share }
                    rows.append(
                        Row(
                            year: outcome.model.base.january + year, decision: decision, source: source,
                            measure: measure, count: summaries(figures), quality: quality))
                }
                add(nil)
                if measure == .requests { for source in stage.sources { add(source.name, source.share) } }
            }
        }
    }

    /// The same without every run's figures.
    func withoutRuns() -> LawOutlook {
        var outlook = self
        outlook.costs = []
        return outlook
    }

    /// A figure; `nil` where it is not there.
    package func figure(_ measure: Measure, of decision: LawDecision?, year: Int) -> Summary? {
        rows.first { $0.year == year && $0.decision == decision && $0.source == nil && $0.measure == measure }?.count
    }

    /// Every figure of a year, and how good it is.
    private static func figures(_ rates: LawRates) -> [(LawDecision?, Measure, AssumptionQuality)] {
        func steps(_ decision: LawDecision) -> [(LawDecision?, Measure, AssumptionQuality)] {
            func row(_ measure: Measure, _ used: [LawRow.Rate]) -> (LawDecision?, Measure, AssumptionQuality) {
                let all = decision == .assessment ? [.refused] + used : used
                return (decision, measure, all.isEmpty ? .amber : rates.quality(decision, all))
            }
            if decision == .contents {
                return [
                    row(.mediations, [.mediated]), row(.appeals, [.appealed, .appealedAgain]),
                    row(.placement, [.appealed, .appealedAgain, .placement]),
                    row(.ordered, [.appealed, .appealedAgain, .placement, .granted]),
                ]
            }
            let undone: [LawRow.Rate] = [.mediated, .agreed, .mediationWeeks, .appealed, .granted, .orderWeeks]
            return [
                row(.refused, []), row(.mediations, [.mediated]), row(.appeals, [.appealed]), row(.granted, undone),
                row(.plans, undone), row(.weeks, undone),
            ]
        }
        let all: [(LawDecision?, Measure, AssumptionQuality)] = [
            (nil, .mediations, [.assessment, .plan, .contents].map { rates.quality($0, [.mediated]) }.worst ?? .red),
            (nil, .appeals, rates.quality(.contents, [.appealed, .appealedAgain])),
            (nil, .cost, rates.quality(.contents, [.appealedAgain, .mediationCost, .appealCost])),
        ]
        return [(LawDecision.assessment, .requests, .amber)] + LawDecision.allCases.flatMap(steps) + all
    }
}

/// One run: every figure by year.
private struct LawRun: Sendable {
    private struct Key: Hashable {
        let decision: LawDecision?
        let measure: LawOutlook.Measure
    }

    private var figures: [Key: [Double]] = [:]

    subscript(decision: LawDecision?, measure: LawOutlook.Measure) -> [Double]? {
        figures[Key(decision: decision, measure: measure)]
    }

    init(
        _ outcome: Outcome, _ stage: LawStage, requests: [Double], assessments: [Double], plans: [Double], run: Int,
        changes: [(change: RefusalChange, size: Double)]
    ) {
        let number = outcome.runs.lowerBound + run
        func draw(_ uncertain: UncertainNumber) -> Double {
            uncertain.draws(
                number..<number + 1, seed: outcome.seeds.local, deciding: .law,
                atMedian: outcome.uncertainty == .chance)[0]
        }
        set(.assessment, .requests, requests)
        let share = stage.rates.draw(.refused, .assessment, draw)
        var more = requests.map { _ in 0.0 }
        for (decision, decided, usual) in [
            (LawDecision.assessment, requests, share), (.plan, assessments, stage.withoutPlan),
        ] {
            let refused = decided.indices.map { year -> Double in
                let january = outcome.model.base.january + 1 + year
                let now = changes.reduce(usual) { share, one in
                    one.change.decision == decision
                        ? one.change.effect.changed(share, size: one.size, in: january) : share
                }
                return decided[year] * min(now, 1)
            }
            // A request that is assessed after all may still end without a plan.
            let withPlan = decision == .assessment ? 1 - stage.withoutPlan : 1
            let path = LawPath(stage.rates, decision, draw)
            let before = usual * (decided.first ?? 0)
            take(refused, decision, path, before: before, withPlan: withPlan)
            let usually = path.plans(decided.map { usual * $0 }, decision, before: before)
            for year in more.indices { more[year] += (self[decision, .plans]?[year] ?? 0) - withPlan * usually[year] }
        }
        takeContents(stage.rates, plans: plans, more: more, draw)
        addUp(
            mediation: stage.rates.draw(.mediationCost, nil, draw), appeal: stage.rates.draw(.appealCost, nil, draw))
    }

    /// Disputes about what stands in plans: of all plans in force, and again of plans that follow more disputes than usual.
    private mutating func takeContents(
        _ rates: LawRates, plans: [Double], more: [Double], _ draw: (UncertainNumber) -> Double
    ) {
        let (mediated, appealed) = (
            rates.draw(.mediated, .contents, draw), rates.draw(.appealed, .contents, draw)
        )
        set(.contents, .mediations, plans.map { $0 * mediated })
        // What is published of plans has the second disputes of as many families as there usually are.
        let again = rates.draw(.appealedAgain, .contents, draw)
        let appeals = zip(plans, more).map { max($0 * appealed + $1 * again, 0) }
        set(.contents, .appeals, appeals)
        let placement = rates.draw(.placement, .contents, draw)
        set(.contents, .placement, appeals.map { $0 * placement })
        let granted = rates.draw(.granted, .contents, draw)
        set(.contents, .ordered, appeals.map { $0 * placement * granted })
    }

    /// What becomes of refusals: of requests by the year of the request, of assessments by that of the decision.
    /// - Parameters:
    ///   - before: refusals of each year before the first.
    ///   - withPlan: the share of those undone that ends in a plan.
    private mutating func take(
        _ refused: [Double], _ decision: LawDecision, _ path: LawPath, before: Double, withPlan: Double
    ) {
        let since = path.since(decision)
        set(decision, .refused, refused.later(weeks: since, before: before))
        set(
            decision, .mediations,
            refused.later(weeks: since + path.mediation, before: before).map { $0 * path.mediated })
        set(
            decision, .appeals, refused.later(weeks: since + path.appeal, before: before).map { $0 * path.appealed })
        set(decision, .granted, path.undone(refused, before: before, since: since))
        set(decision, .plans, path.plans(refused, decision, before: before).map { $0 * withPlan })
        set(decision, .weeks, refused.map { _ in path.weeksToPlan })
    }

    /// Sums over decisions, and what they cost.
    private mutating func addUp(mediation: Double, appeal: Double) {
        func sum(_ measure: LawOutlook.Measure) -> [Double] {
            let parts = LawDecision.allCases.map { self[$0, measure] ?? [] }
            return (parts.first ?? []).indices.map { year in parts.reduce(0) { $0 + $1[year] } }
        }
        let (mediations, appeals) = (sum(.mediations), sum(.appeals))
        set(nil, .mediations, mediations)
        set(nil, .appeals, appeals)
        set(nil, .cost, zip(mediations, appeals).map { $0 * mediation + $1 * appeal })
    }

    private mutating func set(_ decision: LawDecision?, _ measure: LawOutlook.Measure, _ years: [Double]) {
        figures[Key(decision: decision, measure: measure)] = years
    }
}
