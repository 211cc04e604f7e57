import Formats
import struct Foundation.Data
import Vocabulary

/// Young people who have left care, up to their 26th birthday: `care-leavers.csv` and `accommodation.csv`.
public struct GivenCareLeavers: Sendable, Equatable {
    /// How many there are of each age, and how many remain from year to year.
    public var ages: [CareLeaverRow] = []
    /// Where they live, and what that costs.
    public var accommodation: [AccommodationRow] = []

    /// The ages of care leavers.
    public static let years = 18...25

    /// Nobody.
    public init() {}

    static func read(_ reading: inout FolderReading) -> GivenCareLeavers {
        var given = GivenCareLeavers()
        if reading.exists(.careLeavers) {
            given.ages = reading.table(.careLeavers, CareLeaverRow.read) ?? []
        }
        if reading.exists(.accommodation) {
            given.accommodation = reading.table(.accommodation, AccommodationRow.read) ?? []
        }
        return given
    }

    var files: [(name: String, data: Data)] {
        [
            (ModelFile.careLeavers.name, ages.isEmpty ? nil : TableReader.data(ages, CareLeaverRow.columns)),
            (
                ModelFile.accommodation.name,
                accommodation.isEmpty ? nil : TableReader.data(accommodation, AccommodationRow.columns)
            ),
        ].compactMap { name, data in data.map { (name, $0) } }
    }
}

/// A row of `care-leavers.csv`: care leavers of one age.
public struct CareLeaverRow: Sendable, Equatable {
    /// The age on 31 March.
    public var age = 0
    /// How many there are at the base.
    public var people = 0.0
    /// The least and the most that there may be; `nil` where they were counted.
    public var peopleLow: Double?
    /// See ``peopleLow``.
    public var peopleHigh: Double?
    /// Care leavers of this age for each of a year before who was one year younger; at 18, for each child who left care on the
    /// 18th birthday in the year. More than 1 where others come too, such as those who left care at 16 or 17.
    public var stays = 1.0
    /// The least and the most that it may be; `nil` where it is known.
    public var staysLow: Double?
    /// See ``staysLow``.
    public var staysHigh: Double?
    /// Where the figures are from.
    public var source = ""
    /// Of when they are.
    public var date = ""
    /// How good they are.
    public var quality = AssumptionQuality.red
    /// The row of the file.
    public internal(set) var line = 0

    /// Nobody.
    public init() {}

    static var columns: [TableColumn<CareLeaverRow>] {
        [
            .integer("age", \.age, GivenCareLeavers.years), .number("people", \.people, .count),
            .number("people_low", \.peopleLow, .count), .number("people_high", \.peopleHigh, .count),
            .number("stays", \.stays, .careLeavers), .number("stays_low", \.staysLow, .careLeavers),
            .number("stays_high", \.staysHigh, .careLeavers), .text("source", \.source, .required),
            .text("date", \.date, .required), .choice("quality", \.quality),
        ]
    }

    static func read(_ file: SourceFile) -> Checked<[CareLeaverRow]> {
        var lines: [Int: Int] = [:]
        return TableReader.rows(file, columns, CareLeaverRow()) { row, line, findings in
            row.line = line
            if let first = lines.updateValue(line, forKey: row.age) {
                findings.add(.error, line: line, column: "age", "row \(first) is of this age", remedy: "Delete one.")
            }
            findings.checkOrder(row.peopleLow, row.people, row.peopleHigh, column: "people", line: line)
            findings.checkOrder(row.staysLow, row.stays, row.staysHigh, column: "stays", line: line)
        }
    }
}

/// A row of `accommodation.csv`: the care leavers of some ages who live in one kind of accommodation.
public struct AccommodationRow: Sendable, Equatable {
    /// The kind of accommodation, which is also the name of its line of spend.
    public var name = ""
    /// The youngest and oldest age on 31 March.
    public var ages: ClosedRange<Int> { first...last }
    /// See ``ages``.
    public var first = GivenCareLeavers.years.lowerBound
    /// See ``ages``.
    public var last = GivenCareLeavers.years.upperBound
    /// The share of care leavers of these ages who live so.
    public var share = 0.0
    /// The least and the most that it may be; `nil` where it is known.
    public var low: Double?
    /// See ``low``.
    public var high: Double?
    /// Pounds a week that the accommodation costs the authority; 0 where it pays nothing.
    public var cost = 0.0
    /// The coefficient of variation of what is not known about the cost.
    public var uncertainty = 0.0
    /// The April in which the financial year of the cost begins.
    public var priceYear: Int?
    /// The index of `inflation.csv` that the cost follows.
    public var index = ""
    /// Where the figures are from.
    public var source = ""
    /// Of when they are.
    public var date = ""
    /// How good they are.
    public var quality = AssumptionQuality.red
    /// The row of the file.
    public internal(set) var line = 0

    /// Nowhere.
    public init() {}

    static var columns: [TableColumn<AccommodationRow>] {
        [
            .name("accommodation", \.name), .integer("min_age", \.first, GivenCareLeavers.years),
            .integer("max_age", \.last, GivenCareLeavers.years), .number("share", \.share, .share),
            .number("share_low", \.low, .share), .number("share_high", \.high, .share),
            .number("cost", \.cost, .careLeaverWeek), .number("uncertainty", \.uncertainty, .uncertainty, otherwise: 0),
            .financialYear("price_year", \.priceYear),
            .text("index", \.index), .text("source", \.source, .required), .text("date", \.date, .required),
            .choice("quality", \.quality),
        ]
    }

    static func read(_ file: SourceFile) -> Checked<[AccommodationRow]> {
        TableReader.rows(file, columns, AccommodationRow()) { row, line, findings in
            row.line = line
            if row.first > row.last {
                findings.add(.error, line: line, column: "min_age", "it is after 'max_age'", remedy: "Swap them.")
            }
            findings.checkOrder(row.low, row.share, row.high, column: "share", line: line)
        }
    }
}

extension FindingList {
    /// Finds a least, a likeliest and a most that are not in order, or of which one end is missing.
    mutating func checkOrder(
        _ low: Double?, _ likely: Double, _ high: Double?, column: String, line: Int
    ) {
        if (low ?? likely) <= likely, likely <= (high ?? likely), (low == nil) == (high == nil) { return }
        add(
            .error, line: line, column: "\(column)_low",
            "the least, the likeliest and the most are not in this order, or one of the two ends is missing",
            remedy: "Give '\(column)_low', '\(column)' and '\(column)_high' in order, or '\(column)' alone.")
    }
}
