import Vocabulary

/// Moves between settings, from moves between their groups.
///
/// Who moves to another group goes to its settings as plans of the age arrived at are spread; within a group no more move than the
/// change of its mix from one age to the next requires.
struct MoveShares {
    /// How many of England's children are added to an authority's mix of settings.
    static let pseudoChildren = 10.0

    private let groups: ProvisionGroups
    /// Ages × settings: the share of a setting within its group.
    private let mix: CountTable

    init(_ stock: CountTable, national: CountTable, groups: ProvisionGroups) {
        self.groups = groups
        var mix = CountTable(rows: stock.rows, columns: stock.columns)
        for age in 0..<stock.rows {
            for group in 0..<groups.count {
                let settings = groups.settings(of: group)
                let sum = settings.reduce(0) { $0 + national[age, $1] }
                let drawn = settings.map { setting in
                    stock[age, setting] + Self.pseudoChildren
                        * (sum > 0 ? national[age, setting] / sum : 1 / Double(settings.count))
                }
                let total = drawn.reduce(0, +)
                for (setting, people) in zip(settings, drawn) { mix[age, setting] = people / total }
            }
        }
        self.mix = mix
    }

    /// Of those who remain in a setting, the share that moves to each other, at an arriving age.
    /// - Parameter movers: shares of groups × groups.
    func row(age: Int, setting: Int, movers: CountTable) -> [Double] {
        guard age > 0, let group = groups.ofSetting[setting] else { return Array(repeating: 0, count: mix.columns) }
        var shares = [Double](repeating: 0, count: mix.columns)
        for (to, other) in groups.ofSetting.enumerated() {
            guard let other, to != setting, to < mix.columns else { continue }
            shares[to] =
                other == group
                ? movers[group, group] * within(group, age: age, from: setting, to: to)
                : movers[group, other] * mix[age, to]
        }
        return shares
    }

    private func within(_ group: Int, age: Int, from: Int, to: Int) -> Double {
        let settings = groups.settings(of: group)
        let excess = mix[age - 1, from] - mix[age, from]
        let deficits = settings.reduce(0) { $0 + max(mix[age, $1] - mix[age - 1, $1], 0) }
        guard excess > 0, deficits > 0, mix[age - 1, from] > 0 else { return 0 }
        return excess / mix[age - 1, from] * max(mix[age, to] - mix[age - 1, to], 0) / deficits
    }
}
