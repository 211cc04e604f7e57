import Formats
import Intake
import Vocabulary

/// How many children of each placement hold a plan.
struct CareOverlap {
    private let care: CalibratedCare
    private let classification: CareClassification
    private var space: StateSpace { care.space }

    init(_ care: CalibratedCare, _ classification: CareClassification) {
        self.care = care
        self.classification = classification
    }

    /// The ages of the published share of children looked after who hold a plan.
    private static let schoolAges = 5...15

    /// Who holds a plan: of homes a stated share. Of other placements children of school age share what is left of the published share, which
    /// is of that age and of a year in care; younger ones are taken to have none.
    var rows: [OverlapRow] {
        guard let (year, all) = care.area.withPlan.max(by: { $0.key < $1.key }) else { return [] }
        let places = Array(space.setting.codes.indices)
        let homes = places.filter { ["HIH", "HOM"].contains(classification.placements[$0].code) }
        let ofAge = places.reduce(0) { $0 + care.children(in: $1, aged: Self.schoolAges) }
        let inHomes = homes.reduce(0) { $0 + care.children(in: $1, aged: Self.schoolAges) }
        let withPlan = classification.weight("share", "with a plan", "homes")
        let others = min(max(all * ofAge - withPlan * inHomes, 0) / max(ofAge - inHomes, 1), 1)
        return places.map { place in
            let isHome = homes.contains(place)
            let everyone = care.children(in: place)
            let older = everyone - care.children(in: place, aged: 0...Self.schoolAges.lowerBound - 1)
            let share = isHome ? withPlan : everyone > 0 ? others * older / everyone : 0
            return OverlapRow(
                setting: place, share: Numerals.rounded(share, decimals: 4),
                source: isHome
                    ? "Surrey joint commissioning strategy 2022: \(Numerals.plain(100 * withPlan)) % of children in residential homes"
                    : "what is left of \(Numerals.fixed(100 * all, decimals: 1)) % of school age looked after for a year "
                        + "(interactive tool \(year)); none under 5",
                quality: isHome ? .amber : .red)
        }
    }
}
