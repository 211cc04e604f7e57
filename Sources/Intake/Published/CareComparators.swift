import Formats
import Vocabulary

extension CareRelease {
    /// Children who start to be looked after at 0 to 4, for 10,000 people of 0 to 17: of an area, of its statistical neighbours together and of
    /// England, by 31 March.
    public func indicators(of area: Area) -> [IndicatorRow] {
        let neighbours = area.neighbours.compactMap { number in areas.first { $0.number == number } }
        let groups =
            [(area.name, [area]), ("\(neighbours.count) statistical neighbours", neighbours)]
            + (england.map { [($0.name, [$0])] } ?? [])
        return area.years.keys.sorted().flatMap { year in
            groups.compactMap { name, areas in
                Self.rate(areas, year).map { rate in
                    IndicatorRow(
                        indicator: .startersAged0To4, year: year, category: name,
                        value: Numerals.rounded(rate, decimals: 3),
                        source: "Department for Education, children looked after and statistical neighbours 2025")
                }
            }
        }
    }

    /// All starters of areas over all their people; `nil` where a count of any was held back.
    private static func rate(_ areas: [Area], _ year: Int) -> Double? {
        var (started, children) = (0.0, 0.0)
        for area in areas {
            guard let counts = area.years[year]?.startedByBand, let people = area.children[year],
                let babies = counts["0"], let older = counts["1"], !babies.isNaN, !older.isNaN
            else { return nil }
            started += babies + older
            children += people
        }
        return children > 0 ? 10_000 * started / children : nil
    }
}
