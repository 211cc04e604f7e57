import Formats
import Intake
import RealModule
import Sampling
import Vocabulary

/// How a price of England's will go on, as its yearly steps so far tell: the law of the indices of models, and of the test of money.
///
/// The steps to come begin at the last one and go back to the mean of all: each year keeps ``persistence`` of the distance. How far a
/// step may lie from that is how far the known ones lie apart, the mean's own error included, and wider where they are few, as Student's
/// t is; what it strays by lasts (``PriceDrift/lasting``).
package struct PriceLaw: Sendable, Equatable {
    /// The share of a step's distance from the mean that is left a year later.
    package static let persistence = EnglandFinance.shipped.last("persistence of prices").amount

    /// After how many years steps count as back at their mean.
    private static let yearsOfReturn = 8

    /// The mean of the known steps, and the last of them: logarithms of factors.
    let (mean, last): (Double, Double)
    /// How far a step to come may lie from what is expected: a standard deviation of its logarithm, of a normal distribution whose 80 %
    /// interval is as wide as Student's.
    package let deviation: Double

    /// - Parameter factors: the known steps, the oldest first.
    /// - Returns: `nil` with fewer than two.
    package init?(_ factors: [Double]) {
        guard factors.count >= 2 else { return nil }
        let logarithms = factors.map { Double.log($0) }
        let count = Double(factors.count)
        let mean = logarithms.mean
        let variance = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        (self.mean, last) = (mean, logarithms[logarithms.count - 1])
        deviation = (variance * (1 + 1 / count)).squareRoot() * Self.width(freedom: count - 1)
    }

    /// How much wider the 80 % interval of Student's t is than that of a normal distribution: Abramowitz and Stegun 26.7.5.
    package static func width(freedom: Double) -> Double {
        let z = RankedFigures.normal90
        func polynomial(_ coefficients: [Double]) -> Double { coefficients.reduce(0) { $0 * z * z + $1 } }
        let terms = [
            polynomial([1, 1]) / 4, polynomial([5, 16, 3]) / 96, polynomial([3, 19, 17, -15]) / 384,
            polynomial([79, 776, 1_482, -1_920, -945]) / 92_160,
        ]
        return terms.reversed().reduce(0) { ($0 + $1) / freedom } + 1
    }

    /// The logarithm of what is expected of a step, a number of years after the last known one.
    func step(_ ahead: Int) -> Double {
        ahead >= Self.yearsOfReturn ? mean : mean + (last - mean) * Double.pow(Self.persistence, ahead)
    }

    /// The logarithm of what is expected of all steps until then.
    package func rise(_ years: Int) -> Double { (0..<years).reduce(0) { $0 + step($1 + 1) } }

    /// The rows of `inflation.csv` for the years after the last known one.
    /// - Parameters:
    ///   - first: the financial year of the first known step, by its April, and `end` that of the last.
    ///   - detail: what else a reader should know of the mean.
    package func rows(_ index: String, from first: Int, to end: Int, detail: String = "") -> [InflationRow] {
        func name(_ year: Int) -> String { FinancialYear(starting: year).description }
        func percent(_ logarithm: Double) -> String {
            "\(Numerals.fixed(100 * (Double.exp(logarithm) - 1), decimals: 1)) %"
        }
        let usual = "England's mean of \(name(first)) to \(name(end))\(detail)"
        return (1...Self.yearsOfReturn).map { ahead in
            InflationRow(
                index, end + ahead, Numerals.rounded(Double.exp(step(ahead)), decimals: 4),
                uncertainty: Numerals.rounded(deviation, decimals: 4),
                ahead == Self.yearsOfReturn
                    ? "\(usual)\(detail.isEmpty ? "" : ",") and how far its years lie apart; later years as this one, rated red"
                    : "from \(percent(last)) in \(name(end)) back to \(usual), \(percent(mean)): "
                        + "\(Numerals.fixed(100 * Self.persistence, decimals: 0)) % of the distance is left each year; rated red"
            )
        }
    }
}
