import Finance
import Formats
import Foundation
import Projection
import Sampling
import Studies
import Vocabulary

/// The tables of a result as files.
package enum ResultFiles {
    /// What a dimension says of which all are counted.
    package static let all = "all"
    /// What the scenario is called that changes nothing.
    package static let baseline = StudyResult.baseline

    /// What tables call the same authority under another baseline of places than the run's.
    package static func name(of other: PlacesBaseline) -> String { "\(baseline)-\(other.rawValue)" }

    /// Every file of a result folder, by name.
    /// - Parameter draws: whether every run's totals are among them.
    package static func files(
        _ baseline: StudyResult, scenarios: [ScenarioResult] = [], manifest: Manifest, draws: Bool = false
    ) -> [(name: String, data: Data)] {
        let results = [baseline] + scenarios.map(\.result)
        // The largest first, so that no thread is left with one of them at the end.
        let tables: [@Sendable () -> [(name: String, data: Data)]] = [
            { [plans(results)] },
            { [flows(results)] },
            { StaysFiles.files(results) },
            { scenarios.isEmpty ? [] : [DifferenceFile.file(scenarios.map(\.difference), of: baseline)] },
            { PlacesFiles.files(results) },
            { AreasFiles.files(results) },
            { SupportFiles.files(results) },
            { LawFiles.files(results) },
            { FrontDoorFile.files(results) },
            { moneyFiles(results, scenarios) },
            { [checks(results)] },
            { results.contains { $0.assessments != nil } ? [assessments(results)] : [] },
            { scenarios.contains { !$0.appraisals.isEmpty } ? [CapitalFile.file(scenarios)] : [] },
            { [causes(PlanCause.baseline(baseline) + scenarios.flatMap(\.plans), baseline.outcome.model.space)] },
            { draws ? [self.draws(results)] : [] },
            { baseline.study.folder.overlap.isEmpty ? [] : [overlap(results)] },
            { baseline.careLeavers == nil ? [] : [careLeavers(results)] },
            { baseline.outcome[.months].series > 0 ? [months(results)] : [] },
            { ContextFiles.files(baseline, scenarios.compactMap(\.result.scenario)) },
        ]
        return [(OutputFolder.mark, manifest.data)] + mapInParallel(tables.count) { tables[$0]() }.joined()
    }

    private static func moneyFiles(
        _ results: [StudyResult], _ scenarios: [ScenarioResult]
    ) -> [(name: String, data: Data)] {
        var files = [
            BudgetFile.file(results), BudgetFile.payers(results), BudgetFile.bridges(results),
            BudgetFile.costsPerPlan(results[0]),
        ]
        if results.contains(where: { !$0.budget.amounts(.balance).isEmpty }) {
            files.append(BudgetFile.deficits(results))
        }
        let reconciled = results[0].budget.reconciliation
        if !reconciled.isEmpty { files.append(BudgetFile.reconciliation(reconciled)) }
        let causes = scenarios.flatMap(\.spend)
        if !causes.isEmpty { files.append(BudgetFile.causes(causes)) }
        let plans = scenarios.compactMap(\.recovery)
        if !plans.isEmpty { files.append(RecoveryFile.file(plans)) }
        return files
    }

    /// The steps from the base to every January, and from the baseline to every scenario.
    private static func causes(_ causes: [PlanCause], _ space: StateSpace) -> (name: String, data: Data) {
        ResultTable.causes.file(space.service) { table in
            for cause in causes {
                table.append(
                    cause.scenario, cause.setting.map { space.setting.codes[$0] } ?? all, cause.january,
                    cause.cause.text(space.service.words), cause.plans)
            }
        }
    }

    /// Children in care who hold a plan, by placement.
    private static func overlap(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.overlap.file(results[0].study.folder.space.service) { table in
            for result in results {
                let codes = result.study.folder.space.setting.codes
                for row in result.overlap {
                    table.append(
                        result.name, row.january, row.label.setting.map { codes[$0] } ?? all, "with a plan", row.people)
                }
            }
        }
    }

    /// Young people who have left care, by age and by accommodation.
    private static func careLeavers(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.careLeavers.file(results[0].study.folder.space.service) { table in
            for result in results {
                guard let outlook = result.careLeavers else { continue }
                for row in outlook.rows {
                    table.append(
                        result.name, row.march, row.age.map(String.init) ?? all, row.accommodation ?? all, row.people,
                        outlook.quality.rawValue)
                }
            }
        }
    }

    /// People at the end of every month, in all and by setting.
    private static func months(_ results: [StudyResult]) -> (name: String, data: Data) {
        let space = results[0].study.folder.space
        return ResultTable.months.file(space.service) { table in
            for result in results {
                let months = result.outcome[.months]
                for step in 0..<months.steps {
                    // The year of a model ends in March.
                    let number = result.study.base.january * 12 + 3 + step
                    let name = "\(number / 12)-\(number % 12 < 9 ? "0" : "")\(number % 12 + 1)"
                    for (place, code) in ([all] + space.setting.codes).enumerated() {
                        let series = place == 0 ? StepSeries.after.rawValue : StepSeries.firstSetting + place - 1
                        table.append(result.name, name, code, months.summary(step: step, series: series))
                    }
                }
            }
        }
    }

    /// Plans, spend and balance of every run.
    private static func draws(_ results: [StudyResult]) -> (name: String, data: Data) {
        let service = results[0].study.folder.space.service
        let file = ResultTable.draws.file(service) { table in
            for result in results {
                let first = result.outcome.runs.lowerBound
                func append(_ measure: String, _ period: String, _ values: [Double]) {
                    for (place, value) in values.enumerated() {
                        table.append(result.name, measure, period, first + place, value)
                    }
                }
                for (step, plans) in result.totals.enumerated() {
                    append(service.words.people, String(result.study.base.january + step), plans.map(Double.init))
                }
                for (kind, name) in [(Budget.Kind.spend, "spend, £"), (.balance, "balance, £")] {
                    for amount in result.budget.amounts(kind) { append(name, amount.year.description, amount.runs) }
                }
            }
        }
        return (file.name, Archive.gzipped(file.data))
    }

    private static func assessments(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.assessments.file(results[0].study.folder.space.service) { table in
            for result in results {
                let bands = result.outcome.stockLayout.bands
                for row in result.assessments?.rows ?? [] {
                    table.append(
                        result.name, row.year, row.measure.rawValue, row.band.map { bands[$0].name } ?? all, row.count)
                }
            }
        }
    }

    /// Rows of crossed dimensions that are zero in every run are left out.
    private static func isEmptyCross(_ label: SeriesLayout.Label, _ summary: Summary) -> Bool {
        summary.isNothing && label.dimensions > 1
    }

    private static func plans(_ results: [StudyResult]) -> (name: String, data: Data) {
        let layout = results[0].outcome.stockLayout
        let names = SeriesNames(layout)
        return ResultTable.plans.file(layout.space.service) { table in
            for result in results {
                for row in result.plans where !isEmptyCross(row.label, row.people) {
                    table.append(result.name, row.january, names.place(row.label), row.people)
                }
            }
        }
    }

    private static func flows(_ results: [StudyResult]) -> (name: String, data: Data) {
        let layout = results[0].outcome.flowLayout
        let space = layout.space
        let names = SeriesNames(layout)
        return ResultTable.flows.file(space.service) { table in
            for result in results {
                for row in result.flows where !isEmptyCross(row.label, row.people) {
                    if (row.toSetting ?? row.toNeed ?? row.route) != nil && row.people.mean == 0 { continue }
                    let route = row.route.flatMap { result.outcome.model.rates.further.routes?.names[$0] }
                    table.append(
                        result.name, row.january, row.flow.rawValue, names.placeWithoutBand(row.label),
                        row.toNeed.map { space.need.codes[$0] } ?? all,
                        row.toSetting.map { space.setting.codes[$0] } ?? route ?? all, row.people)
                }
            }
        }
    }

    private static func checks(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.checks.file { table in
            for result in results {
                for check in result.checks {
                    var detail = "\(check.equations) equations hold"
                    if let first = check.firstBroken {
                        detail =
                            check.broken == 0
                            ? first : "\(check.broken) of \(check.equations) equations fail; first: \(first)"
                    }
                    table.append(result.name, check.name, check.broken == 0 ? "pass" : "fail", detail)
                }
            }
        }
    }
}
