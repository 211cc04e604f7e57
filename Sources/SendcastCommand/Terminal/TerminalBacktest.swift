import Algorithms
import Calibration
import Formats
import Growth
import Vocabulary

/// What tests of forecasts say on the terminal.
enum TerminalBacktest {
    /// Errors, scores and coverage of totals by way and horizon, then errors of our way by level.
    static func lines(_ test: SeriesBacktest, horizons: [Int], style: TerminalStyle) -> [String] {
        func table(
            _ name: String, _ rows: [(String, [ForecastScore?])], _ figure: (ForecastScore) -> Double, decimals: Int
        ) -> [String] {
            var table = TerminalTable([name] + horizons.map { "\($0) year\($0 == 1 ? "" : "s")" })
            for (label, scores) in rows where scores.contains(where: { $0 != nil }) {
                table.append([label] + scores.map { $0.map { Numerals.fixed(figure($0), decimals: decimals) } ?? "–" })
            }
            return table.lines(style) + [""]
        }
        func scores(_ level: String, _ method: String) -> [ForecastScore?] {
            horizons.map { years in
                test.lines.first { $0.level == level && $0.method == method && $0.horizon == years }?.score
            }
        }
        let ways = Array(test.lines.map(\.method).uniqued())
        let levels = Array(test.lines.map(\.level).uniqued())
        let totals = ways.map { ($0, scores("total", $0)) }
        let ours = levels.map { level in
            let byShares = scores(level, SeriesBacktest.shares)
            return (level, byShares.contains { $0 != nil } ? byShares : scores(level, SeriesBacktest.own))
        }
        var lines = table("MAPE, %", totals, \.meanError, decimals: 2)
        lines += table("CRPS, %", totals, \.rankedScore, decimals: 2)
        lines += table("in 80 % interval, %", totals, { 100 * $0.coverage[1] }, decimals: 0)
        if levels.count > 1 {
            let alone = levels.map { ($0, scores($0, SeriesBacktest.own)) }
            lines += table("parts: WAPE, %", ours, \.weightedError, decimals: 1)
            lines += table("each part by itself: WAPE, %", alone, \.weightedError, decimals: 1)
            lines += table("parts: median, %", ours, \.medianError, decimals: 1)
            lines += table("parts: MAPE, %", ours, \.meanError, decimals: 1)
            lines += table("parts: CRPS, %", ours, \.rankedScore, decimals: 1)
            lines += table("parts: in 80 % interval, %", ours, { 100 * $0.coverage[1] }, decimals: 0)
            lines += [
                "  Parts as shares of all plans, which they add up to. WAPE: the sum of errors over the sum of",
                "  outcomes. Median, MAPE and CRPS are of parts with ten plans at the origin and five since.",
            ]
        }
        return lines
    }

    /// Errors and coverage of models beside the series that they follow.
    static func lines(_ test: ModelBacktest, horizons: [Int], style: TerminalStyle) -> [String] {
        let parts = Array(test.lines.map(\.part).uniqued())
        let series = [SeriesBacktest.own, SeriesBacktest.shares]
        func table(_ years: Int) -> [String] {
            var table = TerminalTable(
                ["\(years) year\(years == 1 ? "" : "s")", "last", "series", "models", "80 %: series", "80 %: models"])
            for part in parts {
                func figure(_ methods: [String], _ figure: (ForecastScore) -> Double, decimals: Int) -> String {
                    test.lines.first { $0.part == part && methods.contains($0.method) && $0.horizon == years }
                        .map { Numerals.fixed(figure($0.score), decimals: decimals) } ?? "–"
                }
                let errors = [[SimpleForecaster.lastValue.rawValue], series, [ModelBacktest.models]]
                table.append(
                    [part] + errors.map { figure($0, \.weightedError, decimals: 1) }
                        + errors.dropFirst().map { figure($0, { 100 * $0.coverage[1] }, decimals: 0) })
            }
            return table.lines(style) + [""]
        }
        let (first, last) = (test.origins.lowerBound, test.origins.upperBound)
        let origins = first == last ? "\(first)" : "\(first) to \(last)"
        return [style.bold("\(test.models) models made from January \(origins)"), ""] + horizons.flatMap(table)
            + [
                "  The sum of errors in per cent of the sum of outcomes: as many as last, each series",
                "  alone, models; then the share of outcomes in 80 % intervals. Ages within bands, and",
                "  moves and endings by age, are of the latest release, from other authorities.",
            ]
    }

