import Calibration
import Formats
import Intake
import Vocabulary

/// What `new` says of the money of a model.
enum TerminalMoney {
    /// Prices with their years and ratings, and what they make of published spend.
    static func lines(_ money: AuthorityMoney?, kept: [String], style: TerminalStyle) -> [String] {
        guard kept.isEmpty else {
            let files = kept.joined(separator: ", ")
            return [
                "",
                "Money: \(files) stand in the folder and are kept; delete them to have them made",
                "from section 251 outturn.",
            ]
        }
        guard let money else { return [] }
        var table = TerminalTable(["line", "£", "unit", "prices of", "rated"], widestName: 36)
        for row in money.money.lines where row.cost > 0 {
            table.append([
                row.name, Numerals.grouped(row.cost), row.unit.rawValue,
                row.priceYear.map { FinancialYear(starting: $0).description } ?? "every year",
                row.quality?.rawValue ?? "–",
            ])
        }
        for row in money.money.transport.rows {
            table.append([
                row.name, Numerals.grouped(money.money.transport.price(of: row)),
                PriceUnit.planYear.rawValue,
                money.money.transport.priceYear.map { FinancialYear(starting: $0).description } ?? "every year",
                row.quality?.rawValue ?? "–",
            ])
        }
        return ["", "Money, from section 251 outturn over children of the year (the files say how):"]
            + table.lines(style) + spend(money) + funding(money)
    }

    private static func spend(_ money: AuthorityMoney) -> [String] {
        if money.reconciliations.isEmpty { return [] }
        return ["Published spend that these prices give back:"]
            + money.reconciliations.map { line in
                let year = FinancialYear(starting: line.year).description
                let change = Numerals.change(from: line.published, to: line.modelled)
                let held = line.isHeld ? ", an outlier is held" : ""
                return "  \(words(line.line)) \(year): \(Numerals.pounds(line.published)) (\(change)\(held))"
            }
    }

    private static func words(_ line: FinanceTables.Line) -> String {
        switch line {
        case .independent: "line 1.2.3"
        case .topUps: "all top-ups"
        case .highNeeds: "high needs"
        case .transport: "transport under 16"
        default: line.rawValue
        }
    }

    private static func funding(_ money: AuthorityMoney) -> [String] {
        guard let balance = money.money.funding.first(where: { $0.subject == .opening }),
            let block = money.money.funding.last(where: { $0.subject == .block })
        else { return [] }
        return [
            "High needs block \(FinancialYear(starting: block.year)): \(Numerals.pounds(block.amount)). Opening balance "
                + "\(FinancialYear(starting: balance.year)): \(Numerals.pounds(balance.amount)),",
            "rated \(balance.quality?.rawValue ?? "–"); funding.csv says how it was worked out.",
        ]
    }
}
