import Finance
import Formats
import Foundation
import Intake
import Projection
import Sampling
import Studies
import Vocabulary

/// The tables of a result as files.
public enum ResultFiles {
    package static let statistics = ["mean", "sd", "p05", "p10", "p25", "p50", "p75", "p90", "p95"]
    package static let all = "all"

    /// Every file of a result folder, by name.
    /// - Parameter draws: whether every run's totals are among them.
    public static func files(
        _ baseline: StudyResult, scenarios: [ScenarioResult] = [], manifest: Manifest, draws: Bool = false
    ) -> [(name: String, data: Data)] {
        let results = [baseline] + scenarios.map(\.result)
        // The largest first, so that no thread is left with one of them at the end.
        let tables: [@Sendable () -> [(name: String, data: Data)]] = [
            { [("plans.csv", plans(results))] },
            { [("flows.csv", flows(results))] },
            {
                scenarios.isEmpty
                    ? [] : [("differences.csv", DifferenceFile.data(scenarios.map(\.difference), of: baseline))]
            },
            { PlacesFiles.files(results) },
            { moneyFiles(results, scenarios) },
            { [("checks.csv", checks(results))] },
            { results.contains { $0.assessments != nil } ? [("assessments.csv", assessments(results))] : [] },
            { scenarios.contains { !$0.appraisals.isEmpty } ? [("capital.csv", CapitalFile.data(scenarios))] : [] },
            {
                let causes = PlanCause.baseline(baseline) + scenarios.flatMap(\.plans)
                return [(CausesFile.name, CausesFile.data(causes, baseline.outcome.model.space.setting))]
            },
            { draws ? [("draws.csv.gz", self.draws(results))] : [] },
            { baseline.study.folder.overlap.isEmpty ? [] : [(OverlapFile.name, OverlapFile.data(results))] },
            { baseline.outcome[.months].series > 0 ? [("months.csv", months(results))] : [] },
            { ContextFiles.files(baseline.study, scenarios.compactMap(\.result.scenario)) },
        ]
        let files = mapInParallel(tables.count) { tables[$0]() }.joined()
        return [(OutputFolder.mark, manifest.data)]
            + files.map { file in worded(file, baseline.study.folder.space.service) }
    }

    private static func moneyFiles(
        _ results: [StudyResult], _ scenarios: [ScenarioResult]
    ) -> [(name: String, data: Data)] {
        var files = [
            ("budget.csv", BudgetFile.data(results)), ("bridge.csv", BudgetFile.bridges(results)),
            ("cost-per-plan.csv", BudgetFile.costsPerPlan(results[0])),
        ]
        if results.contains(where: { !$0.budget.amounts(.balance).isEmpty }) {
            files.append(("deficits.csv", BudgetFile.deficits(results)))
        }
        let reconciled = results[0].budget.reconciliation
        if !reconciled.isEmpty { files.append(("reconciliation.csv", BudgetFile.reconciliation(reconciled))) }
        let causes = scenarios.flatMap(\.spend)
        if !causes.isEmpty { files.append(("spend-causes.csv", BudgetFile.causes(causes))) }
        return files
    }

    /// A table in the words of a service: its name and the names of its columns.
    private static func worded(_ file: (name: String, data: Data), _ service: Service) -> (name: String, data: Data) {
        guard service != .plans, file.name.hasSuffix(".csv"), let end = file.data.firstIndex(of: 0x0A) else {
            return file
        }
        let header = String(decoding: file.data[..<end], as: UTF8.self).split(separator: ",")
            .map { service.column(String($0)) }
        return (service.file(file.name), Data(header.joined(separator: ",").utf8) + file.data[end...])
    }

    /// People at the end of every month, in all and by setting.
    private static func months(_ results: [StudyResult]) -> Data {
        let space = results[0].study.folder.space
        var csv = CSVWriter(columns: ["scenario", "month", "setting"] + statistics)
        for result in results {
            let months = result.outcome[.months]
            for step in 0..<months.steps {
                // The year of a model ends in March.
                let number = result.study.base.january * 12 + 3 + step
                let name = "\(number / 12)-\(number % 12 < 9 ? "0" : "")\(number % 12 + 1)"
                for (place, code) in ([all] + space.setting.codes).enumerated() {
                    let series = place == 0 ? StepSeries.after.rawValue : StepSeries.firstSetting + place - 1
                    csv.append([result.name, name, code], months.summary(step: step, series: series))
                }
            }
        }
        return csv.data
    }

