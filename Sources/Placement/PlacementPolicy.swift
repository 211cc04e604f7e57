import Sampling
import Vocabulary

/// What becomes of children without the place they ask for, and whom places go to first: the same for all scenarios.
package struct PlacementPolicy: Sendable, Equatable {
    /// Where a share of the displaced goes, unless it is full.
    package struct Route: Sendable, Equatable {
        /// The position of the setting.
        package let setting: Int
        /// The share of those who come to its order. A run draws its own; shares that together are the whole stay the whole.
        package let share: UncertainNumber
        /// When they ask again.
        package let asking: AskingAgain

        /// Names a route.
        package init(to setting: Int, share: Double, asking: AskingAgain = .phase) {
            self.init(to: setting, share: .exactly(share), asking: asking)
        }

        /// Names a route of whose share three figures are known.
        package init(to setting: Int, share: UncertainNumber, asking: AskingAgain = .phase) {
            self.setting = setting
            self.share = share
            self.asking = asking
        }
    }

    /// Children who would rather be elsewhere: a share of those in a setting, and of those who come to it each year.
    package struct Latent: Sendable, Equatable {
        /// Positions of the needs.
        package let needs: [Int]
        /// Ages on 31 August.
        package let ages: ClosedRange<Int>
        /// Where they are.
        package let setting: Int
        /// Where they would be.
        package let wanted: Int
        /// Which share.
        package let share: Double

        /// States a share.
        package init(needs: [Int], ages: ClosedRange<Int>, setting: Int, wanted: Int, share: Double) {
            self.needs = needs
            self.ages = ages
            self.setting = setting
            self.wanted = wanted
            self.share = share
        }
    }

    /// A setting asked for and who asks.
    package struct Asked: Sendable, Hashable {
        /// The position of the setting.
        package let setting: Int
        /// The position of the need.
        package let need: Int
        /// The age on 31 August.
        package let age: Int

        /// Names an age, a need and a setting.
        package init(setting: Int, need: Int, age: Int) {
            self.setting = setting
            self.need = need
            self.age = age
        }
    }

    /// Where the displaced go, by what they ask for: in order, each order's routes side by side.
    package var routes: [Asked: [[Route]]] = [:]
    /// Unmet wishes that the rates do not show.
    package var latent: [Latent] = []
    /// Ages at which children pass from one phase to the next.
    package var phaseAges: Set<Int> = PlacementPolicy.standardPhaseAges
    /// Whether those who pass to another phase are served before those who ask within the year.
    package var servesPhaseFirst = true
    /// Needs that are served first, in order; the others come after them, alike.
    package var firstNeeds: [Int] = []
    /// The share of those with an unmet wish who ask again at the age of a phase.
    package var returning = 1.0
    /// The share of a provision's places, rounded up, that may go to children of another need or phase than the places are kept for.
    /// Places of a provision for several are kept for each in the proportion of those who sit there at the base; at 1 they are for
    /// anybody.
    package var flexibility = 1.0

    /// How flexible places for plans are where a model does not say: an assumption, rated red.
    package static let standardFlexibility = 0.1

    /// The share by which special schools and bases may be over-filled where a model does not say: what the Department for Education's
    /// school capacity survey finds (rated amber).
    package static let standardOverfill = 0.12

    /// Reception, Year 7 and Year 12.
    package static let standardPhaseAges: Set<Int> = [4, 11, 16]

    /// A policy in which nobody has anywhere to go.
    package init() {}
}

extension PlacementPolicy {
    /// What an order sends to some settings: the shares of its routes there, and of all its routes; `nil` where it has one kind alone.
    private static func shares(_ routes: [Route], to settings: Set<Int>) -> (there: Double, all: Double)? {
        let there = routes.filter { settings.contains($0.setting) }.reduce(0) { $0 + $1.share.likely }
        let all = routes.reduce(0) { $0 + $1.share.likely }
        let isMixed = Set(routes.map { settings.contains($0.setting) }).count == 2
        return isMixed && all > 0 ? (there, all) : nil
    }

    /// Which part of the children goes to some settings who come to an order that sends them there or elsewhere: least, on the
    /// mean of runs and most, on average over who asks; `nil` where no order has both ways.
    package func share(to settings: Set<Int>) -> (low: Double, mean: Double, high: Double)? {
        let found = routes.values.flatMap { orders in
            orders.compactMap { routes -> [Double]? in
                guard let shares = Self.shares(routes, to: settings) else { return nil }
                let there = routes.filter { settings.contains($0.setting) }
                return [\UncertainNumber.low, \.mean, \.high].map { figure in
                    there.reduce(0) { $0 + $1.share[keyPath: figure] } / shares.all
                }
            }
        }
        if found.isEmpty { return nil }
        // In order, so that the sum is the same to the last digit.
        let means = (0..<3).map { place in found.map { $0[place] }.sorted().reduce(0, +) / Double(found.count) }
        return (means[0], means[1], min(means[2], 1))
    }

    /// How often its unmet wishes could be multiplied before children of one setting, need and age had more wishes than children; `nil`
    /// where it knows of none.
    package var mostLatent: Double? {
        var shares: [Asked: Double] = [:]
        for wish in latent where wish.share > 0 {
            for need in wish.needs {
                for age in wish.ages {
                    shares[Asked(setting: wish.setting, need: need, age: age), default: 0] += wish.share
                }
            }
        }
        return shares.values.max().map { 1 / $0 }
    }

    /// The same policy with unmet wishes multiplied, as far as there are children.
    package func wishing(_ factor: Double) -> PlacementPolicy {
        var policy = self
        let factor = min(factor, mostLatent ?? factor)
        policy.latent = latent.map { wish in
            Latent(
                needs: wish.needs, ages: wish.ages, setting: wish.setting, wanted: wish.wanted,
                share: min(wish.share * factor, 1))
        }
        return policy
    }

    /// The same policy with one share for those settings, the same in every run; the other routes of an order keep their proportions.
    package func sending(_ share: Double, to settings: Set<Int>) -> PlacementPolicy {
        var policy = self
        policy.routes = routes.mapValues { orders in
            orders.map { routes in
                guard let shares = Self.shares(routes, to: settings) else { return routes }
                return routes.map { route in
                    let isThere = settings.contains(route.setting)
                    let (part, kind) = isThere ? (share, shares.there) : (1 - share, shares.all - shares.there)
                    let count = Double(routes.count { settings.contains($0.setting) == isThere })
                    let proportion = kind > 0 ? route.share.likely / kind : 1 / count
                    return Route(to: route.setting, share: shares.all * part * proportion, asking: route.asking)
                }
            }
        }
        return policy
    }
}
