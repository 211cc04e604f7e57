import Formats
import Intake
import Vocabulary

extension CareLeavers {
    /// Care leavers of an authority's own returns: how many of 18 to 21 there are and where they live is counted, what comes after is judged
    /// as without returns.
    /// - Parameter left: who turned 18 in care in a year.
    static func counted(_ care: CalibratedCare, left: Double, _ leavers: CareLeaverReturn) -> GivenCareLeavers {
        var area = care.area
        func people(_ ages: ClosedRange<Int>) -> Double {
            ages.reduce(0) { $0 + Double((leavers.people[$1] ?? [:]).values.reduce(0, +)) }
        }
        area.careLeavers[care.base] = people(19...21)
        var given = CareLeavers(
            area, england: nil, base: care.base, left: [care.base: left > 0 ? left : people(21...21)],
            fostered: 0
        ).given
        let source = "return on care leavers (OC3), 31 March \(care.base)"
        for place in given.ages.indices where 18...21 ~= given.ages[place].age {
            let age = given.ages[place].age
            given.ages[place].people = Bracket(people(age...age))
            if age == 18 { continue }
            (given.ages[place].origin.source, given.ages[place].origin.quality) = (source, .green)
        }
        given.accommodation = groups.flatMap { ages -> [AccommodationRow] in
            let counted = ages.clamped(to: 18...21)
            let all = people(counted)
            return all == 0 ? given.accommodation.filter { $0.ages == ages } : rows(leavers, ages, counted, all, source)
        }
        return given
    }

    private static func rows(
        _ leavers: CareLeaverReturn, _ ages: ClosedRange<Int>, _ counted: ClosedRange<Int>, _ all: Double,
        _ source: String
    ) -> [AccommodationRow] {
        var (sum, before) = (0.0, 0.0)
        return kinds.compactMap { kind in
            let people = counted.reduce(0) { $0 + (leavers.people[$1]?[kind] ?? 0) }
            if people == 0 { return nil }
            sum += Double(people) / all
            var row = AccommodationRow()
            (row.name, row.first, row.last) = (kind, ages.lowerBound, ages.upperBound)
            let share = Numerals.rounded(Numerals.rounded(sum, decimals: 4) - before, decimals: 4)
            before = Numerals.rounded(sum, decimals: 4)
            let width = CareShares.interval(share, all)
            row.share = Bracket(
                low: Numerals.rounded(max(share - width, 0), decimals: 4), likely: share,
                high: Numerals.rounded(min(share + width, 1), decimals: 4))
            // Those of 22 and older are taken to live as those of 21.
            let quality: AssumptionQuality = ages.upperBound > counted.upperBound ? .amber : .green
            row.origin = Origin(source, String(leavers.year), quality)
            return row
        }
    }
}