    /// What other parts gained for each child that special schools fell short by.
    static func lines(_ evidence: DisplacementEvidence, horizons: [Int], style: TerminalStyle) -> [String] {
        var table = TerminalTable(["gained, %"] + horizons.map { "\($0) year\($0 == 1 ? "" : "s")" })
        let parts = Array(horizons.flatMap { evidence.gains[$0]?.map(\.part) ?? [] }.uniqued())
        func per(_ share: Double) -> String { Numerals.fixed(100 * share, decimals: 0) }
        for part in parts {
            table.append(
                [part]
                    + horizons.map { years in
                        evidence.gains[years]?.first { $0.part == part }
                            .map { "\(per($0.share)) (\(per($0.low)) to \(per($0.high)))" } ?? "–"
                    })
        }
        table.append(["cases"] + horizons.map { String(evidence.cases[$0] ?? 0) })
        return [style.bold("Where children were when special schools took a smaller share than forecast"), ""]
            + table.lines(style)
            + ["", "  Per 100 children of the shortfall, with 80 % intervals; an association, not a proof."]
    }

    /// Errors of spend by way and size of the authority, what they are made of, and what England's prices did.
    /// - Parameter prices: what England's prices rose by with children in the settings of one year, by financial year.
    static func lines(
        _ test: SpendBacktest, prices: [Int: Double], horizons: [Int], style: TerminalStyle
    ) -> [String] {
        func table(
            _ name: String, _ rows: [(String, SpendBacktest.Size, SpendBacktest.Method)],
            _ figure: (ForecastScore) -> Double, decimals: Int
        ) -> [String] {
            var table = TerminalTable([name] + horizons.map { "\($0) year\($0 == 1 ? "" : "s")" })
            for (label, size, method) in rows {
                table.append(
                    [label]
                        + horizons.map { years in
                            test.lines.first { $0.size == size && $0.method == method && $0.horizon == years }
                                .map { Numerals.fixed(figure($0.score), decimals: decimals) } ?? "–"
                        })
            }
            return table.lines(style) + [""]
        }
        let ways = SpendBacktest.Method.allCases.map { ($0.rawValue, SpendBacktest.Size.all, $0) }
        let sizes = SpendBacktest.Size.allCases.map { ($0.rawValue, $0, SpendBacktest.Method.own) }
        var lines = [style.bold("Spend on high needs of \(test.authorities) authorities"), ""]
        lines += table("MAPE, %", ways, \.meanError, decimals: 1)
        lines += table("bias, %", ways, \.bias, decimals: 1)
        lines += table("by size: MAPE, %", sizes, \.meanError, decimals: 1)
        lines += table("by size: in 80 % interval, %", sizes, { 100 * $0.coverage[1] }, decimals: 0)
        var causes = TerminalTable(["off by: mean, bias"] + horizons.map { "\($0) year\($0 == 1 ? "" : "s")" })
        for cause in SpendBacktest.Cause.allCases {
            causes.append(
                [cause.rawValue]
                    + horizons.map { years in
                        test.parts.first { $0.cause == cause && $0.horizon == years }.map {
                            "\(Numerals.fixed($0.error, decimals: 1)), \(Numerals.fixed($0.bias, decimals: 1))"
                        } ?? "–"
                    })
        }
        lines += causes.lines(style) + [""]
        let steps = test.steps.sorted { $0.key < $1.key }.map { year, step in
            let mix = prices[year].map { " (mix \(Numerals.change(from: 1, to: step / $0)))" } ?? ""
            return "\(FinancialYear(starting: year)) \(Numerals.change(from: 1, to: step))\(mix)"
        }
        return lines + ["  Spend for a child, England, and what of it is children in other settings (mix):"]
            + TerminalText.wrapped(steps.joined(separator: ", "), to: 76).map { "  \($0)" }
    }

    /// Two tables: errors, and intervals.
    static func lines(_ test: CalibrationBacktest, style: TerminalStyle) -> [String] {
        let origin = test.year.origin
        var errors = TerminalTable(["error, %"] + HeldOutYear.Method.allCases.map(\.rawValue) + ["median"])
        var intervals = TerminalTable(["intervals", "authorities", "50 %", "80 %", "95 %", "± of 80 %"])
        for line in test.lines {
            errors.append(
                [line.name] + HeldOutYear.Method.allCases.map { Numerals.fixed(line.errors[$0] ?? .nan, decimals: 1) }
                    + [Numerals.fixed(line.median, decimals: 1)])
            intervals.append(
                [line.name, String(line.authorities)] + line.coverage.map { Numerals.fixed(100 * $0, decimals: 0) }
                    + [Numerals.fixed(line.halfWidth, decimals: 1)])
        }
        var lines = [
            style.bold("January \(origin) carried to January \(origin + 1): \(test.year.cases.count) authorities"), "",
        ]
        lines += errors.lines(style)
        lines += [
            "  Mean absolute errors of: as many as last year; the change of three years, as a",
            "  number and as a factor; flows alone; what models use, and the median of that.", "",
        ]
        lines += intervals.lines(style)
        lines += ["  The share of authorities whose outcome lay in the interval."]
        lines += ["", "Groups and bands with at least ten plans; groups where placements were published; left out:"]
        lines += test.year.leftOut.map { "  \($0.authority): \($0.reason)" }
        return lines
    }
}
