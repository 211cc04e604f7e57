import Intake
import Placement
import Sampling
import Vocabulary

/// Who can be placed in a specialist base of those who ask for a special school in vain, and what a scheme would be with bases in place of
/// a school.
struct BaseAdmissions {
    /// What the reform plan calls special schools of the state, bases of the authority, and those of schools and trusts.
    private static let (school, specialist, support) = (
        "maintained special schools or special academies", "specialist bases in mainstream",
        "support bases in mainstream"
    )

    /// The setting in which bases open.
    let base: Int
    /// Settings of special schools.
    let schools: Set<Int>
    /// The share of those of each need, by its position, whom a base can take; needs that are in no base today are left out.
    let shares: [Int: UncertainNumber]
    /// Pounds of capital for a place, where that is from and how good it is.
    let cost: (pounds: Double, source: String, quality: AssumptionQuality)
    private let allocation: Allocation

    /// - Returns: `nil` where the model has no special schools or no bases that can be full.
    init?(_ study: PreparedStudy) {
        guard let allocation = study.allocation else { return nil }
        let schools = Set(study.folder.data.settings(of: "reform", called: [Self.school]))
        let bases = study.folder.data.settings(of: "reform", called: [Self.specialist, Self.support])
        let own = study.folder.data.settings(of: "reform", called: [Self.specialist]).filter(
            allocation.settings.contains)
        guard !schools.isEmpty, let base = own.max(by: { Self.children(study, [$0]) < Self.children(study, [$1]) })
        else { return nil }
        let space = study.folder.space
        let times = BaseFirstFigure.shipped(.suitability).range
        var shares: [Int: UncertainNumber] = [:]
        for (need, code) in space.need.codes.enumerated() {
            let (inBases, inSchools) = (
                Self.children(study, bases, need: need), Self.children(study, Array(schools), need: need)
            )
            guard inBases > 0 else { continue }
            let share = Double(inBases) / Double(inBases + inSchools)
            shares[need] = UncertainNumber(
                low: min(share * times[0], 1), likely: min(share * times[1], 1), high: min(share * times[2], 1),
                key: stableKey("base first", code))
        }
        let shipped = BaseFirstFigure.shipped(.cost)
        cost =
            study.folder.description.appraisal.basePlace.map { ($0, "base_place in model.yaml", .amber) }
            ?? (shipped.range[1], shipped.source, shipped.quality)
        (self.base, self.schools, self.shares, self.allocation) = (base, schools, shares, allocation)
    }

    /// Children at the base in some settings, with a need or with any.
    private static func children(_ study: PreparedStudy, _ settings: [Int], need: Int? = nil) -> Int {
        let space = study.folder.space
        return study.base.counts.enumerated().reduce(0) { sum, cell in
            let place = space.coordinates(of: cell.offset)
            return settings.contains(place.setting) && need ?? place.need == place.need ? sum + Int(cell.element) : sum
        }
    }

    /// Whether bases can be full for a need and age, so that places are of use there.
    private func isLimited(need: Int, age: Int) -> Bool {
        allocation.provisions.areLimited(age: age, need: need, setting: base)
    }

    /// The same scheme with bases in place of special schools: as many places, opening at the same time for the same ages and needs, as far
    /// as bases take these; `nil` where it opens no place in a special school that a base could have.
    func comparator(_ scheme: Scheme) -> Scheme? {
        var (replaced, kept) = (0, 0)
        let phases = scheme.phases.map { phase -> Scheme.Phase in
            let asked = phase.designation
            guard phase.places > 0, asked.settings.contains(where: schools.contains), let new = designation(asked)
            else {
                kept += max(phase.places, 0)
                return phase
            }
            replaced += phase.places
            return Scheme.Phase(
                provision: "\(phase.provision) as specialist bases", designation: new, opens: phase.opens,
                places: phase.places, month: phase.month)
        }
        guard replaced > 0 else { return nil }
        let (all, own) = (max(scheme.cost, 1), Double(kept) / Double(replaced + kept) * scheme.cost)
        let pounds = Double(replaced) * cost.pounds + own
        let years = scheme.cost > 0 ? scheme.capital.map { ($0.year, $0.pounds / all) } : firstYear(scheme)
        return Scheme(
            name: Self.name(scheme), phases: phases,
            capital: years.map { Scheme.Spend(year: $0.0, pounds: $0.1 * pounds) },
            overrun: scheme.overrun, delay: scheme.delay, fill: scheme.fill,
            revenueBeforeOpening: scheme.revenueBeforeOpening)
    }

    /// What the scheme is called with bases.
    static func name(_ scheme: Scheme) -> String { "bases for \(scheme.name)" }

    /// A scheme without capital is built in the year in which it opens.
    private func firstYear(_ scheme: Scheme) -> [(FinancialYear, Double)] {
        scheme.phases.map(\.opens).min().map { [(FinancialYear(starting: $0), 1)] } ?? []
    }

    /// Those of a designation's needs and ages whom bases take; `nil` where they take none.
    private func designation(_ asked: Provision.Designation) -> Provision.Designation? {
        let needs = asked.needs.filter { need in
            shares[need] != nil && asked.ages.contains { isLimited(need: need, age: $0) }
        }
        let ages = asked.ages.filter { age in !needs.isEmpty && needs.allSatisfy { isLimited(need: $0, age: age) } }
        guard let first = ages.first, let last = ages.last, last - first == ages.count - 1 else { return nil }
        return Provision.Designation(settings: [base], needs: needs, ages: first...last)
    }

    /// The policy under which a share of those who ask for a special school in vain is offered a base before anything else, and would not
    /// rather be elsewhere; so are children of whom `latent.csv` says that they would be in a special school.
    func policy(_ policy: PlacementPolicy) -> PlacementPolicy {
        var changed = policy
        for (asked, orders) in policy.routes {
            guard schools.contains(asked.setting), let share = shares[asked.need],
                isLimited(need: asked.need, age: asked.age)
            else { continue }
            changed.routes[asked] = [[PlacementPolicy.Route(to: base, share: share, asking: .never)]] + orders
        }
        changed.latent = policy.latent.flatMap { row -> [PlacementPolicy.Latent] in
            guard schools.contains(row.wanted), row.setting != base else { return [row] }
            return row.needs.flatMap { need -> [PlacementPolicy.Latent] in
                let isTaken = row.ages.allSatisfy { isLimited(need: need, age: $0) }
                let part = isTaken ? shares[need]?.likely ?? 0 : 0
                return [(row.wanted, 1 - part), (base, part)].filter { $0.1 > 0 }.map { wanted, part in
                    PlacementPolicy.Latent(
                        needs: [need], ages: row.ages, setting: row.setting, wanted: wanted, share: row.share * part)
                }
            }
        }
        return changed
    }
}
