import Formats
import Vocabulary

/// A row of `contributions.csv`: a share of a line that somebody else pays.
public struct ContributionRow: ModelRow, Sendable, Equatable {
    /// The line, or a tag of several.
    public internal(set) var name = ""
    /// Who pays: an agency, or a fund of `pools.csv`.
    public internal(set) var payer = ""
    /// Which share.
    public internal(set) var share = Bracket(0)
    /// The first and last financial year, by their Aprils.
    public var years: ClosedRange<Int> { first...last }
    private var first = FinancialYear.always.lowerBound
    private var last = FinancialYear.always.upperBound
    /// Where it is from.
    public internal(set) var source = ""
    /// Of when it is.
    public internal(set) var date = ""
    /// How good it is; `nil` where it is not rated.
    public internal(set) var quality: AssumptionQuality?
    /// The row of the file.
    public internal(set) var line = 0

    static let file = ModelFile.contributions

    static func columns(_ space: StateSpace) -> [TableColumn<ContributionRow>] {
        .of(
            [.name("line", \.name), .name("payer", \.payer)], .bracket("share", \.share, .share),
            .years(\.first, \.last), [.text("source", \.source), .text("date", \.date), .quality(\.quality)])
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[ContributionRow]> {
        TableReader.rows(file, columns(space), ContributionRow()) { row, line, findings in
            row.line = line
            findings.checkYears(&row.first, &row.last, line: line)
        }
    }
}

/// A row of `pools.csv`: what an agency puts into a pooled fund, and its share of what the fund spends above or below that.
public struct PoolRow: ModelRow, Sourced, Sendable, Equatable {
    /// The fund, which is a payer of `costs.csv` or `contributions.csv`.
    public internal(set) var fund = ""
    /// The agency.
    public internal(set) var payer = ""
    /// Pounds of a financial year.
    public internal(set) var contribution = 0.0
    /// A share; those of all agencies of a year are 1.
    public internal(set) var risk = 0.0
    /// The first and last financial year, by their Aprils.
    public var years: ClosedRange<Int> { first...last }
    private var first = FinancialYear.always.lowerBound
    private var last = FinancialYear.always.upperBound
    /// Where its figures are from.
    public internal(set) var origin = Origin()
    /// The row of the file.
    public internal(set) var line = 0

    static let file = ModelFile.pools

    static func columns(_ space: StateSpace) -> [TableColumn<PoolRow>] {
        .of(
            [
                .name("fund", \.fund), .name("payer", \.payer), .number("contribution", \.contribution, .year),
                .number("risk_share", \.risk, .share),
            ], .years(\.first, \.last), .origin(\.origin))
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[PoolRow]> {
        var rows: [(row: PoolRow, line: Int)] = []
        return TableReader.rows(file, columns(space), PoolRow()) { row, line, findings in
            row.line = line
            findings.checkYears(&row.first, &row.last, line: line)
            let years = row.years
            if let first = rows.first(where: {
                $0.row.fund == row.fund && $0.row.payer == row.payer && $0.row.years.overlaps(years)
            }) {
                findings.add(
                    .error, line: line, column: "payer", "row \(first.line) is about the same agency in the same years",
                    remedy: "Correct 'starts' and 'ends', or delete one.")
            }
            rows.append((row, line))
        }
    }
}

extension FinancialYear {
    /// The Aprils of a row that names no years.
    static let always = 1990...2200
}

extension Array {
    /// The first and last financial year, both of which may be left out.
    fileprivate static func years<Row>(
        _ first: WritableKeyPath<Row, Int>, _ last: WritableKeyPath<Row, Int>
    ) -> Self where Element == TableColumn<Row> {
        func april(_ name: String, _ part: WritableKeyPath<Row, Int>, otherwise: Int) -> TableColumn<Row> {
            TableColumn(
                name, part, .optional,
                read: { $0.text(name).isEmpty ? otherwise : $0.financialYear(name, &$1) },
                text: { $0 == otherwise ? "" : FinancialYear(starting: $0).description })
        }
        let always = FinancialYear.always
        return [
            april("starts", first, otherwise: always.lowerBound), april("ends", last, otherwise: always.upperBound),
        ]
    }
}

extension FindingList {
    /// Finds years in the wrong order, and leaves the first of them alone.
    fileprivate mutating func checkYears(_ first: inout Int, _ last: inout Int, line: Int) {
        if first <= last { return }
        add(.error, line: line, column: "starts", "it is after 'ends'", remedy: "Swap them.")
        last = first
    }
}
