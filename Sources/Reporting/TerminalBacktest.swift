import Assurance
import Calibration

/// What a test of calibrated models says on the terminal.
public enum TerminalBacktest {
    /// Two tables: errors, and intervals.
    public static func lines(_ test: CalibrationBacktest, style: TerminalStyle) -> [String] {
        let origin = test.year.origin
        var errors = TerminalTable(["error, mean %"] + HeldOutYear.Method.allCases.map(\.rawValue))
        var intervals = TerminalTable([
            "intervals", "authorities", "in 50 %", "in 80 %", "in 95 %", "± of 80 %", "median %",
        ])
        for line in test.lines {
            errors.append(
                [line.name] + HeldOutYear.Method.allCases.map { Numerals.fixed(line.errors[$0] ?? .nan, decimals: 1) })
            intervals.append(
                [line.name, String(line.authorities)] + line.coverage.map { Numerals.fixed(100 * $0, decimals: 0) }
                    + [Numerals.fixed(line.halfWidth, decimals: 1), Numerals.fixed(line.median, decimals: 1)])
        }
        var lines = [
            style.bold("January \(origin) carried to January \(origin + 1): \(test.year.cases.count) authorities"), "",
        ]
        lines += errors.lines(style) + [""] + intervals.lines(style)
        lines += ["", "Groups with at least ten plans whose placements were published; left out:"]
        lines += test.year.leftOut.map { "  \($0.authority): \($0.reason)" }
        return lines
    }
}
