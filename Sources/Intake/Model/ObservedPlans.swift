import Formats
import Foundation
import Vocabulary

/// What plans did between Januaries: the transitions format of this field.
public struct ObservedPlans: Sendable, Equatable {
    /// The settings, and who may be in them.
    public let states: [ValidState]
    /// The pooling group of each setting, as positions in ``groups``.
    public let groupOfSetting: [Int]
    /// The names of the groups.
    public let groups: [String]
    /// Which states and moves are possible.
    public let permitted: PermittedStates
    /// What plans did.
    public let transitions: TransitionsTable

    /// Keeps what plans did.
    public init(_ states: [ValidState], _ transitions: TransitionsTable, in space: StateSpace) {
        self.states = states
        self.transitions = transitions
        groups = states.map(\.group).unique
        groupOfSetting = states.map { [groups] in groups.firstIndex(of: $0.group) ?? 0 }
        permitted = Self.permitted(states, in: space)
    }

    func files(_ space: StateSpace) -> [(name: String, data: Data)] {
        [(ModelFile.validStates.name, ValidState.data(states)), (ModelFile.transitions.name, transitions.data(space))]
    }

    static func read(
        _ reading: inout FolderReading
    ) -> (space: StateSpace, content: ModelData.Content)? {
        let states = reading.table(.validStates, ValidState.read)
        guard let states, !states.isEmpty else {
            _ = reading.file(.transitions)
            return nil
        }
        let needs = states.flatMap(\.needs).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let settings = states.map(\.setting).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let transitions = reading.table(.transitions) {
            TransitionsTable.read($0, needs: needs, settings: settings)
        }
        // Without a need or with a setting twice there is no space to count in.
        guard !needs.isEmpty, settings.count == states.count else { return nil }
        let space = StateSpace(
            need: Dimension(name: "need", codes: needs), setting: Dimension(name: "setting", codes: settings))
        guard let transitions else { return nil }
        return (space, .observed(ObservedPlans(states, transitions, in: space)))
    }

    private static func permitted(_ states: [ValidState], in space: StateSpace) -> PermittedStates {
        var permitted = PermittedStates(space: space)
        for (setting, state) in states.enumerated() {
            let needs = Set(state.needs.compactMap(space.need.position))
            let destinations = Set(state.destinations.compactMap(space.setting.position))
            for age in 0..<space.ages {
                for need in 0..<space.need.count where !state.ages.contains(age) || !needs.contains(need) {
                    permitted.forbid(age: age, need: need, setting: setting)
                }
            }
            for other in 0..<space.setting.count where !destinations.contains(other) {
                permitted.forbidMove(from: setting, to: other)
            }
        }
        return permitted
    }
}
