import Formats
import Outputs
import Sampling
import Vocabulary

/// England from its authorities on the terminal.
enum TerminalNational {
    private static let width = 78
    /// Authorities shown at either end of the ranking.
    private static let shown = 5

    /// England, its regions, its authorities by growth, deficits, and what sums rest on.
    static func lines(
        _ forecast: NationalForecast, _ comparison: NationalForecast.Comparison?, runs: Int, style: TerminalStyle
    ) -> [String] {
        let count = forecast.ranking.count
        let title = "\(forecast.whole) from its authorities: \(count) model\(count == 1 ? "" : "s"), \(runs) runs"
        var lines = [style.bold(title), ""] + whole(forecast).lines(style)
        if forecast.rows.contains(where: { $0.scope == "England" }) { lines += [""] + regions(forecast).lines(style) }
        lines += [""] + ranking(forecast).lines(style)
        if let table = deficits(forecast) { lines += [""] + table.lines(style) }
        let notes = [special] + (comparison.map { [words($0)] } ?? []) + basis(forecast)
        return lines + [""] + notes.flatMap { TerminalText.wrapped($0, to: width) }
    }

    /// What stands under the star of a column.
    private static let special =
        "* With non-maintained special schools; plans whose placement is not recorded are spread over settings."

    private static func people(_ summary: Summary) -> [String] {
        let interval = summary.interval80
        return [
            Numerals.grouped(summary.mean),
            Numerals.grouped(interval),
        ]
    }

    private static func growth(_ summary: Summary) -> [String] {
        let interval = summary.interval80
        func text(_ share: Double) -> String { Numerals.change(from: 1, to: 1 + share) }
        return [text(summary.mean), "\(text(interval.lowerBound)) to \(text(interval.upperBound))"]
    }

    private static func whole(_ forecast: NationalForecast) -> TerminalTable {
        var table = TerminalTable(["January", "plans", "80 %", "state special *", "80 %"])
        let special = Dictionary(
            forecast.together(.special).map { ($0.period, $0.figure) }, uniquingKeysWith: { first, _ in first })
        for row in forecast.together(.plans) {
            table.append([row.period] + people(row.figure) + (special[row.period].map(people) ?? ["–", "–"]))
        }
        return table
    }

    private static func regions(_ forecast: NationalForecast) -> TerminalTable {
        let (first, last) = (forecast.januaries.lowerBound, forecast.januaries.upperBound)
        var table = TerminalTable(["plans", "January \(first)", "January \(last)", "80 %"])
        let rows = forecast.rows.filter { $0.scope == "region" && $0.measure == .plans }
        for row in rows where row.period == String(last) {
            let base = rows.first { $0.area == row.area && $0.period == String(first) }
            table.append([row.area, base.map { Numerals.grouped($0.figure.mean) } ?? "–"] + people(row.figure))
        }
        return table
    }

    private static func ranking(_ forecast: NationalForecast) -> TerminalTable {
        let last = forecast.januaries.upperBound
        var table = TerminalTable(["growth to January \(last)", "rank", "plans now", "growth", "80 %"])
        let all = forecast.ranking
        for (place, one) in all.enumerated() where place < shown || place >= all.count - shown {
            table.append([one.area, "\(place + 1)", Numerals.grouped(one.base)] + growth(one.growth))
        }
        return table
    }

    private static func deficits(_ forecast: NationalForecast) -> TerminalTable? {
        let counts = forecast.together(.inDeficit)
        guard !counts.isEmpty else { return nil }
        let balances = Dictionary(
            forecast.together(.balance).map { ($0.period, $0.figure) }, uniquingKeysWith: { first, _ in first })
        var table = TerminalTable(["31 March after", "in deficit", "80 %", "of", "sum of balances", "80 %"])
        for row in counts {
            let balance = balances[row.period].map { sum in
                [
                    Numerals.pounds(sum.mean),
                    Numerals.pounds(sum.interval80),
                ]
            }
            table.append([row.period] + people(row.figure) + ["\(row.authorities)"] + (balance ?? ["–", "–"]))
        }
        return table
    }

    /// Whether the sum and England's own model say the same.
    private static func words(_ comparison: NationalForecast.Comparison) -> String {
        func text(_ summary: Summary) -> String {
            let parts = people(summary)
            return "\(parts[0]) (80 %: \(parts[1]))"
        }
        let both =
            "January \(comparison.january): the sum of authorities is \(text(comparison.sum)), England's own model "
            + "(\(comparison.model)) says \(text(comparison.own))."
        let apart = Numerals.change(from: comparison.own.mean, to: comparison.sum.mean)
        return comparison.agrees
            ? "\(both) They agree: the mean of each lies in the other's interval, \(apart) apart."
            : "\(both) They do not agree: the sum is \(apart) from England's own, and a mean lies outside the other's interval. "
                + "Use the wider of the two, and ask why they differ."
    }

    /// What sums rest on.
    private static func basis(_ forecast: NationalForecast) -> [String] {
        var notes = [
            "Shocks that authorities share are the same in a run for all of them, so intervals are those of the sums. Places of "
                + "special schools are not known here: children in them are those who would have one."
        ]
        if forecast.together(.spend).isEmpty {
            notes.append("Without money: section 251 outturn is not of the authorities and years of this release.")
        }
        if !forecast.without.isEmpty {
            let share = Numerals.fixed(100 * forecast.share, decimals: 1)
            let names = forecast.without.map(\.area).joined(separator: ", ")
            notes.append(
                "Models hold \(share) % of plans. Without one, and taken to grow as others of their region: \(names); money and deficits "
                    + "are without them.")
        }
        if !forecast.levelPeople.isEmpty {
            let names = forecast.levelPeople.prefix(shown).joined(separator: ", ")
            let more = forecast.levelPeople.count - shown
            notes.append(
                "Not in the files of people, who are taken to stay as many: \(names)\(more > 0 ? " and \(more) more" : "")."
            )
        }
        return notes
    }
}
