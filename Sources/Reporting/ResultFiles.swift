import Foundation
import Projection
import Sampling
import Studies
import Vocabulary

/// The tables of a result as files.
public enum ResultFiles {
    /// The name of the scenario without levers.
    static let baseline = "baseline"
    static let statistics = ["mean", "sd", "p05", "p10", "p25", "p50", "p75", "p90", "p95"]
    private static let all = "all"

    /// Every file of a result folder, by name.
    public static func files(_ result: StudyResult, manifest: Manifest) -> [(name: String, data: Data)] {
        [
            (OutputFolder.mark, manifest.data), ("plans.csv", plans(result)), ("flows.csv", flows(result)),
            ("budget.csv", budget(result)), ("checks.csv", checks(result)),
        ] + (result.assessments.map { [("assessments.csv", assessments($0, result.outcome.stockLayout.bands))] } ?? [])
    }

    private static func assessments(_ outlook: AssessmentOutlook, _ bands: [AgeBand]) -> Data {
        var csv = CSVWriter(columns: ["scenario", "year", "measure", "age_band"] + statistics)
        for row in outlook.rows {
            let place = [baseline, String(row.year), row.measure.rawValue, row.band.map { bands[$0].name } ?? all]
            csv.append(place + fields(row.count))
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

    private static func plans(_ result: StudyResult) -> Data {
        let layout = result.outcome.stockLayout
        let space = layout.space
        var csv = CSVWriter(
            columns: ["scenario", "january", "age", "age_band", space.need.name, space.setting.name] + statistics)
        for row in result.plans where !isEmptyCross(row.label, row.people) {
            let place = [
                baseline, String(row.january), row.label.age.map(String.init) ?? all,
                row.label.band.map { layout.bands[$0].name } ?? all, row.label.need.map { space.need.codes[$0] } ?? all,
                row.label.setting.map { space.setting.codes[$0] } ?? all,
            ]
            csv.append(place + fields(row.people))
        }
        return csv.data
    }

    private static func flows(_ result: StudyResult) -> Data {
        let space = result.outcome.flowLayout.space
        let columns = ["scenario", "january", "flow", "age", space.need.name, space.setting.name]
        var csv = CSVWriter(columns: columns + ["to_\(space.need.name)", "to_\(space.setting.name)"] + statistics)
        for row in result.flows where !isEmptyCross(row.label, row.people) {
            if (row.toSetting ?? row.toNeed) != nil && row.people.mean == 0 { continue }
            let place = [
                baseline, String(row.january), row.flow.rawValue, row.label.age.map(String.init) ?? all,
                row.label.need.map { space.need.codes[$0] } ?? all,
                row.label.setting.map { space.setting.codes[$0] } ?? all,
                row.toNeed.map { space.need.codes[$0] } ?? all,
                row.toSetting.map { space.setting.codes[$0] } ?? all,
            ]
            csv.append(place + fields(row.people))
        }
        return csv.data
    }

    private static func budget(_ result: StudyResult) -> Data {
        let settings = result.outcome.model.space.setting
        var csv = CSVWriter(
            columns: ["scenario", "financial_year", "line", "payer", "tag", "price_basis"] + statistics)
        for line in result.budget.lines {
            let name = line.setting.map { "\(settings.name) \(settings.codes[$0])" } ?? "spend"
            csv.append([baseline, line.year.description, name, all, all, "as in costs.csv"] + fields(line.pounds))
        }
        return csv.data
    }

    private static func checks(_ result: StudyResult) -> Data {
        var csv = CSVWriter(columns: ["check", "status", "detail"])
        for check in result.checks {
            var detail = "\(check.equations) equations hold"
            if let first = check.firstBroken {
                detail =
                    check.broken == 0 ? first : "\(check.broken) of \(check.equations) equations fail; first: \(first)"
            }
            csv.append([check.name, check.broken == 0 ? "pass" : "fail", detail])
        }
        return csv.data
    }
}
