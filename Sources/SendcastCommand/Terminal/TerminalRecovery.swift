import Formats
import Outputs
import Studies
import Vocabulary

/// A recovery plan on a terminal of 80 characters: its first years, in millions.
enum TerminalRecovery {
    /// How many years fit.
    private static let most = 5

    static func lines(_ plan: RecoveryPlan, _ style: TerminalStyle) -> [String] {
        let years = (plan.rows.first?.pounds.map(\.year) ?? []).prefix(most)
        var table = TerminalTable(["recovery plan, £m"] + years.map(\.description))
        for row in plan.rows {
            let (kind, words) = RecoveryFile.words(row)
            let isChange = kind == .lever || kind == .overlap
            table.append(
                [isChange ? "  " + words : words]
                    + years.map { year in
                        row.pounds.first { $0.year == year }.map {
                            Numerals.millions($0.amount.mean, isChange: isChange)
                        } ?? "–"
                    })
        }
        return [""] + table.lines(style)
    }
}
