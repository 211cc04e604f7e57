import Finance
import Formats
import Intake
import Sampling
import Vocabulary

/// Where spend of a financial year that has begun is going: its end by line, from the months that are known and the model, and why it
/// differs from the budget.
package struct InYearMonitor: Sendable {
    /// A line.
    package struct Line: Sendable {
        /// As `costs.csv` calls it.
        package let name: String
        /// How many months are known, from April.
        package let months: Int
        /// To date and to the end of the year.
        package let forecast: InYearForecast
        /// Children counted over the model's on that day; `nil` where none were counted.
        package let counted: Double?
        /// Children of the year, or other units; `nil` of lines without.
        package let units: Double?
        /// What was set aside, and why the year ends elsewhere; `nil` where no budget is known.
        package internal(set) var variance: BudgetVariance?
    }

    /// The files of a user.
    package struct Files: Sendable {
        package var outturn: Checked<[MonthlySpendRow]>
        package var caseload: Checked<[CaseloadRow]>?
        package var budget: Checked<[LineBudgetRow]>?

        /// Reads files by their paths.
        /// - Throws: ``UnusableData`` where one is not there.
        package init(
            outturn: String, caseload: String?, budget: String?, _ study: PreparedStudy
        ) throws(UnusableData) {
            self.outturn = MonthlySpendRow.read(try SourceFile(outturn))
            if let caseload {
                var file = try SourceFile(caseload)
                file.service = study.folder.space.service
                self.caseload = CaseloadRow.read(file, study.folder.space)
            }
            if let budget { self.budget = LineBudgetRow.read(try SourceFile(budget)) }
        }

        /// What was noticed in all of them.
        package var findings: [Finding] {
            outturn.findings + (caseload?.findings ?? []) + (budget?.findings ?? [])
        }

        /// What was used of each.
        package var uses: [FileUse] { outturn.uses + (caseload?.uses ?? []) + (budget?.uses ?? []) }
    }

    /// The study.
    package let study: PreparedStudy
    /// The financial year.
    package let year: FinancialYear
    /// The last month that is known.
    package let last: FinancialMonth
    /// Line by line, as in `costs.csv`.
    package let lines: [Line]
    /// The day of the count; `nil` without one.
    package let counted: CalendarDay?
    /// What does not fit together.
    package let findings: [Finding]
    /// The balance of the grant at the end of the year as 'run' has it, and what the grant pays for lines then, in every run; `nil` where
    /// no balance is forecast.
    private let planned: (balance: [Double], spend: [Double])?

    /// Forecasts the end of the year.
    /// - Throws: ``UnusableData`` with all that is wrong with the files.
    package init(_ result: StudyResult, _ files: Files) throws(UnusableData) {
        guard !files.findings.containsErrors else { throw UnusableData(files.findings, uses: files.uses) }
        study = result.study
        let months = try KnownMonths(files.outturn, result)
        year = months.year
        last = months.last
        var notes = months.findings
        let children = try files.caseload.map { rows throws(UnusableData) in
            try CountedChildren(rows, result, months.year)
        }
        notes += children?.findings ?? []
        counted = children?.day
        var lines = result.study.accounts.lines.indices.map { number in
            Self.line(number, result, months, children)
        }
        if let budget = files.budget {
            let variances = try BudgetVariance.all(budget, lines, result, year)
            for number in lines.indices { lines[number].variance = variances.value[number] }
            notes += variances.findings
        }
        self.lines = lines
        findings = notes
        let (accounts, year) = (study.accounts, months.year)
        planned = result.budget.amounts(.balance).first { $0.year == year }.map { balance in
            let spend = accounts.lines.enumerated().reduce([Double](repeating: 0, count: balance.runs.count)) {
                sums, line in
                let share = accounts.payers(of: line.element, in: year)[CostLine.grant] ?? 0
                let pounds = result.budget.amounts(.line(line.offset)).first { $0.year == year }?.runs ?? []
                return zip(sums, pounds).map { $0 + share * $1 }
            }
            return (balance.runs, spend)
        }
    }

    private static func line(
        _ number: Int, _ result: StudyResult, _ months: KnownMonths, _ children: CountedChildren?
    ) -> Line {
        let line = result.study.accounts.lines[number]
        let amount = result.budget.amounts(.line(number)).first { $0.year == months.year }
        let ratios = children?.ratios[number]
        let year = amount?.runs ?? []
        let model = ratios.map { zip(year, $0).map(*) } ?? year
        let spent = months.spent[number]
        let forecast = InYearForecast(
            spent: spent, shares: months.shares[number], model: model, scatter: months.scatter,
            variates: result.outcome.runs.map { run in
                var stream = RandomStream(
                    seed: result.outcome.seeds.local, run: UInt32(run), deciding: .months, state: stableKey(line.name))
                return (stream.normal(), stream.normal())
            })
        return Line(
            name: line.name, months: spent.count, forecast: forecast, counted: ratios?.mean,
            units: line.unit == .year ? nil : amount?.units.map { $0 * (ratios?.mean ?? 1) })
    }

    /// The year's end of all lines, or of what a payer bears, in every run.
    package func yearEnd(bornBy payer: String? = nil) -> [Double] {
        sum(payer) { $0.forecast.runs }
    }

    /// What the grant pays beyond what 'run' forecasts, and the balance on the last day of the year, that of 'run' less it, in every run; `nil`
    /// where no balance is forecast.
    package var balance: (more: [Double], balance: [Double])? {
        planned.map { planned in
            let more = zip(yearEnd(bornBy: CostLine.grant), planned.spend).map(-)
            return (more, zip(planned.balance, more).map(-))
        }
    }

    /// Spend to date of all lines, or of what a payer bears.
    package func spent(bornBy payer: String? = nil) -> Double { sum(payer) { [$0.forecast.spent] }[0] }

    /// The model's mean for the known months.
    package func modelled(bornBy payer: String? = nil) -> Double { sum(payer) { [$0.forecast.modelled] }[0] }

    /// The model's mean for the year.
    package func model(bornBy payer: String? = nil) -> Double { sum(payer) { [$0.forecast.model] }[0] }

    /// Who pays, the high needs budget first.
    package var payers: [String] {
        let all = Set(study.accounts.lines.flatMap { study.accounts.payers(of: $0, in: year).keys })
        return all.filter { $0 == CostLine.grant } + all.filter { $0 != CostLine.grant }.sorted()
    }

    /// The budget, the year's end and why they differ, over the lines that have a budget.
    package var variance: BudgetVariance? { BudgetVariance(sum: lines.compactMap(\.variance)) }

    private func sum(_ payer: String?, _ part: (Line) -> [Double]) -> [Double] {
        var sums: [Double] = []
        for (line, own) in zip(study.accounts.lines, lines) {
            let share = payer.map { study.accounts.payers(of: line, in: year)[$0] ?? 0 } ?? 1
            let pounds = part(own)
            if sums.isEmpty { sums = Array(repeating: 0, count: pounds.count) }
            for place in sums.indices { sums[place] += share * pounds[place] }
        }
        return sums.isEmpty ? [0] : sums
    }
}
