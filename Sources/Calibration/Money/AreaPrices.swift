import Intake
import Vocabulary

/// Prices of an area at two points: by phase in the last year that is published so, and their level in the last year with line 1.2.3.
struct AreaPrices: Sendable {
    /// Pounds that the lines of ``PaidLine`` do not hold, in the year by phase.
    struct Besides: Sendable {
        var alternativeState: Double
        var alternativeIndependent: Double
        var therapies: Double
    }

    /// England's, which stand in where an area's own are not published.
    struct Standard: Sendable {
        let structure: PriceStructure
        let besides: Besides
        /// England's children of the year by phase.
        let children: YearChildren
        var levels = (independent: 1.0, state: 1.0)

        /// - Parameter amounts: pounds of a line in the year by phase.
        init(_ amounts: (FinanceTables.Line) -> Double?, _ children: YearChildren) {
            self.children = children
            structure = PriceStructure(amounts, children, england: nil)
            besides = Besides(
                alternativeState: amounts(.stateAlternative) ?? 0,
                alternativeIndependent: amounts(.independentAlternative) ?? 0, therapies: amounts(.therapies) ?? 0)
        }
    }

    /// Children by financial year.
    let children: [Int: YearChildren]
    let structure: PriceStructure
    let besides: Besides
    /// What prices of the year by phase are multiplied by: those in line 1.2.3, and other top-ups.
    let levels: (independent: Double, state: Double)
    /// Whether levels are the area's own.
    let isOwnLevel: Bool

    /// Pounds a child of a line at the level of the later year.
    func price(_ line: Int) -> Double {
        let share = structure.lines[line].independentShare
        return structure.lines[line].price * (share * levels.independent + (1 - share) * levels.state)
    }

    /// How far a pool of lines is above England's prices, over some children; `nil` where there are none.
    func level(of pool: [Int], against england: AreaPrices, _ children: YearChildren) -> Double? {
        let counts = pool.map { children[PaidLine.all[$0].settings] }
        let usual = zip(pool, counts).reduce(0) { $0 + england.price($1.0) * $1.1 }
        guard usual > 0 else { return nil }
        return zip(pool, counts).reduce(0) { $0 + price($1.0) * $1.1 } / usual
    }
}

extension AreaPrices {
    /// What the level of an area is worked out from.
    struct Published {
        /// Pounds of a line in the year by phase.
        let detail: (FinanceTables.Line) -> Double?
        /// Line 1.2.3 and all top-ups of the later year.
        let independent: Double?
        let topUps: Double?
    }

    /// - Parameters:
    ///   - years: the year by phase, and the later one.
    ///   - england: what stands in where something is not published.
    init(
        _ published: Published, _ children: [Int: YearChildren], _ years: UnitCosts.Years,
        _ england: Standard
    ) {
        self.children = children
        let structure = PriceStructure(published.detail, children[years.detail], england: england.structure)
        let size = ((children[years.detail] ?? children[years.level])?.all ?? 0) / max(england.children.all, 1)
        let besides = Besides(
            alternativeState: published.detail(.stateAlternative) ?? size * england.besides.alternativeState,
            alternativeIndependent: published.detail(.independentAlternative)
                ?? size * england.besides.alternativeIndependent,
            therapies: published.detail(.therapies) ?? size * england.besides.therapies)
        self.structure = structure
        self.besides = besides
        guard let all = published.topUps, let fees = published.independent, all > fees, fees >= 0,
            let counts = children[years.level]
        else {
            (levels, isOwnLevel) = (england.levels, false)
            return
        }
        let cost = Self.cost(structure, besides, counts, at: (1, 1))
        levels = (
            cost.independent > 0 ? fees / cost.independent : england.levels.independent,
            cost.state > 0 ? (all - fees) / cost.state : england.levels.state
        )
        isOwnLevel = true
    }

    /// Pounds of some children, and of what is paid besides, at given levels.
    func cost(
        _ children: YearChildren, at levels: (independent: Double, state: Double)
    ) -> (independent: Double, state: Double) {
        Self.cost(structure, besides, children, at: levels)
    }

    private static func cost(
        _ structure: PriceStructure, _ besides: Besides, _ children: YearChildren,
        at levels: (independent: Double, state: Double)
    ) -> (independent: Double, state: Double) {
        let cost = structure.cost(children)
        return (
            (cost.independent + besides.alternativeIndependent) * levels.independent,
            (cost.state + besides.alternativeState + besides.therapies) * levels.state
        )
    }
}
