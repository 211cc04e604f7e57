/// What was used of an input file: the answer that every file of a user gets.
///
/// ```swift
/// var use = FileUse(file: "population.csv")
/// use.rows = 130
/// use.leaveOut("of ages above 25", rows: 26)
/// print(use)  // population.csv: 104 of 130 rows used; left out: 26 of ages above 25
/// ```
public struct FileUse: Hashable, Sendable, Codable {
    /// The file, as the user named it.
    public let file: String
    /// Rows below the header; of a file without rows, such as YAML, 0.
    public var rows = 0
    /// The years that used rows speak of.
    public private(set) var years: ClosedRange<Int>?
    /// The areas that used rows speak of.
    public private(set) var areas: Set<String> = []
    /// Rows that were not used, by the reason, in words that follow a number: "of ages above 25".
    public private(set) var leftOut: [String: Int] = [:]

    /// A file of which nothing is known yet.
    public init(file: String) {
        self.file = file
    }

    /// What is to be said in place of counts, such as why a file was not read.
    public var remark: String?

    /// How many rows a figure of the model comes from.
    public var used: Int { max(0, rows - leftOut.values.reduce(0, +)) }

    /// Whether the file has rows, and none of them was used.
    public var isUseless: Bool { rows > 0 && used == 0 }

    /// Counts rows that were not used.
    public mutating func leaveOut(_ reason: String, rows count: Int = 1) {
        leftOut[reason, default: 0] += count
    }

    /// Says that a used row speaks of a year.
    public mutating func take(year: Int) {
        years = min(years?.lowerBound ?? year, year)...max(years?.upperBound ?? year, year)
    }

    /// Says that a used row speaks of an area.
    public mutating func take(area: String) {
        areas.insert(area)
    }
}

extension FileUse: CustomStringConvertible {
    /// One line: the file, then ``summary``.
    public var description: String { "\(file): \(summary)" }

    /// Rows used, years, areas, and what was left out and why.
    public var summary: String { remark ?? ([rowsUsed] + spans + reasons).joined(separator: "; ") }

    /// A warning where nothing of the file was used.
    public var finding: Finding? {
        guard isUseless else { return nil }
        return Finding(
            .warning, file: file, "nothing of this file was used" + reasons.map { " (\($0))" }.joined(),
            remedy: "Look whether it is the file that you meant.")
    }

    private var rowsUsed: String {
        if isUseless { return "nothing of this file was used (\(Self.grouped(rows)) \(rows == 1 ? "row" : "rows"))" }
        if rows == 0 { return "read" }
        if rows == 1 { return "1 row used" }
        return used == rows
            ? "all \(Self.grouped(rows)) rows used" : "\(Self.grouped(used)) of \(Self.grouped(rows)) rows used"
    }

    private static func grouped(_ count: Int) -> String {
        let digits = String(count)
        return digits.enumerated().map { place, digit in
            place > 0 && (digits.count - place).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
        }.joined()
    }

    private var spans: [String] {
        let years = years.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
        let areas = areas.isEmpty ? nil : "\(areas.count) \(areas.count == 1 ? "area" : "areas")"
        return [years, areas].compactMap { $0 }
    }

    private var reasons: [String] {
        if leftOut.isEmpty { return [] }
        let largestFirst = leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return ["left out: " + largestFirst.map { "\(Self.grouped($0.value)) \($0.key)" }.joined(separator: ", ")]
    }
}
