import Formats
import Intake
import Vocabulary

/// What comes in for an authority's high needs, and the balance of its grant at the beginning of the projection.
struct AuthorityFunding {
    private let costs: UnitCosts
    private let number: String
    /// The April after the base January.
    private let first: Int
    private(set) var rows: [YearAmountRow<FundingItem>] = []
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - area: whose funding it is.
    ///   - base: the base January.
    init(_ costs: UnitCosts, _ area: NationalRelease.Area, base: Int) {
        self.costs = costs
        number = area.isNational ? "" : area.number
        first = base
        let blocks = costs.finance.years(of: .block).compactMap { year in
            costs.amount(.block, number, year).map { (year: year, pounds: $0) }
        }
        guard let last = blocks.last, last.year < first else {
            findings.append(
                Finding(
                    .warning,
                    "the high needs block of \(area.name) is not published in the tables at hand: the model has no income",
                    remedy: "Add funding.csv with its high needs block and opening balance."))
            return
        }
        for block in blocks {
            add(.block, block.year, block.pounds, costs.finance.source(.block, in: block.year), .green)
        }
        for figure in costs.england.figures("growth") where figure.year > last.year {
            add(.growth, figure.year, figure.amount, uncertainty: figure.uncertainty, figure.source, figure.quality)
        }
        addOpening(area)
        for item in [FundingItem.stabilityShare, .stabilityApproved, .overrideEnds] {
            let figure = costs.england.last(item.rawValue)
            // The grant of a deficit before the projection is in the opening balance.
            if item != .overrideEnds && figure.year < first - 1 { continue }
            add(item, figure.year, figure.amount, figure.source, figure.quality)
        }
    }

    private mutating func add(
        _ item: FundingItem, _ year: Int, _ amount: Double, uncertainty: Double = 0, _ source: String,
        _ quality: AssumptionQuality?
    ) {
        rows.append(YearAmountRow(item, year, amount, uncertainty: uncertainty, source, quality))
    }

    private func name(_ year: Int) -> String { FinancialYear(starting: year).description }

    private func pounds(_ amount: Double) -> String {
        (amount < 0 ? "−£" : "£") + Numerals.grouped(abs(amount))
    }

    /// The last published balance, and what came in and was spent since. A positive balance of line 1.9.3 is a deficit.
    private mutating func addOpening(_ area: NationalRelease.Area) {
        let known = costs.finance.newest(.carriedForward, through: first - 1)
        guard let year = known, let carried = costs.amount(.carriedForward, number, year) else {
            findings.append(
                Finding(
                    .warning,
                    "the balance of the grant of \(area.name) is not published in the tables at hand; it counts as £0",
                    remedy: "Add a row 'opening balance' of \(name(first)) to funding.csv; a deficit is below 0."))
            let spread = costs.england.last("spread of balances")
            let block = block(first)?.pounds ?? 0
            add(
                .opening, first, 0, uncertainty: (spread.amount * block).rounded(),
                "not published: replace it; \(spread.source)", .red)
            return
        }
        var balance = -carried
        var source =
            "\(pounds(balance)) on 31 March \(year + 1) (section 251 outturn \(name(year)), line 1.9.3, where a deficit is above 0)"
        if area.isNational {
            let known = costs.finance.numbers(in: year).count { costs.amount(.carriedForward, $0, year) != nil }
            source += ", deficits less surpluses of the \(known) authorities that have a figure"
        }
        for past in year + 1..<max(first, year + 1) {
            guard let income = block(past), let spent = costs.amount(.highNeeds, number, past) else {
                source += "; \(name(past)) is not published"
                continue
            }
            let inYear = income.pounds - places - spent
            balance += inYear
            source +=
                "; \(name(past)): block \(pounds(income.pounds))\(income.isOwn ? "" : " with the growth above"), less places "
                + "\(pounds(places)) and outturn \(pounds(spent)), \(pounds(inYear)); receipts under agreements are not known"
        }
        let years = max(first - year - 1, 0)
        let error = costs.england.last("error of a rolled balance")
        if years > 0 { source += "; \(error.source)" }
        add(
            .opening, first, balance.rounded(),
            uncertainty: (error.amount * Double(years).squareRoot() * (block(first)?.pounds ?? 0)).rounded(), source,
            years == 0 ? .green : .red)
    }

    /// The block of a year: published, or the last with the growth of the rows above.
    private func block(_ year: Int) -> (pounds: Double, isOwn: Bool)? {
        if let own = costs.amount(.block, number, year) { return (own, true) }
        guard let last = costs.finance.years(of: .block).last(where: { $0 < year }),
            let pounds = costs.amount(.block, number, last)
        else { return nil }
        let growth = (last + 1...year).reduce(1.0) {
            $0 * (1 + (costs.england.amount("growth", in: $1) ?? 0))
        }
        return (pounds * growth, false)
    }

    /// Places that the authority pays, and those that are paid directly, each of the last year that is published.
    private var places: Double {
        (costs.amount(.places, number, costs.years.detail) ?? 0)
            + (costs.amount(.deducted, number, costs.years.places) ?? 0)
    }
}
