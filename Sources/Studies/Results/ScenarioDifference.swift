import Finance
import Projection
import Sampling
import Vocabulary

/// What a scenario makes of its baseline, run by run: both share every draw, so differences are far less noisy than levels.
package struct ScenarioDifference: Sendable {
    /// A difference of a budget line.
    package struct BudgetRow: Sendable {
        /// The financial year.
        package let year: FinancialYear
        /// What the amount is.
        package let kind: Budget.Kind
        /// Scenario less baseline, over the runs.
        package let pounds: Summary
    }

    /// The name of the scenario.
    package let name: String
    /// Scenario less baseline in people, in the order of the result's rows.
    package let plans: [StudyResult.PlansRow]
    /// The same of joiners, leavers, movers and transfers, one setting at a time, without what stays in every run.
    package let flows: [StudyResult.FlowRow]
    /// Children elsewhere for want of a place, by January from the base; none where nothing is full.
    package let unmet: [Summary]
    /// Spend, who bears it, and the balance.
    package let budget: [BudgetRow]

    /// Compares run by run.
    /// - Precondition: both are of one study, with the same runs and seed.
    package init(_ scenario: StudyResult, against baseline: StudyResult) {
        precondition(scenario.outcome.runs == baseline.outcome.runs, "results of different runs")
        precondition(scenario.outcome.seed == baseline.outcome.seed, "results of different seeds")
        name = scenario.name
        let (one, other) = (scenario.outcome, baseline.outcome)
        let layout = one.stockLayout
        let base = one.model.base.january
        plans = mapInParallel(one.stocks.steps * layout.count) { index in
            let (step, series) = index.quotientAndRemainder(dividingBy: layout.count)
            return StudyResult.PlansRow(
                january: base + step, label: layout.labels[series],
                people: one.stocks.difference(from: other.stocks, step: step, series: series))
        }
        var flows: [StudyResult.FlowRow] = []
        let flowLayout = one.flowLayout
        for tally in Tally.allCases where tally.series == .flows {
            guard let flow = tally.flow, one[tally].series > 0, other[tally].series > 0 else { continue }
            let (mine, theirs) = (one[tally], other[tally])
            let all = mapInParallel(mine.steps * flowLayout.count) { index in
                let (step, series) = index.quotientAndRemainder(dividingBy: flowLayout.count)
                return StudyResult.FlowRow(
                    january: base + step + 1, flow: flow, label: flowLayout.labels[series],
                    destination: .anywhere, people: mine.difference(from: theirs, step: step, series: series))
            }
            flows += all.lazy.filter { !$0.people.isNothing }
        }
        self.flows = flows
        unmet = zip(scenario.places?.unmet ?? [], baseline.places?.unmet ?? []).map { mine, theirs in
            Summary(of: zip(mine, theirs).map(-) as [Int32])
        }
        let (ours, before) = (scenario.budget.amounts, baseline.budget.amounts)
        budget = mapInParallel(min(ours.count, before.count)) { place in
            let (mine, theirs) = (ours[place], before[place])
            return BudgetRow(
                year: mine.year, kind: mine.kind, pounds: Summary(of: zip(mine.runs, theirs.runs).map(-) as [Double]))
        }
    }
}
