import Finance
import Intake
import Placement
import Projection
import Vocabulary

/// Levers put in terms of a model: changes of rates, and of costs.
public struct Scenario: Sendable {
    /// A lever and what it became.
    public struct Lever: Sendable {
        /// The lever as stated.
        public let text: ScenarioText.Lever
        /// Its changes of rates.
        public internal(set) var adjustments: [RateAdjustment] = []
        /// Its changes of costs.
        public internal(set) var costs: [CostChange] = []
        /// The schemes that it opens.
        public internal(set) var schemes: [Scheme] = []
        /// Its changes of places.
        public internal(set) var places: [PlacesChange] = []
        /// The settings that it closes.
        public internal(set) var closures: [SettingClosure] = []
        /// Its changes of income.
        public internal(set) var funding: [FundingChange] = []

        init(_ text: ScenarioText.Lever) {
            self.text = text
        }

        /// What it is called.
        public var name: String { text.name }
    }

    /// What the command line calls it.
    public let name: String
    /// In words; of several together, each one's.
    public let titles: [String]
    /// What is done, in order.
    public let levers: [Lever]
    /// What was noticed that does not stop it.
    public let findings: [Finding]

    /// All changes of rates, in order.
    public var adjustments: [RateAdjustment] { levers.flatMap(\.adjustments) }
    /// All changes of costs, in order.
    public var costs: [CostChange] { levers.flatMap(\.costs) }
    /// All changes of income, in order.
    public var funding: [FundingChange] { levers.flatMap(\.funding) }
    /// All schemes, in order.
    public var schemes: [Scheme] { levers.flatMap(\.schemes) }
    /// All changes of places, in order.
    public var places: [PlacesChange] { levers.flatMap(\.places) }

    /// The baseline's places with those of the scenario; `nil` where it leaves them.
    /// - Parameter change: what becomes of schemes.
    public func allocation(
        from baseline: Allocation?, changing change: (Scheme) -> Scheme = { $0 }
    ) -> Allocation? {
        let closures = levers.flatMap(\.closures)
        return schemes.isEmpty && places.isEmpty && closures.isEmpty
            ? nil : baseline?.adding(schemes.map(change), changes: places, closures: closures)
    }

    /// That places open or close where nothing is ever full; `nil` where they do not, or places bind.
    public func ofNoEffect(on study: PreparedStudy) -> Finding? {
        guard study.baseline == .forecast, allocation(from: study.allocation) != nil else { return nil }
        return Finding(
            .warning, column: "--baseline",
            "'\(name)' changes places, and nothing is full in the baseline 'forecast': places change the gap, and nobody's setting",
            remedy: "Leave --baseline out, or say 'committed'.")
    }

    /// A scenario of chosen levers.
    public init(name: String, titles: [String], levers: [Lever], findings: [Finding] = []) {
        self.name = name
        self.titles = titles
        self.levers = levers
        self.findings = findings
    }

    /// Several scenarios together, the levers of each in turn: `a+b`.
    public init(_ scenarios: [Scenario]) {
        self.init(
            name: scenarios.map(\.name).joined(separator: "+"), titles: scenarios.flatMap(\.titles),
            levers: scenarios.flatMap(\.levers), findings: scenarios.flatMap(\.findings))
    }

    /// One lever alone.
    public func only(_ lever: Int) -> Scenario { Scenario(name: name, titles: titles, levers: [levers[lever]]) }
}

extension Scenario.Lever {
    /// Whether it changes where people are, and not costs alone.
    public var changesPeople: Bool { !adjustments.isEmpty || !schemes.isEmpty || !places.isEmpty }

    /// Whether it opens one scheme, and changes nothing else of people.
    public func opens(_ scheme: String) -> Bool {
        schemes.map(\.name) == [scheme] && adjustments.isEmpty && places.isEmpty && closures.isEmpty
    }

    /// The size at which the lever does nothing, and the largest that a search tries; `nil` for verbs that have none.
    public var searchRange: (neutral: Double, limit: Double)? {
        let likely = text.size[1]
        return switch text.verb {
        case .multiply: (1, likely < 1 ? 0 : max(3, 2 * likely))
        case .add: (0, 10 * likely)
        case .move: (0, 1)
        default: nil
        }
    }

    /// The same lever with one size, the same in every run.
    public func sized(_ size: Double) -> Scenario.Lever {
        var lever = self
        (lever.adjustments, lever.costs) = (adjustments.sized(size), costs.sized(size))
        (lever.places, lever.funding) = (places.sized(size), funding.sized(size))
        return lever
    }
}
