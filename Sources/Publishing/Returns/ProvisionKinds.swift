import Outputs
import Vocabulary

/// What returns call the children of a setting whose provisions are of a kind that they tell apart: bases that schools and trusts
/// commission, and those of the authority. Children of a setting and need are divided as those on roll in the ledger's provisions for them.
struct ProvisionKinds {
    private struct Provision {
        let name: String
        let kind: String
        let settings: Set<String>
        /// `nil` for every need.
        let needs: Set<String>?
    }

    private let layout: ReturnLayout
    private let provisions: [Provision]
    /// Mean children on roll by scenario, January and provision.
    private let onRoll: [String: Double]

    init(_ tables: ResultTables, _ layout: ReturnLayout) throws(UnusableData) {
        self.layout = layout
        let rows = try tables.rows(.provisions)
        provisions =
            rows.contains { !$0["kind"].isEmpty }
            ? rows.map { row in
                func words(_ column: String) -> Set<String> { Set(row[column].split(separator: " ").map(String.init)) }
                return Provision(
                    name: row["provision"], kind: row["kind"], settings: words("setting"),
                    needs: row["needs"] == "any" ? nil : words("needs"))
            } : []
        var onRoll: [String: Double] = [:]
        if !provisions.isEmpty {
            for row in try tables.rows(.placesOutlook) where row["measure"] == "placed" {
                onRoll[Self.key(row["scenario"], row["january"], row["provision"])] = row.number("mean")
            }
        }
        self.onRoll = onRoll
    }

    private static func key(_ scenario: String, _ january: String, _ provision: String) -> String {
        [scenario, january, provision].joined(separator: "\n")
    }

    /// Whether a return tells provisions of a setting apart.
    func divide(_ setting: String, in name: String) -> Bool {
        provisions.contains { $0.settings.contains(setting) && layout.category(ofKind: $0.kind, in: name) != nil }
    }

    /// The categories of some children of a setting and need, and how many are in each, in whole numbers.
    /// - Parameter own: what the return calls the setting.
    func divided(
        _ children: Int, in name: String, setting: String, need: String, own: String, scenario: String, january: Int
    ) -> [String: Int] {
        var weights: [String: Double] = [:]
        var counted: Set<String> = []
        for provision in provisions
        where provision.settings.contains(setting) && provision.needs?.contains(need) ?? true
            && counted.insert(provision.name).inserted
        {
            let category = layout.category(ofKind: provision.kind, in: name) ?? own
            weights[category, default: 0] += onRoll[Self.key(scenario, String(january), provision.name)] ?? 0
        }
        let all = weights.values.reduce(0, +)
        guard all > 0 else { return [own: children] }
        let categories = weights.keys.sorted()
        let wholes = RoundedCounts.wholes(categories.map { Double(children) * (weights[$0] ?? 0) / all })
        return Dictionary(uniqueKeysWithValues: zip(categories, wholes))
    }
}
