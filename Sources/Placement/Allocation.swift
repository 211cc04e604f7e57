import Projection
import Sampling
import Vocabulary

/// Gives out places each January: those who sit there stay, then movers and joiners are served in order of priority, at random
/// within one; the others go where the policy sends them, and may ask again.
///
/// A child is counted in the narrowest provision that takes it, then in wider ones; provisions for the same children share them as their
/// room is. Where provisions are disjoint, alike or lie within one another, and places are for anybody, this serves as many children as
/// can be served. Settings, needs and ages that no provision takes are never full. Where nothing is full (``isBinding``), provisions
/// go on having the shares of the children of a need and band that they have at the base, as far as their places stay what they are.
package struct Allocation: PlacementRule {
    /// What is kept of each January, for a provision, or for a need and band of ages.
    package enum Measure: Int, CaseIterable, Sendable {
        /// Places for children of this authority that can be filled. Those of a need and band are what each provision keeps for it, in proportion to who
        /// sits there at the base (``PlacementPolicy/flexibility``): they move where a provision's places do, and never otherwise.
        case places
        /// Children who have one; above places where a school is over-filled, a January began over-full, or nothing is ever full.
        case placed
        /// Children who asked in this January and got none, by the narrowest open provision that would take them.
        case displaced
        /// Children who are elsewhere and would have a place: this January's displaced and those of earlier ones.
        case unmet
        /// Places that nobody has; those of a provision for several needs or bands are shared among those who have fewer than are
        /// kept for them.
        case empty
    }

    /// How late a scheme opens.
    package struct Delay: Sendable, Equatable {
        /// Years, drawn once per run and rounded to whole steps.
        package let years: UncertainNumber
        /// The share of its places that can be filled.
        package let fill: UncertainNumber

        /// States years.
        package init(years: UncertainNumber, fill: UncertainNumber = .exactly(1)) {
            self.years = years
            self.fill = fill
        }
    }

    /// The cells of the model.
    package let space: StateSpace
    /// Who has places.
    package let provisions: [Provision]
    /// Where the others go.
    package let policy: PlacementPolicy
    /// How late each scheme opens, by the numbers that changes of places name.
    package let delays: [Delay]
    /// Levers on places.
    package let changes: [PlacesChange]
    /// Settings that levers close.
    package let closures: [SettingClosure]
    /// The bands of ages of totals.
    package let bands: [AgeBand]
    /// Whether places fill up; where they do not everybody is where rates have them, and places are counted beside.
    package private(set) var isBinding = true
    let queues: PlacementQueues
    let bandOfAge: [Int?]

    /// Joins provisions and policy.
    /// - Precondition: every age, need and setting that a provision takes has routes whose last order ends in settings that are
    ///   never full; schemes of changes have a delay.
    package init(
        space: StateSpace, provisions: [Provision], policy: PlacementPolicy, delays: [Delay] = [],
        changes: [PlacesChange] = [], closures: [SettingClosure] = [], bands: [AgeBand]? = nil
    ) {
        self.space = space
        self.provisions = provisions
        self.policy = policy
        self.delays = delays
        self.changes = changes
        self.closures = closures
        let bands = bands ?? space.service.bands
        self.bands = bands
        bandOfAge = (0..<space.ages).map { age in bands.firstIndex { $0.ages.contains(space.year(ofAge: age)) } }
        queues = PlacementQueues(space, provisions, policy, bandOfAge: bandOfAge)
    }

    /// The same under a baseline.
    /// - Parameter january: that of the base.
    package func under(_ baseline: PlacesBaseline, january: Int) -> Allocation {
        var allocation = with(
            provisions: baseline == .frozen ? provisions.map { $0.frozen(at: january) } : provisions)
        allocation.isBinding = baseline != .forecast
        return allocation
    }

    /// The same with provisions in localities.
    /// - Parameter locality: the number of a provision's, by its name; `nil` where it lies in none.
    package func located(_ locality: (String) -> Int?) -> Allocation {
        let located = provisions.map { provision in
            var located = provision
            located.locality = locality(provision.name)
            return located
        }
        return with(provisions: located)
    }

    /// The same with another policy.
    package func following(_ policy: PlacementPolicy) -> Allocation { with(provisions: provisions, policy: policy) }

    /// The same with other over-fill.
    /// - Parameter factor: what is stated is multiplied by it, and rounded to whole children.
    package func overfilled(by factor: Double) -> Allocation {
        let changed = provisions.map { provision in
            var changed = provision
            for place in provision.tranches.indices {
                changed.tranches[place].changes = provision.tranches[place].changes.map { change in
                    Provision.Change(
                        september: change.september, places: change.places,
                        overfill: Int((Double(change.overfill) * factor).rounded()), scheme: change.scheme,
                        month: change.month)
                }
            }
            return changed
        }
        return with(provisions: changed)
    }

    /// The same with schemes and levers.
    package func adding(
        _ schemes: [Scheme], changes more: [PlacesChange] = [], closures closed: [SettingClosure] = []
    ) -> Allocation {
        var all = provisions
        for (number, scheme) in schemes.enumerated() {
            for phase in scheme.phases {
                let change = Provision.Change(
                    september: phase.opens, places: phase.places, scheme: delays.count + number, month: phase.month)
                let place = all.firstIndex { $0.name == phase.provision } ?? all.count
                if place == all.count { all.append(Provision(name: phase.provision, tranches: [])) }
                all[place].add(change, phase.designation)
            }
        }
        return with(
            provisions: all, delays: delays + schemes.map { Delay(years: $0.delay, fill: $0.fill) },
            changes: changes + more,
            closures: closures + closed)
    }

    private func with(
        provisions: [Provision], policy: PlacementPolicy? = nil, delays: [Delay]? = nil,
        changes: [PlacesChange]? = nil, closures: [SettingClosure]? = nil
    ) -> Allocation {
        var allocation = Allocation(
            space: space, provisions: provisions, policy: policy ?? self.policy, delays: delays ?? self.delays,
            changes: changes ?? self.changes, closures: closures ?? self.closures, bands: bands)
        allocation.isBinding = isBinding
        return allocation
    }

    /// The settings in which some places are counted.
    package var settings: [Int] { queues.settings }

    /// How many totals are kept of each January: measures of each provision, then of each need and band, then the places of each
    /// locality and who has them, by need and band, then the open places of each provision.
    package var seriesCount: Int { firstOfOpen + provisions.count }

    private var firstOfOpen: Int { firstOfLocalities + 2 * localities * space.need.count * bands.count }

    /// The number of the total of a provision's open places, which are paid for whether or not they can be filled.
    package func seriesOfOpenPlaces(provision: Int) -> Int { firstOfOpen + provision }

    private var firstOfLocalities: Int {
        (provisions.count + space.need.count * bands.count) * Measure.allCases.count
    }

    /// How many localities provisions lie in, by the highest number of one.
    private var localities: Int { (provisions.compactMap(\.locality).max() ?? -1) + 1 }

    /// The number of the total of a locality's places that are kept for a need and band, or of the children who have one.
    /// - Precondition: the measure is places or placed.
    package func series(locality: Int, need: Int, band: Int, _ measure: Measure) -> Int {
        precondition(measure == .places || measure == .placed, "localities have no \(measure)")
        let cell = (locality * space.need.count + need) * bands.count + band
        return firstOfLocalities + 2 * cell + (measure == .places ? 0 : 1)
    }

    /// The number of a provision's total.
    package func series(provision: Int, _ measure: Measure) -> Int {
        provision * Measure.allCases.count + measure.rawValue
    }

    /// The number of a need's and band's total, over all provisions.
    package func series(need: Int, band: Int, _ measure: Measure) -> Int {
        (provisions.count + need * bands.count + band) * Measure.allCases.count + measure.rawValue
    }

    /// See ``PlacementRule``.
    package var movesPeople: Bool { isBinding }

    /// See ``PlacementRule``.
    package func worker(seeds: DrawSeeds, usesMeanRates: Bool) -> any PlacementWorker {
        AllocationWorker(self, seeds: seeds, usesMeanRates: usesMeanRates)
    }
}
