import Formats
import Vocabulary

/// What a model folder says of money besides unit costs by need and setting.
public struct GivenMoney: Sendable {
    /// The rows of `costs.csv` with lines; empty where it has unit costs by need and setting alone.
    public let lines: [CostRow]
    /// The rows of `inflation.csv`.
    public let inflation: [InflationRow]
    /// The rows of `funding.csv`.
    public let funding: [YearAmountRow]
    /// The rows of `outturn.csv`.
    public let outturn: [YearAmountRow]
    /// The rows of `contributions.csv`.
    public let contributions: [ContributionRow]

    static func read(_ reading: inout FolderReading, _ space: StateSpace) -> (costs: CostTable?, money: GivenMoney) {
        func optional<Row>(_ name: String, _ read: (SourceFile) -> Checked<[Row]>) -> [Row] {
            reading.exists(name) ? reading.table(name, read) ?? [] : []
        }
        var lines: [CostRow] = []
        let costs = reading.table("costs.csv") { file -> Checked<CostTable> in
            guard CSVReader(file: file, knowing: ["setting", "cost"]).header.contains("line") else {
                return CostTable.read(file, needs: space.need.codes, settings: space.setting.codes)
            }
            let read = CostRow.read(file, space)
            lines = read.value
            return Checked(CostTable(summing: lines, space), findings: read.findings, uses: read.uses)
        }
        let money = GivenMoney(
            lines: lines, inflation: optional("inflation.csv", InflationRow.read),
            funding: optional("funding.csv") { YearAmountRow.read($0, "item") { Quantity(funding: $0) } },
            outturn: optional("outturn.csv") { YearAmountRow.read($0, "line") { _ in .income } },
            contributions: optional("contributions.csv", ContributionRow.read))
        return (costs, money)
    }
}

/// A row of `costs.csv` that has lines: what one thing costs, who pays, and how sure that is.
public struct CostRow: Sendable, Equatable {
    /// The line.
    public let name: String
    /// Positions of the settings.
    public let settings: [Int]
    /// Positions of the needs.
    public let needs: [Int]
    /// A band of ages by name; `nil` for all.
    public let band: String?
    /// What the price is for, as the file says.
    public let unit: String
    /// Pounds.
    public let cost: Double
    /// The coefficient of variation of one child's cost.
    public let spread: Double
    /// The coefficient of variation of what is not known about the average.
    public let uncertainty: Double
    /// The April in which the financial year of these prices begins.
    public let priceYear: Int?
    /// The index of `inflation.csv`.
    public let index: String
    /// Who pays; empty for the high needs budget.
    public let payer: String
    /// What the line belongs to.
    public let tag: String
    /// Where the price is from.
    public let source: String
    /// How good that is.
    public let quality: AssumptionQuality?
    /// The row of the file.
    public let line: Int

    /// The units that are counted by need and setting, then the others.
    public static let units = ["plan-year", "plan-week", "new-plan", "place-year", "request", "assessment", "year"]

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[CostRow]> {
        TableReader.rows(
            file, ["line", "setting", "cost"],
            optional: [
                "need", "age_band", "unit", "spread", "uncertainty", "price_year", "index", "payer", "tag", "source",
                "quality",
            ]
        ) { row, findings in
            let isEverywhere = row.text("setting") == NamedRow.any
            let isForAll = row.text("need").isEmpty || row.text("need") == NamedRow.any
            let bands = space.service.bands.map(\.name)
            let words = units.map { space.service.words.unit($0) }
            guard let name = row.name("line", &findings),
                let settings = isEverywhere
                    ? Array(0..<space.setting.count) : row.settings(space, &findings),
                let needs = isForAll ? Array(0..<space.need.count) : row.needs(space, column: "need", &findings),
                let band = row.word("age_band", bands + [NamedRow.any], &findings, otherwise: NamedRow.any),
                let word = row.word("unit", words, &findings, otherwise: words[0]),
                let unit = words.firstIndex(of: word).map({ units[$0] }),
                let cost = row.number("cost", .price(of: unit), &findings),
                let spread = row.number("spread", .variation, &findings, otherwise: 0),
                let uncertainty = row.number("uncertainty", .uncertainty, &findings, otherwise: 0),
                let quality = row.word(
                    "quality", AssumptionQuality.allCases.map(\.rawValue), &findings, otherwise: "none")
            else { return nil }
            var priceYear: Int?
            if !row.text("price_year").isEmpty {
                guard let year = row.financialYear("price_year", &findings) else { return nil }
                priceYear = year
            }
            return CostRow(
                name: name, settings: settings, needs: needs, band: band == NamedRow.any ? nil : band, unit: unit,
                cost: cost, spread: spread, uncertainty: uncertainty, priceYear: priceYear, index: row.text("index"),
                payer: row.text("payer"), tag: row.text("tag"), source: row.text("source"),
                quality: AssumptionQuality(rawValue: quality), line: row.line)
        }
    }
}

