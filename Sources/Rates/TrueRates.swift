import Sampling
import Vocabulary

/// Rates as single numbers, drawn from a stated prior: what a synthetic authority really does.
public struct TrueRates: Sendable {
    /// The share that leaves, by row (arriving age, need, setting departed from).
    public let leaving: [Double]
    /// The share of those who remain that moves, by row.
    public let moving: [Double]
    /// The share of movers that goes to each setting: rows × settings.
    public let destination: [Double]
    /// Joiners per person and year, by age.
    public let joining: [Double]
    /// The share of joiners with each need: ages × needs.
    public let needs: [Double]
    /// The share of joiners that enters each setting: (ages · needs) × settings.
    public let entry: [Double]

    /// What rates are at each age before cells differ.
    public struct AgeProfile: Sendable {
        /// The share that leaves, by arriving age.
        public let leaving: [Double]
        /// The share of those who remain that moves, by arriving age.
        public let moving: [Double]
        /// The mix of settings, by age: ages × settings.
        public let settings: [Double]
        /// Joiners per person and year, by age.
        public let joining: [Double]

        /// States a profile.
        public init(leaving: [Double], moving: [Double], settings: [Double], joining: [Double]) {
            self.leaving = leaving
            self.moving = moving
            self.settings = settings
            self.joining = joining
        }
    }

    /// Draws rates.
    /// - Parameters:
    ///   - prior: strengths for every level, and roots where they matter; the joiners' mean and strength.
    ///   - profile: the means of ages, where they are stated instead of drawn from the root.
    public init(
        from prior: FlowPrior, profile: AgeProfile? = nil, space: StateSpace, permitted: PermittedStates,
        groupOfSetting: [Int], seed: UInt64
    ) {
        let tables = EvidenceTables(
            FlowEvidence(space: space, permitted: permitted, groupOfSetting: groupOfSetting))
        func stream(_ family: UInt32) -> RandomStream {
            RandomStream(seed: seed, deciding: .synthesis, state: family)
        }
        func pairs(_ shares: [Double]) -> [Double] { shares.flatMap { [$0, 1 - $0] } }
        let leavingFit = tables.leaving(prior.leaving, stream: stream(0))
        let movingFit = tables.moving(prior.moving, stream: stream(1))
        let destinationFit = tables.destination(prior.destination, stream: stream(2))
        let entryFit = tables.entry(prior.entry, stream: stream(4))
        let ages = space.ages
        leaving = Self.every(2, leavingFit.drawFromPrior(means: profile.map { (2, pairs($0.leaving)) }), 0)
        moving = Self.every(
            2, movingFit.drawFromPrior(means: profile.map { (2, pairs($0.moving.map { 1 - $0 })) }), 1)
        destination = destinationFit.drawFromPrior(means: profile.map { (2, $0.settings) })
        needs = tables.needs(prior.needs, stream: stream(3)).drawFromPrior()
        entry = entryFit.drawFromPrior(means: profile.map { (1, $0.settings) })
        var draws = stream(5)
        let strength = prior.joinerStrength ?? 1
        joining = (0..<ages).map { age in
            let mean = profile?.joining[age] ?? prior.joinerMean ?? 0
            return mean > 0 ? draws.gamma(shape: strength, scale: mean / strength) : 0
        }
    }

    /// The values at `offset` of every stretch of `size`.
    private static func every(_ size: Int, _ values: [Double], _ offset: Int) -> [Double] {
        stride(from: offset, to: values.count, by: size).map { values[$0] }
    }
}
