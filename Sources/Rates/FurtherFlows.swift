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
    /// Of the logarithm of joiners.
    public var joining: DeviationByAge
    /// Of the log odds of leaving.
    public var leaving: DeviationByAge
    /// The standard deviation of the logarithm of each setting's pull: what enters it by moves and by joining is multiplied
    /// by it, and the odds of leaving it for another setting are divided by it.
    public var entering: [Double]
    /// What the draw of each setting is named by, a stable key of its group: settings with the same one share it, in every area.
    public var draws: [UInt32]

    /// States deviations.
    public init(
        joining: DeviationByAge, leaving: DeviationByAge, entering: [Double], draws: [UInt32]
    ) {
        precondition(entering.count == draws.count, "a draw for each setting is needed")
        self.joining = joining
        self.leaving = leaving
        self.entering = entering
        self.draws = draws
    }
}

extension SharedDeviations {
    /// What each setting's pull strays with: its group, or itself where it strays by itself.
    public func names(_ settings: Dimension, groups: [String]) -> [String] {
        groups.indices.map { draws[$0] == stableKey(settings.codes[$0]) ? settings.codes[$0] : groups[$0] }
    }
}
