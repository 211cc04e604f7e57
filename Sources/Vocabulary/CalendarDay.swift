/// A day of the Gregorian calendar.
public struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Year, month from 1 and day from 1.
    public let year: Int
    /// See ``year``.
    public let month: Int
    /// See ``year``.
    public let day: Int

    /// A day, or `nil` where there is none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (1900...2200).contains(year), (1...12).contains(month) else { return nil }
        guard (1...Self.days(in: month, of: year)).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// A day as statutory returns write it, `31/03/2022`, or as `2022-03-31`.
    public init?(_ text: String) {
        let slashed = text.split(separator: "/", omittingEmptySubsequences: false)
        let dashed = text.split(separator: "-", omittingEmptySubsequences: false)
        let parts = (slashed.count == 3 ? slashed.reversed() : dashed).compactMap { Int($0) }
        guard parts.count == 3, slashed.count == 3 || dashed.count == 3 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }

    private init(known year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The last day that there is.
    public static let latest = CalendarDay(known: 2200, 12, 31)

    /// The day that ends a year of statutory returns on children looked after, and that on which the next begins.
    public static func march(_ year: Int) -> (last: CalendarDay, next: CalendarDay) {
        (CalendarDay(known: year, 3, 31), CalendarDay(known: year, 4, 1))
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// The last day of a month, counted from January of year 0.
    public static func lastDay(ofMonth number: Int) -> CalendarDay? {
        let (year, month) = (number / 12, number % 12 + 1)
        guard (1900...2200).contains(year) else { return nil }
        return CalendarDay(year: year, month: month, day: days(in: month, of: year))
    }

    /// Days since 1 January 1970 (H. Hinnant, "chrono-compatible low-level date algorithms").
    public var number: Int {
        let shifted = month > 2 ? year : year - 1
        let (era, ofEra) = (shifted / 400, shifted % 400)
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    /// The day that is so many days after 1 January 1970; `nil` outside 1900 to 2200.
    public init?(number: Int) {
        let shifted = number + 719_468
        let era = shifted >= 0 ? shifted / 146_097 : (shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let named = month < 10 ? month + 3 : month - 9
        self.init(
            year: year + era * 400 + (named <= 2 ? 1 : 0), month: named, day: ofYear - (153 * month + 2) / 5 + 1)
    }

    /// A day a number of days later, within 1900 to 2200.
    public func adding(_ days: Int) -> CalendarDay { CalendarDay(number: number + days) ?? self }

    /// The day of the school census and of the return on plans in a year: the third Thursday of January.
    public static func census(_ year: Int) -> CalendarDay {
        // 1 January 1970 was a Thursday.
        let first = CalendarDay(known: year, 1, 1).number
        return CalendarDay(known: year, 1, 15 + (7 - first % 7) % 7)
    }

    /// The number of its month, counted from January of year 0.
    public var monthNumber: Int { year * 12 + month - 1 }

    /// Whole months from one day to another: an age, where the first is a birthday.
    public func months(to other: CalendarDay) -> Int {
        other.monthNumber - monthNumber - (other.day < day && other != Self.lastDay(ofMonth: other.monthNumber) ? 1 : 0)
    }

    /// Orders by time.
    public static func < (one: CalendarDay, other: CalendarDay) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }

    /// As statutory returns write it.
    public var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(two(day))/\(two(month))/\(year)"
    }
}
