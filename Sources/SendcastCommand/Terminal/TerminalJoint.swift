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
            lines += try [""] + comparison(year, financialYear, earlier, scenario: scenario, style: style)
        }
        if year.destinations.isEmpty { return lines }
        var ends = TerminalTable(["plans that end lead to", financialYear.description])
        for row in year.destinations { ends.append([row.route, Numerals.grouped(row.count)]) }
        return lines + [""] + ends.lines(style)
    }

    /// What each pays in two years, for plans, for care, and in all, no pound counted twice.
    private func comparison(
        _ year: Year, _ financialYear: FinancialYear, _ earlier: FinancialYear, scenario: (plans: String, care: String),
        style: TerminalStyle
    ) throws(UnusableData) -> [String] {
        let before = try self.year(earlier, scenario: scenario)
        var table = TerminalTable(["every pound", earlier.description, financialYear.description, "change"])
        func add(_ name: String, _ pounds: (Year) -> Double) {
            let (old, new) = (pounds(before), pounds(year))
            table.append([name, Numerals.pounds(old), Numerals.pounds(new), Numerals.change(from: old, to: new)])
        }
        add("plans") { $0.payers.reduce(0) { $0 + $1.plans } }
        add("care alone") { $0.payers.reduce(0) { $0 + $1.care - $1.twice } }
        for name in Set((before.payers + year.payers).map(\.payer)).sorted() {
            add("paid by \(name)") { year in
                year.payers.filter { $0.payer == name }.reduce(0) { $0 + $1.plans + $1.care - $1.twice }
            }
        }
        add("all") { $0.payers.reduce(0) { $0 + $1.plans + $1.care - $1.twice } }
        return try table.lines(style) + ["  Each year at its own prices.", ""]
            + purposes(financialYear, earlier, scenario: scenario, style: style)
    }

    /// The least share of all pounds that has a row of its own.
    private static let leastShown = 0.002

    /// What each agency pays for each purpose in two years; what is little is put together.
    private func purposes(
        _ financialYear: FinancialYear, _ earlier: FinancialYear, scenario: (plans: String, care: String),
        style: TerminalStyle
    ) throws(UnusableData) -> [String] {
        let (before, now) = (
            try self.purposes(earlier, scenario: scenario), try self.purposes(financialYear, scenario: scenario)
        )
        let all = now.values.reduce(0, +)
        var table = TerminalTable(["paid by", "for", earlier.description, financialYear.description, "change"])
        for payer in Set(before.keys.map(\.payer) + now.keys.map(\.payer)).sorted() {
            let purposes = Set(before.keys).union(now.keys).filter { $0.payer == payer }
                .sorted { (now[$1] ?? 0, $0.tag) < (now[$0] ?? 0, $1.tag) }
            let shown = purposes.filter { now[$0] ?? 0 >= Self.leastShown * all }
            func add(_ name: String, _ own: [Purpose]) {
                let (old, new) = (
                    own.reduce(0) { $0 + (before[$1] ?? 0) }, own.reduce(0) { $0 + (now[$1] ?? 0) }
                )
                table.append([
                    payer, name, Numerals.pounds(old), Numerals.pounds(new), Numerals.change(from: old, to: new),
                ])
            }
            for purpose in shown { add(purpose.tag, [purpose]) }
            let rest = purposes.filter { !shown.contains($0) }
            if !rest.isEmpty { add("the rest", rest) }
        }
        table.append([
            "all", "", Numerals.pounds(before.values.reduce(0, +)), Numerals.pounds(all),
            Numerals.change(from: before.values.reduce(0, +), to: all),
        ])
        return table.lines(style) + ["  Services beside plans and care are those that costs.csv prices."]
    }
}
