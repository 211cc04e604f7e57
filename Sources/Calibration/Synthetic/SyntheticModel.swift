import Intake
import Vocabulary

extension SyntheticAuthority {
    /// The authority as a model in the transitions format.
    /// - Parameter command: the command line that makes it again.
    public func model(command: String) -> ModelData {
        let space = frame.space
        func state(_ place: (need: Int, setting: Int)?) -> NeedAndSetting? {
            place.map { NeedAndSetting(need: $0.need, setting: $0.setting) }
        }
        let transitions = TransitionsTable(
            rows: steps.map { step in
                Transition(
                    january: Int16(step.january), age: Int8(step.age), before: state(step.before),
                    after: state(step.after))
            })
        let settings = frame.places.map(\.code)
        let states = frame.places.map { place in
            ValidState(
                setting: place.code, group: place.group, ages: place.ages, needs: space.need.codes,
                destinations: settings.filter { $0 != place.code })
        }
        var costs = CostTable()
        for need in space.need.codes {
            for place in frame.places {
                if let cost = Pounds(place.cost) { costs.add(need, place.code, cost) }
            }
        }
        let people = population.enumerated().map { (firstJanuary + $0, $1) }
        return ModelData(
            Self.description(command), space, .observed(ObservedPlans(states, transitions, in: space)),
            population: PopulationTable(Dictionary(uniqueKeysWithValues: people)), costs: costs)
    }

    private static func description(_ command: String) -> ModelDescription {
        var description = ModelDescription()
        description.provenance = ["Made by: \(command)"]
        description.title = "A synthetic authority"
        description.audience = "people who try Sendcast, and its tests"
        description.purpose = "to show what a model folder holds and what a run says"
        description.notFor = "any decision; its children do not exist"
        description.horizon = 5
        description.runs = 1000
        description.seed = 2026
        return description
    }
}
