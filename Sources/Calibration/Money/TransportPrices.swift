import Formats
import Intake
import Vocabulary

/// What home to school transport of children under 16 costs for each child in a setting, whether that child is transported or not.
struct TransportPrices: Sendable {
    /// A line.
    struct Line: Sendable {
        let name: String
        let settings: [String]
        let price: Double
        let source: String
        /// Whether it is the authority's own outturn.
        let isOwn: Bool
    }

    /// Special schools, to which most children are transported.
    static let special = ["SS", "IS", "NM"]
    static let others = ["EY", "MS", "RP", "SU", "IM", "AP"]

    let lines: [Line]
    /// The authority's outturn, where it is published.
    let published: Double?

    init(_ costs: UnitCosts, _ number: String, _ children: [Int: YearChildren]) {
        let year = costs.years.transport
        let share = costs.england.last("transported special")
        let counts = children[year] ?? YearChildren.none
        let national = costs.national.children[year] ?? YearChildren.none
        let spent = costs.amount(.transport, number, year)
        let england = costs.amount(.transport, "", year) ?? 0
        let parts = [
            ("Home to school transport", Self.special, share.amount),
            ("Home to school transport, other schools", Self.others, 1 - share.amount),
        ]
        let usual = parts.map { part in part.2 * england / max(national[part.1], 1) }
        let expected = zip(parts, usual).reduce(0) { $0 + counts[$1.0.1] * $1.1 }
        let level = spent.map { expected > 0 ? $0 / expected : 0 } ?? 0
        let isOwn = (1 / Self.mostApart...Self.mostApart).contains(level)
        published = spent
        lines = zip(parts, usual).map { part, usual in
            let price = isOwn ? level * usual : usual
            let figure = spent.map { "£\(Numerals.grouped($0))" } ?? "not published"
            return Line(
                name: part.0, settings: part.1, price: price,
                source:
                    "section 251 outturn \(FinancialYear(starting: year)), line 2.1.4, under 16: \(figure), divided "
                    + "between \(Numerals.grouped(counts[Self.special])) children in special schools and "
                    + "\(Numerals.grouped(counts[Self.others])) in others in England's proportions (England "
                    + "£\(Numerals.grouped(usual)))"
                    + (isOwn ? "" : "; England's price, for the authority's own is too far from it")
                    + "; \(share.source)",
                isOwn: isOwn)
        }
    }

    /// By how many times spend may be off England's and count as the authority's own.
    private static let mostApart = 3.0
}
