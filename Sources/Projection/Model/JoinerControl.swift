/// What steers or limits joiners, run by run: a ceiling on prevalence, room for assessments, or totals to follow.
///
/// Each gives one factor on the joiners of a run and year:
///
/// - *ceiling*: (1 − p ÷ c) ÷ (1 − p₀ ÷ c), with p plans per person of all ages before the year, p₀ at the base and c the ceiling;
/// - *capacity*: plans expected to be issued are at most the year's capacity (those of a run are a Poisson draw about it); the rest
///   wait and are issued first as soon as there is room;
/// - *totals*: whatever takes the plans that go on to the total to be followed, and 0 where they are above it already, which counts
///   as missed. Scenarios keep the factors of their baseline, so that levers act.
public struct JoinerControl: Sendable, Equatable {
    /// Totals to follow: a median for every year, and how far a run may stray.
    public struct Totals: Sendable, Equatable {
        /// Plans by year after the base.
        public let medians: [Double]
        /// The standard deviation of each year's step of the logarithm; steps add up.
        public let deviations: [Double]

        /// States totals.
        /// - Precondition: as many deviations as medians.
        public init(medians: [Double], deviations: [Double]) {
            precondition(medians.count == deviations.count, "a deviation for each year")
            self.medians = medians
            self.deviations = deviations
        }
    }

    /// The most plans that there can be per person.
    public var ceiling: Double?
    /// The most plans that can be issued in each year after the base; infinite where nothing limits them. Empty for no limit.
    public var capacity: [Double]
    /// Plans that wait for room at the base.
    public var waiting = 0.0
    /// The totals that joiners are chosen to meet.
    public var totals: Totals?

    /// States what steers.
    public init(ceiling: Double? = nil, capacity: [Double] = [], totals: Totals? = nil) {
        self.ceiling = ceiling
        self.capacity = capacity
        self.totals = totals
    }

    /// What a run was told in a year.
    struct Order: Equatable {
        /// What joiners are multiplied by, and what of it is for want of capacity.
        var factor = 1.0
        /// See ``factor``.
        var limit = 1.0
        /// Plans that wait for room, at the end of the year.
        var waiting = 0.0
        /// Whether the plans that go on are above the total to be followed.
        var isMissed = false
    }

    /// What a run knows before its joiners.
    struct Situation {
        let year: Int
        /// Joiners expected where nothing steers.
        let demand: Double
        /// Plans that go on and arrive.
        let survivors: Double
        /// Plans per person before the year, and at the base.
        let prevalence: Double
        let basePrevalence: Double
        /// Plans that have waited since the year before.
        let waiting: Double
        /// How far the run's total has strayed from its median, as a factor.
        let straying: Double
    }

    /// Steers one run in one year.
    func order(_ now: Situation) -> Order {
        var order = Order(factor: 1, waiting: now.waiting)
        if let totals {
            let missing = totals.medians[now.year] * now.straying - now.survivors
            order.isMissed = missing < 0
            order.factor = now.demand > 0 ? max(missing, 0) / now.demand : 1
            return order
        }
        if let ceiling {
            let room = 1 - now.basePrevalence / ceiling
            order.factor = room > 0 ? max(1 - now.prevalence / ceiling, 0) / room : 0
        }
        if !capacity.isEmpty {
            let wanted = now.demand * order.factor + now.waiting
            let issued = min(wanted, capacity[now.year])
            order.waiting = wanted - issued
            if now.demand * order.factor > 0 { order.limit = issued / (now.demand * order.factor) }
            order.factor *= order.limit
        }
        return order
    }
}
