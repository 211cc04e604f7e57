import Vocabulary

/// What flows besides leaving, moving and joining; nothing does unless it is stated.
public struct FurtherFlows: Sendable {
    /// The need of a plan after a year, by arriving age and need: row `age · needs + need`; `nil` where needs stay.
    public var reclassifying: PooledShares?
    /// Plans that arrive from other authorities, or for reasons that nobody recorded, by cell: per plan of any need and
    /// setting that is expected at the age before in the baseline, so that arrivals grow as plans do.
    public var arriving: [Float] = []
    /// The share of leavers who go to another authority, by row.
    public var transferShare: [Float] = []
    /// Where leavers go; `nil` where they are not distinguished.
    public var routes: LeavingRoutes?
    /// By how much a whole forecast may be out.
    public var deviations: SharedDeviations?

    /// None.
    public init() {}
}

/// By how much rates of many cells are out together: one draw a run, shared by all cells concerned and kept for all years.
///
/// Independent uncertainty of many rates averages out in a total; what a forecast gets wrong as a whole does not. Draws are
/// Student's t with four degrees of freedom, cut off at five times their scale.
public struct SharedDeviations: Sendable, Equatable {
    /// The standard deviation of the logarithm of joiners.
    public var joining: Double
    /// The standard deviation of the log odds of leaving, at ages that no band below has.
    public var leaving: Double
    /// The same of bands of ages that stray by themselves, by the band's name (``Service/bands``).
    public var leavingOfBands: [String: Double]
    /// The standard deviation of the logarithm of each setting's pull: what enters it by moves and by joining is multiplied
    /// by it, and the odds of leaving it for another setting are divided by it.
    public var entering: [Double]
    /// What the draw of each setting is named by, a stable key of its group: settings with the same one share it, in every area.
    public var draws: [UInt32]

    /// States deviations.
    public init(
        joining: Double, leaving: Double, leavingOfBands: [String: Double] = [:], entering: [Double], draws: [UInt32]
    ) {
        precondition(entering.count == draws.count, "a draw for each setting is needed")
        self.joining = joining
        self.leaving = leaving
        self.leavingOfBands = leavingOfBands
        self.entering = entering
        self.draws = draws
    }
}

extension SharedDeviations {
    /// What each setting's pull strays with: its group, or itself where it strays by itself.
    public func names(_ settings: Dimension, groups: [String]) -> [String] {
        groups.indices.map { draws[$0] == stableKey(settings.codes[$0]) ? settings.codes[$0] : groups[$0] }
    }

    /// Ages whose odds of leaving stray together.
    public struct Leavers: Sendable {
        /// The band's name; empty of all ages that have no band of their own.
        public let name: String
        /// In steps of the service.
        public let ages: [Int]
        /// The standard deviation of the log odds.
        public let deviation: Double
    }

    /// All ages, by what strays together.
    public func leavers(_ space: StateSpace) -> [Leavers] {
        var others = Array(0..<space.ages)
        var leavers: [Leavers] = []
        for band in space.service.bands {
            guard let deviation = leavingOfBands[band.name] else { continue }
            let range = space.ages(ofYears: band.ages)
            leavers.append(Leavers(name: band.name, ages: others.filter(range.contains), deviation: deviation))
            others.removeAll(where: range.contains)
        }
        return [Leavers(name: "", ages: others, deviation: leaving)] + leavers
    }
}
