import Formats
import struct Foundation.Data
import Vocabulary

/// What a model folder says of money besides unit costs by need and setting.
public struct GivenMoney: Sendable, Equatable {
    /// The rows of `costs.csv` with lines; empty where it has unit costs by need and setting alone.
    public var lines: [CostRow] = []
    /// The rows of `inflation.csv`.
    public var inflation: [InflationRow] = []
    /// The rows of `funding.csv`.
    public var funding: [YearAmountRow<FundingItem>] = []
    /// The rows of `outturn.csv`.
    public var outturn: [YearAmountRow<String>] = []
    /// The rows of `contributions.csv`.
    public var contributions: [ContributionRow] = []
    /// The rows of `pools.csv`.
    public var pools: [PoolRow] = []
    /// `transport.csv` and `transport-costs.csv`.
    public var transport = GivenTransport()

    /// Nothing, or the lines of `costs.csv`.
    public init(lines: [CostRow] = []) {
        self.lines = lines
    }

    static func read(_ reading: inout FolderReading, _ space: StateSpace) -> (costs: CostTable?, money: GivenMoney) {
        var lines: [CostRow] = []
        let costs = reading.table(.costs) { file -> Checked<CostTable> in
            guard CSVReader(file: file, knowing: ["setting", "cost"]).header.contains("line") else {
                return CostTable.read(file, needs: space.need.codes, settings: space.setting.codes)
            }
            let read = CostRow.read(file, space)
            lines = read.value
            return Checked(CostTable(summing: lines, space), findings: read.findings, uses: read.uses)
        }
        var money = GivenMoney(lines: lines)
        money.inflation = reading.rows(space)
        money.funding =
            reading.optional(.funding) { YearAmountRow.read($0, YearAmountRow.ofItems, YearAmountRow(.block)) } ?? []
        money.outturn =
            reading.optional(.outturn) { YearAmountRow.read($0, YearAmountRow.ofLines, YearAmountRow("")) } ?? []
        money.contributions = reading.rows(space)
        money.pools = reading.rows(space)
        money.transport = GivenTransport(rows: reading.rows(space), costs: reading.rows(space))
        return (costs, money)
    }

    func files(_ costs: CostTable, _ space: StateSpace) -> [(name: String, data: Data)] {
        let priced = lines.isEmpty ? costs.data : TableReader.data(lines, CostRow.columns(space), space.service)
        var files = [(name: ModelFile.costs.name, data: priced)]
        files.append(inflation, space)
        if !funding.isEmpty {
            files.append((ModelFile.funding.name, TableReader.data(funding, YearAmountRow.ofItems)))
        }
        if !outturn.isEmpty {
            files.append((ModelFile.outturn.name, TableReader.data(outturn, YearAmountRow.ofLines)))
        }
        files.append(contributions, space)
        files.append(pools, space)
        files.append(transport.rows, space)
        files.append(transport.costs, space)
        return files
    }
}

/// A row of `costs.csv` that has lines: what one thing costs, who pays, and how sure that is.
public struct CostRow: Sendable, Equatable {
    /// The line.
    public var name = ""
    /// Positions of the settings.
    public var settings: [Int] = []
    /// Positions of the needs.
    public var needs: [Int] = []
    /// A band of ages by name; `nil` for all.
    public var band: String?
    /// What the price is for.
    public var unit = PriceUnit.planYear
    /// Pounds.
    public var cost = 0.0
    /// The coefficient of variation of one child's cost.
    public var spread = 0.0
    /// The coefficient of variation of what is not known about the average.
    public var uncertainty = 0.0
    /// The April in which the financial year of these prices begins.
    public var priceYear: Int?
    /// The index of `inflation.csv`.
    public var index = ""
    /// Who pays; empty for the high needs budget.
    public var payer = ""
    /// What the line belongs to.
    public var tag = ""
    /// Where the price is from.
    public var source = ""
    /// How good that is.
    public var quality: AssumptionQuality?
    /// The row of the file.
    public var line = 0

