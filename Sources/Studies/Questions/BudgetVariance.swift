import Finance
import Formats
import Intake
import Sampling
import Vocabulary

/// What was set aside for a line, how its year ends, and how much of the difference is volume, mix and price: pounds to the penny, which
/// add up.
package struct BudgetVariance: Sendable, Equatable {
    /// What was set aside.
    package let budget: Double
    /// The year's end.
    package let yearEnd: Double
    /// More or fewer children than in the budget, at its average cost.
    package let volume: Double
    /// Children in dearer or cheaper lines than in the budget.
    package let mix: Double
    /// What each costs more than in the budget.
    package let price: Double
    /// What is neither, because the budget does not say for how many it was made.
    package let unsplit: Double

    /// The year's end less the budget.
    package var variance: Double { Numerals.rounded(yearEnd - budget, decimals: 2) }

    private init(_ budget: Double, _ yearEnd: Double, _ part: SpendBridge.Part?) {
        func pence(_ pounds: Double) -> Double { Numerals.rounded(pounds, decimals: 2) }
        (self.budget, self.yearEnd) = (pence(budget), pence(yearEnd))
        (volume, mix) = (pence(part?.volume ?? 0), pence(part?.mix ?? 0))
        let rest = pence(pence(yearEnd) - pence(budget) - volume - mix)
        (price, unsplit) = part == nil ? (0, rest) : (rest, 0)
    }

    /// Adds variances up; `nil` where there are none.
    package init?(sum parts: [BudgetVariance]) {
        if parts.isEmpty { return nil }
        func sum(_ part: KeyPath<BudgetVariance, Double>) -> Double {
            Numerals.rounded(parts.reduce(0) { $0 + $1[keyPath: part] }, decimals: 2)
        }
        (budget, yearEnd, volume, mix) = (sum(\.budget), sum(\.yearEnd), sum(\.volume), sum(\.mix))
        (price, unsplit) = (sum(\.price), sum(\.unsplit))
    }

    /// Variances line by line, split together, for lines that are paid for children share a volume.
    /// - Parameters:
    ///   - budgets: pounds, and units where they are known; of a sum for a year none are needed.
    ///   - ends: pounds and units at the year's end.
    package static func all(
        _ budgets: [Given?], ends: [SpendBridge.Amount], _ lines: [CostLine]
    ) -> [BudgetVariance?] {
        let split = lines.indices.filter { number in
            budgets[number].map { lines[number].unit == .year || $0.units != nil } ?? false
        }
        let bridge = SpendBridge(
            split.map { number in
                let isSum = lines[number].unit == .year
                return SpendBridge.Line(
                    isOfPlans: lines[number].unit.isOfPeople,
                    from: SpendBridge.Amount(
                        units: isSum ? 1 : budgets[number]?.units ?? 0, pounds: budgets[number]?.pounds ?? 0),
                    to: isSum ? SpendBridge.Amount(units: 1, pounds: ends[number].pounds) : ends[number])
            })
        let parts = Dictionary(uniqueKeysWithValues: zip(split, bridge.parts))
        return lines.indices.map { number in
            budgets[number].map { BudgetVariance($0.pounds, ends[number].pounds, parts[number]) }
        }
    }

    /// A line of a budget.
    package struct Given: Sendable {
        package let pounds: Double
        package let units: Double?

        /// States pounds and units.
        package init(pounds: Double, units: Double?) {
            (self.pounds, self.units) = (pounds, units)
        }
    }
}

extension BudgetVariance {
    /// How far a budget or its children may lie from the model's.
    private static let usual = 0.2...5.0

    /// Variances line by line.
    /// - Throws: ``UnusableData`` where the budget is not of this model.
    static func all(
        _ budget: Checked<[LineBudgetRow]>, _ lines: [InYearMonitor.Line], _ result: StudyResult, _ year: FinancialYear
    ) throws(UnusableData) -> Checked<[BudgetVariance?]> {
        var findings = FindingList(file: budget.uses.first?.file ?? "")
        let accounts = result.study.accounts
        let names = accounts.lines.map(\.name)
        var given = [Given?](repeating: nil, count: names.count)
        var without = RowTally()
        for row in budget.value {
            guard let number = names.firstIndex(of: row.name) else {
                findings.addUnknown(line: row.name, names, at: row.line)
                continue
            }
            given[number] = Given(pounds: row.budget, units: row.units)
            let line = accounts.lines[number]
            if line.unit != .year, row.units == nil { without.add(row.line) }
            let model = result.budget.amounts(.line(number)).first { $0.year == year }
            let pairs = [("budget", row.budget, model?.mean), ("children", row.units, lines[number].units)]
            for (column, stated, modelled) in pairs {
                guard let stated, let modelled, modelled > 0, !usual.contains(stated / modelled) else { continue }
                findings.add(
                    .warning, line: row.line, column: column,
                    "\(Numerals.grouped(stated)) for '\(row.name)', where the model has \(Numerals.grouped(modelled))",
                    remedy: "Correct it, or the model's prices.")
            }
        }
        findings.add(
            .warning, rows: without, column: "children",
            "the budget does not say for how many it was made, so its variance is not split",
            remedy: "Write the children of the year that each line was budgeted for.")
        let missing = names.indices.filter { given[$0] == nil && lines[$0].forecast.runs.mean > 0 }.map { names[$0] }
        if !missing.isEmpty {
            findings.add(
                .warning, column: "line",
                "no budget is stated for \(missing.joined(separator: ", ")): the variance is without them",
                remedy: "Add a row for each.")
        }
        guard !findings.findings.containsErrors else { throw UnusableData(findings.findings) }
        let ends = lines.map { SpendBridge.Amount(units: $0.units ?? 0, pounds: $0.forecast.runs.mean) }
        return Checked(all(given, ends: ends, accounts.lines), findings: findings.findings)
    }
}

extension FindingList {
    /// A line that is not one of the model's; one finding for each name.
    mutating func addUnknown(line name: String, _ names: [String], at row: Int) {
        add(
            .error, sharing: name, line: row, column: "line", "'\(name)' is not a line of costs.csv",
            remedy: suggestion(for: name, among: names, otherwise: "They are \(names.joined(separator: ", "))."))
    }
}
