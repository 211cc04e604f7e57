import Finance
import Formats
import Outputs
import Vocabulary

extension JointView {
    /// The table on the terminal.
    /// - Throws: ``UnusableData`` where the runs lack the year or a table cannot be read.
    func lines(
        _ financialYear: FinancialYear, since earlier: FinancialYear?, scenario: (plans: String, care: String),
        style: TerminalStyle
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
        lines += ["  Pounds are at the prices of \(financialYear), of plans and of care."]
        for level in year.level {
            let names = level.lines.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
            let more = level.lines.count > 3 ? " and \(level.lines.count - 3) more" : ""
            let words =
                "But \(Numerals.pounds(level.pounds)) of \(level.run) stays at \(level.prices), for no index carries it on: "
                + "\(names)\(more). Name one in costs.csv."
            lines += TerminalText.wrapped(words, to: 77).map { "  \($0)" }
        }
        if let earlier {
            lines += try [""] + comparison(financialYear, earlier, scenario: scenario, style: style)
        }
        if year.destinations.isEmpty { return lines }
        var ends = TerminalTable(["plans that end lead to", financialYear.description])
        for row in year.destinations { ends.append([row.route, Numerals.grouped(row.count)]) }
        return lines + [""] + ends.lines(style)
    }

    /// What each agency pays for each priority in two years, no pound counted twice.
    private func comparison(
        _ financialYear: FinancialYear, _ earlier: FinancialYear, scenario: (plans: String, care: String),
        style: TerminalStyle
    ) throws(UnusableData) -> [String] {
        let (before, now) = (
            try purposes(earlier, scenario: scenario), try purposes(financialYear, scenario: scenario)
        )
        var table = TerminalTable([
            "every pound", "for", earlier.description, financialYear.description, "change", "rated",
        ])
        func add(_ payer: String, _ priority: String, _ old: [Paid], _ new: [Paid]) {
            let (was, now) = (old.reduce(0) { $0 + $1.pounds }, new.reduce(0) { $0 + $1.pounds })
            table.append([
                payer, priority, Numerals.pounds(was), Numerals.pounds(now), Numerals.change(from: was, to: now),
                (old + new).compactMap(\.quality).worst?.rawValue ?? "",
            ])
        }
        let all = Set(before.keys).union(now.keys)
        for payer in Set(all.map(\.payer)).sorted() {
            let own = all.filter { $0.payer == payer }.sorted { $0.priority < $1.priority }
            for one in own {
                add(payer, one.priority, [before[one]].compactMap { $0 }, [now[one]].compactMap { $0 })
            }
            if own.count > 1 { add(payer, "all", own.compactMap { before[$0] }, own.compactMap { now[$0] }) }
        }
        add("all", "", Array(before.values), Array(now.values))
        return table.lines(style) + [
            "  Each year at its own prices. Services beside plans and care are those that",
            "  costs.csv prices; red shares and prices are judgements (assumptions.csv).",
        ]
    }
}
