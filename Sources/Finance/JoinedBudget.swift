import Projection
import Vocabulary

/// A budget of very many runs, put together of those of their stretches (``Outcome/stretches``): what every run spends is put aside.
package struct JoinedBudget {
    private struct Key: Hashable {
        let year: FinancialYear
        let kind: Budget.Kind
    }

    private let accounts: Accounts
    private let runs: Int
    private let columns: RunColumns
    /// The amounts, in their order, and where each stands among them.
    private var keys: [Key] = []
    private var places: [Key: Int] = [:]
    /// Units and modelled pounds, summed over the runs that have come.
    private var units: [Key: Double] = [:]
    private var modelled: [FinancialYear: [String: Double]] = [:]
    private var residuals: [FinancialYear: [String: Double]] = [:]

    /// - Parameter runs: how many all stretches have.
    package init(_ accounts: Accounts, runs: Int) {
        (self.accounts, self.runs) = (accounts, runs)
        columns = RunColumns(runs: runs)
    }

    /// Adds the budget of a stretch.
    /// - Parameter stretch: the places of its runs among all.
    package mutating func add(_ budget: Budget, of stretch: Range<Int>) {
        for amount in budget.amounts {
            let key = Key(year: amount.year, kind: amount.kind)
            let place = places[key] ?? keys.count
            if place == keys.count {
                keys.append(key)
                places[key] = place
            }
            columns.add(amount.runs, to: place, from: stretch.lowerBound)
            if let mean = amount.units { units[key, default: 0] += mean * Double(stretch.count) }
        }
        addModelled(budget, of: stretch)
        residuals = budget.residuals
    }

    /// Adds what a stretch says of years with an outturn, alone.
    package mutating func addModelled(_ budget: Budget, of stretch: Range<Int>) {
        for (year, lines) in budget.modelled {
            for (line, mean) in lines { modelled[year, default: [:]][line, default: 0] += mean * Double(stretch.count) }
        }
    }

    /// What the outturns are of what all runs together modelled, to be carried forward.
    package var carried: [FinancialYear: [String: Double]] { accounts.residuals(means) }

    private var means: [FinancialYear: [String: Double]] {
        modelled.mapValues { lines in lines.mapValues { $0 / Double(runs) } }
    }

    /// The budget of all runs.
    package var budget: Budget {
        let amounts = keys.enumerated().map { place, key in
            Budget.Amount(
                year: key.year, kind: key.kind, runs: RunFigures(place, of: columns),
                units: units[key].map { $0 / Double(runs) })
        }
        return Budget(accounts, amounts: amounts, residuals: residuals, modelled: means)
    }
}
