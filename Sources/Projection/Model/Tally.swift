/// A total that is kept of every run: people, a flow between two Januaries, or what steered joiners.
///
/// A new flow is a case here, with its line in ``kind`` and in `SimulationSetup.keeps`. It is counted with
/// `BlockMemory.count(_:_:in:)`; memory, record, checks and tables of flows go through all cases and need no line of it.
public enum Tally: Int, CaseIterable, Sendable {
    /// People, by series of ``Outcome/stockLayout``: step 0 is the base January.
    case stocks
    /// People of every step of a year, each counted before and after it, by series of ``Outcome/stockLayout``: divided by
    /// ``Outcome/presenceUnit``, the people of an average day. No series where a step is a year.
    case presence
    /// The totals of every step, by ``StepSeries``; no series where a step is a year.
    case months
    /// Plans that began. This and other flows are by series of ``Outcome/flowLayout``; step 0 lies between the base January and the
    /// next.
    case joined
    /// Plans that ended.
    case left
    /// Plans that changed setting, by the setting departed from.
    case moved
    /// Plans that came from other authorities, or whose start nobody recorded; no series where there are none.
    case arrived
    /// Plans that went to other authorities; no series where they are not distinguished from those that ended.
    case transferred
    /// Plans without a place in the setting asked for, by that setting; no series where nothing is full.
    case displaced
    /// Plans that got a place they had wished for, by the setting they left; no series where nothing is full.
    case returned
    /// Changes of primary need, by need before × need after; no series where needs stay.
    case reclassified
    /// Moves, by setting departed from × setting arrived at.
    case moves
    /// Displaced plans, by setting asked for × setting got; no series where nothing is full.
    case displacements
    /// Returned plans, by setting left × setting got; no series where nothing is full.
    case returns
    /// Leavers, by setting left × route of ``LeavingRoutes``; no series where they are not distinguished.
    case routed
    /// What steered joiners, by ``Outcome/Steered``; no series where nothing did.
    case steered
    /// What the placement kept of each January, the base being step 0; no series where nothing is full.
    case places
}

extension Tally {
    /// What the series of a tally are.
    package enum Series: Sendable {
        /// Those of the layouts of an outcome.
        case stocks, flows
        /// From need × to need, from setting × to setting, from setting × route.
        case needPairs, settingPairs, routes
        /// ``StepSeries``, ``Outcome/Steered``, and what a placement rule keeps.
        case steps, steering, places
    }

    private struct Kind {
        let series: Series
        let flow: Flow?
        let sign: Int32
        let isDifference: Bool

        init(_ series: Series, _ flow: Flow? = nil, sign: Int32 = 0, isDifference: Bool = true) {
            (self.series, self.flow, self.sign, self.isDifference) = (series, flow, sign, isDifference)
        }
    }

    private var kind: Kind {
        switch self {
        case .stocks, .presence: Kind(.stocks)
        case .months: Kind(.steps, isDifference: false)
        case .joined: Kind(.flows, .join, sign: 1)
        case .left: Kind(.flows, .leave, sign: -1)
        case .moved: Kind(.flows, .move)
        case .arrived: Kind(.flows, .transferIn, sign: 1)
        case .transferred: Kind(.flows, .transferOut, sign: -1)
        case .displaced: Kind(.flows, .displace, isDifference: false)
        case .returned: Kind(.flows, .return, isDifference: false)
        case .reclassified: Kind(.needPairs, .reclassify)
        case .moves: Kind(.settingPairs, .move)
        case .displacements: Kind(.settingPairs, .displace, isDifference: false)
        case .returns: Kind(.settingPairs, .return, isDifference: false)
        case .routed: Kind(.routes, .leave, isDifference: false)
        case .steered: Kind(.steering, isDifference: false)
        case .places: Kind(.places, isDifference: false)
        }
    }

    /// What the series of the tally are.
    package var series: Series { kind.series }
    /// The flow that is counted; `nil` where none is.
    package var flow: Flow? { kind.flow }
    /// 1 where people are added to everyone there is, −1 where they are taken off, 0 where their number stays.
    var sign: Int32 { kind.sign }
    /// Whether a scenario beside a baseline counts what differs from it, and not the figures themselves.
    var isDifference: Bool { kind.isDifference }
}
