import Formats
import Outputs
import Studies
import Vocabulary

/// A recovery plan on a terminal of 80 characters: its first years, in millions.
enum TerminalRecovery {
    /// How many years fit.
    private static let most = 5
    /// The characters of a name that fit beside them.
    private static let width = 33

    static func lines(_ plan: RecoveryPlan, _ style: TerminalStyle) -> [String] {
        let years = (plan.rows.first?.pounds.map(\.year) ?? []).prefix(most)
        var table = TerminalTable(["recovery plan, £m"] + years.map(\.description))
        for row in plan.rows {
            let (kind, words) = RecoveryFile.words(row)
            let isChange = kind == .lever || kind == .overlap
            table.append(
                [TerminalText.shortened(isChange ? "  " + words : words, to: width)]
                    + years.map { year in
                        row.pounds.first { $0.year == year }.map { millions($0.amount.mean, isChange: isChange) } ?? "–"
                    })
        }
        return [""] + table.lines(style)
    }

    private static func millions(_ pounds: Double, isChange: Bool) -> String {
        let text = Numerals.fixed(abs(pounds) / 1e6, decimals: 1)
        return text == "0.0" ? text : (pounds < 0 ? "−" : isChange ? "+" : "") + text
    }
}
