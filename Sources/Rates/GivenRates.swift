import Vocabulary

/// Rates as tables of numbers, each with the people that it stands for: what a model folder's `rates/` holds, and what
/// calibration from published tables makes.
///
/// Rows are cells of the arriving age, the need and the setting departed from, as in ``FlowRates``. A rate with the weight w
/// is as uncertain as one that was observed on w people.
public struct GivenRates: Sendable, Equatable {
    /// A rate or share, and the people it stands for.
    public struct Estimate: Sendable, Equatable {
        /// In 0...1 per year.
        public var rate: Double
        /// The effective sample size, in people.
        public var weight: Double

        /// States an estimate.
        public init(_ rate: Double, weight: Double) {
            self.rate = rate
            self.weight = weight
        }
    }

    /// Age by need by setting.
    public let space: StateSpace
    /// The share whose plan ends, by row.
    public var leaving: [Estimate]
    /// The share that goes to another authority, by arriving age.
    public var transferring: [Double]
    /// Of those who remain, the share that moves to each setting: rows × settings; what is left stays.
    public var moving: [Double]
    /// The people that a row's moves stand for.
    public var movingWeights: [Double]
    /// What a move into a setting is multiplied by for a need: needs × settings.
    public var tilts: [Double]
    /// Joiners per person of the age: ages × needs; weights are people of the age.
    public var joining: [Estimate]
    /// The settings that joiners enter: (ages · needs) × settings.
    public var entry: [Double]
    /// The joiners that a row of ``entry`` stands for.
    public var entryWeights: [Double]
    /// Plans that arrive from other authorities, or unrecorded, by cell: per plan of the age before.
    public var arriving: [Double]
    /// The share whose need becomes another: (arriving ages · needs) × needs; what is left keeps its need.
    public var reclassifying: [Double]
    /// The people that a row of ``reclassifying`` stands for.
    public var reclassifyingWeights: [Double]
    /// Where those who leave go; `nil` where they are not distinguished.
    public var routes: LeavingRoutes?
    /// By how much whole forecasts may be out.
    public var deviations: SharedDeviations
    /// The standard deviation of the yearly shock to all joiners.
    public var joinerShock: Double

    /// Nothing leaves, moves or joins until it is stated.
    public init(space: StateSpace) {
        self.space = space
        let (cells, settings, needs) = (space.count, space.setting.count, space.need.count)
        leaving = Array(repeating: Estimate(0, weight: 0), count: cells)
        transferring = Array(repeating: 0, count: space.ages)
        moving = Array(repeating: 0, count: cells * settings)
        movingWeights = Array(repeating: 0, count: cells)
        tilts = Array(repeating: 1, count: needs * settings)
        joining = Array(repeating: Estimate(0, weight: 0), count: space.ages * needs)
        entry = Array(repeating: 0, count: space.ages * needs * settings)
        entryWeights = Array(repeating: 0, count: space.ages * needs)
        arriving = Array(repeating: 0, count: cells)
        reclassifying = Array(repeating: 0, count: space.ages * needs * needs)
        reclassifyingWeights = Array(repeating: 0, count: space.ages * needs)
        deviations = SharedDeviations(
            joining: 0, leaving: 0, entering: Array(repeating: 0, count: settings),
            draws: space.setting.codes.map { stableKey($0) })
        joinerShock = 0
    }

    /// The most of those who remain that may move once needs tilt the moves.
    static let mostMoving = 0.999

    /// The shares of a row that move to each setting, tilted by its need.
    public func tiltedMoves(row: Int) -> [Double] {
        let settings = space.setting.count
        let need = row / settings % space.need.count
        let plain = (0..<settings).map { moving[row * settings + $0] }
        let tilted = plain.enumerated().map { $0.element * tilts[need * settings + $0.offset] }
        let (before, after) = (plain.reduce(0, +), tilted.reduce(0, +))
        // Where nobody may stay, tilts change only where people go.
        let most = before >= Self.mostMoving ? before : Self.mostMoving
        let isForced = before >= Self.mostMoving && after > 0
        return isForced || after > most ? tilted.map { $0 * most / after } : tilted
    }
}

extension FlowRates {
    /// The weight of shares that nobody stands for: a person, so that they are as uncertain as can be.
    private static let leastWeight = 1.0
    /// The weight that stands for certainty.
    private static let mostWeight = 1e7

    /// Rates that are given as numbers.
    public init(_ given: GivenRates) {
        let space = given.space
        let (settings, needs) = (space.setting.count, space.need.count)
        func bounded(_ weight: Double) -> Double { min(max(weight, Self.leastWeight), Self.mostWeight) }
        func pair(_ share: Double, _ weight: Double) -> [Float] {
            let share = min(max(share, 0), 1)
            return [Float(share * weight), Float((1 - share) * weight)]
        }
        var (leaving, moving, destination) = ([Float](), [Float](), [Float]())
        var transferShare: [Float] = []
        for row in 0..<space.count {
            let transfer = given.transferring[row / space.cellsPerAge]
            let leave = given.leaving[row]
            let all = leave.rate + (1 - leave.rate) * transfer
            leaving += pair(all, bounded(leave.weight))
            transferShare.append(all > 0 ? Float((1 - leave.rate) * transfer / all) : 0)
            let moves = given.tiltedMoves(row: row)
            let weight = bounded(given.movingWeights[row])
            moving += pair(1 - moves.reduce(0, +), weight)
            destination += moves.map { $0 > 0 ? Float(max($0 * weight, 1e-3)) : PooledShares.impossible }
        }
        var (shapes, exposures, needShares, entry) = ([Float](), [Float](), [Float](), [Float]())
        for age in 0..<space.ages {
            let rows = age * needs..<(age + 1) * needs
            let rate = rows.reduce(0) { $0 + given.joining[$1].rate }
            let people = bounded(rows.reduce(0) { max($0, given.joining[$1].weight) })
            shapes.append(Float(rate * people))
            exposures.append(Float(people))
            needShares += rows.map { Float(given.joining[$0].rate * people) }
            for row in rows {
                let weight = bounded(given.entryWeights[row])
                entry += (0..<settings).map { Float(given.entry[row * settings + $0] * weight) }
            }
        }
        var further = FurtherFlows()
        if given.arriving.contains(where: { $0 > 0 }) { further.arriving = given.arriving.map(Float.init) }
        if given.transferring.contains(where: { $0 > 0 }) { further.transferShare = transferShare }
        if given.reclassifying.contains(where: { $0 > 0 }) {
            further.reclassifying = Self.reclassification(given, bounded)
        }
        further.routes = given.routes
        further.deviations = given.deviations
        self.init(
            space: space, leaving: PooledShares(weights: leaving, categories: 2),
            moving: PooledShares(weights: moving, categories: 2),
            destination: PooledShares(weights: destination, categories: settings),
            joining: JoinerRates(shapes: shapes, exposures: exposures, shockDeviation: given.joinerShock),
            needs: PooledShares(weights: needShares, categories: needs),
            entry: PooledShares(weights: entry, categories: settings), further: further)
    }

    private static func reclassification(_ given: GivenRates, _ bounded: (Double) -> Double) -> PooledShares {
        let needs = given.space.need.count
        var weights: [Float] = []
        for row in 0..<given.space.ages * needs {
            let people = bounded(given.reclassifyingWeights[row])
            var shares = (0..<needs).map { given.reclassifying[row * needs + $0] }
            shares[row % needs] = max(1 - shares.reduce(0, +), 0)
            weights += shares.map { Float($0 * people) }
        }
        return PooledShares(weights: weights, categories: needs)
    }
}
