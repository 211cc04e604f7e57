import Sampling

/// What a lever does to a figure: how, by how much, in which years, and which lever it is.
///
/// ```swift
/// let effect = Effect(.times, by: .exactly(1.2), in: 2027...2031, ramp: 2)
/// effect.changed(100, size: 1.2, in: 2027)  // 110: half of it acts in the first of two years
/// ```
public struct Effect: Sendable, Equatable {
    /// What happens to a figure.
    public enum Operation: Sendable, Equatable {
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
        /// - Parameter strength: how much of the effect acts: 1 for all of it, less than 0 for its opposite.
        public func changed(_ figure: Double, size: Double, strength: Double) -> Double {
            switch self {
            case .times: figure * (1 + strength * (size - 1))
            case .plus: figure + strength * size
            case .toBe: (1 - strength) * figure + strength * size
            case .atMost: figure - strength * max(figure - size, 0)
            case .shifting, .delaying: figure
            }
        }

        /// The size that leaves a figure as it is; `nil` where that depends on the figure.
        public var neutral: Double? {
            switch self {
            case .times: 1
            case .plus, .shifting: 0
            case .toBe, .atMost, .delaying: nil
            }
        }
    }

    /// A lever of a scenario's file.
    public struct Origin: Sendable, Hashable {
        /// The file.
        public let file: String
        /// Where the lever stands in it.
        public let line: Int?
        /// What the lever is called.
        public let lever: String

        /// Names a lever.
        public init(file: String, line: Int?, lever: String) {
            self.file = file
            self.line = line
            self.lever = lever
        }
    }

    /// What happens.
    public let operation: Operation
    /// By how much.
    public let size: UncertainNumber
    /// The arriving Januaries concerned; of money the financial years, by the Aprils in which they begin.
    public let years: ClosedRange<Int>
    /// The years to full effect: in the n-th of them n parts of so many act. At most 1 for full effect at once.
    public let ramp: Int
    /// How much of it acts in each of the years, the last for all that follow; `nil` where a ramp says it.
    public let course: [Double]?
    /// The first of its months in the first year and the last in the last, from 0 to 11: all of them where a step is a year.
    public let months: ClosedEnds
    /// The lever that has the effect, where it is one of a file.
    public let origin: Origin?

    /// A month of a first year and one of a last.
    public struct ClosedEnds: Sendable, Equatable {
        /// The first month that counts, from 0.
        public let first: Int
        /// The last one.
        public let last: Int

        /// Whole years.
        public static let whole = ClosedEnds(first: 0, last: 11)

        /// Names both months.
        public init(first: Int, last: Int) {
            precondition((0...11).contains(first) && (0...11).contains(last), "a year has twelve months")
            (self.first, self.last) = (first, last)
        }
    }

    /// States an effect.
    public init(
        _ operation: Operation, by size: UncertainNumber, in years: ClosedRange<Int>, ramp: Int = 0,
        course: [Double]? = nil, months: ClosedEnds = .whole, origin: Origin? = nil
    ) {
        precondition(course?.isEmpty != true, "a course of no years")
        (self.course, self.months) = (course, months)
        self.operation = operation
        self.size = size
        self.years = years
        self.ramp = ramp
        self.origin = origin
    }

    /// The same with one size in every run.
    public func sized(_ size: Double) -> Effect {
        Effect(operation, by: .exactly(size), in: years, ramp: ramp, course: course, months: months, origin: origin)
    }

    /// Whether it acts in a month of a year, from 0.
    public func acts(in year: Int, month: Int) -> Bool {
        years.contains(year) && (year > years.lowerBound || month >= months.first)
            && (year < years.upperBound || month <= months.last)
    }

    /// How much of it acts in a month of a year, from 0; 0 where none does.
    public func strength(in year: Int, month: Int) -> Double { acts(in: year, month: month) ? reached(in: year) : 0 }

    /// How much of it acts in a year, on average over its months; 0 where none does.
    public func strength(in year: Int) -> Double {
        guard years.contains(year) else { return 0 }
        return reached(in: year) * Double((0..<12).count { acts(in: year, month: $0) }) / 12
    }

    private func reached(in year: Int) -> Double {
        if let course { return course[min(year - years.lowerBound, course.count - 1)] }
        return ramp > 1 ? min(Double(year - years.lowerBound + 1) / Double(ramp), 1) : 1
    }

    /// What becomes of a figure in a year.
    public func changed(_ figure: Double, size: Double, in year: Int) -> Double {
        operation.changed(figure, size: size, strength: strength(in: year))
    }

    /// What becomes of a figure in a month of a year, from 0.
    public func changed(_ figure: Double, size: Double, in year: Int, month: Int) -> Double {
        operation.changed(figure, size: size, strength: strength(in: year, month: month))
    }
}

/// A change of something that a lever has an effect on.
public protocol LeverChange {
    /// What the lever does to it.
    var effect: Effect { get set }
}

extension Array where Element: LeverChange {
    /// The same changes with one size in every run.
    public func sized(_ size: Double) -> [Element] {
        map { change in
            var sized = change
            sized.effect = change.effect.sized(size)
            return sized
        }
    }
}
