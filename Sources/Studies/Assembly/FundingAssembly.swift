import Assembly
import Foundation
import Finance
import Intake
import Vocabulary

/// Turns `funding.csv` into income and an opening balance of the first projected year, and notes rows that are not of the projection, gaps,
/// and amounts that no authority of this size has.
struct FundingAssembly {
    private let plans: Int
    private let years: ClosedRange<Int>
    private let accounts: Accounts
    private var notes: AssemblyNotes
    private(set) var funding: Funding?

    var findings: [Finding] { notes.findings + typing }
    private var typing: [Finding] = []

    /// The least and most that a block is a year for each plan, in pounds. That of England's authorities is some £15,000 to £30,000.
    private static let blockOfPlan = 500.0...200_000.0
    /// By how much a block may change from one year to the next.
    private static let blockChange = 0.5...2.0
    /// The most that a balance is for each plan, in pounds.
    private static let mostBalanceOfPlan = 200_000.0

    /// - Parameters:
    ///   - plans: at the base.
    ///   - years: the projected financial years, by their Aprils.
    ///   - accounts: lines, contributions and outturn, from which an earlier balance may be rolled forward.
    init(_ folder: ModelFolder, plans: Int, years: ClosedRange<Int>, accounts: Accounts) {
        self.plans = plans
        self.years = years
        self.accounts = accounts
        notes = AssemblyNotes(folder)
        let rows = folder.money.funding
        if rows.isEmpty { return }
        var amounts: [FundingItem: [FinancialYear: Double]] = [:]
        var ratings: [FundingItem: [FinancialYear: AssumptionQuality]] = [:]
        var deviations: [FundingItem: [FinancialYear: Double]] = [:]
        for row in rows {
            amounts[row.subject, default: [:]][FinancialYear(starting: row.year)] = row.amount
            ratings[row.subject, default: [:]][FinancialYear(starting: row.year)] = row.quality
            if row.uncertainty > 0 {
                deviations[row.subject, default: [:]][FinancialYear(starting: row.year)] = row.uncertainty
                if [.stabilityShare, .stabilityApproved, .reserves, .overrideEnds].contains(row.subject) {
                    notes.add(
                        .warning, "funding.csv", line: row.line, column: "uncertainty",
                        "'\(row.subject.rawValue)' is taken as certain, and its uncertainty is not used",
                        remedy: "Leave it empty; a chance of approval is the amount itself.")
                }
            }
        }
        var funding = Funding(amounts: amounts, ratings: ratings, deviations: deviations)
        checkBlock(funding)
        checkGaps(funding)
        checkYears(funding)
        typing = FundingCheck(folder, funding, first: first).findings
        setOpening(&funding)
        self.funding = funding
    }

    private var first: FinancialYear { FinancialYear(starting: years.lowerBound) }

    private func names(_ years: some Sequence<FinancialYear>) -> String {
        notes.list(years.sorted { $0.starting < $1.starting })
    }

    private mutating func checkBlock(_ funding: Funding) {
        guard let block = funding.block(first) else {
            notes.add(
                .error, "funding.csv", "there is no high needs block for \(first) or before",
                remedy: "Add a row 'high needs block'.")
            return
        }
        if plans > 0, !Self.blockOfPlan.contains(block / Double(plans)) {
            notes.add(
                .error, "funding.csv", column: "amount",
                "the high needs block of \(first) is £\(pounds(block)), £\(pounds(block / Double(plans))) for each of \(plans) "
                    + "plans; £\(pounds(Self.blockOfPlan.lowerBound)) to £\(pounds(Self.blockOfPlan.upperBound)) was expected",
                remedy: "Write pounds, not thousands or millions.")
        }
        let stated = (funding.amounts[.block] ?? [:]).sorted { $0.key < $1.key }
        for (before, after) in zip(stated, stated.dropFirst()) where before.value > 0 {
            let years = Double(after.key.starting - before.key.starting)
            let change = pow(after.value / before.value, 1 / years)
            if Self.blockChange.contains(change) { continue }
            notes.add(
                .error, "funding.csv", column: "amount",
                "the high needs block goes from £\(pounds(before.value)) in \(before.key) to £\(pounds(after.value)) in \(after.key)",
                remedy: "Write pounds in every year, not thousands or millions.")
        }
        for year in years.map(FinancialYear.init(starting:)) where funding.income(year) ?? 0 < 0 {
            notes.add(
                .error, "funding.csv", column: "amount", "what is taken off in \(year) is more than what comes in",
                remedy: "Correct recoupment, or the signs of the other items.")
            return
        }
        if funding.amounts[.growth] == nil, let last = stated.last?.key, last.starting < years.upperBound {
            notes.add(
                .note, "funding.csv", "no growth is stated: the high needs block stays as it is after \(last)",
                remedy: "Add rows 'growth', such as 0.03 for 3 % a year.")
        }
    }

