import Formats
import Vocabulary

/// Young people who have left care, up to their 26th birthday: `care-leavers.csv` and `accommodation.csv`.
public struct GivenCareLeavers: Sendable, Equatable {
    /// How many there are of each age, and how many remain from year to year.
    public var ages: [CareLeaverRow] = []
    /// Where they live, and what that costs.
    public var accommodation: [AccommodationRow] = []

    /// The ages of care leavers.
    public static let years = 18...25

    /// States who there is and where they live.
    public init(ages: [CareLeaverRow] = [], accommodation: [AccommodationRow] = []) {
        (self.ages, self.accommodation) = (ages, accommodation)
    }
}

/// A row of `care-leavers.csv`: care leavers of one age.
public struct CareLeaverRow: ModelRow, Sourced, Sendable, Equatable {
    /// The age on 31 March.
    public var age = 0
    /// How many there are at the base.
    public var people = Bracket(0)
    /// Care leavers of this age for each of a year before who was one year younger; at 18, for each child who left care on the
    /// 18th birthday in the year. More than 1 where others come too, such as those who left care at 16 or 17.
    public var stays = Bracket(1)
    /// Where its figures are from.
    public var origin = Origin()
    /// The row of the file.
    public internal(set) var line = 0

    /// Nobody.
    public init() {}

    static let file = ModelFile.careLeavers

    static func columns(_ space: StateSpace) -> [TableColumn<CareLeaverRow>] {
        .of(
            [.integer("age", \.age, GivenCareLeavers.years)], .bracket("people", \.people, .count),
            .bracket("stays", \.stays, .careLeavers), .origin(\.origin))
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[CareLeaverRow]> {
        var lines: [Int: Int] = [:]
        return TableReader.rows(file, columns(space), CareLeaverRow()) { row, line, findings in
            row.line = line
            if let first = lines.updateValue(line, forKey: row.age) {
                findings.add(.error, line: line, column: "age", "row \(first) is of this age", remedy: "Delete one.")
            }
        }
    }
}

/// A row of `accommodation.csv`: the care leavers of some ages who live in one kind of accommodation.
public struct AccommodationRow: ModelRow, Sourced, Sendable, Equatable {
    /// The kind of accommodation, which is also the name of its line of spend.
    public var name = ""
    /// The youngest and oldest age on 31 March.
    public var ages: ClosedRange<Int> { first...last }
    /// See ``ages``.
    public var first = GivenCareLeavers.years.lowerBound
    /// See ``ages``.
    public var last = GivenCareLeavers.years.upperBound
    /// The share of care leavers of these ages who live so.
    public var share = Bracket(0)
    /// Pounds a week that the accommodation costs the authority; 0 where it pays nothing.
    public var cost = 0.0
    /// The coefficient of variation of what is not known about the cost.
    public var uncertainty = 0.0
    /// The April in which the financial year of the cost begins.
    public var priceYear: Int?
    /// The index of `inflation.csv` that the cost follows.
    public var index = ""
    /// Where its figures are from.
    public var origin = Origin()
    /// The row of the file.
    public internal(set) var line = 0

    /// Nowhere.
    public init() {}

    static let file = ModelFile.accommodation

    static func columns(_ space: StateSpace) -> [TableColumn<AccommodationRow>] {
        .of(
            [
                .name("accommodation", \.name), .integer("min_age", \.first, GivenCareLeavers.years),
                .integer("max_age", \.last, GivenCareLeavers.years),
            ], .bracket("share", \.share, .share),
            [
                .number("cost", \.cost, .careLeaverWeek),
                .number("uncertainty", \.uncertainty, .uncertainty, otherwise: 0),
                .financialYear("price_year", \.priceYear), .text("index", \.index),
            ], .origin(\.origin))
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[AccommodationRow]> {
        TableReader.rows(file, columns(space), AccommodationRow()) { row, line, findings in
            row.line = line
            if row.first > row.last {
                findings.add(.error, line: line, column: "min_age", "it is after 'max_age'", remedy: "Swap them.")
            }
        }
    }
}
