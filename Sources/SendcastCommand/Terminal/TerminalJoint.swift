import Finance
import Formats
import Outputs
import Vocabulary

extension JointView {
    /// The table on the terminal.
    /// - Throws: ``UnusableData`` where the runs lack the year or a table cannot be read.
    func lines(
        _ financialYear: FinancialYear, scenario: (plans: String, care: String), style: TerminalStyle
    ) throws(UnusableData) -> [String] {
        let year = try self.year(financialYear, scenario: scenario)
        var children = TerminalTable(["children", financialYear.description])
        children.append(["with a plan", Numerals.grouped(year.plans)])
        children.append(["in care", Numerals.grouped(year.inCare)])
        children.append(["of them in both", Numerals.grouped(year.both)])
        children.append(["in either", Numerals.grouped(year.plans + year.inCare - year.both)])
        var money = TerminalTable(["paid by", "plans", "care", "in both", "together"])
        var sums = [0.0, 0, 0]
        for row in year.payers {
            money.append(
                [row.payer] + [row.plans, row.care, row.twice, row.plans + row.care - row.twice].map(Numerals.pounds))
            for (place, pounds) in [row.plans, row.care, row.twice].enumerated() { sums[place] += pounds }
        }
        money.append(["all"] + (sums + [sums[0] + sums[1] - sums[2]]).map(Numerals.pounds))
        var lines = [style.bold("\(plans.manifest.model) and \(care.manifest.model)"), ""]
        lines += children.lines(style) + [""] + money.lines(style)
        lines += ["  What care says of the high needs budget is in the spend on plans already."]
        if year.destinations.isEmpty { return lines }
        var ends = TerminalTable(["plans that end lead to", financialYear.description])
        for row in year.destinations { ends.append([row.route, Numerals.grouped(row.count)]) }
        return lines + [""] + ends.lines(style)
    }
}
