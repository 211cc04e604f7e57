import Formats
import Growth
import Vocabulary

/// What a funnel of demand says, on the terminal.
enum TerminalFunnel {
    private static let widest = 26
    /// The years for which a line of 80 characters has room.
    private static let mostYears = 5

    private static func name(_ year: Int) -> String { FinancialYear(starting: year).description }

    private static func percent(_ share: Double) -> String {
        let text = Numerals.fixed(100 * share, decimals: 1)
        return (share > 0 ? "+" : "") + text + " %"
    }

    /// Counts, growth, conversion, forecasts and checks.
    static func lines(_ funnel: DemandFunnel, years ahead: Int, style: TerminalStyle) -> [String] {
        let years = funnel.years.suffix(mostYears)
        var counts = TerminalTable(["count"] + years.map(name) + ["a year"], widestName: widest)
        var growth = TerminalTable(["growth"] + years.dropFirst().map(name) + ["pooled"], widestName: widest)
        for (place, stage) in funnel.stages.enumerated() {
            let known = funnel.years.compactMap { year in stage.counts[year].map { (year, $0) } }
            let span = known.count > 1 ? known[known.count - 1].0 - known[0].0 : 0
            let mean =
                span > 0
                ? PanelModel.factor(PanelModel.growth(known[known.count - 1].1 / known[0].1) / Double(span)) - 1 : nil
            counts.append(
                [stage.name] + years.map { stage.counts[$0].map(Numerals.grouped) ?? "–" }
                    + [mean.map(percent) ?? "–"])
            growth.append(
                [stage.name]
                    + years.dropFirst().map { year in
                        guard let now = stage.counts[year], let before = stage.counts[year - 1] else { return "–" }
                        return percent(now / before - 1)
                    } + [funnel.series.growth[place].map { percent(PanelModel.factor($0) - 1) } ?? "–"])
        }
        var conversion = TerminalTable(["for each of it, of the next"] + years.map(name), widestName: widest)
        for place in funnel.stages.indices.dropLast() {
            let shares = years.map { funnel.conversion(place, year: $0) }
            if shares.allSatisfy({ $0 == nil }) { continue }
            conversion.append(
                [funnel.stages[place].name]
                    + shares.map { $0.map { Numerals.fixed($0, decimals: 2) } ?? "–" })
        }
        var forecast = TerminalTable(
            ["forecast", name((funnel.years.last ?? 0) + ahead), "80 % interval"], widestName: widest)
        for (place, stage) in funnel.stages.enumerated() {
            // All stages are forecast to one year, each from its own last.
            let behind = (funnel.years.last ?? 0) - (stage.counts.keys.max() ?? 0)
            guard let one = funnel.series.forecast(place, years: ahead + behind) else { continue }
            forecast.append([
                stage.name, Numerals.grouped(one.median),
                "\(Numerals.grouped(one.low)) to \(Numerals.grouped(one.high))",
            ])
        }
        let earlier = funnel.years.count > mostYears ? ["  Earlier years: --out writes them."] : []
        var lines = counts.lines(style) + earlier + [""] + growth.lines(style) + [""] + conversion.lines(style) + [""]
        lines += forecast.lines(style)
        lines += ["  Growth is learnt from all stages together: each is shrunk towards their mean."]
        if funnel.checks.isEmpty { return lines }
        var checks = TerminalTable(["printed growth", "years", "printed", "of counts", ""], widestName: widest)
        for check in funnel.checks {
            checks.append([
                check.printed.stage, "\(name(check.printed.from)) to \(name(check.printed.to))",
                percent(check.printed.growth), percent(check.recomputed), check.isReproduced ? "agrees" : "differs",
            ])
        }
        let wrong = funnel.checks.count { !$0.isReproduced }
        return lines + [""] + checks.lines(style) + [
            "  \(wrong) of \(funnel.checks.count) printed figures differ from the counts."
        ]
    }
}
