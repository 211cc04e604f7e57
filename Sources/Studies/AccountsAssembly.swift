import Finance
import Intake
import Projection
import Vocabulary

/// Turns `costs.csv`, `inflation.csv`, `funding.csv`, `contributions.csv` and `outturn.csv` into accounts, and notes what does not
/// fit together.
struct AccountsAssembly {
    private let folder: ModelFolder
    private let space: StateSpace
    private var notes: AssemblyNotes
    private(set) var accounts = Accounts(lines: [])

    var findings: [Finding] { notes.findings }

    init(_ folder: ModelFolder, base: Cohort, assessments: AssessmentShares?) {
        self.folder = folder
        space = folder.space
        notes = AssemblyNotes(folder)
        let money = folder.money
        accounts.lines = money.lines.isEmpty ? flatLines : lines(money.lines)
        accounts.countsInYearGrowth =
            space.stepsPerYear == 1 && folder.description.countsInYearGrowth ?? !money.lines.isEmpty
        accounts.carriesResidual = folder.description.carriesResidual ?? false
        accounts.indices = Dictionary(grouping: money.inflation, by: \.index).mapValues { rows in
            PriceIndex(
                factors: Dictionary(
                    rows.map { (FinancialYear(starting: $0.year), $0.factor) }, uniquingKeysWith: { $1 }))
        }
        setContributions(money.contributions)
        setFunding(money.funding)
        for row in money.outturn {
            accounts.outturn[FinancialYear(starting: row.year), default: [:]][row.name] = row.amount
            check(line: row.name, "outturn.csv", row.line)
        }
        if assessments == nil, let line = accounts.lines.first(where: { [.request, .assessment].contains($0.unit) }) {
            notes.add(
                .error, "costs.csv", column: "unit",
                "'\(line.name)' is paid for requests or assessments, which this model does not count",
                remedy: "Add rates/assessments.csv, or price new plans.")
        }
        checkQuality()
    }

    /// Unit costs by need and setting alone: a line for each setting.
    private var flatLines: [CostLine] {
        space.setting.codes.enumerated().map { setting, code in
            var pounds: [Int: Double] = [:]
            for (need, name) in space.need.codes.enumerated() {
                pounds[need] = Double(folder.costs[name, code]?.pence ?? 0) / 100
            }
            return CostLine(name: "\(space.setting.name) \(code)", settings: [setting], pounds: pounds)
        }
    }

    private mutating func lines(_ rows: [CostRow]) -> [CostLine] {
        var lines: [CostLine] = []
        let payer = space.service == .plans ? CostLine.grant : CostLine.council
        for row in rows {
            if !row.index.isEmpty && !folder.money.inflation.contains(where: { $0.index == row.index }) {
                let hint = nearestSpelling(to: row.index, among: Set(folder.money.inflation.map(\.index)).sorted())
                notes.add(
                    .error, "costs.csv", line: row.line, column: "index", "'\(row.index)' is not in inflation.csv",
                    remedy: hint.map { "Did you mean '\($0)'?" } ?? "Add it there.")
            }
            if !row.index.isEmpty && row.priceYear == nil {
                notes.add(
                    .error, "costs.csv", line: row.line, column: "price_year",
                    "prices that follow an index need a year", remedy: "Write '2025-26'.")
            }
            let unit = CostLine.Unit(rawValue: row.unit) ?? .planYear
            if row.band != nil && ![.planYear, .planWeek].contains(unit) {
                notes.add(
                    .error, "costs.csv", line: row.line, column: "age_band", "bands are for plans",
                    remedy: "Leave it empty.")
            }
            if lines.contains(where: { $0.name == row.name }) {
                notes.add(
                    .error, "costs.csv", line: row.line, column: "line", "'\(row.name)' has a row already",
                    remedy: "Give each row a name of its own; tags bring lines together.")
            }
            lines.append(
                CostLine(
                    name: row.name, settings: row.settings,
                    pounds: Dictionary(uniqueKeysWithValues: row.needs.map { ($0, row.cost) }),
                    band: row.band.flatMap { name in space.service.bands.firstIndex { $0.name == name } }, unit: unit,
                    spread: row.spread, uncertainty: row.uncertainty,
                    priceYear: row.priceYear.map(FinancialYear.init(starting:)),
                    index: row.index.isEmpty ? nil : row.index, payer: row.payer.isEmpty ? payer : row.payer,
                    tag: row.tag, source: row.source, quality: row.quality))
        }
        return lines
    }

    private mutating func check(line name: String, _ file: String, _ row: Int) {
        let names = accounts.lines.map(\.name)
        if names.contains(name) { return }
        let hint = nearestSpelling(to: name, among: names).map { "Did you mean '\($0)'?" }
        notes.add(
            .error, file, line: row, column: "line", "'\(name)' is not a line of costs.csv",
            remedy: hint ?? "They are \(notes.list(names)).")
    }

    private mutating func setContributions(_ rows: [ContributionRow]) {
        for row in rows {
            check(line: row.name, "contributions.csv", row.line)
            accounts.contributions.append(
                Contribution(line: row.name, payer: row.payer, share: row.share, years: row.years))
        }
        for line in accounts.lines {
            let own = accounts.contributions.filter { $0.line == line.name }
            for year in Set(own.map(\.years.lowerBound)) {
                let sum = own.filter { $0.years.contains(year) }.reduce(0) { $0 + $1.share }
                if sum > 1 + 1e-9 {
                    notes.add(
                        .error, "contributions.csv", column: "share",
                        "shares of '\(line.name)' sum to \(sum) in \(FinancialYear(starting: year)), more than 1")
                }
            }
        }
    }

    private mutating func setFunding(_ rows: [YearAmountRow]) {
        guard !rows.isEmpty else { return }
        var amounts: [Funding.Item: [FinancialYear: Double]] = [:]
        var ratings: [Funding.Item: [FinancialYear: AssumptionQuality]] = [:]
        for row in rows {
            guard let item = Funding.Item(rawValue: row.name) else {
                let names = Funding.Item.allCases.map(\.rawValue)
                let hint = nearestSpelling(to: row.name, among: names).map { "Did you mean '\($0)'?" }
                notes.add(
                    .error, "funding.csv", line: row.line, column: "item", "'\(row.name)' is not an item of funding",
                    remedy: hint ?? "They are \(names.joined(separator: ", ")).")
                continue
            }
            amounts[item, default: [:]][FinancialYear(starting: row.year)] = row.amount
            ratings[item, default: [:]][FinancialYear(starting: row.year)] = row.quality
        }
        let funding = Funding(amounts: amounts, ratings: ratings)
        accounts.funding = funding
        let first = FinancialYear(starting: folder.description.base ?? 2000)
        if funding.income(first) == nil {
            notes.add(
                .error, "funding.csv", "there is no high needs block for \(first) or before",
                remedy: "Add a row 'high needs block'.")
        }
        if amounts[.opening] == nil {
            notes.add(
                .warning, "funding.csv", "no opening balance is stated; it counts as £0",
                remedy: "Add a row 'opening balance' for \(first); a deficit is below 0.")
        }
    }

    /// Says which lines rest on other areas' figures.
    private mutating func checkQuality() {
        for quality in [AssumptionQuality.red, .amber] {
            let weak = accounts.lines.filter { $0.quality == quality }.map(\.name)
            if weak.isEmpty { continue }
            notes.add(
                quality == .red ? .warning : .note, "costs.csv",
                "\(weak.count) of \(accounts.lines.count) lines are rated \(quality.rawValue) (\(notes.list(weak)))",
                remedy: "Replace them by your own figures.")
        }
    }
}
