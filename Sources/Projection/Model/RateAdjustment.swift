import Vocabulary

/// A change of some rates in some years: what a lever becomes when a scenario is simulated beside its baseline.
///
/// Every run keeps the draws of its baseline. Its own rate of leaving or moving goes by the shift of the logit that takes the expected
/// rate to its changed value, so it stays a probability; staying absorbs what moves to a destination lose or gain. Joiners of a
/// run change in the proportion in which expected joiners do.
public struct RateAdjustment: Sendable, Equatable {
    /// Which rates change.
    public enum Quantity: Sendable, Equatable {
        /// The share that leaves; cells are rows: arriving age, need, setting departed from.
        case leaving
        /// The share that leaves by one route, by its place among ``LeavingRoutes/names``; cells are rows. It can only be multiplied.
        case leavingBy(route: Int)
        /// The share of those who remain that moves to one of these settings; cells are rows.
        case moving(to: [Int])
        /// The share of those who remain that stays in its setting; cells are rows. It can only be shifted.
        case staying
        /// Joiners; cells are those joined. Amounts are plans a year, of all the cells together.
        case joining
        /// The share of an age's and need's joiners that enters these settings, the others making room; cells are those joined.
        case entering([Int])
        /// The share that changes to one of these needs; cells are rows, whatever their setting.
        case becoming([Int])
        /// People from whom joiners come, by age; cells are those joined, amounts are people of each age.
        case population
    }

    /// What happens to a rate.
    public enum Change: Sendable, Equatable {
        /// It is multiplied.
        case times
        /// An amount is added, or taken off where it is negative.
        case plus
        /// It becomes an amount.
        case toBe
        /// It is held at an amount where it is above.
        case atMost
        /// A share of it goes to another setting.
        case shifting(to: Int)
        /// A share of joiners joins so many years later, and older.
        case delaying(years: Int)

        /// What becomes of a figure; shifts and delays leave it.
        /// - Parameter strength: how much of the effect acts, from 0 to 1.
        public func changed(_ figure: Double, size: Double, strength: Double) -> Double {
            switch self {
            case .times: figure * (1 + strength * (size - 1))
            case .plus: figure + strength * size
            case .toBe: (1 - strength) * figure + strength * size
            case .atMost: figure - strength * max(figure - size, 0)
            case .shifting, .delaying: figure
            }
        }
    }

    /// How large a change is: a number, or three from which each run draws its own (a triangular distribution).
    public struct Size: Sendable, Equatable {
        /// The least.
        public let low: Double
        /// The likeliest.
        public let likely: Double
        /// The most.
        public let high: Double
        /// What draws are keyed by: two changes with one key have the same quantile in every run.
        public let key: UInt32

        /// A number.
        public static func exactly(_ size: Double) -> Size { Size(low: size, likely: size, high: size, key: 0) }

        /// Three numbers in order.
        public init(low: Double, likely: Double, high: Double, key: UInt32) {
            precondition(low <= likely && likely <= high, "\(low), \(likely), \(high) are not in order")
            self.low = low
            self.likely = likely
            self.high = high
            self.key = key
        }

        /// The size at a quantile.
        public func quantile(_ share: Double) -> Double {
            if low == high { return low }
            let turn = (likely - low) / (high - low)
            return share < turn
                ? low + (share * (high - low) * (likely - low)).squareRoot()
                : high - ((1 - share) * (high - low) * (high - likely)).squareRoot()
        }
    }

    /// Which rates change.
    public let quantity: Quantity
    /// What happens to them.
    public let change: Change
    /// By how much.
    public let size: Size
    /// The cells concerned.
    public let cells: [Int]
    /// The arriving Januaries concerned.
    public let januaries: ClosedRange<Int>
    /// The years to full effect: in the n-th of them n parts of so many act. At most 1 for full effect at once.
    public let ramp: Int

    /// States a change.
    public init(
        _ quantity: Quantity, _ change: Change, by size: Size, cells: [Int], januaries: ClosedRange<Int>, ramp: Int = 0
    ) {
        self.quantity = quantity
        self.change = change
        self.size = size
        self.cells = cells
        self.januaries = januaries
        self.ramp = ramp
    }

    /// States a multiple, at least 0.
    public init(_ quantity: Quantity, times factor: Double, cells: [Int], januaries: ClosedRange<Int>) {
        precondition(factor >= 0 && factor.isFinite, "a factor of \(factor)")
        self.init(quantity, .times, by: .exactly(factor), cells: cells, januaries: januaries)
    }

    /// How much of the effect acts in a January; 0 where none does.
    func strength(january: Int) -> Double { Self.strength(in: january, of: januaries, ramp: ramp) }

    /// How much of an effect acts in a year; 0 where none does.
    public static func strength(in year: Int, of years: ClosedRange<Int>, ramp: Int) -> Double {
        guard years.contains(year) else { return 0 }
        return ramp > 1 ? min(Double(year - years.lowerBound + 1) / Double(ramp), 1) : 1
    }
}
