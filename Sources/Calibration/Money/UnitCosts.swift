import Intake
import Vocabulary

/// Unit costs of every authority from section 251 outturn: what was spent on a line over the children of that financial year in the
/// settings that the line pays for.
///
/// Spend is published by phase for one year, as line 1.2.3 and all top-ups for a later one, and as a total for a later one still. The
/// first gives prices against each other, the second their level, the third the last step of the authority's index.
///
/// ```swift
/// let costs = UnitCosts(release, through: 2025)
/// let surrey = costs.costs(of: try release.area("Surrey"))
/// print(surrey.lines.map { ($0.row.name, $0.row.cost, $0.row.source) })
/// ```
public struct UnitCosts: Sendable {
    /// The financial years that figures are of, by their Aprils.
    public struct Years: Sendable, Equatable {
        /// Spend by phase.
        public let detail: Int
        /// Line 1.2.3 and all top-ups.
        public let level: Int
        /// High needs in all.
        public let total: Int
        /// Transport.
        public let transport: Int
        /// Deductions for places.
        public let places: Int

        init(_ finance: FinanceTables, through january: Int) {
            // A financial year needs the January after its April too.
            let last = january - 1
            func newest(_ line: FinanceTables.Line) -> Int { finance.newest(line, through: last) ?? last }
            detail = newest(.stateSpecial)
            level = newest(.independent)
            total = newest(.highNeeds)
            transport = newest(.transport)
            places = newest(.deducted)
        }

        /// All of them, and those between.
        var all: ClosedRange<Int> { min(detail, places)...max(total, transport, level, places) }
    }

    /// What was published.
    public let finance: FinanceTables
    /// What is published of England alone.
    public let england: EnglandFinance
    /// The years that prices are from.
    public let years: Years
    let indices: PriceIndices
    /// What England's prices of high needs rose by, with children in the settings of one year, by financial year.
    public var pricesOfEngland: [Int: Double] { indices.all }
    let national: AreaPrices
    let nationalArea: NationalRelease.Area
    /// How far pools of lines lie from England's level, over authorities.
    private(set) var pools: [String: RobustSpread] = [:]
    /// How far lines lie from the level of their pool.
    private(set) var lines: [RobustSpread] = []
    /// How far the steps from the year of levels to that of totals lie from England's.
    private(set) var steps = RobustSpread(logarithmsOf: [])
    /// How far an authority's prices stray from England's in a year, as a standard deviation of the logarithm: the middle 80 % of steps, of
    /// which intervals are made.
    private(set) var straying = 0.0
    /// How uncertain a price is that is an authority's own: the median distance of steps.
    private(set) var measured = 0.0
    private let standard: AreaPrices.Standard
    let classification: Classification

    /// - Parameters:
    ///   - january: the last January that may be used.
    ///   - finance: what was spent.
    /// - Returns: `nil` where the release does not have England's plans of the years that spend is published for, or not the authorities
    ///   that spent it.
    public init?(_ release: NationalRelease, through january: Int, finance: FinanceTables = .shipped) {
        let years = Years(finance, through: january)
        let spenders = Set(finance.numbers(in: years.detail))
        let known = spenders.intersection(release.authorities.map(\.number))
        guard let area = release.england, 2 * known.count > spenders.count else { return nil }
        let all = Self.children(area, 2_015...january, release.classification)
        guard let detailed = all[years.detail], let counts = all[years.level], all[years.total] != nil else {
            return nil
        }
        (self.finance, self.years, classification, nationalArea) = (finance, years, release.classification, area)
        england = EnglandFinance.shipped
        let standard = AreaPrices.Standard({ Self.sum(finance, $0, years.detail) }, detailed)
        let fees = england.amount("independent", in: years.detail) ?? Self.sum(finance, .independent, years.detail) ?? 0
        let others = (Self.sum(finance, .highNeeds, years.detail) ?? 0) - fees
        indices = PriceIndices(
            standard.structure,
            besides: (
                standard.besides.alternativeIndependent, max(others - standard.structure.cost(detailed).state, 0)
            ), all, england)
        let children = Dictionary(
            uniqueKeysWithValues: release.authorities.map {
                ($0.number, Self.children($0, years.all, release.classification))
            })
        let areas = release.authorities.map {
            AreaPrices(Self.published(finance, $0.number, years), children[$0.number] ?? [:], years, standard)
        }
        var levelled = standard
        levelled.levels = Self.levels(areas, england, years, standard, counts)
        self.standard = levelled
        national = AreaPrices(
            .init(detail: { Self.sum(finance, $0, years.detail) }, independent: nil, topUps: nil), all, years, levelled)
        measure(release, children)
        let between = years.total - years.level
        // A table that has every line of its last year shows no step.
        let usual = england.last("straying of prices").amount
        let root = Double(between).squareRoot()
        (straying, measured) = between > 0 ? (steps.width / root, steps.deviation / root) : (usual, usual)
    }

