import Assembly
import Finance
import Formats
import Intake
import Vocabulary

/// Amounts of `funding.csv` that look like typing errors: a sign that is lost, a figure ten times the block, a year that jumps.
struct FundingCheck {
    private var notes: AssemblyNotes

    var findings: [Finding] { notes.findings }

    /// What the block of an authority grows by in a year: England's grew by 4 to 14 % in each year since 2020-21.
    private static let growth = 0.0...0.2
    /// How uncertain growth is at most.
    private static let mostUncertain = 0.1
    /// Balances as shares of the block: on 31 March 2024 those of 148 authorities were from −1.4 to 0.4, and 19 of 20 below 0.19.
    private static let balance = -2.0...0.25
    /// The largest share of the block that other items have.
    private static let mostOfBlock = 0.25
    /// How many blocks reserves are worth at most.
    private static let mostReserves = 5.0

    /// - Parameter first: the first projected year.
    init(_ folder: ModelFolder, _ funding: Funding, first: FinancialYear) {
        notes = AssemblyNotes(folder)
        let block = funding.block(first) ?? 0
        for row in folder.money.funding {
            let year = FinancialYear(starting: row.year)
            switch row.subject {
            case .growth: checkGrowth(row, year)
            case .block: checkBlock(row, funding, year)
            case .opening: checkOpening(row, block)
            case .transfer, .importExport, .other, .recoupment:
                let most = row.subject == .recoupment ? 1 : Self.mostOfBlock
                check(row, "amount", row.amount, within: -most * block...most * block, block)
            case .reserves: check(row, "amount", row.amount, within: 0...Self.mostReserves * block, block)
            case .overrideEnds:
                if row.amount != 1 {
                    add(
                        row, "amount", "the amount is not used, and \(Numerals.exact(row.amount)) stands there",
                        "Write 1.")
                }
            case .stabilityShare, .stabilityApproved: break
            }
        }
    }

    private mutating func checkGrowth(_ row: YearAmountRow<FundingItem>, _ year: FinancialYear) {
        if !Self.growth.contains(row.amount) {
            add(
                row, "amount",
                "the block grows by \(Numerals.plain(100 * row.amount)) % in \(year); 0 to \(Numerals.plain(100 * Self.growth.upperBound)) % "
                    + "was expected", "Write a rise of 3 % as 0.03.")
        }
        if row.uncertainty > Self.mostUncertain {
            add(
                row, "uncertainty",
                "growth of \(Numerals.plain(100 * row.amount)) % is uncertain by \(Numerals.plain(100 * row.uncertainty)) %; "
                    + "\(Numerals.plain(100 * Self.mostUncertain)) % at most was expected", "Write 2 % as 0.02.")
        }
    }

    private mutating func checkBlock(
        _ row: YearAmountRow<FundingItem>, _ funding: Funding, _ year: FinancialYear
    ) {
        let before = FinancialYear(starting: year.starting - 1)
        guard let last = funding.amounts[.block]?[before], last > 0 else { return }
        let change = row.amount / last - 1
        if (-Self.growth.upperBound...2 * Self.growth.upperBound).contains(change) { return }
        add(
            row, "amount",
            "the high needs block goes from £\(Numerals.grouped(last)) in \(before) to £\(Numerals.grouped(row.amount)) in \(year)",
            "Correct it if it is a typing error.")
    }

    private mutating func checkOpening(_ row: YearAmountRow<FundingItem>, _ block: Double) {
        check(
            row, "amount", row.amount, within: Self.balance.lowerBound * block...Self.balance.upperBound * block, block,
            "A deficit is below 0.")
        check(row, "uncertainty", row.uncertainty, within: 0...block / 2, block)
    }

    private mutating func check(
        _ row: YearAmountRow<FundingItem>, _ column: String, _ pounds: Double, within usual: ClosedRange<Double>,
        _ block: Double, _ remedy: String = "Correct it if it is a typing error."
    ) {
        if block <= 0 || usual.contains(pounds) { return }
        func signed(_ pounds: Double) -> String { (pounds < 0 ? "−£" : "£") + Numerals.grouped(abs(pounds)) }
        add(
            row, column,
            "\(signed(pounds)) is \(Numerals.plain(100 * pounds / block, decimals: 0)) % of the high needs block of "
                + "£\(Numerals.grouped(block)); \(signed(usual.lowerBound)) to \(signed(usual.upperBound)) was expected",
            remedy)
    }

    private mutating func add(
        _ row: YearAmountRow<FundingItem>, _ column: String, _ message: String, _ remedy: String
    ) {
        notes.add(
            .warning, "funding.csv", line: row.line, column: column, "\(row.subject.rawValue): \(message)",
            remedy: remedy)
    }
}
