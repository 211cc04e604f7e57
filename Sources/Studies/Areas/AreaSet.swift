import Intake
import RealModule
import Sampling
import Vocabulary

/// One way of dividing the authority into areas, and which share of its children lives in each.
///
/// Shares are uncertain, and the same in every year of a run. What is stated of ages and needs together is a group; a need and band of
/// ages takes the shares of its groups in proportion to its children at the base.
package struct AreaSet: Sendable {
    /// What is known of some children's areas.
    struct Group: Sendable {
        /// Where the shares come from.
        enum Evidence: Sendable {
            /// Weights of a Dirichlet distribution: children counted, and what other groups of the set add.
            case counted([Double])
            /// Shares, and how far they may be out: of all children together, and of each need by itself, as a share of themselves.
            case stated([Double], together: Double, byNeed: Double)
        }

        /// What draws are keyed by, besides set and area.
        let key: String
        let evidence: Evidence
    }

    /// A group's part in a need and band of ages.
    struct Part: Sendable {
        let group: Int
        let weight: Double
    }

    /// Where most of a set's shares come from.
    package enum Basis: String, Sendable {
        case children, population
        case shares = "stated shares"
    }

    /// What it is called, such as `district`.
    package let name: String
    /// Its areas, in the order of the file.
    package let areas: [String]
    /// Where shares come from: the weakest of what is stated.
    package let basis: Basis
    /// The worst rating of its rows.
    package let quality: AssumptionQuality
    /// Of each area, the localities of provisions that lie in it.
    package internal(set) var localities: [[Int]]
    let groups: [Group]
    /// Of each need and band, need by need, which groups its children belong to.
    let parts: [[Part]]
    /// Of each need and band, need by need, its children of the base by area, where they were counted one by one; `nil` elsewhere.
    let base: [[Int32]?]

    /// What must be said wherever figures by area are shown.
    package var caution: String {
        let rating = "rated \(quality.rawValue)"
        return switch basis {
        case .children: "by \(name): shares of children counted, \(rating)"
        case .population:
            "by \(name): shares from population, \(rating): children are taken to have plans alike everywhere"
        case .shares: "by \(name): shares as areas.csv states them, \(rating)"
        }
    }

    /// The shares of the areas that a run draws for a need and band of ages.
    /// - Parameters:
    ///   - need: its position, and its code.
    ///   - atMean: whether shares are held at what is expected.
    ///   - known: what has been drawn for the run and need, by group; none at first.
    func shares(
        need: (place: Int, code: String), band: Int, bands: Int, run: Int, seed: UInt64, atMean: Bool,
        known: inout [Int: [Double]]
    ) -> [Double] {
        let parts = parts[need.place * bands + band]
        var shares = [Double](repeating: 0, count: areas.count)
        for part in parts {
            let group = groups[part.group]
            let drawn = known[part.group] ?? (atMean ? group.mean : draw(group, need.code, run: run, seed: seed))
            known[part.group] = drawn
            for area in shares.indices { shares[area] += part.weight * drawn[area] }
        }
        return shares
    }

    private func draw(_ group: Group, _ need: String, run: Int, seed: UInt64) -> [Double] {
        switch group.evidence {
        case .counted(let weights): return draw(weights, group.key, run: run, seed: seed)
        case .stated(let shares, let together, let byNeed):
            // An area with more plans of one age has more of every age: draws are not keyed by the group.
            let all = draw(around: shares, deviation: together, "plans", run: run, seed: seed)
            return draw(around: all, deviation: byNeed, "need \(need)", run: run, seed: seed)
        }
    }

    /// Shares from the Dirichlet distribution with a mean, of which the areas' squared deviations, as shares of themselves, have this
    /// root of their mean over children.
    private func draw(around shares: [Double], deviation: Double, _ key: String, run: Int, seed: UInt64) -> [Double] {
        let kinds = shares.count { $0 > 0 }
        guard deviation > 0, kinds > 1 else { return shares }
        let strength = max(Double(kinds - 1) / (deviation * deviation) - 1, 1)
        return draw(shares.map { $0 * strength }, key, run: run, seed: seed)
    }

    /// Shares from a Dirichlet distribution; each area has a stream of its own, so that draws of one key go together.
    private func draw(_ weights: [Double], _ key: String, run: Int, seed: UInt64) -> [Double] {
        let logs = zip(areas, weights).map { area, weight in
            var stream = RandomStream(
                seed: seed, run: UInt32(run), deciding: .areas, state: stableKey(name, key, area))
            return stream.logGamma(shape: weight)
        }
        let largest = logs.max() ?? 0
        let sizes = logs.map { Double.exp($0 - largest) }
        let sum = sizes.reduce(0, +)
        return sizes.map { $0 / sum }
    }
}

extension AreaSet.Group {
    /// The shares that are expected.
    var mean: [Double] {
        switch evidence {
        case .stated(let shares, _, _): return shares
        case .counted(let weights):
            let sum = weights.reduce(0, +)
            return weights.map { $0 / sum }
        }
    }
}
