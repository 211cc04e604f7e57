import RealModule
import Sampling
import Vocabulary

/// What a line will have cost when a financial year ends, from what was spent in its first months and what a model says of the year.
///
/// With *p* the share of the year's spend that falls into the known months, spend to date *A* and the model's year *M*, the year ends at
/// *A* + (1 − *p*)(*p* · *A*/*p* + (1 − *p*) *M*): the rest of the year is what spend so far says of it, with weight *p*, and what the model
/// says, with weight 1 − *p*. After six even months the model has a quarter of the whole: (1 − *p*)².
package struct InYearForecast: Sendable, Equatable {
    /// How far a month of a line's spend lies from its share of the year: one judgement, which a line's own months correct.
    package struct Scatter: Sendable {
        /// Standard deviation of a month as a share of an average month.
        package let usual: Double
        /// How many months the judgement counts for.
        static let weight = 3.0

        /// States what is usual.
        package init(usual: Double) {
            self.usual = usual
        }

        /// That of a line whose first months are known.
        func of(_ spent: [Double], shares: ArraySlice<Double>, yearEnd: Double) -> Double {
            let (all, known) = (spent.reduce(0, +), shares.reduce(0, +))
            guard yearEnd > 0, known > 0, spent.count > 1 else { return usual }
            let squares = zip(spent, shares).reduce(0) { sum, month in
                let off = 12 * (month.0 - all * month.1 / known) / yearEnd
                return sum + off * off
            }
            let months = Double(spent.count - 1)
            return ((Self.weight * usual * usual + squares) / (Self.weight + months)).squareRoot()
        }
    }

    /// Spend to date.
    package let spent: Double
    /// The share of the year's spend that falls into the known months.
    package let known: Double
    /// The model's mean for the known months.
    package let modelled: Double
    /// The model's mean for the year.
    package let model: Double
    /// Pounds at the end of the year in every run.
    package let runs: [Double]

    /// Forecasts a line.
    /// - Parameters:
    ///   - spent: of each known month, April first.
    ///   - shares: of the year's spend by month, twelve that sum to 1.
    ///   - model: the model's year in every run.
    ///   - variates: two standard normal numbers of every run: for the known months and for those to come.
    package init(
        spent: [Double], shares: [Double], model: [Double], scatter: Scatter,
        variates: [(known: Double, coming: Double)]
    ) {
        precondition(shares.count == 12 && spent.count <= 12, "a year has twelve months")
        let months = shares.prefix(spent.count)
        let (all, share) = (spent.reduce(0, +), spent.count == 12 ? 1 : min(months.reduce(0, +), 1))
        (self.spent, known, modelled, self.model) = (all, share, share * model.mean, model.mean)
        guard !spent.isEmpty else {
            runs = model
            return
        }
        let central = Self.yearEnd(spent: all, known: share, model: model.mean)
        let month = scatter.of(spent, shares: months, yearEnd: central) * max(central, 0) / 12
        let (past, coming) = (Double(spent.count).squareRoot() * month, Double(12 - spent.count).squareRoot() * month)
        runs = zip(model, variates).map { model, variates in
            Self.yearEnd(spent: all, known: share, model: model)
                + (share > 0 ? (1 - share) * past * variates.known : 0) + coming * variates.coming
        }
    }

    /// Pounds at the end of the year.
    package static func yearEnd(spent: Double, known: Double, model: Double) -> Double {
        spent + (1 - known) * ((known > 0 ? spent : 0) + (1 - known) * model)
    }

    /// The model's weight in the year end.
    package static func weightOfModel(known: Double) -> Double { (1 - known) * (1 - known) }
}
