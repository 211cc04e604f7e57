/// A financial year of local government, April to March.
public struct FinancialYear: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The calendar year in which it begins.
    public let starting: Int

    /// The financial year that begins in April of a calendar year.
    public init(starting: Int) {
        self.starting = starting
    }

    /// Orders by start.
    public static func < (one: FinancialYear, other: FinancialYear) -> Bool { one.starting < other.starting }

    /// As finance officers write it: `2026-27`.
    public var description: String {
        let end = (starting + 1) % 100
        return "\(starting)-\(end < 10 ? "0" : "")\(end)"
    }
}
