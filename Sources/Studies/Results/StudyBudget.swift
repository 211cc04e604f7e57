import Finance
import Projection
import Vocabulary

extension PreparedStudy {
    /// Prices an outcome of this study.
    /// - Parameters:
    ///   - scenario: whose levers change costs and income; `nil` for the baseline.
    ///   - assessments: the outcome's requests and assessments, where they are known.
    ///   - careLeavers: the outcome's care leavers, where they are known.
    ///   - prevalence: what rates come to; services that are paid for it are left out without.
    ///   - disputes: what refusals and disputes cost, likewise.
    ///   - baseline: the baseline's budget, whose residuals a scenario carries.
    package func budget(
        _ outcome: Outcome, of scenario: Scenario? = nil, _ assessments: AssessmentOutlook? = nil,
        _ careLeavers: CareLeaverOutlook? = nil, _ prevalence: [PrevalenceOutlook] = [],
        _ disputes: LawOutlook? = nil, beside baseline: Budget? = nil
    ) -> Budget {
        var counted: CountedUnits = [:]
        if counts(.request, .assessment),
            let outlook = assessments
                ?? self.assessments.map({ AssessmentOutlook(outcome, $0, law, refusals: scenario?.refusals ?? []) })
        {
            for (unit, measure) in [
                (PriceUnit.request, AssessmentOutlook.Measure.requests), (.assessment, .assessments),
            ] {
                let units = Self.financialYears(outlook.runs[measure] ?? [])
                for line in accounts.lines where line.unit == unit { counted[line.name] = units }
            }
        }
        if counts(.careLeaverWeek),
            let outlook = careLeavers ?? CareLeaverOutlook(outcome, folder.careLeavers)
        {
            let weeks = PriceUnit.careLeaverWeek.timesAYear(folder.space.service)
            for line in accounts.lines where line.unit == .careLeaverWeek {
                counted[line.name] = outlook.throughYears(line.name).map { $0.map { $0 * weeks } }
            }
        }
        for service in accounts.services {
            if service.name == LawOutlook.costLine {
                counted[service.name] = disputes.map { Self.financialYears($0.costs) }
            }
            guard let outlook = prevalence.first(where: { $0.row.name == service.name }) else { continue }
            counted[service.name] = zip(outlook.runs, outlook.runs.dropFirst()).map { this, next in
                zip(this, next).map { Activity.spring * $0 + Activity.autumn * $1 }
            }
        }
        return Budget(
            outcome, accounts, changes: scenario?.costs ?? [], funding: scenario?.funding ?? [], counted: counted,
            beside: baseline)
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
