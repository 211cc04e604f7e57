import Finance
import Formats
import Sampling
import Studies
import Vocabulary

/// What is said on a terminal of a financial year that has begun.
enum TerminalMonitor {
    private static let width = 80

    static func lines(_ monitor: InYearMonitor, style: TerminalStyle) -> [String] {
        let months = monitor.last.number + 1
        let known = months == 1 ? "April" : "April to \(monitor.last)"
        let title =
            "\(monitor.study.title): \(monitor.year) after \(months) \(months == 1 ? "month" : "months") (\(known))"
        return TerminalText.wrapped(title, to: width).map(style.bold) + [""] + forecasts(monitor, style)
            + basis(monitor) + balance(monitor) + variance(monitor, style)
    }

    private static func forecasts(_ monitor: InYearMonitor, _ style: TerminalStyle) -> [String] {
        var table = TerminalTable(["line", "to date", "model's", "year end", "80 % interval", "model"], widestName: 22)
        func append(_ name: String, _ spent: Double, _ modelled: Double, _ runs: [Double], _ weight: Double?) {
            let end = Summary(of: runs)
            table.append([
                name, Numerals.pounds(spent), Numerals.pounds(modelled), Numerals.pounds(end.mean),
                Numerals.pounds(end.interval80),
                weight.map { "\(Numerals.plain(100 * $0, decimals: 0)) %" } ?? "",
            ])
        }
        for line in monitor.lines where line.forecast.runs.mean != 0 || line.forecast.spent != 0 {
            append(
                line.name, line.forecast.spent, line.forecast.modelled, line.forecast.runs,
                InYearForecast.weightOfModel(known: line.forecast.known))
        }
        for payer in monitor.payers.map(Optional.some) + [nil] {
            append(
                payer.map { "all from \($0)" } ?? "all lines", monitor.spent(bornBy: payer),
                monitor.modelled(bornBy: payer), monitor.yearEnd(bornBy: payer), nil)
        }
        return table.lines(style)
    }

    private static func basis(_ monitor: InYearMonitor) -> [String] {
        let counted = monitor.counted.map { day in
            "Children are scaled to those counted on \(day): \(shares(monitor))."
        }
        let texts = [
            "Cash paid, not accruals: a bill that is late is missing here, and one of last year is in.",
            "'model's' is what the model says of the same months; 'model' is its weight in the year's end, the rest is spend so far.",
            counted,
        ]
        return [""]
            + texts.compactMap { $0 }.flatMap { text in
                TerminalText.wrapped(text, to: width - 2).map { "  " + $0 }
            }
    }

    /// The counts that are furthest from the model's.
    private static func shares(_ monitor: InYearMonitor) -> String {
        let lines = monitor.lines.compactMap { line in line.counted.map { (name: line.name, ratio: $0) } }
        let furthest = lines.sorted { abs($0.ratio - 1) > abs($1.ratio - 1) }.prefix(3)
        return furthest.isEmpty
            ? "no line has all its settings counted"
            : furthest.map { "\($0.name) \(Numerals.change(from: 1, to: $0.ratio))" }.joined(separator: ", ")
    }

    /// Where the year leaves the grant.
    private static func balance(_ monitor: InYearMonitor) -> [String] {
        guard let forecast = monitor.balance else { return [] }
        let (more, balance) = (forecast.more.mean, Summary(of: forecast.balance))
        let text =
            "The balance of the grant on 31 March \(monitor.year.starting + 1) is then \(Numerals.pounds(balance.mean)), 80 % interval "
            + "\(Numerals.pounds(balance.interval80)): it pays \(Numerals.pounds(abs(more))) \(more >= 0 ? "more" : "less") than 'run' forecasts."
        return [""] + TerminalText.wrapped(text, to: width - 2).map { "  " + $0 }
    }

    private static func variance(_ monitor: InYearMonitor, _ style: TerminalStyle) -> [String] {
        guard let all = monitor.variance else { return [] }
        let hasRest = all.unsplit != 0
        var table = TerminalTable(
            ["against the budget", "budget", "year end", "variance", "volume", "mix", "price"]
                + (hasRest ? ["unsplit"] : []), widestName: hasRest ? 16 : 22)
        func append(_ name: String, _ variance: BudgetVariance) {
            let parts = [variance.variance, variance.volume, variance.mix, variance.price]
            table.append(
                [
                    name, Numerals.pounds(variance.budget),
                    Numerals.pounds(variance.yearEnd),
                ]
                    + (parts + (hasRest ? [variance.unsplit] : [])).map { Numerals.signed($0, Numerals.pounds) })
        }
        for line in monitor.lines {
            if let variance = line.variance { append(line.name, variance) }
        }
        append("all lines", all)
        return [""] + table.lines(style) + [
            "  (volume: children more than in the budget, at its average cost; mix: in dearer",
            "  or cheaper lines; price: what each costs more. They add up to the penny.)",
        ]
    }
}
