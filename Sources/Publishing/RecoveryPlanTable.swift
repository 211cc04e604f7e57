import Formats
import Outputs
import Vocabulary

/// A recovery plan with years across, as reports and workbooks show it.
struct RecoveryPlanTable {
    /// A row.
    struct Row {
        let kind: RecoveryFile.Kind
        let item: String
        let owner: String
        let status: String
        let confidence: String
        /// Pounds by year; `nil` where there is no figure, as of balances after the statutory override.
        let pounds: [Double?]

        /// Whether it sums up the rows above.
        var isSum: Bool { [.unmitigated, .mitigated, .allIncome, .inYear, .balance].contains(kind) }
    }

    let scenario: String
    /// The scenario in words.
    let title: String
    let years: [String]
    let rows: [Row]

    /// The plan of each scenario of a run.
    /// - Throws: ``UnusableData`` where the table is damaged.
    static func all(_ tables: ResultTables) throws(UnusableData) -> [RecoveryPlanTable] {
        let rows = try tables.rows(.recoveryPlan)
        let levers = tables.has(.scenarios) ? try tables.rows(.scenarios) : []
        return rows.map { $0["scenario"] }.unique.map { scenario in
            let titles = levers.filter { $0["scenario"] == scenario }.map { $0["title"] }.unique.filter { !$0.isEmpty }
            return RecoveryPlanTable(
                scenario, titles.isEmpty ? scenario : titles.joined(separator: " + "),
                rows.filter { $0["scenario"] == scenario })
        }
    }

    private init(_ scenario: String, _ title: String, _ rows: [ResultRow]) {
        (self.scenario, self.title) = (scenario, title)
        let years = rows.map { $0["financial_year"] }.unique
        self.years = years
        func key(_ row: ResultRow) -> [String] { [row["kind"], row["item"]] }
        self.rows = rows.map(key).unique.compactMap { name in
            let own = rows.filter { key($0) == name }
            guard let kind = RecoveryFile.Kind(rawValue: name[0]), let first = own.first else { return nil }
            return Row(
                kind: kind, item: name[1], owner: first["owner"], status: first["status"],
                confidence: first["confidence"],
                pounds: years.map { year in own.first { $0["financial_year"] == year }?.number("mean") })
        }
    }

    /// What must be known of the figures.
    static func notes(_ data: ReportData) -> [String] {
        let ends = data.amounts("balance").last.map(\.x)
        let isCut = ends != nil && ends != data.years.last
        return [
            "Means of \(Wording.runs(data.manifest)). Each lever is simulated by itself; what levers do together beyond that has a row of its own, so "
                + "that spend adds up.",
            isCut
                ? "The statutory override ends with \(ends ?? ""), and with it the forecast of the balance. \(AfterOverride.words)"
                : nil,
        ].compactMap { $0 }
    }
}
