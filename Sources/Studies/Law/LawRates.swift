import Intake
import Projection
import Sampling
import Vocabulary

/// The rates that are used of those a model states, then of those that ship: each with its interval, its source and its rating.
package struct LawRates: Sendable {
    /// In the order of ``LawRow/Rate``, then of decisions.
    package let rows: [LawRow]

    init(_ stated: [LawRow]) {
        let known = stated + LawRow.shipped
        rows = LawRow.Rate.allCases.flatMap { rate in
            let decisions = rate.decisions.isEmpty ? [nil] : rate.decisions.map(Optional.some)
            return decisions.map { decision in
                guard let row = known.first(where: { $0.rate == rate && $0.decision == decision }) else {
                    preconditionFailure("no rate of \(rate) ships")
                }
                return row
            }
        }
    }

    /// A rate's row.
    /// - Precondition: it can be stated of the decision.
    func row(_ rate: LawRow.Rate, _ decision: LawDecision? = nil) -> LawRow {
        guard let row = rows.first(where: { $0.rate == rate && $0.decision == decision }) else {
            preconditionFailure("\(rate) is not stated of \(decision?.rawValue ?? "all")")
        }
        return row
    }

    /// The worst rating of some rates of a decision.
    func quality(_ decision: LawDecision?, _ rates: [LawRow.Rate]) -> AssumptionQuality {
        rates.map { row($0, $0.decisions.isEmpty ? nil : decision).quality }.worst ?? .red
    }

    /// What a rate is in a run: the same in all its years.
    func draw(_ rate: LawRow.Rate, _ decision: LawDecision?, _ number: (UncertainNumber) -> Double) -> Double {
        let row = row(rate, decision)
        return number(
            UncertainNumber(
                low: row.low, likely: row.likely, high: row.high,
                key: stableKey("law", rate.rawValue, row.decision?.rawValue ?? "")))
    }
}

/// What becomes of refusals of one kind, as one run has it, or in the middle.
struct LawPath: Sendable {
    /// Mediations and appeals for each refusal.
    let (mediated, appealed): (Double, Double)
    /// The shares of refusals that are undone, after mediation and after an appeal: together at most 1.
    let (agreed, granted): (Double, Double)
    /// Weeks from the request to the refusal.
    let refusal: Double
    /// Weeks from the refusal to a mediation, until an appeal is registered, and until it ends.
    let (mediation, appeal, order): (Double, Double, Double)
    /// Weeks from an order or agreement to the plan.
    let plan: Double

    init(_ rates: LawRates, _ decision: LawDecision, _ number: (UncertainNumber) -> Double) {
        func draw(_ rate: LawRow.Rate) -> Double { rates.draw(rate, decision, number) }
        (mediated, appealed) = (draw(.mediated), draw(.appealed))
        let (agreed, granted) = (mediated * draw(.agreed), appealed * draw(.granted))
        let most = max(agreed + granted, 1)
        (self.agreed, self.granted) = (agreed / most, granted / most)
        (refusal, mediation) = (draw(.refusalWeeks), draw(.mediationWeeks))
        appeal = draw(.appealWeeks)
        order = appeal + draw(.orderWeeks)
        plan = draw(.planWeeks)
    }

    /// The share of refusals that are undone.
    var undone: Double { agreed + granted }

    /// Weeks from the request to a plan that follows a dispute, in the mean of those plans.
    var weeksToPlan: Double {
        guard undone > 0 else { return refusal + plan }
        return refusal + (agreed * mediation + granted * order) / undone + plan
    }

    /// How many of those undone could have their plan in each year.
    func plans(_ refused: [Double], _ decision: LawDecision, before: Double) -> [Double] {
        undone(refused, before: before, since: since(decision), more: plan)
    }

    /// Weeks before a refusal from which refusals are counted: those of requests by the year of the request.
    func since(_ decision: LawDecision) -> Double { decision == .assessment ? refusal : 0 }

    /// How many refusals are undone in each year, and how many plans follow, of refusals spread evenly over each.
    /// - Parameters:
    ///   - refused: by year, those that are counted from the start of a request or of a decision, `since` weeks before the refusal.
    ///   - before: in each year before the first.
    ///   - more: weeks after the order or agreement.
    func undone(_ refused: [Double], before: Double, since: Double, more: Double = 0) -> [Double] {
        let afterMediation = refused.later(weeks: since + mediation + more, before: before)
        let afterAppeal = refused.later(weeks: since + order + more, before: before)
        return zip(afterMediation, afterAppeal).map { agreed * $0 + granted * $1 }
    }
}

extension [Double] {
    /// The same figures of years so many weeks later, those of a year being spread evenly over it.
    /// - Parameter before: the figure of each year before the first.
    func later(weeks: Double, before: Double) -> [Double] {
        let years = weeks / LawStage.weeksAYear
        let whole = Int(years)
        let part = years - Double(whole)
        func figure(_ year: Int) -> Double { year < 0 ? before : self[year] }
        return indices.map { (1 - part) * figure($0 - whole) + part * figure($0 - whole - 1) }
    }
}
