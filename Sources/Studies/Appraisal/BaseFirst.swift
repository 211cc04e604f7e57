import Finance
import Placement
import Projection
import Sampling
import Vocabulary

/// Base first: schemes that build places in special schools beside as many places in specialist bases, opening at the same time for the
/// same needs and ages, as the department asks before a special school is expanded.
///
/// Bases take children who ask for a special school in vain, as far as a base can take them (``BaseAdmissions``). What they are worth is
/// counted against doing nothing under the same admissions, so that it is the worth of the places and not of the admissions.
package struct BaseFirst: Sendable {
    /// One of two ways to build a scheme's places.
    package struct Side: Sendable {
        /// What it is worth.
        package let option: AppraisalOption
        /// The settings in which its places are.
        package let settings: [Int]
        /// Positions of the needs that its places are for.
        package let needs: [Int]
        /// Pounds of capital with overruns.
        package let capital: Summary
        /// Where the capital is from.
        package let source: String
        /// How good that is; `nil` where it is the scheme's own.
        package let quality: AssumptionQuality?
        /// More children in specialist places than without it, in the last January.
        package let served: Summary
        /// Fewer children than without it who are elsewhere and would have a place, in the last January.
        package let unmet: Summary
    }

    /// A scheme both ways.
    package struct Comparison: Sendable {
        /// The scheme.
        package let scheme: Scheme
        /// As it is.
        package let school: Side
        /// As specialist bases.
        package let bases: Side
    }

    /// Each scheme that builds places in special schools which bases could have.
    package let comparisons: [Comparison]
    /// Why there is none, where the schemes build special-school places.
    package let reason: String?
    /// Which part of those of each need a base can take: position, least, likeliest and most.
    package let shares: [(need: Int, share: UncertainNumber)]

    /// Simulates every scheme alone, both ways.
    /// - Parameter baseline: doing nothing.
    init(
        _ runs: ScenarioRuns, _ schemes: [Scheme], baseline: Outcome
    ) throws(UnusableData) {
        let study = runs.study
        guard let places = study.allocation, let admissions = BaseAdmissions(study) else {
            (comparisons, shares) = ([], [])
            reason =
                "settings.csv calls no setting a special school and another a specialist base in its column 'reform', or places.csv has no bases"
            return
        }
        let pairs = schemes.compactMap { scheme in admissions.comparator(scheme).map { (scheme, $0) } }
        shares = admissions.shares.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let build = schemes.contains {
            $0.phases.contains { phase in phase.designation.settings.contains(where: admissions.schools.contains) }
        }
        reason = pairs.isEmpty && build ? "no need of these schemes is in a base today" : nil
        guard !pairs.isEmpty else {
            comparisons = []
            return
        }
        let people = runs.peopleAlone
        let admitting = places.following(admissions.policy(places.policy))
        func simulate(_ allocations: [Allocation]) throws(UnusableData) -> [Outcome] {
            var simulations: [Simulation] = []
            for allocation in allocations {
                simulations.append(try people.adjusted(by: [], placement: allocation, in: study))
            }
            return people.run(
                with: simulations, keepsBaseline: false, known: baseline, runs.runs, threads: runs.threads)
        }
        func side(_ outcome: Outcome) -> AppraisalSide {
            AppraisalSide(outcome: outcome, budget: study.budget(outcome))
        }
        let nothing = side(baseline)
        let nothingAdmitting = side(try simulate([admitting])[0])
        var comparisons: [Comparison] = []
        for (scheme, bases) in pairs {
            let outcomes = try simulate([places.adding([scheme]), admitting.adding([bases])])
            comparisons.append(
                Comparison(
                    scheme: scheme,
                    school: Side(
                        .scheme, scheme, side(outcomes[0]), against: nothing, ("the table of schemes", nil), in: study),
                    bases: Side(
                        .bases, bases, side(outcomes[1]), against: nothingAdmitting,
                        (admissions.cost.source, admissions.cost.quality), in: study)))
        }
        self.comparisons = comparisons
    }
}

extension BaseFirst.Side {
    fileprivate init(
        _ kind: AppraisalOption.Kind, _ scheme: Scheme, _ with: AppraisalSide, against without: AppraisalSide,
        _ cost: (source: String, quality: AssumptionQuality?), in study: PreparedStudy
    ) {
        option = AppraisalOption(
            kind, scheme.name, places: scheme.places, CashFlows([scheme], with, against: without, in: study), in: study)
        settings = Set(scheme.phases.flatMap(\.designation.settings)).sorted()
        needs = Set(scheme.phases.flatMap(\.designation.needs)).sorted()
        capital = SchemeOutlook(scheme, with.outcome).capital
        (source, quality) = cost
        func difference(_ measure: Allocation.Measure) -> [Int32] {
            zip(with.outcome.total(measure), without.outcome.total(measure)).map(-)
        }
        served = Summary(of: difference(.placed))
        unmet = Summary(of: difference(.unmet).map { -$0 })
    }
}

extension Outcome {
    /// A measure of all provisions in the last January, of every run.
    fileprivate func total(_ measure: Allocation.Measure) -> [Int32] {
        var sums = [Int32](repeating: 0, count: runs.count)
        guard let allocation = placement as? Allocation else { return sums }
        for provision in allocation.provisions.indices {
            self[.places].add(
                step: self[.places].steps - 1, series: allocation.series(provision: provision, measure), times: 1,
                to: &sums)
        }
        return sums
    }
}
