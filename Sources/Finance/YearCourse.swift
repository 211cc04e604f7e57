import Projection
import Vocabulary

/// How children, and with them spend, are spread over the months of a financial year.
package struct YearCourse {
    private let outcome: Outcome
    private let activity: Activity
    private let step: Int

    /// - Precondition: the year is one of the projection, and the outcome keeps the breakdowns that the accounts need.
    package init(_ outcome: Outcome, _ accounts: Accounts, _ year: FinancialYear) {
        step = year.starting - outcome.model.base.january
        precondition((0..<outcome.model.horizon).contains(step), "\(year) is not projected")
        self.outcome = outcome
        activity = Activity(outcome, accounts, counted: [:])
    }

    /// Whether children of a day are known: not where a year of the model has several steps.
    package var knowsDays: Bool { outcome[.presence].series == 0 }

    /// Children of some needs and settings in every run.
    /// - Parameter month: months since 1 April, 0...12.
    /// - Precondition: ``knowsDays``.
    package func children(needs: [Int], settings: [Int], month: Double) -> [Double] {
        precondition(knowsDays, "children are counted by step")
        var children = [Double](repeating: 0, count: outcome.runs.count)
        for setting in settings {
            for need in needs {
                activity.addChildren(need: need, setting: setting, step: step, month: month, to: &children)
            }
        }
        return children
    }

    /// The share of a line's spend that falls into each month, April first: as its children do, else a twelfth each.
    package func months(of line: CostLine) -> [Double] {
        let even = [Double](repeating: 1 / 12, count: 12)
        guard knowsDays, line.unit.isOfPeople, line.bands == nil else { return even }
        let children = (0..<12).map { month in
            line.pounds.sorted { $0.key < $1.key }.reduce(0) { sum, priced in
                sum + priced.value
                    * self.children(needs: [priced.key], settings: line.settings, month: Double(month) + 0.5).mean
            }
        }
        let sum = children.reduce(0, +)
        return sum > 0 ? children.map { $0 / sum } : even
    }
}
