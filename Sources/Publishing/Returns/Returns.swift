import Formats
import Foundation
import Outputs
import Vocabulary

/// Statutory tables of a run: `returns/returns.csv`, `returns/checks.csv` and `returns/returns.xlsx`.
package struct Returns {
    /// A filled table.
    struct Filled {
        let table: ReturnLayout.Table
        let scenario: String
        let rows: [String]
        let columns: [String]
        /// Row by row; pounds are whole too.
        let counts: [[Int]]

        var totals: [Int] {
            columns.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
        }
    }

    /// A check of filled tables.
    struct Check {
        let scenario: String
        let name: String
        let passes: Bool
        let detail: String
    }

    let data: ReportData
    let layout = ReturnLayout.standard
    let settings: [ResultRow]
    private let needs: [ResultRow]
    private let assessments: [ResultRow]
    let counts: [String: RoundedCounts]
    private let kinds: ProvisionKinds
    /// What the ledger of places says of demand.
    let demand: LedgerDemand
    /// The baseline, and what stands beside it as mitigated.
    let scenarios: [String]

    /// - Parameter mitigated: the scenario that returns show as mitigated; without a name the only one there is.
    /// - Throws: ``UnusableData`` where a table is damaged, or there is no such scenario.
    package init(_ tables: ResultTables, mitigated: String? = nil) throws(UnusableData) {
        data = try ReportData(tables)
        if let mitigated, !data.scenarios.contains(mitigated) {
            throw UnusableData(
                column: "--mitigated", "these results have no scenario '\(mitigated)'",
                remedy: suggestion(
                    for: mitigated, among: data.scenarios,
                    otherwise: "They have \(data.scenarios.isEmpty ? "none" : data.scenarios.joined(separator: ", ")).")
            )
        }
        let only = data.scenarios.count == 1 ? data.scenarios[0] : nil
        scenarios = [ResultFiles.baseline] + [mitigated ?? only].compactMap { $0 }
        settings = try tables.rows(.settings)
        needs = try tables.rows(.needs)
        assessments = try tables.rows(.assessments)
        kinds = try ProvisionKinds(tables, layout)
        demand = try LedgerDemand(tables, base: data.manifest.base, last: data.manifest.last)
        var counts: [String: RoundedCounts] = [:]
        for scenario in scenarios { counts[scenario] = try RoundedCounts(tables, scenario: scenario, data) }
        self.counts = counts
    }

    /// Whether settings say what returns call them; without that there is nothing to fill.
    package var areMapped: Bool { settings.contains { !$0["dsg"].isEmpty } }

    /// Every file, by name.
    /// - Throws: ``UnusableData`` where the disk is full.
    package func files() throws(UnusableData) -> [(name: String, data: Data)] {
        guard areMapped else { return [] }
        let filled = scenarios.flatMap { scenario in layout.tables.compactMap { fill($0, scenario) } }
        let checks = scenarios.flatMap { self.checks(filled, $0) }
        return [
            tidy(filled), list(checks),
            (
                ResultCatalogue.returnsWorkbook,
                try ReturnsWorkbook(data: data, scenarios: scenarios).bytes(filled, checks)
            ),
        ]
    }

    // MARK: Tables

    func fill(_ table: ReturnLayout.Table, _ scenario: String) -> Filled? {
        let januaries = table.januaries(base: data.manifest.base, last: data.manifest.last)
        guard !januaries.isEmpty else { return nil }
        if table.count == .pounds { return finances(table, januaries, scenario) }
        if table.rows == .ledger { return ledger(table, januaries, scenario) }
        let bands = layout.categories("age group", of: table.of)
        let rows = names(of: table)
        let labels = januaries.map(table.label.name)
        let columns = table.isByAgeGroup ? labels.flatMap { label in bands.map { "\(label), \($0)" } } : labels
        if table.count != .plans {
            guard !assessments.isEmpty else { return nil }
            let byYear = januaries.map { RoundedCounts.wholes(flows(table.count, bands, year: $0 - 1, scenario)) }
            return Filled(
                table: table, scenario: scenario, rows: rows, columns: columns,
                counts: bands.indices.map { band in byYear.map { $0[band] } })
        }
        guard let counts = counts[scenario] else { return nil }
        if case .yearGroups(let ages) = table.rows {
            let byYear = januaries.map { wanting(table, ages, $0, counts, scenario) }
            return Filled(
                table: table, scenario: scenario, rows: rows, columns: columns,
                counts: Array(ages).indices.map { place in byYear.map { $0[place] } })
        }
        let figures = rows.map { row in
            januaries.flatMap { january in
                (table.isByAgeGroup ? bands.map(Optional.some) : [nil]).map { band in
                    count(table, row: row, january, band: band, counts, scenario)
                }
            }
        }
        return Filled(table: table, scenario: scenario, rows: rows, columns: columns, counts: figures)
    }

    private func names(of table: ReturnLayout.Table) -> [String] {
        switch table.rows {
        case .need: layout.categories("need", of: table.of)
        case .ageGroup: layout.categories("age group", of: table.of)
        case .provision: layout.categories("provision", of: table.of)
        case .yearGroups(let ages): ages.map { $0 == 4 ? "Reception" : "Year \($0 - 4)" }
        case .ledger, .line: []
        }
    }

    /// Children of each age of whom a return says that they need places of some kind: who is there, and under a baseline in which schools can
    /// be full who would be there, spread over ages as those who are.
    private func wanting(
        _ table: ReturnLayout.Table, _ ages: ClosedRange<Int>, _ january: Int, _ counts: RoundedCounts,
        _ scenario: String
    ) -> [Int] {
        let codes = Set(settings.filter { table.places.contains($0[table.of]) }.map { $0["setting"] })
        let there = ages.map { counts.plans(january, age: $0, settings: codes) }
        let heldBack = isBinding ? demand.heldBack(from: codes, scenario, january) : 0
        let all = SchoolAge.all.reduce(0) { $0 + counts.plans(january, age: $1, settings: codes) }
        if heldBack == 0 || all == 0 { return there }
        return RoundedCounts.wholes(there.map { max(Double($0) * (1 + heldBack / Double(all)), 0) })
    }

    /// Whether schools can be full, so that children may be where they would rather not be.
    var isBinding: Bool { data.manifest.baseline.map { $0 != .forecast } ?? false }

    /// Places and children on roll of each school, base and unit in the base January, then how many would have its places; where nothing is full,
    /// its share of those who are in its settings.
    private func ledger(_ table: ReturnLayout.Table, _ januaries: [Int], _ scenario: String) -> Filled? {
        let codes = Set(settings.filter { table.places.contains($0[table.of]) }.map { $0["setting"] })
        let listed = demand.provisions.filter { !codes.isDisjoint(with: $0.settings) }
        guard let base = januaries.first, !listed.isEmpty else { return nil }
        let columns: [(name: String, measure: String, january: Int)] =
            [("places", "places", base), ("on roll", "placed", base)]
            + januaries.dropFirst().map { ("demand", isBinding ? "wanted" : "placed", $0) }
        return Filled(
            table: table, scenario: scenario, rows: listed.map(\.name),
            columns: columns.map { "\($0.name) \(table.label.name(of: $0.january))" },
            counts: listed.map { provision in
                columns.map { Int(demand.mean($0.measure, of: provision.name, scenario, $0.january).rounded()) }
            })
    }

    private func count(
        _ table: ReturnLayout.Table, row: String, _ january: Int, band: String?, _ counts: RoundedCounts,
        _ scenario: String
    ) -> Int {
        func plans(in places: [String], needs: [String]? = nil) -> Int {
            self.plans(table, in: places, needs: needs, january, band: band, counts, scenario)
        }
        switch table.rows {
        case .need: return plans(in: table.places, needs: needs.filter { $0[table.of] == row }.map { $0["need"] })
        case .ageGroup: return counts.plans(january, band: row)
        case .provision: return plans(in: [row])
        case .yearGroups, .ledger, .line: return 0
        }
    }

    /// Plans in what a return calls some places, or in all: of a setting whose provisions it tells apart those of their kind.
    private func plans(
        _ table: ReturnLayout.Table, in places: [String], needs wanted: [String]?, _ january: Int, band: String?,
        _ counts: RoundedCounts, _ scenario: String
    ) -> Int {
        let codes = wanted ?? needs.map { $0["need"] }
        func sum(_ settings: Set<String>?) -> Int {
            guard let wanted else { return counts.plans(january, band: band, settings: settings) }
            return wanted.reduce(0) { $0 + counts.plans(january, band: band, need: $1, settings: settings) }
        }
        if places.isEmpty { return sum(nil) }
        let divided = settings.filter { kinds.divide($0["setting"], in: table.of) }
        let whole = settings.filter { setting in
            places.contains(setting[table.of]) && !divided.contains { $0["setting"] == setting["setting"] }
        }
        let others = divided.reduce(0) { all, setting in
            codes.reduce(all) { all, need in
                let children = counts.plans(january, band: band, need: need, settings: [setting["setting"]])
                if children == 0 { return all }
                let parts = kinds.divided(
                    children, in: table.of, setting: setting["setting"], need: need, own: setting[table.of],
                    scenario: scenario, january: january)
                return places.reduce(all) { $0 + (parts[$1] ?? 0) }
            }
        }
        return (whole.isEmpty ? 0 : sum(Set(whole.map { $0["setting"] }))) + others
    }

    private func flows(_ count: ReturnLayout.Count, _ bands: [String], year: Int, _ scenario: String) -> [Double] {
        bands.map { band in
            assessments.first {
                $0["scenario"] == scenario && $0["year"] == String(year) && $0["measure"] == count.rawValue
                    && $0["age_band"] == band
            }?.number("mean") ?? 0
        }
    }

    /// Lines of spend that add up to it, then income and balance, in pounds.
    private func finances(_ table: ReturnLayout.Table, _ years: [Int], _ scenario: String) -> Filled? {
        let labels = years.map(table.label.name)
        let rows = data.budget.filter { $0["scenario"] == scenario }
        let lines = rows.filter { $0.number("units") != nil }.map { $0["line"] }.unique
        guard !lines.isEmpty else { return nil }
        func mean(_ line: String, _ year: String, payer: String? = nil) -> Double? {
            rows.first {
                $0["line"] == line && $0["financial_year"] == year && (payer == nil || $0["payer"] == payer)
            }?.number("mean")
        }
        let byYear = labels.map { year in RoundedCounts.wholes(lines.map { mean($0, year) ?? 0 }) }
        var names = lines + ["All spend"]
        var counts = lines.indices.map { line in byYear.map { $0[line] } } + [byYear.map { $0.reduce(0, +) }]
        if labels.contains(where: { mean("spend", $0, payer: "high needs") != nil }) {
            names.append("Of it from the high needs budget")
            counts.append(labels.map { Int((mean("spend", $0, payer: "high needs") ?? 0).rounded()) })
        }
        if labels.contains(where: { mean("balance", $0) != nil }) {
            // After the statutory override there are no balances, and rows are shorter.
            func whole(_ line: String, _ isKept: (String) -> Bool = { _ in true }) -> [Int] {
                labels.filter(isKept).map { Int((mean(line, $0) ?? 0).rounded()) }
            }
            let hasBalance = { mean("balance", $0) != nil }
            let (inYear, grant, balance) = (
                whole("in-year"), whole("stability grant", hasBalance), whole("balance", hasBalance)
            )
            names += [
                "Income", "In-year balance", "Opening balance", "High needs stability grant", "Balance on 31 March",
            ]
            let opening = balance.indices.map { balance[$0] - grant[$0] - inYear[$0] }
            counts += [whole("income"), inYear, opening, grant, balance]
        }
        return Filled(table: table, scenario: scenario, rows: names, columns: labels, counts: counts)
    }

    // MARK: Files

    private func tidy(_ filled: [Filled]) -> (name: String, data: Data) {
        ResultTable.returns.file { table in
            for part in filled {
                for (row, figures) in zip(part.rows, part.counts) {
                    for (column, figure) in zip(part.columns, figures) {
                        table.append(part.table.of, part.table.id, part.table.title, part.scenario, row, column, figure)
                    }
                }
            }
        }
    }

    private func list(_ checks: [Check]) -> (name: String, data: Data) {
        ResultTable.returnChecks.file { table in
            for check in checks {
                table.append(check.scenario, check.name, check.passes ? "pass" : "fail", check.detail)
            }
        }
    }
}
