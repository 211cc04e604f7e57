import Intake
import Vocabulary

/// An area whose figures are compared.
public struct BenchmarkPlace: Sendable, Hashable {
    /// The department's number; empty for England.
    public let number: String
    /// The name.
    public let name: String
    /// The region that it lies in.
    public let region: String

    /// Whether it is England.
    public var isNational: Bool { number.isEmpty }
}

/// When a figure is of.
public enum BenchmarkClock: Sendable {
    case january, march, calendarYear, financialYear, midYear

    /// A period in words.
    public func text(_ period: Int) -> String {
        switch self {
        case .january: "January \(period)"
        case .march: "31 March \(period)"
        case .calendarYear: "\(period)"
        case .financialYear: "\(FinancialYear(starting: period))"
        case .midYear: "mid-\(period)"
        }
    }

    /// The period of another quantity that goes with one of this: what is counted at the end of a year goes with the year, and a count
    /// in January with the calendar year and the mid-year before it.
    func period(_ period: Int, of other: BenchmarkClock) -> Int {
        let isOfStock = self == .january || self == .march
        let stock = isOfStock ? period : period + 1
        return other == .january || other == .march ? stock : stock - 1
    }
}

/// Published tables of one service, from which quantities of indicators are taken.
protocol BenchmarkTables: Sendable {
    /// England, then the authorities of today.
    var places: [BenchmarkPlace] { get }
    /// Whose indicators they are.
    var service: Service { get }
    /// The periods that anything may be known of.
    var periods: ClosedRange<Int> { get }
    /// Codes that stand for `*` in a quantity.
    func codes(of quantity: BenchmarkIndicator.Quantity) -> [String]
    /// When a quantity is counted.
    func clock(_ quantity: BenchmarkIndicator.Quantity) -> BenchmarkClock
    /// A quantity; `nil` where it is not published, held back or known to be incomplete.
    func amount(_ quantity: BenchmarkIndicator.Quantity, of place: BenchmarkPlace, in period: Int) -> Double?
    /// The file that a quantity is from; empty where none has it.
    func source(_ quantity: BenchmarkIndicator.Quantity, in period: Int) -> String
}
