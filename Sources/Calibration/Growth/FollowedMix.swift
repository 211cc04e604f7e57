import Growth
import Intake
import Projection

/// How plans of all authorities will be spread over provision groups and bases, learnt from their shares of all plans.
struct PlacementShares: Sendable {
    private let model: ShareModel
    private let parts: [String]
    private let areas: [String: Int]

    /// - Returns: `nil` where too few authorities have a history.
    init?(_ history: ReleaseHistory, origin: Int, years: Int) {
        let composition = history.placements
        guard let model = ShareModel(composition, origin: origin, horizon: years) else { return nil }
        self.model = model
        parts = composition.parts.map(\.name)
        areas = Dictionary(
            uniqueKeysWithValues: composition.whole.areas.enumerated().map { ($0.element.id, $0.offset) })
    }

    /// Shares of an area; `nil` where its series are too short.
    func mix(of area: NationalRelease.Area) -> FollowedMix? {
        let plans =
            area.isNational ? model.nationalShares : areas[area.number].flatMap { model.expected($0) }
        return plans.map { FollowedMix(firstJanuary: model.origin + 1, parts: parts, plans: $0) }
    }
}

/// Shares of all plans that settings follow, from the forecast of shares.
public struct FollowedMix: Sendable {
    /// For how many years ahead shares were tested.
    static let testedYears = 5

    /// The first January of ``shares``.
    public let firstJanuary: Int
    /// Groups, and settings that are apart from theirs by their code.
    public let parts: [String]
    /// By January and part; they add up to 1.
    public let shares: [[Double]]

    init(firstJanuary: Int, parts: [String], plans: [[Double]]) {
        self.firstJanuary = firstJanuary
        self.parts = parts
        shares = plans.map { plans in
            let all = plans.reduce(0, +)
            return plans.map { $0 / all }
        }
    }

    /// Shares as a projection follows them.
    func mix(_ settings: [Classification.Setting]) -> SettingMix {
        let groups = parts.map { part in
            settings.indices.filter {
                let own = parts.contains(settings[$0].code) ? settings[$0].code : settings[$0].group
                return own == part
            }
        }
        return SettingMix(groups: groups, shares: shares)
    }

    /// Plans of provision groups in the first January.
    /// - Parameter total: all plans.
    func nextYear(_ groups: ProvisionGroups, _ settings: [Classification.Setting], total: Double) -> [Double] {
        groups.names.indices.map { group in
            let members = groups.settings(of: group).map { settings[$0].code }
            return parts.indices.reduce(0) { sum, part in
                let isOf = parts[part] == groups.names[group] || members.contains(parts[part])
                return isOf ? sum + shares[0][part] * total : sum
            }
        }
    }
}
