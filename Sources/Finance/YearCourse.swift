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

    /// Whether needs are told apart: not where a year of the model has months, which are counted by setting.
    package var tellsNeeds: Bool { outcome[.months].series == 0 }

    /// Children of some needs and settings in every run.
    /// - Parameters:
    ///   - needs: all of them, where ``tellsNeeds`` is not true.
    ///   - month: months since 1 April, 0...12.
    package func children(needs: [Int], settings: [Int], month: Double) -> [Double] {
        if !tellsNeeds { return children(settings, month: month) }
        var children = [Double](repeating: 0, count: outcome.runs.count)
        for setting in settings {
            for need in needs {
                activity.addChildren(need: need, setting: setting, step: step, month: month, to: &children)
            }
        }
        return children
    }

    /// Children between the ends of two months, where a year of the model has months.
    private func children(_ settings: [Int], month: Double) -> [Double] {
        let (before, part) = (Int(month), month - month.rounded(.down))
        func atEnd(of month: Int) -> [Double] {
            var sums = [Double](repeating: 0, count: outcome.runs.count)
            let last = 12 * step + min(month, 12) - 1
            for setting in settings {
                let base = outcome.stockLayout.series(.setting)?.lowerBound ?? 0
                let (totals, at, series) =
                    last < 0
                    ? (outcome.stocks, 0, base + setting)
                    : (outcome[.months], last, StepSeries.firstSetting + setting)
                totals.values(step: at, series: series) { counts in
                    for run in sums.indices { sums[run] += Double(counts[run]) }
                }
            }
            return sums
        }
        if part == 0 { return atEnd(of: before) }
        return zip(atEnd(of: before), atEnd(of: before + 1)).map { $0 + part * ($1 - $0) }
    }

    /// The share of a line's spend that falls into each month, April first: as its children do, else a twelfth each.
    package func months(of line: CostLine) -> [Double] {
        let even = [Double](repeating: 1 / 12, count: 12)
        guard line.unit.isOfPeople, line.bands == nil else { return even }
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
