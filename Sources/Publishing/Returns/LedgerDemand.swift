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

    init(_ tables: ResultTables, base: Int, last: Int) throws(UnusableData) {
        self.base = base
        var provisions: [Provision] = []
        for row in try tables.rows(.provisions) where !provisions.contains(where: { $0.name == row["provision"] }) {
            provisions.append(
                Provision(name: row["provision"], settings: row["setting"].split(separator: " ").map(String.init)))
        }
        self.provisions = provisions
        var means: [String: Double] = [:]
        var elsewhere: [String: [String: Double]] = [:]
        if !provisions.isEmpty {
            for row in try tables.rows(.placesOutlook, where: ["measure": ["places", "placed", "wanted", "unmet"]])
            where row["provision"] != ResultFiles.all {
                means[Self.key(row["scenario"], row["january"], row["provision"], row["measure"])] = row.number("mean")
            }
            let all: Set<String> = [ResultFiles.all]
            let flows = try tables.rows(
                .flows, where: ["flow": ["displaced", "returned"], "age": all, "need": all, "to_need": all])
            for row in flows where row["setting"] != ResultFiles.all && row["to_setting"] != ResultFiles.all {
                guard let january = Int(row["january"]), january <= last, let mean = row.number("mean") else {
                    continue
                }
                let (at, sign) = row["flow"] == "displaced" ? ("to_setting", 1.0) : ("setting", -1.0)
                // Who went somewhere in one January is there in the next, too.
                for later in january...last {
                    elsewhere["\(row["scenario"])\n\(later)", default: [:]][row[at], default: 0] += sign * mean
                }
            }
        }
        (self.means, self.elsewhere) = (means, elsewhere)
    }

    private static func key(_ words: String...) -> String { words.joined(separator: "\n") }

    /// The mean of a measure of a provision: `places`, `placed`, `wanted` or `unmet`.
    func mean(_ measure: String, of provision: String, _ scenario: String, _ january: Int) -> Double {
        means[Self.key(scenario, String(january), provision, measure)] ?? 0
    }

    /// Children who would have places of some settings and whom the lack of them keeps elsewhere since the base; less than zero where they
    /// are in these settings and would be in others.
    func heldBack(from settings: Set<String>, _ scenario: String, _ january: Int) -> Double {
        func unmet(_ provision: Provision) -> Double {
            max(
                mean("unmet", of: provision.name, scenario, january)
                    - mean("unmet", of: provision.name, scenario, base), 0)
        }
        let kept = provisions.filter { $0.settings.first.map(settings.contains) ?? false }.reduce(0) { $0 + unmet($1) }
        let there = (elsewhere["\(scenario)\n\(january)"] ?? [:]).mapValues { max($0, 0) }
        let all = there.values.reduce(0, +)
        guard all > 0 else { return kept }
        let here = there.reduce(0) { settings.contains($1.key) ? $0 + $1.value : $0 }
        return kept - provisions.reduce(0) { $0 + unmet($1) } * here / all
    }
}
