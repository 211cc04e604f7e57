import Finance
import Projection
import Vocabulary

extension PreparedStudy {
    /// Prices an outcome of this study.
    /// - Parameters:
    ///   - scenario: whose levers change costs and income; `nil` for the baseline.
    ///   - baseline: the baseline's budget, whose residuals a scenario carries.
    ///   - follow: what follows from some of the outcome's runs, which have these places among all; what lines are paid for is found here
    ///     where it is left out, and services are paid for only with it.
    package func budget(
        _ outcome: Outcome, of scenario: Scenario? = nil, beside baseline: Budget? = nil,
        _ follow: (_ stretch: Outcome, _ places: Range<Int>) -> FollowedRuns = { _, _ in FollowedRuns() }
    ) -> Budget {
        func price(_ outcome: Outcome, _ places: Range<Int>, _ residuals: [FinancialYear: [String: Double]]) -> Budget {
            Budget(
                outcome, accounts, changes: scenario?.costs ?? [], funding: scenario?.funding ?? [],
                counted: counted(outcome, scenario, follow(outcome, places)), residuals: residuals)
        }
        var residuals = baseline?.residuals ?? [:]
        let (stretches, runs) = (outcome.stretches, outcome.runs.count)
        if stretches.count == 1 { return price(outcome, 0..<runs, residuals) }
        if accounts.carriesResidual && baseline == nil {
            var modelled = JoinedBudget(accounts, runs: runs)
            for (stretch, places) in stretches { modelled.addModelled(price(stretch, places, [:]), of: places) }
            residuals = modelled.carried
        }
        var joined = JoinedBudget(accounts, runs: runs)
        for (stretch, places) in stretches { joined.add(price(stretch, places, residuals), of: places) }
        return joined.budget
    }

    /// Units of lines and services that are not paid for people of the model.
    private func counted(_ outcome: Outcome, _ scenario: Scenario?, _ followed: FollowedRuns) -> CountedUnits {
        var counted: CountedUnits = [:]
        let summaries = RunSummaries(outcome)
        if counts(.request, .assessment),
            let outlook = followed.assessments
                ?? self.assessments.map({
                    AssessmentOutlook(outcome, $0, law, refusals: scenario?.refusals ?? [], summaries)
                })
        {
            for (unit, measure) in [
                (PriceUnit.request, AssessmentOutlook.Measure.requests), (.assessment, .assessments),
            ] {
                let units = Self.financialYears(outlook.runs[measure] ?? [])
                for line in accounts.lines where line.unit == unit { counted[line.name] = units }
            }
        }
        if counts(.careLeaverWeek),
            let outlook = followed.careLeavers ?? CareLeaverOutlook(outcome, folder.careLeavers, summaries)
        {
            let weeks = PriceUnit.careLeaverWeek.timesAYear(folder.space.service)
            for line in accounts.lines where line.unit == .careLeaverWeek {
                counted[line.name] = outlook.throughYears(line.name).map { $0.map { $0 * weeks } }
            }
        }
        for service in accounts.services {
            if service.name == LawOutlook.costLine {
                counted[service.name] = followed.law.map { Self.financialYears($0.costs) }
            }
            guard let outlook = followed.prevalence.first(where: { $0.row.name == service.name }) else { continue }
            counted[service.name] = zip(outlook.runs, outlook.runs.dropFirst()).map { this, next in
                zip(this, next).map { Activity.spring * $0 + Activity.autumn * $1 }
            }
        }
        return counted
    }

    /// The breakdowns of flows that prices need.
    var flowsForMoney: [Breakdown] {
        accounts.flows + (counts(.request, .assessment, .careLeaverWeek) ? [.age] : [])
    }

    private func counts(_ units: PriceUnit...) -> Bool { accounts.lines.contains { units.contains($0.unit) } }

    /// Nine months of one calendar year and three of the next.
    private static func financialYears(_ years: [[Double]]) -> [[Double]] {
        years.indices.map { step in
            zip(years[step], years[min(step + 1, years.count - 1)]).map { 0.75 * $0 + 0.25 * $1 }
        }
    }
}
