import Vocabulary

/// What was spent on a line against what the model says of that year.
package struct Reconciliation: Sendable, Equatable {
    /// The financial year.
    package let year: FinancialYear
    /// The line.
    package let line: String
    /// Pounds that were spent.
    package let outturn: Double
    /// Mean pounds of the model, before anything is carried forward.
    package let model: Double
    /// Outturn less model.
    package var residual: Double { outturn - model }
    /// What the line is multiplied by from here on; 1 where nothing is carried forward.
    package let carried: Double
}

extension Budget {
    /// Every projected year and line of which the outturn is known, year by year.
    package var reconciliation: [Reconciliation] {
        let years = accounts.outturn.keys.sorted { $0.starting < $1.starting }
        return years.flatMap { year in
            accounts.lines.compactMap { line in
                guard let outturn = accounts.outturn[year]?[line.name], let model = modelled[year]?[line.name] else {
                    return nil
                }
                return Reconciliation(
                    year: year, line: line.name, outturn: outturn, model: model,
                    carried: residuals[year]?[line.name] ?? 1)
            }
        }
    }
}
