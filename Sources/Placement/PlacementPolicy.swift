import Sampling
import Vocabulary

/// What becomes of children without the place they ask for, and whom places go to first: the same for all scenarios.
public struct PlacementPolicy: Sendable, Equatable {
    /// Where a share of the displaced goes, unless it is full.
    public struct Route: Sendable, Equatable {
        /// The position of the setting.
        public let setting: Int
        /// The share of those who come to its order. A run draws its own; shares that together are the whole stay the whole.
        public let share: UncertainNumber
        /// When they ask again.
        public let asking: AskingAgain

        /// Names a route.
        public init(to setting: Int, share: Double, asking: AskingAgain = .phase) {
            self.init(to: setting, share: .exactly(share), asking: asking)
        }

        /// Names a route of whose share three figures are known.
        public init(to setting: Int, share: UncertainNumber, asking: AskingAgain = .phase) {
            self.setting = setting
            self.share = share
            self.asking = asking
        }
    }

    /// Children who would rather be elsewhere: a share of those in a setting, and of those who come to it each year.
    public struct Latent: Sendable, Equatable {
        /// Positions of the needs.
        public let needs: [Int]
        /// Ages on 31 August.
        public let ages: ClosedRange<Int>
        /// Where they are.
        public let setting: Int
        /// Where they would be.
        public let wanted: Int
        /// Which share.
        public let share: Double

        /// States a share.
        public init(needs: [Int], ages: ClosedRange<Int>, setting: Int, wanted: Int, share: Double) {
            self.needs = needs
            self.ages = ages
            self.setting = setting
            self.wanted = wanted
            self.share = share
        }
    }

    /// A setting asked for and who asks.
    public struct Asked: Sendable, Hashable {
        /// The position of the setting.
        public let setting: Int
        /// The position of the need.
        public let need: Int
        /// The age on 31 August.
        public let age: Int

        /// Names an age, a need and a setting.
        public init(setting: Int, need: Int, age: Int) {
            self.setting = setting
            self.need = need
            self.age = age
        }
    }

    /// Where the displaced go, by what they ask for: in order, each order's routes side by side.
    public var routes: [Asked: [[Route]]] = [:]
    /// Unmet wishes that the rates do not show.
    public var latent: [Latent] = []
    /// Ages at which children pass from one phase to the next.
    public var phaseAges: Set<Int> = PlacementPolicy.standardPhaseAges
    /// Whether those who pass to another phase are served before those who ask within the year.
    public var servesPhaseFirst = true
    /// Needs that are served first, in order; the others come after them, alike.
    public var firstNeeds: [Int] = []
    /// The share of those with an unmet wish who ask again at the age of a phase.
    public var returning = 1.0
    /// The share of a provision's places, rounded up, that may go to children of another need or phase than the places are kept for.
    /// Places of a provision for several are kept for each in the proportion of those who sit there at the base; at 1 they are for
    /// anybody.
    public var flexibility = 1.0

    /// How flexible places for plans are where a model does not say: an assumption, rated red.
    public static let standardFlexibility = 0.1

    /// The share by which special schools and bases may be over-filled where a model does not say: what the Department for Education's
    /// school capacity survey finds (rated amber).
    public static let standardOverfill = 0.12

    /// Reception, Year 7 and Year 12.
    public static let standardPhaseAges: Set<Int> = [4, 11, 16]

    /// A policy in which nobody has anywhere to go.
    public init() {}
}
