import Assembly
import Finance
import Intake
import Sampling
import Vocabulary

/// Who pays besides the payers of lines: `contributions.csv` and `pools.csv`, and what does not fit together in them.
struct PayersAssembly {
    private(set) var contributions: [Contribution] = []
    private(set) var funds: [PooledFund] = []
    private var notes: AssemblyNotes
    /// The projected financial years, by their Aprils.
    private let years: ClosedRange<Int>

    var findings: [Finding] { notes.findings }

    init(_ folder: ModelFolder, _ accounts: Accounts, years: ClosedRange<Int>) {
        notes = AssemblyNotes(folder)
        self.years = years
        let lines = accounts.lines + accounts.services
        for row in folder.money.contributions { add(row, lines) }
        checkSums(folder.money.contributions, lines)
        let payers = Set(lines.map(\.payer) + contributions.map(\.payer))
        let named = Set(folder.money.pools.map(\.fund))
        for row in folder.money.pools where named.contains(row.payer) {
            notes.add(
                .error, "pools.csv", line: row.line, column: "payer", "'\(row.payer)' is a fund itself",
                remedy: "Name the agencies that fill it.")
        }
        for (name, rows) in Dictionary(grouping: folder.money.pools, by: \.fund).sorted(by: { $0.key < $1.key }) {
            add(name, rows, payers)
        }
    }

    /// A share of a line, or of each line of a tag.
    private mutating func add(_ row: ContributionRow, _ lines: [CostLine]) {
        let named = lines.filter { $0.name == row.name }
        let shared = named.isEmpty ? lines.filter { $0.tag == row.name } : named
        if shared.isEmpty {
            let names = lines.map(\.name)
            notes.add(
                .error, "contributions.csv", line: row.line, column: "line",
                "'\(row.name)' is not a line of costs.csv",
                remedy: suggestion(for: row.name, among: names, otherwise: "They are \(notes.list(names))."))
        }
        if row.years.upperBound < years.lowerBound || row.years.lowerBound > years.upperBound {
            notes.add(
                .warning, "contributions.csv", line: row.line, column: "starts",
                "'\(row.payer)' pays in no year of the projection", remedy: "Correct 'starts' and 'ends'.")
        }
        let share = UncertainNumber(row.share, key: stableKey("payer", row.name, row.payer))
        contributions += shared.map {
            Contribution(line: $0.name, payer: row.payer, share: share, years: row.years, quality: row.quality)
        }
    }

    /// What others pay of a line is at most the whole of it in every run.
    private mutating func checkSums(_ rows: [ContributionRow], _ lines: [CostLine]) {
        for line in lines {
            let own = contributions.filter { $0.line == line.name }
            for year in Set(own.map(\.years.lowerBound)).sorted() {
                let sum = own.filter { $0.years.contains(year) }.reduce(0) { $0 + $1.share.high }
                if sum > 1 + 1e-9 {
                    let most = own.contains { $0.share.low < $0.share.high } ? " at the most" : ""
                    notes.add(
                        .error, "contributions.csv", column: "share",
                        "shares of '\(line.name)' sum to \(sum)\(most) in \(FinancialYear(starting: year)), more than 1"
                    )
                }
            }
        }
    }

    /// A fund: its risk is shared out whole in every year of the projection.
    private mutating func add(_ name: String, _ rows: [PoolRow], _ payers: Set<String>) {
        let fund = PooledFund(
            name: name,
            partners: rows.map {
                .init(
                    payer: $0.payer, contribution: $0.contribution, risk: $0.risk, years: $0.years,
                    quality: $0.quality)
            })
        funds.append(fund)
        if !payers.contains(name) {
            notes.add(
                .error, "pools.csv", line: rows.first?.line, column: "fund", "nothing is paid through '\(name)'",
                remedy: suggestion(
                    for: name, among: payers.sorted(),
                    otherwise: "Name it as a payer in costs.csv or contributions.csv."))
        }
        let partial = years.first { year in
            let sum = rows.filter { $0.years.contains(year) }.reduce(0) { $0 + $1.risk }
            return abs(sum - 1) > 1e-6
        }
        if let partial {
            notes.add(
                .error, "pools.csv", line: rows.first?.line, column: "risk_share",
                "the shares of '\(name)' do not sum to 1 in \(FinancialYear(starting: partial))",
                remedy: "What is spent above or below all contributions is borne by somebody: share it out whole.")
        }
    }
}
