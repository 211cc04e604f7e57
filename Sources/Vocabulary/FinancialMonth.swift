/// A month of a financial year.
public struct FinancialMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Counted from April as 0.
    public let number: Int

    /// The month of a number from 0, April.
    public init(_ number: Int) {
        precondition((0..<12).contains(number), "a financial year has twelve months")
        self.number = number
    }

    /// The month of a calendar, counted from January as 1.
    public init(calendar month: Int) { self.init((month + 8) % 12) }

    /// A month by its name or the first letters of it, three at least.
    public init?(named text: some StringProtocol) {
        let word = text.lowercased()
        guard word.count >= 3, let number = Self.names.firstIndex(where: { $0.lowercased().hasPrefix(word) }) else {
            return nil
        }
        self.init(number)
    }

    /// The calendar year of the month in a financial year.
    public func calendarYear(of year: FinancialYear) -> Int { number < 9 ? year.starting : year.starting + 1 }

    /// Counted from January as 1.
    public var calendarMonth: Int { (number + 3) % 12 + 1 }

    /// Orders by time.
    public static func < (one: FinancialMonth, other: FinancialMonth) -> Bool { one.number < other.number }

    /// Its name.
    public var description: String { Self.names[number] }

    private static let names = [
        "April", "May", "June", "July", "August", "September", "October", "November", "December", "January", "February",
        "March",
    ]
}