    /// The level of England's prices: of line 1.2.3 as it is published for England, of other top-ups as those of authorities together.
    private static func levels(
        _ areas: [AreaPrices], _ england: EnglandFinance, _ years: Years, _ standard: AreaPrices.Standard,
        _ children: YearChildren
    ) -> (independent: Double, state: Double) {
        var (spent, usual) = ((independent: 0.0, state: 0.0), (independent: 0.0, state: 0.0))
        for area in areas where area.isOwnLevel {
            guard let counts = area.children[years.level] else { continue }
            let cost = area.cost(counts, at: (1, 1))
            usual = (usual.independent + cost.independent, usual.state + cost.state)
            spent.independent += cost.independent * area.levels.independent
            spent.state += cost.state * area.levels.state
        }
        let published = england.amount("independent", in: years.level)
        let expected = standard.structure.cost(children).independent + standard.besides.alternativeIndependent
        return (
            published.map { $0 / max(expected, 1) } ?? spent.independent / max(usual.independent, 1),
            spent.state / max(usual.state, 1)
        )
    }

    /// How authorities differ: what is an outlier, and how uncertain a price is.
    private mutating func measure(_ release: NationalRelease, _ children: [String: [Int: YearChildren]]) {
        let areas = release.authorities.map { prices($0, children[$0.number] ?? [:]) }
        for (pool, members) in Dictionary(grouping: PaidLine.all.indices, by: { PaidLine.all[$0].pool }) {
            pools[pool] = RobustSpread(
                logarithmsOf: areas.compactMap { area in
                    guard area.isOwnLevel, let counts = area.children[years.level] else { return nil }
                    return area.level(of: members, against: national, counts)
                })
        }
        lines = PaidLine.all.indices.map { line in
            RobustSpread(
                logarithmsOf: areas.compactMap { area in
                    let own = area.structure.lines[line]
                    guard case .own = own.basis, own.children >= 1 else { return nil }
                    return area.level(of: [line], against: national, area.children[years.level] ?? YearChildren.none)
                })
        }
        steps = RobustSpread(
            logarithmsOf: zip(release.authorities, areas).compactMap { area, prices in
                step(prices, area.number)
            })
    }

    /// How much more an authority's spend of the last year is than its prices of the year before make of the children of the last, at
    /// England's step; `nil` where it is not published.
    func step(_ prices: AreaPrices, _ number: String) -> Double? {
        guard years.total > years.level, prices.isOwnLevel || number.isEmpty,
            let total = amount(.highNeeds, number, years.total),
            let before = amount(.highNeeds, number, years.level), let counts = prices.children[years.total]
        else { return nil }
        // Not every authority's top-ups are published, so England's are worked out.
        let topUps = number.isEmpty ? topUpsOfEngland : amount(.topUps, number, years.level) ?? 0
        let services = max(before - topUps, 0) * indices.factor("state special", from: years.level, to: years.total)
        let rest = total - services
        let cost = PaidLine.all.enumerated().reduce(0) { sum, line in
            sum + prices.price(line.offset) * counts[line.element.settings]
                * indices.factor(line.element.index, from: years.level, to: years.total)
        }
        let besides = prices.cost(YearChildren.none, at: prices.levels)
        let other =
            besides.independent * indices.factor("independent", from: years.level, to: years.total)
            + besides.state * indices.factor("state special", from: years.level, to: years.total)
        guard cost + other > 0, rest > 0 else { return nil }
        return rest / (cost + other)
    }

    private var topUpsOfEngland: Double {
        let cost = national.cost(national.children[years.level] ?? YearChildren.none, at: national.levels)
        return cost.independent + cost.state
    }

    /// An authority's lines of spend, as a model has them.
    public func costs(of area: NationalRelease.Area, _ space: StateSpace) -> AuthorityCosts {
        AuthorityCosts(self, area, space)
    }

    /// Pounds of a line: an authority's, or those of England.
    func amount(_ line: FinanceTables.Line, _ number: String, _ year: Int) -> Double? {
        number.isEmpty ? Self.sum(finance, line, year) : finance.amount(line, of: number, in: year)
    }

    /// Prices of an area before outliers are held.
    func prices(_ area: NationalRelease.Area) -> AreaPrices {
        prices(area, Self.children(area, years.all, classification))
    }

    private func prices(_ area: NationalRelease.Area, _ children: [Int: YearChildren]) -> AreaPrices {
        area.isNational
            ? national : AreaPrices(Self.published(finance, area.number, years), children, years, standard)
    }

    private static func published(_ finance: FinanceTables, _ number: String, _ years: Years) -> AreaPrices.Published {
        AreaPrices.Published(
            detail: { finance.amount($0, of: number, in: years.detail) },
            independent: finance.amount(.independent, of: number, in: years.level),
            topUps: finance.amount(.topUps, of: number, in: years.level))
    }

    private static func sum(_ finance: FinanceTables, _ line: FinanceTables.Line, _ year: Int) -> Double? {
        let known = finance.numbers(in: year).compactMap { finance.amount(line, of: $0, in: year) }
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    private static func children(
        _ area: NationalRelease.Area, _ years: ClosedRange<Int>, _ classification: Classification
    ) -> [Int: YearChildren] {
        Dictionary(
            uniqueKeysWithValues: years.compactMap { year in
                YearChildren(area, in: year, classification).map { (year, $0) }
            })
    }
}
