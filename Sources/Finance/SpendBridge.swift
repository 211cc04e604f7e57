import Sampling
import Vocabulary

/// Why the mean spend of one year, or of one scenario, differs from another's: how many, in which settings, at what price.
package struct SpendBridge: Sendable {
    /// More or fewer plans, at the average cost of the first.
    package let volume: Double
    /// Plans in dearer or cheaper lines, at the prices of the first.
    package let mix: Double
    /// What the units of the second cost more than they did.
    package let price: Double
    /// Spend of the first and of the second.
    package let from: Double
    /// See ``from``.
    package let to: Double

    /// Bridges the spend of two years of budgets with the same lines.
    ///
    /// Lines that are paid for plans share one volume: Σ(units), at Σ(spend) ÷ Σ(units); what is left at the first prices is mix. Other
    /// lines have their own volume. It closes to the pound.
    package init(from budget: Budget, _ first: FinancialYear, to other: Budget, _ last: FinancialYear) {
        func figures(_ budget: Budget, _ year: FinancialYear) -> [(units: Double, pounds: Double)] {
            budget.accounts.lines.indices.map { number in
                let amount = budget.amounts(.line(number)).first { $0.year == year }
                return (amount?.units ?? 0, amount?.mean ?? 0)
            }
        }
        let (before, after) = (figures(budget, first), figures(other, last))
        let isOfPlans = budget.accounts.lines.map(\.unit.isOfPeople)
        var (volume, mix, price) = (0.0, 0.0, 0.0)
        func sum(
            _ figures: [(units: Double, pounds: Double)], _ value: KeyPath<(units: Double, pounds: Double), Double>
        )
            -> Double
        {
            zip(figures, isOfPlans).reduce(0) { $1.1 ? $0 + $1.0[keyPath: value] : $0 }
        }
        let average = sum(before, \.units) > 0 ? sum(before, \.pounds) / sum(before, \.units) : 0
        for (number, (one, two)) in zip(before, after).enumerated() {
            let unit = one.units > 0 ? one.pounds / one.units : two.units > 0 ? two.pounds / two.units : 0
            let change = (two.units - one.units) * unit
            price += two.pounds - one.pounds - change
            if isOfPlans[number] { mix += change } else { volume += change }
        }
        let plans = (sum(after, \.units) - sum(before, \.units)) * average
        self.volume = volume + plans
        self.mix = mix - plans
        self.price = price
        from = before.reduce(0) { $0 + $1.pounds }
        to = after.reduce(0) { $0 + $1.pounds }
    }
}
