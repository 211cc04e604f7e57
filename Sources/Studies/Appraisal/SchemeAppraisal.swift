import Finance
import Intake
import Placement
import Projection
import Sampling
import Vocabulary

/// What one scheme, or all that a scenario does, is worth against the baseline on paired runs.
package struct SchemeAppraisal: Sendable {
    /// What it avoids of placements in non-maintained and independent special schools, over the projection.
    package struct Independent: Sendable {
        /// Plans in them, summed over Januaries.
        package let plans: Summary
        /// Pounds of the lines that are paid for them alone.
        package let fees: Summary
    }

    /// The scheme, when it is the only one and no other lever acts; `nil` for all that the scenario does.
    package let scheme: Scheme?
    /// Places when all phases are open.
    package let places: Int
    /// Its cash flows, discounted.
    package let worth: CapitalAppraisal
    /// What it avoids of independent placements; `nil` where the model does not say which those are.
    package let independent: Independent?

    /// Appraises schemes that one side has and the other has not.
    init(
        _ schemes: [Scheme], isAlone: Bool, _ with: AppraisalSide, against without: AppraisalSide,
        in study: PreparedStudy
    ) {
        scheme = isAlone ? schemes.first : nil
        places = schemes.reduce(0) { $0 + $1.places }
        worth = CapitalAppraisal(
            CashFlows(schemes, with, against: without, in: study), places: places, terms: study.appraisalTerms)
        independent = Self.independent(study, with, without)
    }

    /// What a scenario's schemes are worth: all that it does, then each scheme alone where others act as well.
    /// - Parameter alone: what there is where one scheme is opened and nothing else is done.
    static func all(
        of scenario: StudyResult, against baseline: StudyResult, alone: [(scheme: Scheme, outcome: Outcome)]
    ) -> [SchemeAppraisal] {
        let schemes = scenario.schemes.map(\.scheme)
        guard !schemes.isEmpty else { return [] }
        let study = baseline.study
        let without = AppraisalSide(outcome: baseline.outcome, budget: baseline.budget)
        let with = AppraisalSide(outcome: scenario.outcome, budget: scenario.budget)
        return [SchemeAppraisal(schemes, isAlone: false, with, against: without, in: study)]
            + alone.map { scheme, outcome in
                let with = AppraisalSide(outcome: outcome, budget: study.budget(outcome, beside: baseline.budget))
                return SchemeAppraisal([scheme], isAlone: true, with, against: without, in: study)
            }
    }

    private static func independent(
        _ study: PreparedStudy, _ with: AppraisalSide, _ without: AppraisalSide
    ) -> Independent? {
        let settings = study.folder.independentSettings
        guard !settings.isEmpty else { return nil }
        var plans = [Double](repeating: 0, count: with.outcome.runs.count)
        for setting in settings {
            for (side, sign) in [(without, 1.0), (with, -1)] {
                guard let series = side.outcome.stockLayout.series(.setting) else { return nil }
                for step in 1..<side.outcome.stocks.steps {
                    side.outcome.stocks.add(step: step, series: series.lowerBound + setting, times: sign, to: &plans)
                }
            }
        }
        var fees = [Double](repeating: 0, count: plans.count)
        for number in study.feeLines {
            for (mine, theirs) in zip(with.budget.amounts(.line(number)), without.budget.amounts(.line(number))) {
                for run in fees.indices { fees[run] += theirs.runs[run] - mine.runs[run] }
            }
        }
        return Independent(plans: Summary(of: plans), fees: Summary(of: fees))
    }
}