    /// A line of no setting that costs nothing.
    public init() {}

    static func columns(_ space: StateSpace) -> [TableColumn<CostRow>] {
        let bands = space.service.bands.map(\.name)
        let word = { (unit: PriceUnit) in space.service.words.unit(unit.rawValue) }
        let (needs, settings) = (Array(space.need.codes.indices), Array(space.setting.codes.indices))
        return [
            .name("line", \.name),
            TableColumn(
                "setting", \.settings,
                read: { $0.text("setting") == NamedRow.any ? settings : $0.settings(space, &$1) },
                text: { $0 == settings ? NamedRow.any : $0.map { space.setting.codes[$0] }.joined(separator: " ") }),
            TableColumn(
                "need", \.needs, .optional,
                read: { $0.text("need").isEmpty ? needs : $0.needs(space, column: "need", &$1) },
                text: { $0 == needs ? "" : $0.map { space.need.codes[$0] }.joined(separator: " ") }),
            TableColumn(
                "age_band", \.band, .optional,
                read: { cells, findings in
                    cells.word("age_band", bands + [NamedRow.any], &findings, otherwise: NamedRow.any)
                        .map { $0 == NamedRow.any ? nil : $0 }
                }, text: { $0 ?? "" }),
            .choice("unit", \.unit, otherwise: .planYear, words: word),
            // A price is believed according to its unit.
            TableColumn(
                "cost", \.cost,
                read: { cells, findings in
                    let unit = PriceUnit.allCases.first { word($0) == cells.text("unit") }
                    return cells.number("cost", Quantity(price: unit ?? .planYear), &findings)
                }, text: Numerals.exact),
            .number("spread", \.spread, .variation, otherwise: 0),
            .number("uncertainty", \.uncertainty, .uncertainty, otherwise: 0),
            .financialYear("price_year", \.priceYear),
            .text("index", \.index), .text("payer", \.payer, .offered), .text("tag", \.tag),
            .text("source", \.source), .quality(\.quality),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[CostRow]> {
        TableReader.rows(file, columns(space), CostRow()) { row, line, _ in row.line = line }
    }
}

/// A row of `inflation.csv`: what the prices of a financial year are multiplied by.
public struct InflationRow: ModelRow, Sendable, Equatable {
    /// The name of what all prices with an index share: its factors are 1, and its uncertainty is how far an authority's prices stray.
    public static let every = "every index"

    /// The index.
    public internal(set) var index = ""
    /// The April in which the financial year begins.
    public internal(set) var year = 0
    /// Against the year before.
    public internal(set) var factor = 0.0
    /// How far the factor may lie from it: the standard deviation of its logarithm; later years than the last are as it.
    public internal(set) var uncertainty = 0.0
    /// Where it is from.
    public internal(set) var source = ""

    private init() {}

    /// States a factor.
    /// - Parameter year: the April in which the financial year begins.
    public init(_ index: String, _ year: Int, _ factor: Double, uncertainty: Double = 0, _ source: String) {
        (self.index, self.year, self.factor, self.source) = (index, year, factor, source)
        self.uncertainty = uncertainty
    }

    static let file = ModelFile.inflation

    static func columns(_ space: StateSpace) -> [TableColumn<InflationRow>] {
        [
            .name("index", \.index), .financialYear("financial_year", \.year),
            .number("factor", \.factor, .priceFactor),
            .number("uncertainty", \.uncertainty, .uncertainty, otherwise: 0), .text("source", \.source),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[InflationRow]> {
        TableReader.rows(file, columns(space), InflationRow())
    }
}

/// A row of `funding.csv` or `outturn.csv`: pounds of an item or line in a financial year.
public struct YearAmountRow<Subject: Hashable & Sendable>: Sendable, Equatable {
    /// The item or line.
    public internal(set) var subject: Subject
    /// The April in which the financial year begins.
    public internal(set) var year = 0
    /// Pounds, or a share for items that are one.
    public internal(set) var amount = 0.0
    /// How far the amount may lie from it: a standard deviation in its own unit; 0 where it is certain.
    public internal(set) var uncertainty = 0.0
    /// Where it is from.
    public internal(set) var source = ""
    /// How good that is; `nil` where it is not rated.
    public internal(set) var quality: AssumptionQuality?
    /// The row of the file.
    public internal(set) var line = 0

    init(_ subject: Subject) {
        self.subject = subject
    }

    /// States an amount.
    /// - Parameter year: the April in which the financial year begins.
    public init(
        _ subject: Subject, _ year: Int, _ amount: Double, uncertainty: Double = 0, _ source: String,
        _ quality: AssumptionQuality?
    ) {
        self.subject = subject
        (self.year, self.amount, self.source, self.quality) = (year, amount, source, quality)
        self.uncertainty = uncertainty
    }

    static func columns(
        _ subject: TableColumn<YearAmountRow>, _ quantity: @escaping (NamedRow) -> Quantity?
    ) -> [TableColumn<YearAmountRow>] {
        [
            .financialYear("financial_year", \.year), subject,
            TableColumn(
                "amount", \.amount,
                read: { cells, findings in
                    guard let quantity = quantity(cells) else { return 0 }
                    return cells.number("amount", quantity, &findings)
                }, text: Numerals.exact),
        ]
    }

    /// The column that says how far an amount may lie from it: a share for items that are one, else pounds.
    static func uncertain(_ quantity: @escaping (NamedRow) -> Quantity?) -> TableColumn<YearAmountRow> {
        TableColumn(
            "uncertainty", \.uncertainty, .optional,
            read: { cells, findings in
                guard let amount = quantity(cells) else { return 0 }
                let isShare = [.growth, .share, .variation].contains(amount)
                return cells.number(
                    "uncertainty", isShare ? .uncertainty : .poundsUncertainty, &findings, otherwise: 0)
            }, text: { $0 == 0 ? "" : Numerals.exact($0) })
    }

    /// What stands beside an amount.
    static var besides: [TableColumn<YearAmountRow>] { [.text("source", \.source), .quality(\.quality)] }

    static func read(
        _ file: SourceFile, _ columns: [TableColumn<YearAmountRow>], _ empty: YearAmountRow
    ) -> Checked<[YearAmountRow]> {
        var lines: [Subject: [Int: Int]] = [:]
        return TableReader.rows(file, columns, empty) { row, line, findings in
            row.line = line
            findings.take(row.year, line: line, of: &lines[row.subject, default: [:]])
        }
    }
}

extension YearAmountRow<FundingItem> {
    /// The columns of `funding.csv`; an amount is believed according to its item.
    static var ofItems: [TableColumn<YearAmountRow>] {
        columns(.choice("item", \.subject)) { FundingItem(rawValue: $0.text("item")).map(Quantity.init(funding:)) }
            + [uncertain { FundingItem(rawValue: $0.text("item")).map(Quantity.init(funding:)) }] + besides
    }
}

extension YearAmountRow<String> {
    /// The columns of `outturn.csv`.
    static var ofLines: [TableColumn<YearAmountRow>] {
        columns(.name("line", \.subject)) { _ in .income } + besides
    }
}

extension CostTable {
    /// Pounds per plan and year by need and setting: the sum of lines that are paid for plans or places.
    public init(summing rows: [CostRow], _ space: StateSpace) {
        self.init()
        for need in space.need.codes.indices {
            for setting in space.setting.codes.indices {
                let here = rows.filter {
                    ($0.unit.isOfPeople || $0.unit == .placeYear) && $0.settings.contains(setting)
                        && $0.needs.contains(need)
                }
                guard !here.isEmpty else { continue }
                let sum = here.reduce(0) { $0 + $1.cost * $1.unit.timesAYear(space.service) }
                if let cost = Pounds(sum) { add(space.need.codes[need], space.setting.codes[setting], cost) }
            }
        }
    }
}
