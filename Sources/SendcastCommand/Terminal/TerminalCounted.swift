import Formats
import Studies

/// What a run says of forecasts whose January has been counted since.
enum TerminalCounted {
    /// A line each; none where nothing was counted.
    static func lines(_ result: StudyResult, style: TerminalStyle) -> [String] {
        let checks = result.forecastChecks
        guard !checks.isEmpty else { return [] }
        var table = TerminalTable([
            "counted since", "January", "counted", "forecast", "80 % interval", "error", "inside",
        ])
        for check in checks {
            let row = check.row
            let parts = [row.band, row.need, row.setting].filter { !$0.isEmpty }
            let interval = check.forecast.interval80
            table.append([
                parts.isEmpty ? "all" : parts.joined(separator: ", "), String(row.january), Numerals.grouped(row.plans),
                Numerals.grouped(check.forecast.mean),
                Numerals.grouped(interval),
                Numerals.change(from: row.plans, to: check.forecast.mean), check.isInside ? "yes" : "no",
            ])
        }
        let inside = checks.count(where: \.isInside)
        return [""] + table.lines(style)
            + [
                "  \(inside) of \(checks.count) counts lie in their 80 % interval, where \(Numerals.plain(0.8 * Double(checks.count), decimals: 0)) "
                    + "are expected; none was", "  used to make the forecast.",
            ]
    }
}
