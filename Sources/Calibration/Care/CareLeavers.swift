import Formats
import Intake
import Vocabulary

/// An area's care leavers: how many there are of each age, how many remain from year to year, and where they live.
///
/// What is published is how many are 19 to 21, who left care at 18 by year, who of 18 stayed with their carers and who still does at 19 and
/// 20, and whom the authority is not in touch with. In 144 authorities there were 1.05 care leavers of 19 to 21 in March 2025 for each
/// child who had left at 18 in the three years before (80 % of them 0.98 to 1.10): who leaves at 16 or 17 comes too, a few are lost. All
/// else is a judgement, rated red: how many still have help after 21, and where others than those live.
struct CareLeavers {
    private let area: CareRelease.Area
    private let england: CareRelease.Area?
    private let base: Int
    private let classification = CareClassification.standard
    /// Who left care at 18 in the year to each 31 March.
    private let left: [Int: Double]
    /// The share of children of 16 and 17 who are fostered.
    private let fostered: Double

    private static let published = 19...21
    private static let source = "Department for Education, children looked after and local authority interactive tool"

    /// - Parameters:
    ///   - left: who left care at 18, by 31 March; counts that were held back are filled in.
    ///   - fostered: the share of children of 16 and 17 who are fostered.
    init(_ area: CareRelease.Area, england: CareRelease.Area?, base: Int, left: [Int: Double], fostered: Double) {
        (self.area, self.england, self.base, self.left, self.fostered) = (area, england, base, left, fostered)
    }

    /// The rows of `care-leavers.csv` and `accommodation.csv`; none where nothing is published of the area's care leavers.
    var given: GivenCareLeavers {
        var given = GivenCareLeavers()
        guard let counted = area.careLeavers[base] else { return given }
        given.ages = ages(counted)
        given.accommodation = accommodation
        return given
    }

    private func pattern(_ row: String) -> Bracket {
        func weight(_ column: String) -> Double { classification.weight("care-leavers", row, column) }
        return Bracket(low: weight("low"), likely: weight("likely"), high: weight("high"))
    }

    /// Who left care at 18 in the year in which those of an age were 18; of years before the first published as many as in that.
    private func leftAt18(_ age: Int) -> Double {
        let year = base - (age - GivenCareLeavers.years.lowerBound)
        return left[year] ?? left.min { $0.key < $1.key }?.value ?? 0
    }

    private func ages(_ counted: Double) -> [CareLeaverRow] {
        let usual = pattern("ratio")
        let three = Self.published.reduce(0) { $0 + leftAt18($1) }
        let own = three > 0 ? counted / three : usual.likely
        let (at22, later) = (pattern("stays at 22"), pattern("stays later"))
        let published = shared(counted)
        var remaining = Bracket(1)
        return GivenCareLeavers.years.map { age in
            var row = CareLeaverRow()
            row.age = age
            row.origin.date = String(base)
            if age == GivenCareLeavers.years.lowerBound {
                row.people = Bracket((own * leftAt18(age)).rounded())
                row.stays = Bracket(
                    low: own * usual.low / usual.likely, likely: own, high: own * usual.high / usual.likely
                ).map { Numerals.rounded($0, decimals: 4) }
                row.origin.source =
                    "who left care at 18, times care leavers of 19 to 21 for each of those who did in the three years before; areas differ by "
                    + "so much. \(Self.source)"
                row.origin.quality = .amber
            } else if Self.published.contains(age) {
                row.people = Bracket(published[age - Self.published.lowerBound])
                row.origin.source =
                    "\(Numerals.grouped(counted)) of 19 to 21, by how many left care at 18. \(Self.source)"
                row.origin.quality = .amber
            } else {
                let stays = age == 22 ? at22 : later
                remaining = Bracket(
                    low: remaining.low * stays.low, likely: remaining.likely * stays.likely,
                    high: remaining.high * stays.high)
                let before = own * leftAt18(age)
                row.people = remaining.map { (before * $0).rounded() }
                row.stays = stays
                row.origin.source =
                    "a judgement: help after 21 is for those who ask (Children and Social Work Act 2017, section 3); own records tell"
            }
            return row
        }
    }

    /// The published number in whole people by age, which sum to it.
    private func shared(_ counted: Double) -> [Double] {
        let left = Self.published.map(leftAt18)
        let all = left.reduce(0, +)
        var (sum, before) = (0.0, 0.0)
        return left.map { one in
            sum += all > 0 ? counted * one / all : counted / Double(left.count)
            defer { before = sum.rounded() }
            return sum.rounded() - before
        }
    }
}

