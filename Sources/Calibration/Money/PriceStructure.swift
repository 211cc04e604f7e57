import Intake
import Vocabulary

/// What a child of each line cost in the last year whose spend is published by phase.
///
/// Authorities book lines of a pool differently: where the lines of a pool are far from England's proportions, or one of them has
/// children and no spend, the pool's spend is divided in England's proportions.
struct PriceStructure: Sendable {
    /// What a price rests on.
    enum Basis: Sendable {
        /// The authority's own line over its own children.
        case own
        /// The authority's own pool of lines, in England's proportions.
        case pooled
        /// England's price.
        case england
    }

    /// A line's price.
    struct Line: Sendable {
        /// Pounds a child and year.
        var price: Double
        /// The share of it that is part of line 1.2.3.
        var independentShare: Double
        let basis: Basis
        /// The line's share of what its pool costs.
        var weight: Double
        /// The line's outturn and children, where there are any.
        let outturn: Double?
        let children: Double
    }

    /// By how many times a line may be off the level of its pool and count as the authority's own.
    static let mostApart = 2.5

    /// One for each of ``PaidLine/all``.
    let lines: [Line]

    /// - Parameter england: what stands in; `nil` where this is England.
    init(_ amounts: (FinanceTables.Line) -> Double?, _ children: YearChildren?, england: PriceStructure?) {
        let all = PaidLine.all
        let counts = all.map { children?[$0.settings] ?? 0 }
        let outturn = all.map { line -> Double? in
            let known = line.published.compactMap(amounts)
            return known.isEmpty ? nil : known.reduce(0, +)
        }
        let independent = all.map { line in line.independent.compactMap(amounts).reduce(0, +) }
        guard let england else {
            lines = all.indices.map {
                Line(
                    price: (outturn[$0] ?? 0) / max(counts[$0], 1),
                    independentShare: independent[$0] / max(outturn[$0] ?? 0, 1), basis: .own, weight: 1,
                    outturn: outturn[$0], children: counts[$0])
            }
            return
        }
        var lines = all.indices.map {
            Line(
                price: england.lines[$0].price, independentShare: england.lines[$0].independentShare, basis: .england,
                weight: 1, outturn: outturn[$0], children: counts[$0])
        }
        for pool in Dictionary(grouping: all.indices, by: { all[$0].pool }).values {
            let spent = pool.reduce(0) { $0 + (outturn[$1] ?? 0) }
            let usual = pool.reduce(0) { $0 + england.lines[$1].price * counts[$1] }
            for line in pool { lines[line].weight = usual > 0 ? england.lines[line].price * counts[line] / usual : 1 }
            guard spent > 0, usual > 0 else { continue }
            let level = spent / usual
            let isOwn = pool.allSatisfy { line in
                if counts[line] < 1 { return (outturn[line] ?? 0) < 0.01 * spent }
                let ratio = (outturn[line] ?? 0) / (counts[line] * england.lines[line].price * level)
                return (1 / Self.mostApart...Self.mostApart).contains(ratio)
            }
            let share = pool.reduce(0) { $0 + independent[$1] } / spent
            for line in pool {
                let pounds = outturn[line] ?? 0
                let hasOwn = isOwn && counts[line] >= 1
                lines[line] = Line(
                    price: hasOwn ? pounds / counts[line] : level * england.lines[line].price,
                    independentShare: hasOwn ? independent[line] / pounds : share, basis: isOwn ? .own : .pooled,
                    weight: hasOwn ? pounds / spent : lines[line].weight, outturn: outturn[line],
                    children: counts[line])
            }
        }
        self.lines = lines
    }

    /// Pounds of some children at these prices: the part in line 1.2.3, and the rest.
    func cost(_ children: YearChildren) -> (independent: Double, state: Double) {
        zip(PaidLine.all, lines).reduce(into: (0, 0)) { sums, pair in
            let pounds = pair.1.price * children[pair.0.settings]
            sums.0 += pair.1.independentShare * pounds
            sums.1 += (1 - pair.1.independentShare) * pounds
        }
    }
}
