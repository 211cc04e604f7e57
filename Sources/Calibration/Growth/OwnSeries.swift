import Algorithms
import Growth
import Intake

extension GrowthPanel {
    /// A panel of a planner's own series: all of them together stand for England.
    public init(_ table: SeriesTable) {
        let names = Array(table.rows.map(\.area).uniqued())
        let areas = names.map { name -> Area in
            var (plans, children, requests) = ([Int: Double](), [Int: Double](), [Int: Double]())
            for row in table.rows where row.area == name {
                plans[row.january] = row.plans
                children[row.january - 1] = row.children
                requests[row.january - 1] = row.netRequests
            }
            return Area(id: name, name: name, plans: plans, children: children, netRequests: requests)
        }
        func sum(_ figures: (Area) -> [Int: Double]) -> [Int: Double] {
            guard let first = areas.first else { return [:] }
            var sums: [Int: Double] = [:]
            for year in figures(first).keys {
                let known = areas.compactMap { figures($0)[year] }
                if known.count == areas.count { sums[year] = known.reduce(0, +) }
            }
            return sums
        }
        self.init(
            areas: areas,
            national: Area(
                id: "", name: "all", plans: sum(\.plans), children: sum(\.children), netRequests: sum(\.netRequests)))
    }
}
