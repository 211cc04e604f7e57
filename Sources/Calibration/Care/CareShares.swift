import Formats
import Intake
import RealModule
import Vocabulary

/// Shares of children in care by what the model does not tell apart: distance, area, provider, who is alone or with a parent, and asylum.
///
/// They are rows of `prevalence.csv`, so that a run says what each comes to. Own returns tell them of every placement. Published are, for an
/// authority as a whole, who is placed more than 20 miles from home and outside the area, who is unaccompanied and seeks asylum, and who
/// provides; how that is spread over placements, and all else, is judged and rated red.
struct CareShares {
    private let space: StateSpace
    private let base: Int
    private let cohort: [Int32]
    private let classification = CareClassification.standard

    private static let tool = "local authority interactive tool"
    private static let tables = "Department for Education, children looked after"
    /// How far judged shares may be from what is stated, as parts of them: where a published total scales them, and where nothing does.
    private static let (scaled, judged) = (0.25, 0.5)
    /// The code of the reason for which unaccompanied children are in care.
    private static let absent = "ABS"

    init(_ space: StateSpace, base: Int, cohort: [Int32]) {
        (self.space, self.base, self.cohort) = (space, base, cohort)
    }

    private func children(_ isCounted: (_ reason: Int, _ placement: Int) -> Bool) -> Double {
        cohort.indices.reduce(0) { sum, cell in
            let place = space.coordinates(of: cell)
            return isCounted(place.need, place.setting) ? sum + Double(cohort[cell]) : sum
        }
    }

    private func row(
        _ name: String, of share: Double, within width: Double, reason: Int? = nil, placement: Int? = nil,
        _ source: String, _ quality: AssumptionQuality
    ) -> PrevalenceRow {
        func rate(_ share: Double) -> Double { Numerals.rounded(1_000 * min(max(share, 0), 1), decimals: 1) }
        let name = placement.map { "\(name): \(classification.placements[$0].name)" } ?? name
        return PrevalenceRow(
            name, space, needs: reason.map { [$0] }, settings: placement.map { [$0] },
            rates: (rate(share - width), rate(share), rate(share + width)), source: source, date: String(base), quality)
    }

    /// Those of an area of which tables are published.
    func published(_ area: CareRelease.Area) -> [PrevalenceRow] {
        let far = area.farAway[base]
        let counts = space.setting.codes.indices.map { setting in children { $1 == setting } }
        let all = max(counts.reduce(0, +), 1)
        var rows: [PrevalenceRow] = []
        if let far {
            rows.append(
                row(
                    CareTrait.far.rawValue, of: far, within: 0.005,
                    "more than 20 miles from home and outside the authority. \(Self.tool), \(area.name) \(base)", .green
                ))
        }
        rows += providers(area) + asylum(area)
        for trait in CareTrait.allCases {
            let weights = space.setting.codes.map { classification.weight("trait", trait.rawValue, $0) }
            let isScaled = trait == .far && far != nil
            let shares = isScaled ? Self.scaled(weights, to: (far ?? 0) * all, counts) : weights
            let source =
                isScaled
                ? "a judgement of how placements differ, scaled so that all have the published \(Numerals.plain(100 * (far ?? 0), decimals: 1)) %; own returns tell"
                : "a judgement: published nowhere for an authority; own returns tell"
            for (place, share) in shares.enumerated() where share > 0 && counts[place] > 0 {
                rows.append(
                    row(
                        trait.rawValue, of: share, within: share * (isScaled ? Self.scaled : Self.judged),
                        placement: place, source, .red))
            }
        }
        return rows
    }

    private func providers(_ area: CareRelease.Area) -> [PrevalenceRow] {
        guard let year = area.years[base], year.total > 0 else { return [] }
        let names = [("own", "own or another authority's"), ("private", "private or voluntary provider")]
        return names.compactMap { code, name in
            guard let count = year.byProvider[code], !count.isNaN else { return nil }
            return row(name, of: count / year.total, within: 0.005, "\(Self.tables), \(area.name) \(base)", .green)
        }
    }

    private func asylum(_ area: CareRelease.Area) -> [PrevalenceRow] {
        guard let count = area.asylum[base], let reason = space.need.position(of: Self.absent) else { return [] }
        let path = children { need, _ in need == reason }
        guard path > 0 else { return [] }
        return asylum(
            count / path, reason,
            "\(Numerals.grouped(count)) on 31 March, of those in care for absent parenting. \(Self.tool), \(area.name) \(base)",
            .amber)
    }

    private func asylum(
        _ share: Double, _ reason: Int, _ source: String, _ quality: AssumptionQuality
    ) -> [PrevalenceRow] {
        [
            row("unaccompanied asylum seekers", of: share, within: 0.05, reason: reason, source, quality),
            PrevalenceRow(
                "transfer scheme's 0.1 % of people", space, of: .people, rates: (1, 1, 1),
                source:
                    "National Transfer Scheme protocol as quoted in 2023: an authority above this share of its children may pass one on, and one "
                    + "at or above it is sent none; 0.07 % until 2021", date: "2023",
                .amber),
        ]
    }

    /// Shares whose odds are all multiplied by what makes so many children of them.
    private static func scaled(_ shares: [Double], to wanted: Double, _ counts: [Double]) -> [Double] {
        func moved(_ shift: Double) -> [Double] {
            shares.map { share in
                share <= 0 ? 0 : 1 / (1 + Double.exp(-shift) * (1 - share) / share)
            }
        }
        var (low, high) = (-10.0, 10.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let sum = zip(moved(middle), counts).reduce(0) { $0 + $1.0 * $1.1 }
            if sum < wanted { low = middle } else { high = middle }
        }
        return moved((low + high) / 2)
    }
}

extension CareShares {
    /// Children of the base who have a trait, and those of whom it is known, by trait and placement.
    typealias Counts = [CareTrait: [(has: Int, known: Int)]]

    /// What own returns say.
    /// - Parameter asylum: how many of the base are unaccompanied, by reason; `nil` where returns do not tell.
    func recorded(_ counts: Counts, asylum: [Int]?) -> [PrevalenceRow] {
        var rows: [PrevalenceRow] = []
        func add(_ trait: CareTrait, _ count: (has: Int, known: Int), _ placement: Int?) {
            guard count.has > 0 else { return }
            let (share, known) = (Double(count.has) / Double(count.known), Double(count.known))
            rows.append(
                row(
                    trait.rawValue, of: share, within: Self.interval(share, known), placement: placement,
                    "SSDA903 episodes: known of \(Numerals.grouped(known)) children on 31 March \(base)", .green))
        }
        for trait in CareTrait.allCases {
            let all = counts[trait] ?? []
            add(trait, all.reduce((0, 0)) { ($0.0 + $1.has, $0.1 + $1.known) }, nil)
        }
        if let asylum, let reason = space.need.position(of: Self.absent) {
            let path = children { need, _ in need == reason }
            if path > 0 {
                rows += self.asylum(
                    Double(asylum[reason]) / path, reason,
                    "SSDA903: unaccompanied children (uasc.csv), of those in care for absent parenting", .green)
            }
        }
        for trait in CareTrait.allCases {
            for (place, count) in (counts[trait] ?? []).enumerated() { add(trait, count, place) }
        }
        return rows
    }

    /// Half an 80 % interval of a share of so many children, as if they were drawn.
    static func interval(_ share: Double, _ children: Double) -> Double {
        1.2816 * (share * (1 - share) / children).squareRoot()
    }
}