/// A row of `inflation.csv`: what the prices of a financial year are multiplied by.
public struct InflationRow: Sendable, Equatable {
    /// The index.
    public let index: String
    /// The April in which the financial year begins.
    public let year: Int
    /// Against the year before.
    public let factor: Double

    static func read(_ file: SourceFile) -> Checked<[InflationRow]> {
        TableReader.rows(file, ["index", "financial_year", "factor"], optional: ["source"]) { row, findings in
            guard let index = row.name("index", &findings), let year = row.financialYear("financial_year", &findings),
                let factor = row.number("factor", .priceFactor, &findings)
            else { return nil }
            return InflationRow(index: index, year: year, factor: factor)
        }
    }
}

/// A row of `funding.csv` or `outturn.csv`: pounds of an item or line in a financial year.
public struct YearAmountRow: Sendable, Equatable {
    /// The item or line.
    public let name: String
    /// The April in which the financial year begins.
    public let year: Int
    /// Pounds, or a share for items that are one.
    public let amount: Double
    /// Where it is from.
    public let source: String
    /// How good that is; `nil` where it is not rated.
    public let quality: AssumptionQuality?
    /// The row of the file.
    public let line: Int

    /// - Parameters:
    ///   - column: the name of the column that names items.
    ///   - quantity: what the amount of an item is; `nil` for an item that nobody knows, which is said where rows are put together.
    static func read(
        _ file: SourceFile, _ column: String, _ quantity: (String) -> Quantity?
    ) -> Checked<[YearAmountRow]> {
        var lines: [String: Int] = [:]
        let ratings = AssumptionQuality.allCases.map(\.rawValue)
        let columns = ["financial_year", column, "amount"]
        return TableReader.rows(file, columns, optional: ["source", "quality"]) { row, findings in
            guard let name = row.name(column, &findings), let year = row.financialYear("financial_year", &findings)
            else { return nil }
            if let first = lines.updateValue(row.line, forKey: "\(name) \(year)") {
                findings.add(.error, line: row.line, "row \(first) is about the same", remedy: "Delete one.")
                return nil
            }
            var amount: Double? = 0
            if let quantity = quantity(name) { amount = row.number("amount", quantity, &findings) }
            guard let amount, let quality = row.word("quality", ratings, &findings, otherwise: "none") else {
                return nil
            }
            return YearAmountRow(
                name: name, year: year, amount: amount, source: row.text("source"),
                quality: AssumptionQuality(rawValue: quality), line: row.line)
        }
    }
}

/// A row of `contributions.csv`: a share of a line that somebody else pays.
public struct ContributionRow: Sendable, Equatable {
    /// The line.
    public let name: String
    /// Who pays.
    public let payer: String
    /// Which share.
    public let share: Double
    /// The first and last financial year, by their Aprils.
    public let years: ClosedRange<Int>
    /// The row of the file.
    public let line: Int

    static func read(_ file: SourceFile) -> Checked<[ContributionRow]> {
        TableReader.rows(file, ["line", "payer", "share"], optional: ["starts", "ends", "source"]) { row, findings in
            guard let name = row.name("line", &findings), let payer = row.name("payer", &findings),
                let share = row.number("share", .share, &findings)
            else { return nil }
            func year(_ column: String, otherwise: Int) -> Int? {
                row.text(column).isEmpty ? otherwise : row.financialYear(column, &findings)
            }
            guard let starts = year("starts", otherwise: 1990), let ends = year("ends", otherwise: 2200) else {
                return nil
            }
            guard starts <= ends else {
                findings.add(.error, line: row.line, column: "starts", "it is after 'ends'", remedy: "Swap them.")
                return nil
            }
            return ContributionRow(name: name, payer: payer, share: share, years: starts...ends, line: row.line)
        }
    }
}

extension CostTable {
    /// Pounds per plan and year by need and setting: the sum of lines that are paid for plans or places.
    init(summing rows: [CostRow], _ space: StateSpace) {
        self.init()
        for need in space.need.codes.indices {
            for setting in space.setting.codes.indices {
                let here = rows.filter {
                    ["plan-year", "plan-week", "place-year"].contains($0.unit) && $0.settings.contains(setting)
                        && $0.needs.contains(need)
                }
                guard !here.isEmpty else { continue }
                let sum = here.reduce(0) { $0 + $1.cost * ($1.unit == "plan-week" ? space.service.weeksOfYear : 1) }
                self[space.need.codes[need], space.setting.codes[setting]] = Pounds(sum)
            }
        }
    }
}
