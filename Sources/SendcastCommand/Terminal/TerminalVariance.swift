import Formats
import Foundation
import Sampling
import Studies
import Vocabulary

/// Of what an interval is made, on the terminal.
enum TerminalVariance {
    /// Columns of the longest bar.
    private static let width = 20

    static func lines(
        _ shares: VarianceShares, of quantity: OutputQuantity, _ service: Service, _ style: TerminalStyle
    ) -> [String] {
        var table = TerminalTable(["what is not known", "by itself", "with others", ""])
        let longest = shares.parts.map(\.withOthers.share).max() ?? 1
        for part in shares.parts {
            let bar = Int((part.withOthers.share / longest * Double(width)).rounded())
            table.append([
                name(part.source, service), text(part.byItself), text(part.withOthers),
                String(repeating: "█", count: max(bar, 0)).padding(toLength: width, withPad: " ", startingAt: 0),
            ])
        }
        let words = """
            By itself: how much of the spread (its variance) would go if this alone were known. With others: how much would be \
            left if all else were. ± is one standard error; more runs make it smaller.
            """
        return TerminalSearch.run(shares.figure, runs: shares.runs, of: quantity) + [""] + table.lines(style)
            + TerminalText.wrapped(words, to: 76).map { "  " + $0 }
    }

    private static func text(_ estimate: VarianceShares.Estimate) -> String {
        let (share, error) = (Numerals.fixed(100 * max(estimate.share, 0), decimals: 0), 100 * estimate.error)
        return "\(share) ± \(Numerals.fixed(max(error, 1), decimals: 0)) %"
    }

    private static func name(_ source: DrawSource, _ service: Service) -> String {
        let isCare = service == .care
        switch source {
        case .growth: return isCare ? "growth of children starting" : "growth of new plans"
        case .joining: return isCare ? "how many children start" : "how many new plans"
        case .leaving: return isCare ? "how many children leave" : "how many plans end"
        case .entering: return "which \(service.words.column("settings")) draw children"
        case .rates: return "rates of single ages"
        case .places: return "overflow, delays of schemes"
        case .levers: return "size of levers"
        case .prices: return "prices"
        case .income: return "income and the opening balance"
        case .chance: return "chance, child by child"
        }
    }
}
