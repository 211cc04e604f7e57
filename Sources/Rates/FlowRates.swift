import Sampling
import Vocabulary

/// Everything that moves a cohort from one January to the next, as distributions.
///
/// Rows are cells of the **arriving** age, the need and the setting departed from.
public struct FlowRates: Sendable {
    /// Categories of ``leaving``.
    public enum Leaving: Int { case leave, remain }
    /// Categories of ``moving``.
    public enum Moving: Int { case stay, move }

    /// Age by need by setting.
    public let space: StateSpace
    /// Leave or remain, by row.
    public let leaving: PooledShares
    /// Stay in the setting or move, among those who remain, by row.
    public let moving: PooledShares
    /// The setting moved to, by row.
    public let destination: PooledShares
    /// Joiners per person, by age.
    public let joining: JoinerRates
    /// Needs of joiners, by age.
    public let needs: PooledShares
    /// Settings of joiners, by age and need: row `age · needs + need`.
    public let entry: PooledShares
    /// What flows besides.
    public let further: FurtherFlows

    /// Joins rates from any source.
    public init(
        space: StateSpace, leaving: PooledShares, moving: PooledShares, destination: PooledShares,
        joining: JoinerRates, needs: PooledShares, entry: PooledShares, further: FurtherFlows = FurtherFlows()
    ) {
        precondition(leaving.rows == space.count && leaving.categories == 2, "leaving has \(leaving.rows) rows")
        precondition(moving.rows == space.count && moving.categories == 2, "moving has \(moving.rows) rows")
        precondition(destination.rows == space.count && destination.categories == space.setting.count)
        precondition(joining.ages == space.ages && needs.rows == space.ages && needs.categories == space.need.count)
        precondition(entry.rows == space.ages * space.need.count && entry.categories == space.setting.count)
        precondition(further.arriving.isEmpty || further.arriving.count == space.count)
        precondition(further.transferShare.isEmpty || further.transferShare.count == space.count)
        precondition(
            further.routes.map { $0.shares.count == (space.count + space.cellsPerAge) * $0.names.count } ?? true,
            "routes need shares of every row")
        precondition(further.deviations.map { $0.entering.count == space.setting.count } ?? true)
        self.further = further
        self.space = space
        self.leaving = leaving
        self.moving = moving
        self.destination = destination
        self.joining = joining
        self.needs = needs
        self.entry = entry
    }

    /// The most draws of parents and strengths that are kept; further runs use them again in turn, with fresh draws of
    /// their own cells.
    public static let mostDraws = 1_024

    /// Learns rates from what was observed.
    /// - Parameters:
    ///   - evidence: at least one year.
    ///   - seed: that of the area's own draws.
    ///   - runs: how many runs will use them; neither a run's rates nor the expected ones depend on it.
    ///   - prior: strengths where they are known.
    public init(from evidence: FlowEvidence, seed: UInt64, runs: Int, prior: FlowPrior = FlowPrior()) {
        let draws = min(max((runs + 15) / 16 * 16, PooledShares.expectedDraws), Self.mostDraws)
        let tables = EvidenceTables(evidence)
        let fits: [@Sendable () -> Fitted] = [
            { .shares(tables.leaving(prior.leaving, stream: stream(seed, 0)).posterior(draws: draws)) },
            { .shares(tables.moving(prior.moving, stream: stream(seed, 1)).posterior(draws: draws)) },
            { .shares(tables.destination(prior.destination, stream: stream(seed, 2)).posterior(draws: draws)) },
            { .shares(tables.needs(prior.needs, stream: stream(seed, 3)).posterior(draws: draws)) },
            { .shares(tables.entry(prior.entry, stream: stream(seed, 4)).posterior(draws: draws)) },
            { .joiners(tables.joining(prior, stream: stream(seed, 5)).posterior(draws: draws)) },
        ]
        let results = mapInParallel(fits.count) { fits[$0]() }
        guard case .shares(let leaving) = results[0], case .shares(let moving) = results[1],
            case .shares(let destination) = results[2], case .shares(let needs) = results[3],
            case .shares(let entry) = results[4], case .joiners(let joining) = results[5]
        else { preconditionFailure("fits came back in another order") }
        self.init(
            space: evidence.space, leaving: leaving, moving: moving, destination: destination, joining: joining,
            needs: needs, entry: entry)
    }
}

/// What is believed about flows before any is observed.
public struct FlowPrior: Sendable {
    /// Of leaving.
    public var leaving = PoolingPrior()
    /// Of moving.
    public var moving = PoolingPrior()
    /// Of destinations.
    public var destination = PoolingPrior()
    /// Of the needs of joiners.
    public var needs = PoolingPrior()
    /// Of the settings of joiners.
    public var entry = PoolingPrior()
    /// How strongly joiner rates are held to their common mean, where it is known.
    public var joinerStrength: Double?
    /// The common mean of joiner rates per person, where it is known.
    public var joinerMean: Double?
    /// The standard deviation of the yearly shock to joiners, where it is known.
    public var shockDeviation: Double?

    /// Everything is learnt.
    public init() {}
}

private enum Fitted: Sendable {
    case shares(PooledShares)
    case joiners(JoinerRates)
}

private func stream(_ seed: UInt64, _ family: UInt32) -> RandomStream {
    RandomStream(seed: seed, deciding: .fitting, state: family)
}
