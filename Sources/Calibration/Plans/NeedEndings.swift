import Intake
import Vocabulary

/// How much more often plans of each need end than others of their age, and whether knowing it foretells needs better.
///
/// From the release of 2026 on, endings are published by primary need, and needs of two Januaries. What is learnt on one half of
/// the authorities is tried on the other: their needs of the first January, with endings off and new plans on, against those
/// of the second. Ratios are used only where they bring the error down in both halves.
struct NeedEndings: Sendable {
    /// How many endings of every need's average are added to those observed of it.
    static let pseudoEndings = 100.0
    /// Within which a need's endings are multiplied.
    static let limits = 0.5...2.0
    /// The fewest authorities, in all, that a test says anything with.
    static let fewestAuthorities = 20

    /// What endings of each need are multiplied by, needs in the order of the classification.
    let ratios: [Double]
    /// Error of needs a year on, in per cent of plans, without ratios and with them: the mean of the two halves.
    let errors: (without: Double, with: Double)

    /// One authority's needs at both ends of a year.
    private struct Case {
        let before: [Double]
        let begun: [Double]
        let after: [Double]
        let ended: [Double]
        /// Endings expected of each need from its ages alone.
        let expected: [Double]
    }

    /// - Parameter ending: the share that ends by arriving age, as in England.
    /// - Returns: `nil` where endings by need, or needs of both Januaries, are not published, or where they do not help.
    init?(_ panel: ReleasePanel, ending: [Double]) {
        let cases = panel.release.authorities.compactMap { Self.make($0, panel, ending) }
        guard cases.count >= Self.fewestAuthorities else { return nil }
        var without: [Double] = []
        var with: [Double] = []
        for half in 0..<2 {
            let learnt = Self.ratios(cases.enumerated().filter { $0.offset % 2 != half }.map(\.element))
            let tried = cases.enumerated().filter { $0.offset % 2 == half }.map(\.element)
            without.append(Self.error(tried, learnt.map { _ in 1 }))
            with.append(Self.error(tried, learnt))
        }
        guard zip(with, without).allSatisfy({ $0 < $1 }) else { return nil }
        ratios = Self.ratios(cases)
        errors = (without.reduce(0, +) / 2, with.reduce(0, +) / 2)
    }

    private static func make(_ area: NationalRelease.Area, _ panel: ReleasePanel, _ ending: [Double]) -> Case? {
        let year = panel.january - 1
        let needs = panel.release.classification.needs.count
        func known(_ counts: [Double]?) -> [Double]? {
            counts.flatMap { $0.contains(where: \.isNaN) ? nil : Array($0.prefix(needs)) }
        }
        guard let before = known(area.plans[year]?.byNeed), let after = known(area.plans[year + 1]?.byNeed),
            let begun = known(area.newPlans[year]?.byNeed), let ages = area.plans[year]?.needByAge, ages.isComplete,
            let ended = known(area.endings[year]?.byNeedWithoutTransfers), !ended.isEmpty
        else { return nil }
        let expected = (0..<needs).map { need in
            (1..<ages.rows).reduce(0) { $0 + ages[$1 - 1, need] * ending[$1] }
        }
        return Case(before: before, begun: begun, after: after, ended: ended, expected: expected)
    }

    private static func ratios(_ cases: [Case]) -> [Double] {
        func sum(_ part: (Case) -> [Double]) -> [Double] {
            cases.dropFirst().reduce(cases.first.map(part) ?? []) { zip($0, part($1)).map(+) }
        }
        let (ended, expected) = (sum(\.ended), sum(\.expected))
        let level = ended.reduce(0, +) / max(expected.reduce(0, +), 1e-9)
        return zip(ended, expected).map { observed, usual in
            let ratio = (observed + pseudoEndings) / (usual * level + pseudoEndings)
            return min(max(ratio, limits.lowerBound), limits.upperBound)
        }
    }

    /// What is foretold wrongly of the mix of needs, in per cent of plans.
    private static func error(_ cases: [Case], _ ratios: [Double]) -> Double {
        var (wrong, all) = (0.0, 0.0)
        for one in cases {
            let weighted = zip(one.expected, ratios).map { $0 * $1 }
            let scale = one.ended.reduce(0, +) / max(weighted.reduce(0, +), 1e-9)
            let kept = one.before.indices.map { max(one.before[$0] - scale * weighted[$0], 0) + one.begun[$0] }
            let level = one.after.reduce(0, +) / max(kept.reduce(0, +), 1e-9)
            wrong += zip(kept, one.after).reduce(0) { $0 + abs($1.0 * level - $1.1) }
            all += one.after.reduce(0, +)
        }
        return 100 * wrong / max(all, 1)
    }
}