    /// A year that is missing between others would count as if nothing came in, or nothing changed.
    private mutating func checkGaps(_ funding: Funding) {
        let isBridged = Set((funding.amounts[.growth] ?? [:]).keys)
        for item in Funding.income.map(\.item) + [.growth] {
            let stated = funding.amounts[item] ?? [:]
            guard let low = stated.keys.min(), let high = stated.keys.max() else { continue }
            let filled =
                item == .block
                ? isBridged : item == .growth ? Set((funding.amounts[.block] ?? [:]).keys) : []
            let missing = (low.starting...high.starting).map(FinancialYear.init(starting:))
                .filter { stated[$0] == nil && !filled.contains($0) }
            if missing.isEmpty { continue }
            notes.add(
                .error, "funding.csv", column: "financial_year",
                "'\(item.rawValue)' has rows of \(low) and \(high), and none of \(names(missing))",
                remedy: item == .block ? "Add it, or a row 'growth' for it." : "Add it; write 0 where there was none.")
        }
    }

    /// Rows that are not of the projection, and items that go on by themselves.
    private mutating func checkYears(_ funding: Funding) {
        for item in [FundingItem.recoupment, .importExport] {
            guard let last = funding.amounts[item]?.keys.max(), last.starting < years.upperBound else { continue }
            notes.add(
                .note, "funding.csv",
                "'\(item.rawValue)' is stated to \(last); from then on it changes as the high needs block does")
        }
        let opened = min((funding.amounts[.opening] ?? [:]).keys.min() ?? first, first)
        for item in [FundingItem.transfer, .other] {
            let past = (funding.amounts[item] ?? [:]).keys.filter { $0 < opened }
            if past.isEmpty { continue }
            notes.add(
                .warning, "funding.csv", column: "financial_year",
                "'\(item.rawValue)' of \(names(past)) is not used: the projection begins with \(first)",
                remedy: "Say what comes in from \(first) on, or delete the row.")
        }
        // The grant of a year pays a share of the deficit of the 31 March before.
        let strays = (funding.amounts[.stabilityShare] ?? [:]).keys.filter { $0.starting < opened.starting - 1 }
        if !strays.isEmpty {
            notes.add(
                .error, "funding.csv", column: "financial_year",
                "the stability grant share of \(names(strays)) is paid before the projection begins with \(first)",
                remedy: "Put what it has paid into the opening balance, and delete the row.")
        }
        if let end = funding.balanceEnds {
            if end < first {
                notes.add(
                    .warning, "funding.csv", column: "financial_year",
                    "the statutory override ends with \(end), before the projection begins: no balance is forecast",
                    remedy: "Delete the row to have the balance forecast all the same.")
            } else if end.starting < years.upperBound {
                notes.add(
                    .note, "funding.csv",
                    "the balance is forecast to 31 March \(end.starting + 1), when the statutory override ends",
                    remedy: "Delete that row to have it forecast to the end.")
            }
        }
        if funding.amounts[.stabilityShare]?.keys.contains(where: { $0.starting >= first.starting - 1 }) ?? false,
            funding.amounts[.stabilityApproved] == nil
        {
            notes.add(
                .note, "funding.csv",
                "the stability grant counts only once it is approved, and no row says that it is: balances are without it",
                remedy: "Add 'stability grant approved': 1, or its probability.")
        }
    }

