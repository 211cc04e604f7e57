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
    /// Children in the last January who would have a place and are elsewhere, by scenario.
    let unmet: [String: Double]
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
        let all: Set<String> = [ResultFiles.all]
        let wanting = try tables.rows(
            .placesOutlook,
            where: [
                "measure": ["unmet"], "provision": all, "need": all, "age_band": all,
                "january": [String(data.manifest.last)],
            ])
        unmet = Dictionary(wanting.map { ($0["scenario"], $0.number("mean") ?? 0) }, uniquingKeysWith: { $1 })
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
        case .line: []
        }
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
        case .yearGroups:
            let codes = Set(settings.filter { table.places.contains($0[table.of]) }.map { $0["setting"] })
            let age = row == "Reception" ? 4 : (Int(row.dropFirst(5)) ?? 0) + 4
            return counts.plans(january, age: age, settings: codes)
        case .line: return 0
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
