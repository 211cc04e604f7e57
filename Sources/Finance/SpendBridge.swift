import Sampling
import Vocabulary

/// Why spend differs between two years, two scenarios, or a budget and what came of it: how many, in which settings, at what price.
package struct SpendBridge: Sendable {
    /// Units and pounds of a line.
    package struct Amount: Sendable {
        package let units: Double
        package let pounds: Double

        /// States units and pounds.
        package init(units: Double, pounds: Double) {
            (self.units, self.pounds) = (units, pounds)
        }

        fileprivate var price: Double? { units > 0 ? pounds / units : nil }
    }

    /// A line on both sides.
    package struct Line: Sendable {
        /// Whether it is paid for plans.
        package let isOfPlans: Bool
        package let from: Amount
        package let to: Amount

        /// States both sides.
        package init(isOfPlans: Bool, from: Amount, to: Amount) {
            (self.isOfPlans, self.from, self.to) = (isOfPlans, from, to)
        }
    }

    /// Pounds of a line's difference, or of all.
    package struct Part: Sendable, Equatable {
        /// More or fewer plans, at the average cost of the first side.
        package let volume: Double
        /// Plans in dearer or cheaper lines, at the prices of the first side.
        package let mix: Double
        /// What the units of the second side cost more than they did.
        package let price: Double
    }

    /// Line by line.
    package let parts: [Part]
    /// All lines: their parts add up to ``to`` less ``from``.
    package var all: Part {
        Part(
            volume: parts.reduce(0) { $0 + $1.volume }, mix: parts.reduce(0) { $0 + $1.mix },
            price: parts.reduce(0) { $0 + $1.price })
    }
    /// Spend of the first and of the second side.
    package let from: Double
    /// See ``from``.
    package let to: Double

    /// Bridges lines.
    ///
    /// Those that are paid for plans share one volume: each grows as all their units do, and what its own units grow beyond that is mix. Other
    /// lines have their own volume. The rest of each line is price, so that parts add up.
    package init(_ lines: [Line]) {
        func plans(_ side: KeyPath<Line, Amount>) -> Double {
            lines.reduce(0) { $1.isOfPlans ? $0 + $1[keyPath: side].units : $0 }
        }
        let (before, after) = (plans(\.from), plans(\.to))
        let growth = before > 0 ? after / before - 1 : 0
        parts = lines.map { line in
            let (one, two) = (line.from, line.to)
            let change = (two.units - one.units) * (one.price ?? two.price ?? 0)
            let volume = line.isOfPlans ? one.pounds * growth : change
            return Part(volume: volume, mix: change - volume, price: two.pounds - one.pounds - change)
        }
        from = lines.reduce(0) { $0 + $1.from.pounds }
        to = lines.reduce(0) { $0 + $1.to.pounds }
    }

    /// Bridges the mean spend of two years of budgets with the same lines.
    package init(from budget: Budget, _ first: FinancialYear, to other: Budget, _ last: FinancialYear) {
        func amounts(_ budget: Budget, _ year: FinancialYear) -> [Amount] {
            budget.accounts.lines.indices.map { number in
                let amount = budget.amounts(.line(number)).first { $0.year == year }
                return Amount(units: amount?.units ?? 0, pounds: amount?.mean ?? 0)
            }
        }
        let lines = zip(budget.accounts.lines, zip(amounts(budget, first), amounts(other, last)))
        self.init(lines.map { Line(isOfPlans: $0.unit.isOfPeople, from: $1.0, to: $1.1) })
    }
}
