import Assurance
import Calibration

/// What a test of calibrated models says on the terminal.
public enum TerminalBacktest {
    /// Two tables: errors, and intervals.
    public static func lines(_ test: CalibrationBacktest, style: TerminalStyle) -> [String] {
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
        lines += ["", "Groups with at least ten plans whose placements were published; left out:"]
        lines += test.year.leftOut.map { "  \($0.authority): \($0.reason)" }
        return lines
    }
}
