#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import Sampling
import Vocabulary

/// A factor on some rates in some years: what a lever becomes when a scenario is simulated beside its baseline.
///
/// Every run keeps the draws of its baseline: its own rate moves by the shift of the logit that takes the expected rate to
/// its multiple, so it stays a probability, and staying absorbs what moves to a destination lose or gain.
public struct RateAdjustment: Sendable {
    /// Which rates change.
    public enum Quantity: Sendable, Equatable {
        /// The share that leaves; cells are rows: arriving age, need, setting departed from.
        case leaving
        /// The share of those who remain that moves to one of these settings; cells are rows.
        case moving(to: [Int])
        /// Joiners; cells are those joined.
        case joining
    }

    /// Which rates change.
    public let quantity: Quantity
    /// By how much, at least 0.
    public let factor: Double
    /// The cells concerned.
    public let cells: [Int]
    /// The arriving Januaries concerned.
    public let januaries: ClosedRange<Int>

    /// States a change.
    public init(_ quantity: Quantity, times factor: Double, cells: [Int], januaries: ClosedRange<Int>) {
        precondition(factor >= 0 && factor.isFinite, "a factor of \(factor)")
        self.quantity = quantity
        self.factor = factor
        self.cells = cells
        self.januaries = januaries
    }
}

/// A change that would take an expected rate out of 0...1.
public struct RateAdjustmentError: Error, Hashable, CustomStringConvertible {
    /// The row concerned: arriving age, need and setting departed from.
    public let row: Int
    /// The arriving January.
    public let january: Int
    /// The expected rate before and after.
    public let rate: Double
    /// See ``rate``.
    public let changed: Double

    /// In words.
    public var description: String {
        "row \(row), January \(january): an expected rate of \(rate) would become \(changed)"
    }
}

/// The changes of one arriving January, cell by cell.
struct AdjustedYear: Sendable, Equatable {
    struct Row: Sendable, Equatable {
        /// What the odds of leaving are multiplied by.
        var leaving: Float = 1
        /// What the odds of moving to each setting are multiplied by; empty where none changes.
        var destinations: [Float] = []
    }

    var rows: [Int: Row] = [:]
    /// What joiners are multiplied by, by cell; empty where none change.
    var joining: [Float] = []

    /// The changes of every projected January.
    static func all(
        _ adjustments: [RateAdjustment], of model: FlowModel, _ rates: ExpectedRates
    ) throws(RateAdjustmentError) -> [AdjustedYear] {
        var years: [AdjustedYear] = []
        for january in model.januaries.dropFirst() {
            let active = adjustments.filter { $0.januaries.contains(january) }
            years.append(try AdjustedYear(active, january: january, model.space, rates))
        }
        return years
    }

    private init(
        _ active: [RateAdjustment], january: Int, _ space: StateSpace, _ rates: ExpectedRates
    ) throws(RateAdjustmentError) {
        let settings = space.setting.count
        var leaving: [Int: Double] = [:]
        var moving: [Int: [Double]] = [:]
        for change in active {
            switch change.quantity {
            case .leaving: for row in change.cells { leaving[row, default: 1] *= change.factor }
            case .moving(let destinations):
                for row in change.cells {
                    for to in destinations {
                        moving[row, default: Array(repeating: 1, count: settings)][to] *= change.factor
                    }
                }
            case .joining:
                if joining.isEmpty { joining = Array(repeating: 1, count: space.count) }
                for cell in change.cells { joining[cell] *= Float(change.factor) }
            }
        }
        for (row, factor) in leaving where !rates.mustLeave[row] {
            rows[row, default: Row()].leaving = try Self.odds(rates.leaving[row], times: factor, row, january)
        }
        for (row, factors) in moving {
            let shares = (0..<settings).map { rates.moving[row] * rates.destination[row * settings + $0] }
            let changed = zip(shares, factors).reduce(0) { $0 + $1.0 * $1.1 }
            guard changed <= 1 || rates.mustMove[row] else {
                throw RateAdjustmentError(row: row, january: january, rate: rates.moving[row], changed: changed)
            }
            var multiples: [Float] = []
            for (share, factor) in zip(shares, factors) {
                multiples.append(try Self.odds(share, times: factor, row, january))
            }
            rows[row, default: Row()].destinations = multiples
        }
    }

    /// What takes the odds of a rate to those of its multiple.
    private static func odds(
        _ rate: Double, times factor: Double, _ row: Int, _ january: Int
    ) throws(RateAdjustmentError) -> Float {
        if factor == 1 || rate == 0 { return 1 }
        let changed = rate * factor
        guard changed < 1 else {
            throw RateAdjustmentError(row: row, january: january, rate: rate, changed: changed)
        }
        return Float(factor * (1 - rate) / (1 - changed))
    }
}

extension Lanes {
    /// The probabilities whose odds are a multiple of these probabilities' odds.
    func withOdds(times multiple: Float) -> Lanes { withOdds(times: Lanes(repeating: multiple)) }

    /// The probabilities whose odds are multiples of these probabilities' odds.
    func withOdds(times multiple: Lanes) -> Lanes {
        let raised = self * multiple
        return raised / (1 - self + raised)
    }
}