extension CareLeavers {
    /// Ages that share one pattern, by the youngest.
    static let groups = [18...18, 19...20, 21...25]
    /// The tag of their lines of spend.
    static let tag = "care leavers"
    private static let stayingPut = "staying put"
    private static let unknown = "not known"
    /// The kinds of accommodation, in the order of the file.
    static let kinds = [
        stayingPut, "supported lodgings", "supported accommodation", "independent living", "parents or relatives",
        "custody", "other accommodation", unknown,
    ]

    private typealias Known = (share: Double, year: Int, name: String)

    /// The last published share of the area; England's where it has none.
    private func last(_ figures: (CareRelease.Area) -> [Int: Double]) -> Known? {
        for place in [area, england].compactMap({ $0 }) {
            if let (year, share) = figures(place).filter({ $0.key <= base }).max(by: { $0.key < $1.key }) {
                return (share, year, place.name)
            }
        }
        return nil
    }

    /// The share of those who left care at 18 that stayed with their carers.
    private var remained: Known? {
        last { place in
            place.years.compactMapValues { year in
                guard let stayed = year.ceasedTo[Self.stayingPut], let all = year.ceasedByBand["6"], !stayed.isNaN,
                    all > 0
                else { return nil }
                return min(stayed / all, 1)
            }
        }
    }

    /// What is published of a kind at an age, and where it is from.
    private func published(_ kind: String, _ age: Int) -> (share: Double, source: String)? {
        let foster = "\(Numerals.fixed(100 * fostered, decimals: 0)) % of 16 and 17 who are fostered"
        if kind == Self.unknown, let known = last(\.notInTouch) {
            return (
                known.share,
                "whom the authority is not in touch with at 19 to 21, \(known.name) \(known.year). \(Self.source)"
            )
        }
        guard kind == Self.stayingPut, age < Self.published.upperBound else { return nil }
        if age == GivenCareLeavers.years.lowerBound {
            guard let known = remained else { return nil }
            return (
                min(known.share, fostered),
                "who remained with their carers at 18, \(known.name) \(known.year), as far as the \(foster). \(Self.source)"
            )
        }
        return last(\.stayingPut).map { known in
            (
                known.share * fostered,
                "staying put at 19 and 20, \(known.name) \(known.year), of the \(foster). \(Self.source)"
            )
        }
    }

    private var accommodation: [AccommodationRow] {
        Self.groups.flatMap { ages -> [AccommodationRow] in
            let known = Self.kinds.map { published($0, ages.lowerBound) }
            let weights = Self.kinds.indices.map { place in
                known[place] == nil
                    ? classification.weight("leaver-home", String(ages.lowerBound), Self.kinds[place]) : 0
            }
            let rest = max(1 - known.reduce(0) { $0 + ($1?.share ?? 0) }, 0) / max(weights.reduce(0, +), 1e-9)
            var sum = 0.0
            let shares = Self.kinds.indices.map { place -> Double in
                let before = Numerals.rounded(sum, decimals: 4)
                sum += known[place]?.share ?? weights[place] * rest
                return Numerals.rounded(Numerals.rounded(sum, decimals: 4) - before, decimals: 4)
            }
            return Self.kinds.indices.filter { shares[$0] > 0 }.map { place in
                row(Self.kinds[place], ages, shares[place], known[place]?.source)
            }
        }
    }

    private func row(_ kind: String, _ ages: ClosedRange<Int>, _ share: Double, _ source: String?) -> AccommodationRow {
        var row = AccommodationRow()
        (row.name, row.first, row.last) = (kind, ages.lowerBound, ages.upperBound)
        // Those not in touch are published of 19 to 21.
        row.origin.quality =
            source == nil || kind == Self.unknown && !Self.published.contains(ages.upperBound) ? .red : .amber
        let width = classification.weight("care-leavers", "shares", row.quality.rawValue)
        row.share = Bracket(
            low: Numerals.rounded(share * (1 - width), decimals: 4), likely: share,
            high: Numerals.rounded(min(share * (1 + width), 1), decimals: 4))
        row.origin.source =
            source ?? "a judgement of what is left beside published shares; the return on care leavers tells"
        row.origin.date = String(base)
        return row
    }
}
