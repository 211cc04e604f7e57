import Intake
import RealModule
import Vocabulary

/// One authority's flows: its own figures, shrunk towards the national pattern.
///
/// Sizes of the drawing were found by the error of forecasts over about 143 authorities (January 2024 carried to 2025).
struct LocalFlows: Sendable {
    /// The power of an authority's share of an age in a setting, against England's, in its movers' destinations.
    static let destinationPower = 0.75
    /// How many of England's children are added to an authority's age before shares are compared.
    static let destinationPseudoChildren = 30.0
    /// How many of England's children are added to an authority's endings from age 16 on.
    static let endingPseudoChildren = 1_000.0
    /// From which age an authority's own endings count, and within which multiple of England's.
    static let firstOwnEndingAge = 16
    static let endingLimits = 0.7...1.3

    let pattern: NationalPattern
    /// All authorities' plans at the base January, ages × settings.
    let national: CountTable
    /// Plans at the base January, ages × settings.
    let base: CountTable
    /// The share that ends, ages × groups.
    let ending: CountTable
    /// What the authority's endings from 16 on are of England's.
    let endingRatio: Double
    /// Shares of groups × groups, by arriving age.
    private(set) var movers: [CountTable]
    /// Plans that begin in the first year, ages × settings.
    private(set) var joiners: CountTable

    /// - Parameters:
    ///   - year: the stock of the base January, and the flows of the latest year.
    ///   - exposure: the stock from which the flows' endings started, as a multiple of the base's.
    ///   - growth: what joiners are multiplied by.
    init(_ year: PublishedYear, pattern: NationalPattern, exposure: Double, growth: Double) {
        self.pattern = pattern
        base = year.before
        national = pattern.stocks[year.january] ?? year.before
        joiners = pattern.begunAges.onAugust31(year.begun).map { $0 * growth }
        let groups = pattern.groups
        let own = groups.sums(year.before)
        let all = groups.sums(national)
        let ratio = Self.endingRatio(year, own, pattern, exposure: exposure)
        endingRatio = ratio
        var ending = pattern.endingByGroup
        for age in Self.firstOwnEndingAge..<ending.rows {
            for group in 0..<groups.count { ending[age, group] = min(ending[age, group] * ratio, 0.98) }
        }
        self.ending = ending
        movers = (0..<own.rows).map { age in
            Self.destinations(pattern.movers[NationalPattern.band(age)], own: own.row(age), national: all.row(age))
        }
    }

    private static func endingRatio(
        _ year: PublishedYear, _ own: CountTable, _ pattern: NationalPattern, exposure: Double
    ) -> Double {
        var table = CountTable(rows: own.rows, columns: 1)
        for age in 0..<own.rows { table[age, 0] = year.ended[age] }
        let ended = AgeOnTheDay().onAugust31(table)
        var (observed, expected, people) = (0.0, 0.0, 0.0)
        for age in firstOwnEndingAge..<own.rows {
            observed += ended[age, 0]
            for group in 0..<own.columns {
                expected += own[age - 1, group] * exposure * pattern.endingByGroup[age, group]
                people += own[age - 1, group] * exposure
            }
        }
        guard people > 0, expected > 0 else { return 1 }
        let added = endingPseudoChildren * expected / people
        let ratio = (observed + added) / (expected + added)
        return min(max(ratio, endingLimits.lowerBound), endingLimits.upperBound)
    }

    private static func destinations(_ shares: CountTable, own: [Double], national: [Double]) -> CountTable {
        let (ownTotal, nationalTotal) = (own.reduce(0, +), national.reduce(0, +))
        guard nationalTotal > 0 else { return shares }
        let multiples = zip(own, national).map { mine, all -> Double in
            let share = all / nationalTotal
            guard share > 0 else { return 1 }
            let drawn = (mine + destinationPseudoChildren * share) / (ownTotal + destinationPseudoChildren)
            return Double.pow(drawn / share, destinationPower)
        }
        var local = shares
        for from in 0..<shares.rows {
            let row = (0..<shares.columns).map { shares[from, $0] * multiples[$0] }
            let sum = row.reduce(0, +)
            for to in 0..<shares.columns { local[from, to] = sum > 0 ? row[to] / sum : shares[from, to] }
        }
        return local
    }

    /// Plans expected a year after the base, ages × groups.
    func nextYear() -> CountTable {
        let groups = pattern.groups
        let before = groups.sums(base)
        var after = groups.sums(joiners)
        for age in 1..<before.rows {
            for from in 0..<groups.count {
                let kept = before[age - 1, from] * survival(age: age, group: from)
                for to in 0..<groups.count { after[age, to] += kept * movers[age][from, to] }
            }
        }
        return after
    }

    /// What is left of a group a year later, wherever it is: endings off, unrecorded arrivals on.
    private func survival(age: Int, group: Int) -> Double {
        max(1 - ending[age, group] + pattern.unrecorded[age], 0)
    }

    /// Within which a group's arrivals are multiplied.
    private static let arrivalLimits = 0.5...2.0

    /// The same flows with what enters each group multiplied, so that the first year meets a forecast by group.
    func meeting(_ targets: [Double]) -> LocalFlows {
        var flows = self
        let groups = pattern.groups
        var factors = [Double](repeating: 1, count: groups.count)
        let survivors = nextYear().total - joiners.total
        let wanted = max(targets.reduce(0, +) - survivors, 0.2 * joiners.total)
        for _ in 0..<60 {
            let reached = flows.nextYear().columnSums
            let entering = flows.entering()
            for group in factors.indices where entering[group] > 0 {
                let step = 1 + (targets[group] - reached[group]) / entering[group]
                let factor = factors[group] * min(max(step, 0.8), 1.25)
                factors[group] = min(max(factor, Self.arrivalLimits.lowerBound), Self.arrivalLimits.upperBound)
            }
            flows = multiplied(by: factors, joiners: wanted)
        }
        return flows
    }

    private func multiplied(by factors: [Double], joiners wanted: Double) -> LocalFlows {
        var flows = self
        for age in movers.indices {
            for from in factors.indices {
                var others = 0.0
                for to in factors.indices where to != from {
                    flows.movers[age][from, to] = movers[age][from, to] * factors[to]
                    others += flows.movers[age][from, to]
                }
                let scale = others > 1 ? 1 / others : 1
                for to in factors.indices where to != from { flows.movers[age][from, to] *= scale }
                flows.movers[age][from, from] = max(1 - others * scale, 0)
            }
            for (setting, group) in pattern.groups.ofSetting.enumerated() {
                if let group { flows.joiners[age, setting] = joiners[age, setting] * factors[group] }
            }
        }
        let sum = flows.joiners.total
        if sum > 0 { flows.joiners = flows.joiners.map { $0 * wanted / sum } }
        return flows
    }

    /// Who enters each group in the first year, by moves and by joining.
    func entering() -> [Double] {
        let groups = pattern.groups
        let before = groups.sums(base)
        var sums = groups.sums(joiners).columnSums
        for age in 1..<before.rows {
            for from in 0..<groups.count {
                let kept = before[age - 1, from] * survival(age: age, group: from)
                for to in 0..<groups.count where to != from { sums[to] += kept * movers[age][from, to] }
            }
        }
        return sums
    }
}
