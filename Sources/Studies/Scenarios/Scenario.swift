import Finance
import Intake
import Placement
import Projection
import Vocabulary

/// Levers put in terms of a model: changes of rates, and of costs.
package struct Scenario: Sendable {
    /// A lever and what it became.
    package struct Lever: Sendable {
        /// The lever as stated.
        package let text: ScenarioText.Lever
        /// Its changes of rates.
        package internal(set) var adjustments: [RateAdjustment] = []
        /// Its changes of costs.
        package internal(set) var costs: [CostChange] = []
        /// The schemes that it opens.
        package internal(set) var schemes: [Scheme] = []
        /// Its changes of places.
        package internal(set) var places: [PlacesChange] = []
        /// Its changes of SEN support.
        package internal(set) var support: [SupportChange] = []
        /// Its changes of refusals.
        package internal(set) var refusals: [RefusalChange] = []
        /// Its changes of the way into care.
        package internal(set) var frontDoor: [FrontDoorChange] = []
        /// The settings that it closes.
        package internal(set) var closures: [SettingClosure] = []
        /// Its changes of income.
        package internal(set) var funding: [FundingChange] = []
        /// Its changes of who is placed outside the area.
        package internal(set) var outOfArea: [OutOfAreaChange] = []
        /// Its changes of rates of prevalence.
        package internal(set) var prevalence: [PrevalenceChange] = []

        init(_ text: ScenarioText.Lever) {
            self.text = text
        }

        /// What it is called.
        package var name: String { text.name }
    }

    /// What the command line calls it.
    package let name: String
    /// In words; of several together, each one's.
    package let titles: [String]
    /// What is done, in order.
    package let levers: [Lever]
    /// What was noticed that does not stop it.
    package let findings: [Finding]

    /// All changes of rates, in order.
    package var adjustments: [RateAdjustment] { levers.flatMap(\.adjustments) }
    /// All changes of costs, in order, those of journeys to school from outside the area among them.
    package var costs: [CostChange] { levers.flatMap { $0.costs + $0.outOfArea.flatMap(\.costs) } }
    /// All changes of who is placed outside the area, in order.
    package var outOfArea: [OutOfAreaChange] { levers.flatMap(\.outOfArea) }
    /// All changes of SEN support, in order.
    package var support: [SupportChange] { levers.flatMap(\.support) }
    /// All changes of rates of prevalence, in order.
    package var prevalence: [PrevalenceChange] { levers.flatMap(\.prevalence) }
    /// All changes of refusals, in order.
    package var refusals: [RefusalChange] { levers.flatMap(\.refusals) }
    /// All changes of the way into care, in order.
    package var frontDoor: [FrontDoorChange] { levers.flatMap(\.frontDoor) }
    /// All changes of income, in order.
    package var funding: [FundingChange] { levers.flatMap(\.funding) }
    /// All schemes, in order.
    package var schemes: [Scheme] { levers.flatMap(\.schemes) }
    /// All changes of places, in order.
    package var places: [PlacesChange] { levers.flatMap(\.places) }

    /// The baseline's places with those of the scenario; `nil` where it leaves them.
    /// - Parameter change: what becomes of schemes.
    package func allocation(
        from baseline: Allocation?, changing change: (Scheme) -> Scheme = { $0 }
    ) -> Allocation? {
        let closures = levers.flatMap(\.closures)
        return schemes.isEmpty && places.isEmpty && closures.isEmpty
            ? nil : baseline?.adding(schemes.map(change), changes: places, closures: closures)
    }

    /// That places open or close where nothing is ever full; `nil` where they do not, or places bind.
    package func ofNoEffect(on study: PreparedStudy) -> Finding? {
        guard study.baseline == .forecast, allocation(from: study.allocation) != nil else { return nil }
        return Finding(
            .warning, column: "--baseline",
            "'\(name)' changes places, and nothing is full in the baseline 'forecast': places change the gap, and nobody's setting",
            remedy: "Leave --baseline out, or say 'committed'.")
    }

    /// A scenario of chosen levers.
    package init(name: String, titles: [String], levers: [Lever], findings: [Finding] = []) {
        self.name = name
        self.titles = titles
        self.levers = levers
        self.findings = findings
    }

    /// Several scenarios together, the levers of each in turn: `a+b`.
    package init(_ scenarios: [Scenario]) {
        self.init(
            name: scenarios.map(\.name).joined(separator: "+"), titles: scenarios.flatMap(\.titles),
            levers: scenarios.flatMap(\.levers), findings: scenarios.flatMap(\.findings))
    }

    /// One lever alone.
    package func only(_ lever: Int) -> Scenario { Scenario(name: name, titles: titles, levers: [levers[lever]]) }
}

extension Scenario.Lever {
    /// Whether it changes where people are, and not costs alone.
    package var changesPeople: Bool { !adjustments.isEmpty || !schemes.isEmpty || !places.isEmpty }

    /// Whether it opens one scheme, and changes nothing else of people.
    package func opens(_ scheme: String) -> Bool {
        schemes.map(\.name) == [scheme] && adjustments.isEmpty && places.isEmpty && closures.isEmpty
    }

    /// The size at which the lever does nothing, and the largest that a search tries; `nil` for verbs that have none.
    package var searchRange: (neutral: Double, limit: Double)? {
        let likely = text.size[1]
        return switch text.verb {
        case .multiply: (1, likely < 1 ? 0 : max(3, 2 * likely))
        case .add: (0, 10 * likely)
        case .move: (0, 1)
        default: nil
        }
    }

    /// The same lever with one size, the same in every run.
    package func sized(_ size: Double) -> Scenario.Lever {
        var lever = self
        (lever.adjustments, lever.costs) = (adjustments.sized(size), costs.sized(size))
        (lever.places, lever.funding, lever.support) = (places.sized(size), funding.sized(size), support.sized(size))
        (lever.outOfArea, lever.refusals) = (outOfArea.sized(size), refusals.sized(size))
        lever.frontDoor = frontDoor.sized(size)
        lever.prevalence = prevalence.sized(size)
        return lever
    }
}
