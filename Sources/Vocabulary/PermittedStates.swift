/// Which states a plan may be in, and which moves between settings are possible.
public struct PermittedStates: Sendable, Equatable {
    private let needs: Int
    private let settings: Int
    private var states: [Bool]
    private var moves: [Bool]

    /// Everything is permitted until it is forbidden.
    public init(space: StateSpace) {
        needs = space.need.count
        settings = space.setting.count
        states = Array(repeating: true, count: space.count)
        moves = Array(repeating: true, count: settings * settings)
    }

    /// Forbids one state.
    public mutating func forbid(age: Int, need: Int, setting: Int) {
        states[(age * needs + need) * settings + setting] = false
    }

    /// Forbids a move from one setting to another, at every age and need. Staying is never forbidden this way.
    public mutating func forbidMove(from: Int, to: Int) {
        if from != to { moves[from * settings + to] = false }
    }

    /// Whether a plan may be in a state.
    public func allows(age: Int, need: Int, setting: Int) -> Bool {
        states[(age * needs + need) * settings + setting]
    }

    /// Whether a plan that arrives at an age may have moved from one setting to a different one.
    public func allowsMove(age: Int, need: Int, from: Int, to: Int) -> Bool {
        from != to && moves[from * settings + to] && allows(age: age, need: need, setting: to)
    }
}
