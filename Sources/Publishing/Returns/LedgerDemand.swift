import Outputs
import Vocabulary

/// What the ledger of places says of demand: children who have the places of each provision or would have one, and how many the lack of
/// places keeps out of a setting since the base.
struct LedgerDemand {
    /// A school, base or unit.
    struct Provision {
        let name: String
        let settings: [String]
    }

    /// In the order of the ledger; none where the model does not say how many places there are.
    let provisions: [Provision]
    private let base: Int
    /// Means by scenario, January, provision and measure.
    private let means: [String: Double]
    /// The settings where those without a place went, by scenario and January: children who went there, less those who came back.
    private let elsewhere: [String: [String: Double]]
    /// The settings in which they found no place, likewise.
    private let sought: [String: [String: Double]]
    /// Provisions that schemes open: the ledger does not say which settings they serve.
    private let opened: Set<String>

    init(_ tables: ResultTables, base: Int, last: Int) throws(UnusableData) {
        self.base = base
        var provisions: [Provision] = []
        for row in try tables.rows(.provisions) where !provisions.contains(where: { $0.name == row["provision"] }) {
            provisions.append(
                Provision(name: row["provision"], settings: row["setting"].split(separator: " ").map(String.init)))
        }
        self.provisions = provisions
        var means: [String: Double] = [:]
        var (elsewhere, sought) = ([String: [String: Double]](), [String: [String: Double]]())
        var opened: Set<String> = []
        if !provisions.isEmpty {
            for row in try tables.rows(.placesOutlook, where: ["measure": ["places", "placed", "wanted", "unmet"]])
            where row["provision"] != ResultFiles.all {
                opened.insert(row["provision"])
                means[Self.key(row["scenario"], row["january"], row["provision"], row["measure"])] = row.number("mean")
            }
            let all: Set<String> = [ResultFiles.all]
            let flows = try tables.rows(
                .flows, where: ["flow": ["displaced", "returned"], "age": all, "need": all, "to_need": all])
            for row in flows where row["setting"] != ResultFiles.all && row["to_setting"] != ResultFiles.all {
                guard let january = Int(row["january"]), january <= last, let mean = row.number("mean") else {
                    continue
                }
                let (at, of, sign) =
                    row["flow"] == "displaced" ? ("to_setting", "setting", 1.0) : ("setting", "to_setting", -1.0)
                // Who went somewhere in one January is there in the next, too.
                for later in january...last {
                    elsewhere["\(row["scenario"])\n\(later)", default: [:]][row[at], default: 0] += sign * mean
                    sought["\(row["scenario"])\n\(later)", default: [:]][row[of], default: 0] += sign * mean
                }
            }
        }
        (self.means, self.elsewhere, self.sought) = (means, elsewhere, sought)
        self.opened = opened.subtracting(provisions.map(\.name))
    }

    private static func key(_ words: String...) -> String { words.joined(separator: "\n") }

    /// The mean of a measure of a provision: `places`, `placed`, `wanted` or `unmet`.
    func mean(_ measure: String, of provision: String, _ scenario: String, _ january: Int) -> Double {
        means[Self.key(scenario, String(january), provision, measure)] ?? 0
    }

    /// Children who would have places of some settings and whom the lack of them keeps elsewhere since the base; less than zero where they
    /// are in these settings and would be in others.
    func heldBack(from settings: Set<String>, _ scenario: String, _ january: Int) -> Double {
        func unmet(_ names: some Sequence<String>) -> Double {
            names.reduce(0) { $0 + mean("unmet", of: $1, scenario, january) - mean("unmet", of: $1, scenario, base) }
        }
        func share(_ children: [String: [String: Double]]) -> Double? {
            let known = (children["\(scenario)\n\(january)"] ?? [:]).mapValues { max($0, 0) }
            let all = known.values.reduce(0, +)
            return all > 0 ? known.reduce(0) { settings.contains($1.key) ? $0 + $1.value : $0 } / all : nil
        }
        let own = provisions.filter { $0.settings.first.map(settings.contains) ?? false }
        // Children wait for one provision of a setting in one year and for another in the next: their sum counts.
        let kept = max(unmet(own.map(\.name)) + unmet(opened) * (share(sought) ?? 0), 0)
        guard let here = share(elsewhere) else { return kept }
        return kept - max(unmet(provisions.map(\.name)) + unmet(opened), 0) * here
    }
}
