import Formats
import Intake
import Vocabulary

/// An authority's journeys to school: England's shares, and costs by mode and distance that give the authority's outturn back.
struct TransportPrices: Sendable {
    /// Children who are transported, and what they cost.
    let transport: GivenTransport
    /// The authority's outturn, where it is published.
    let published: Double?
    /// What the prices make of the children under 16 of that year.
    let modelled: Double
    /// Whether the authority's own spend is too far from England's to be taken for its journeys alone.
    let isHeld: Bool

    /// By how many times spend may be off England's and count as the authority's own.
    private static let mostApart = 3.0

    /// - Parameter settings: the codes of the model's settings.
    init(_ costs: UnitCosts, _ area: NationalRelease.Area, _ children: YearChildren, _ settings: [String]) {
        let (figures, year) = (TransportFigures.shipped, costs.years.transport)
        let number = area.isNational ? "" : area.number
        let national = costs.national.children[year] ?? YearChildren.none
        let england = GivenTransport(rows: figures.groups.map(\.row), costs: figures.costs)
        func spend(_ children: YearChildren, _ area: NationalRelease.Area) -> Double {
            figures.groups.filter(\.isUnder16).reduce(0) { sum, group in
                let share = costs.share(of: group.row.ages, group.settings, area)
                return sum + england.price(of: group.row) * share * children[group.settings]
            }
        }
        let usual = (costs.amount(.transport, "", year) ?? 0) / max(spend(national, costs.nationalArea), 1)
        published = costs.amount(.transport, number, year)
        let expected = spend(children, area)
        let own = published.map { expected > 0 ? $0 / expected : 0 } ?? 0
        let isOwn = usual > 0 && (1 / Self.mostApart...Self.mostApart).contains(own / usual)
        let level = isOwn ? own : usual
        isHeld = !isOwn
        let figure = published.map { "£\(Numerals.grouped($0))" } ?? "not published"
        let source =
            "\(Numerals.fixed(level, decimals: 3)) times England's, so that children under 16 cost the outturn of line 2.1.4, "
            + "\(FinancialYear(starting: year)): \(figure)" + (isOwn ? "" : ", too far from England's to be its own")
            + "; "
        let modes = figures.costs.map { cost in
            var own = cost
            own.near = (cost.near * level).rounded()
            own.far = (cost.far * level).rounded()
            own.outOfCounty = (cost.outOfCounty * level).rounded()
            own.priceYear = year
            own.source = source + cost.source
            return own
        }
        let rows = figures.groups.compactMap { group -> TransportRow? in
            var row = group.row
            row.settings = group.settings.compactMap { settings.firstIndex(of: $0) }.sorted()
            if !isOwn { row.uncertainty = max(row.uncertainty, 0.3) }
            return row.settings.isEmpty ? nil : row
        }
        transport = GivenTransport(rows: rows, costs: modes)
        modelled = figures.groups.filter(\.isUnder16).reduce(0) { [transport] sum, group in
            sum + transport.price(of: group.row) * costs.share(of: group.row.ages, group.settings, area)
                * children[group.settings]
        }
    }
}

extension UnitCosts {
    /// The share of the children in some settings who are of some ages: of the area in the newest January that is published by age, else of
    /// England.
    func share(of ages: ClosedRange<Int>, _ codes: [String], _ area: NationalRelease.Area) -> Double {
        let columns = classification.settings.indices.filter { codes.contains(classification.settings[$0].code) }
        let januaries = area.plans.keys.filter { $0 <= years.transport + 1 }.sorted(by: >)
        for january in januaries {
            guard let table = area.plans[january]?.byAge, table.columns > columns.max() ?? 0 else { continue }
            let counts = (0..<table.rows).map { age in columns.reduce(0) { $0 + table[age, $1] } }
            let all = counts.reduce(0, +)
            guard all.isFinite, all > 0 else { continue }
            return counts.indices.filter(ages.contains).reduce(0) { $0 + counts[$1] } / all
        }
        return area.isNational ? 0 : share(of: ages, codes, nationalArea)
    }
}
