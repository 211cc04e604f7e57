import Vocabulary

/// What was observed of plans between pairs of Januaries, counted by the cells that rates are made for.
///
/// Rows are cells of the arriving age, the need, and the setting at the first January.
public struct FlowEvidence: Sendable {
    /// Age by need by setting.
    public let space: StateSpace
    /// Which states and moves are possible.
    public let permitted: PermittedStates
    /// The pooling group of each setting.
    public let groupOfSetting: [Int]
    /// Plans that ended, by row.
    public private(set) var left: [Double]
    /// Plans that did not end, by row, whatever became of them.
    public private(set) var remained: [Double]
    /// Plans that stayed in their setting, by row.
    public private(set) var stayed: [Double]
    /// Plans that moved: rows × settings.
    public private(set) var moved: [Double]
    /// Plans that began, by cell of the arriving January.
    public private(set) var joined: [Double]
    /// Plans that began, by observed year and age.
    public private(set) var joinersByYear: [[Double]]
    /// People, by observed year and age.
    public private(set) var population: [[Double]]
    /// Observed moves, stays and joiners that the permitted states rule out; they are left out of the rates.
    public private(set) var ruledOut = 0.0

    /// Nothing observed yet.
    /// - Parameter groupOfSetting: from 0, one for each setting.
    public init(space: StateSpace, permitted: PermittedStates, groupOfSetting: [Int]) {
        precondition(groupOfSetting.count == space.setting.count, "a group for each setting is needed")
        self.space = space
        self.permitted = permitted
        self.groupOfSetting = groupOfSetting
        left = Array(repeating: 0, count: space.count)
        remained = left
        stayed = left
        joined = left
        moved = Array(repeating: 0, count: space.count * space.setting.count)
        joinersByYear = []
        population = []
    }

    /// Begins a year of observation.
    /// - Parameter population: people by age at the arriving January, already multiplied by the year's weight.
    public mutating func beginYear(population: [Double]) {
        precondition(population.count == space.ages, "people by age: \(population.count) of \(space.ages) ages")
        self.population.append(population)
        joinersByYear.append(Array(repeating: 0, count: space.ages))
    }

    /// Counts a plan that ended.
    public mutating func addLeaver(age: Int, need: Int, from: Int, weight: Double) {
        left[space.cell(age: age, need: need, setting: from)] += weight
    }

    /// Counts a plan that stayed or moved; one that went to an impossible state counts as not having ended, no more.
    public mutating func addStayerOrMover(age: Int, need: Int, from: Int, to: Int, weight: Double) {
        let row = space.cell(age: age, need: need, setting: from)
        remained[row] += weight
        let isPossible =
            from == to
            ? permitted.allows(age: age, need: need, setting: to)
            : permitted.allowsMove(age: age, need: need, from: from, to: to)
        guard isPossible else {
            ruledOut += weight
            return
        }
        if from == to { stayed[row] += weight } else { moved[row * space.setting.count + to] += weight }
    }

    /// Counts a plan that began in the current year.
    /// - Precondition: a year has begun.
    public mutating func addJoiner(age: Int, need: Int, to: Int, weight: Double) {
        joinersByYear[joinersByYear.count - 1][age] += weight
        guard permitted.allows(age: age, need: need, setting: to) else {
            ruledOut += weight
            return
        }
        joined[space.cell(age: age, need: need, setting: to)] += weight
    }
}
