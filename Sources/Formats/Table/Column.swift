import Foundation

/// A column of a table: what its fields are decides how they are written, shown and explained.
public struct Column: Sendable {
    /// What the fields of a column are.
    public enum Kind: Sendable {
        /// Names, codes and words; they stay as they are, also those that read as numbers, such as `1e9`.
        case text
        /// Januaries, other years, and periods and horizons in years or months.
        case year
        /// People, plans, places, units of what is paid for.
        case people
        /// Pounds.
        case pounds
        /// Shares of 1 and probabilities.
        case share
        /// Hundredths.
        case percent
        /// Other figures: factors, errors, years that are not whole.
        case number
        /// Figures of which the row's measure says what they are: ``Column/Kind/init(ofMeasure:)``.
        case measured

        /// What a measure counts. Its name ends with its unit after a comma, such as `delay, years`; without one it counts people.
        package init(ofMeasure name: String) {
            guard let comma = name.range(of: ", ", options: .backwards) else {
                self = .people
                return
            }
            let unit = name[comma.upperBound...]
            self = unit.hasPrefix("£") ? .pounds : unit.hasPrefix("years") ? .number : unit == "%" ? .percent : .people
        }
    }

    /// The name that the column has in tables of plans.
    public let name: String
    /// What its fields are.
    public let kind: Kind
    /// What they mean, in a few words.
    public let about: String
    /// How many decimals are written at most.
    package let decimals: Int
    /// Whether tables of care are without it.
    package let isOfPlansAlone: Bool

    /// Declares a column.
    package init(
        _ name: String, _ kind: Kind, _ about: String, decimals: Int = 3, isOfPlansAlone: Bool = false
    ) {
        (self.name, self.kind, self.about) = (name, kind, about)
        (self.decimals, self.isOfPlansAlone) = (decimals, isOfPlansAlone)
    }

    /// The names of the columns that say what a figure is over the runs, in the order of `Summary`.
    package static let statistics = ["mean", "sd", "p05", "p10", "p25", "p50", "p75", "p90", "p95"]

    /// The columns of a figure over the runs.
    package static func statistics(_ kind: Kind) -> [Column] {
        let below = ["5 %", "10 %", "25 %", "half", "75 %", "90 %", "95 %"].map { share in
            share == "half" ? "half of the runs are below" : "\(share) of runs are below"
        }
        return zip(statistics, ["mean over the runs", "standard deviation over the runs"] + below).map {
            Column($0, kind, $1)
        }
    }
}
