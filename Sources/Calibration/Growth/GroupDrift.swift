import Intake
import Vocabulary

/// Where an authority's provision groups would go if they changed as in the last three years, and how much that counts.
///
/// Forecasts from flows, from growth of the total and from drift of groups err in different ways; their averages err less than any.
/// All plans are the plain average of flows and growth. The weights of groups were found by a prototype over about 143
/// authorities (January 2024 carried to 2025).
struct GroupDrift: Sendable {
    /// How many years back.
    static let years = 3
    /// The weight of flows in the forecast of all plans; the rest is the panel's growth, or without it the drift's.
    static let weightOfAll = 0.5

    /// The weight of flows in the forecast of a group.
    static func weight(of group: String) -> Double {
        switch group {
        case "mainstream": 0.75
        case "state special", "elsewhere", "early years": 0.4
        case "independent special": 0.5
        case "further education": 0.6
        case "alternative provision": 0.25
        default: 0.5
        }
    }

    /// Plans by group a year on, if they change as they did; `nil` without a history.
    static func nextYear(_ area: NationalRelease.Area, base: Int, now: [Double], _ groups: ProvisionGroups) -> [Double]?
    {
        before(area, base: base, groups).map { nextYear(now, before: $0) }
    }

    /// Plans by part a year on, if they change as they did; as many as now without a history.
    static func nextYear(_ now: [Double], before: [Double]?) -> [Double] {
        zip(now, before ?? now).map { max($0 + ($0 - $1) / Double(years), 0.25 * $0) }
    }

    /// Plans by group three years before a base, what was not recorded spread in proportion; `nil` where much was not.
    static func before(_ area: NationalRelease.Area, base: Int, _ groups: ProvisionGroups) -> [Double]? {
        guard let plans = area.plans[base - years], let settings = plans.bySetting else { return nil }
        let (sums, total) = (groups.sums(settings), settings.reduce(0, +))
        let recorded = sums.reduce(0, +)
        guard recorded > (1 - ReleasePanel.mostUnrecorded) * total, recorded > 0 else { return nil }
        return sums.map { $0 * total / recorded }
    }

    /// The average of two forecasts by group, that adds up to the average of their totals.
    /// - Parameter total: all plans as the panel of authorities forecasts them.
    static func blend(flows: [Double], drift: [Double]?, total panel: Double?, _ groups: ProvisionGroups) -> [Double] {
        let expected = flows.reduce(0, +)
        let total = panel.map { weightOfAll * expected + (1 - weightOfAll) * $0 } ?? expected
        guard let drift else { return flows.map { $0 * total / max(expected, 1) } }
        let blended = groups.names.indices.map { group -> Double in
            let weight = weight(of: groups.names[group])
            return weight * flows[group] + (1 - weight) * drift[group]
        }
        let sum = blended.reduce(0, +)
        return sum > 0 ? blended.map { $0 * total / sum } : flows
    }
}
