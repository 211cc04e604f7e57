import Algorithms
import Intake
import Vocabulary

/// The provision groups that moves are estimated between, and the settings that each holds.
public struct ProvisionGroups: Sendable, Equatable {
    /// The groups' names, in the order of the settings.
    public let names: [String]
    /// The group of each setting; `nil` for plans whose placement is not recorded.
    public let ofSetting: [Int?]

    /// The groups of a classification.
    public init(_ classification: Classification) {
        let recorded = classification.settings.filter { $0.code != Classification.notRecorded }
        let names = Array(recorded.map(\.group).uniqued())
        self.names = names
        ofSetting = classification.settings.map { names.firstIndex(of: $0.group) }
    }

    /// How many groups.
    public var count: Int { names.count }

    /// The settings of a group.
    public func settings(of group: Int) -> [Int] { ofSetting.indices.filter { ofSetting[$0] == group } }

    /// Columns of settings summed to groups.
    public func sums(_ bySetting: CountTable) -> CountTable {
        var sums = CountTable(rows: bySetting.rows, columns: count)
        for row in 0..<bySetting.rows {
            for (setting, group) in ofSetting.enumerated() {
                if let group { sums[row, group] += bySetting[row, setting] }
            }
        }
        return sums
    }

    /// Settings summed to groups.
    public func sums(_ bySetting: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for (setting, group) in ofSetting.enumerated() { if let group { sums[group] += bySetting[setting] } }
        return sums
    }
}

/// Spreads plans whose placement is not recorded over the settings.
enum NotRecorded {
    /// How many children's worth of the common mix are added to an authority's own.
    static let pseudoChildren = 3.0

    /// Spreads the last column of a table, age by age, by the authority's own mix at that age and a little of the common mix.
    /// - Parameters:
    ///   - common: ages × settings, whose shares stand in where an authority has none.
    ///   - own: whose mix counts; the table itself where `nil`.
    static func spread(_ table: CountTable, column: Int, common: CountTable, own: CountTable? = nil) -> CountTable {
        var spread = table
        let mix = own ?? table
        for age in 0..<table.rows where table[age, column] > 0 {
            let shared = common.row(age).enumerated().map { $0.offset == column ? 0 : $0.element }
            let total = max(shared.reduce(0, +), 1e-9)
            var weights = shared.map { $0 / total * pseudoChildren }
            for setting in weights.indices where setting != column { weights[setting] += mix[age, setting] }
            let sum = weights.reduce(0, +)
            guard sum > 0 else { continue }
            for setting in weights.indices { spread[age, setting] += table[age, column] * weights[setting] / sum }
            spread[age, column] = 0
        }
        return spread
    }
}