    /// The opening balance, rolled to the first projected year where the files say what happened in between.
    private mutating func setOpening(_ funding: inout Funding) {
        let stated = (funding.amounts[.opening] ?? [:]).sorted { $0.key < $1.key }
        guard let opening = stated.first else {
            notes.add(
                .warning, "funding.csv", "no opening balance is stated; it counts as £0",
                remedy: "Add a row 'opening balance' for \(first); a deficit is below 0.")
            return
        }
        if stated.count > 1 {
            notes.add(
                .error, "funding.csv", column: "financial_year",
                "there are opening balances of \(names(stated.map(\.key))), and the model works out all after the first",
                remedy: "Keep that of \(first) alone.")
            return
        }
        if plans > 0, abs(opening.value) > Self.mostBalanceOfPlan * Double(plans) {
            notes.add(
                .error, "funding.csv", column: "amount",
                "an opening balance of £\(pounds(opening.value)) is more than £\(pounds(Self.mostBalanceOfPlan)) for each of "
                    + "\(plans) plans", remedy: "Correct it.")
        }
        if opening.key > first {
            notes.add(
                .error, "funding.csv", column: "financial_year",
                "the opening balance is of \(opening.key), and the projection begins with \(first)",
                remedy: "State the balance of 1 April \(first.starting) as that of \(first).")
        } else if opening.key < first {
            roll(opening, &funding)
        }
    }

    private mutating func roll(_ opening: (key: FinancialYear, value: Double), _ funding: inout Funding) {
        var balance = opening.value
        for start in opening.key.starting..<first.starting {
            let year = FinancialYear(starting: start)
            guard let income = funding.income(year), let spend = spend(year) else {
                notes.add(
                    .error, "funding.csv", column: "financial_year",
                    "the opening balance is of \(opening.key), and the projection begins with \(first): what came in and was "
                        + "spent in \(year) is not all stated",
                    remedy:
                        "State the balance of 1 April \(first.starting) as that of \(first), or add the income of \(year) and "
                        + "its spend on every line to outturn.csv.")
                return
            }
            let share = funding.amounts[.stabilityShare]?[FinancialYear(starting: start - 1)] ?? 0
            balance += income - spend - funding.approval * share * min(balance, 0)
        }
        funding.amounts[.opening] = [first: balance]
        funding.ratings[.opening] = funding.ratings[.opening]?[opening.key].map { [first: $0] }
        funding.deviations[.opening] = funding.deviations[.opening]?[opening.key].map { [first: $0] }
        notes.add(
            .note, "funding.csv",
            "the opening balance of \(opening.key), £\(pounds(opening.value)), is rolled forward to \(first) with income and "
                + "outturn: £\(pounds(balance))")
    }

    /// What the high needs budget bore in a year by the outturn; `nil` where a line has none.
    private func spend(_ year: FinancialYear) -> Double? {
        guard let spent = accounts.outturn[year] else { return nil }
        var sum = 0.0
        for line in accounts.lines {
            guard let share = accounts.payers(of: line, in: year)[CostLine.grant], share > 0 else { continue }
            guard let pounds = spent[line.name] else { return nil }
            sum += share * pounds
        }
        return sum
    }

    private func pounds(_ amount: Double) -> String {
        let digits = String(Int(abs(amount).rounded()))
        let groups = digits.reversed().enumerated().map { $0 > 0 && $0.isMultiple(of: 3) ? "\($1)," : "\($1)" }
        return (amount < 0 ? "−" : "") + groups.reversed().joined()
    }
}