    /// Plans, spend and balance of every run.
    private static func draws(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(columns: ["scenario", "measure", "period", "run", "value"])
        for result in results {
            let first = result.outcome.runs.lowerBound
            func append<Value>(_ measure: String, _ period: String, _ values: [Value], _ text: (Value) -> String) {
                for (place, value) in values.enumerated() {
                    csv.append([result.name, measure, period, String(first + place), text(value)])
                }
            }
            for (step, plans) in result.totals.enumerated() {
                append(result.study.folder.space.service.people, String(result.study.base.january + step), plans) {
                    String($0)
                }
            }
            for (kind, name) in [(Budget.Kind.spend, "spend, £"), (.balance, "balance, £")] {
                for amount in result.budget.amounts(kind) {
                    append(name, amount.year.description, amount.runs) { Numerals.plain($0, decimals: 2) }
                }
            }
        }
        return Archive.gzipped(csv.data)
    }

    private static func assessments(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(columns: ["scenario", "year", "measure", "age_band"] + statistics)
        for result in results {
            let bands = result.outcome.stockLayout.bands
            for row in result.assessments?.rows ?? [] {
                let place = [
                    result.name, String(row.year), row.measure.rawValue, row.band.map { bands[$0].name } ?? all,
                ]
                csv.append(place, row.count)
            }
        }
        return csv.data
    }

    static func fields(_ summary: Summary) -> [String] {
        [Numerals.plain(summary.mean), Numerals.plain(summary.standardDeviation)]
            + summary.quantiles.map { Numerals.plain($0) }
    }

    /// Rows of crossed dimensions that are nought in every run are left out.
    private static func isEmptyCross(_ label: SeriesLayout.Label, _ summary: Summary) -> Bool {
        let dimensions = [label.age, label.band, label.need, label.setting].compactMap { $0 }.count
        return dimensions > 1 && summary.mean == 0 && summary.standardDeviation == 0
    }

    private static func plans(_ results: [StudyResult]) -> Data {
        guard let layout = results.first?.outcome.stockLayout else { return Data() }
        let space = layout.space
        var csv = CSVWriter(
            columns: ["scenario", "january", "age", "age_band", space.need.name, space.setting.name] + statistics)
        for result in results {
            for row in result.plans where !isEmptyCross(row.label, row.people) {
                csv.append([result.name, String(row.january)] + place(row.label, layout), row.people)
            }
        }
        return csv.data
    }

    /// Age, band, need and setting of a series.
    static func place(_ label: SeriesLayout.Label, _ layout: SeriesLayout) -> [String] {
        [
            label.age.map(String.init) ?? all, label.band.map { layout.bands[$0].name } ?? all,
            label.need.map { layout.space.need.codes[$0] } ?? all,
            label.setting.map { layout.space.setting.codes[$0] } ?? all,
        ]
    }

    private static func flows(_ results: [StudyResult]) -> Data {
        guard let layout = results.first?.outcome.flowLayout else { return Data() }
        let space = layout.space
        let columns = ["scenario", "january", "flow", "age", space.need.name, space.setting.name]
        var csv = CSVWriter(columns: columns + ["to_\(space.need.name)", "to_\(space.setting.name)"] + statistics)
        for result in results {
            for row in result.flows where !isEmptyCross(row.label, row.people) {
                if (row.toSetting ?? row.toNeed ?? row.route) != nil && row.people.mean == 0 { continue }
                let route = row.route.flatMap { result.outcome.model.rates.further.routes?.names[$0] }
                var place = place(row.label, layout)
                place.remove(at: 1)
                csv.append(
                    [result.name, String(row.january), row.flow.rawValue] + place + [
                        row.toNeed.map { space.need.codes[$0] } ?? all,
                        row.toSetting.map { space.setting.codes[$0] } ?? route ?? all,
                    ], row.people)
            }
        }
        return csv.data
    }

    private static func checks(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(columns: ["scenario", "check", "status", "detail"])
        for result in results {
            for check in result.checks {
                var detail = "\(check.equations) equations hold"
                if let first = check.firstBroken {
                    detail =
                        check.broken == 0
                        ? first : "\(check.broken) of \(check.equations) equations fail; first: \(first)"
                }
                csv.append([result.name, check.name, check.broken == 0 ? "pass" : "fail", detail])
            }
        }
        return csv.data
    }
}
