import Finance
import Formats
import Foundation
import Intake
import Studies
import Vocabulary

/// What figures mean and rest on: names of settings and needs, assumptions, scenarios, the past, and how such forecasts did. With these a
/// folder of results can be read without the model.
package enum ContextFiles {
    /// What a row of income states with which a deficit may no longer be kept apart; its date is the financial year.
    package static let overrideEnds = FundingItem.overrideEnds.rawValue

    static func files(_ baseline: StudyResult, _ scenarios: [Scenario]) -> [(name: String, data: Data)] {
        let study = baseline.study
        var files = [settings(study), needs(study), people(study), assumptions(study)]
        let checks = baseline.forecastChecks
        if !checks.isEmpty { files.append(counted(checks, study.folder.space.service)) }
        if !scenarios.isEmpty { files.append(levers(scenarios)) }
        if !study.folder.history.isEmpty { files.append(history(study.folder)) }
        let residents = study.folder.indicators.filter { $0.indicator == .residents }
        if !residents.isEmpty { files.append(self.residents(residents, study.folder.space.service)) }
        if let backtest = study.folder.backtest { files.append((ResultTable.backtest.name, backtest.bytes)) }
        return files
    }

    private static func settings(_ study: PreparedStudy) -> (name: String, data: Data) {
        let space = study.folder.space
        return ResultTable.settings.file(space.service) { table in
            switch study.folder.content {
            case .given(let plans):
                for setting in plans.settings {
                    table.append(
                        setting.code, setting.name, setting.group, setting.isInArea ? "yes" : "no", setting.returns)
                }
            case .observed:
                let unknown = Classification.returns.map { _ in "" }
                for (code, group) in zip(space.setting.codes, study.folder.groups) {
                    table.append(code, Classification.standard.name(ofSetting: code), group, "", unknown)
                }
            }
        }
    }

    private static func needs(_ study: PreparedStudy) -> (name: String, data: Data) {
        ResultTable.needs.file(study.folder.space.service) { table in
            switch study.folder.content {
            case .given(let plans): for need in plans.needs { table.append(need.code, need.name, need.returns) }
            case .observed:
                for code in study.folder.space.need.codes {
                    table.append(code, Classification.standard.name(ofNeed: code), "", "")
                }
            }
        }
    }

    private static func assumptions(_ study: PreparedStudy) -> (name: String, data: Data) {
        ResultTable.assumptions.file(study.folder.space.service) { table in
            for one in study.statedAssumptions {
                table.append(
                    one.kind, one.id, one.statement, one.value, one.source, one.date, one.owner, one.quality,
                    one.reviewBy)
            }
        }
    }

    private static func levers(_ scenarios: [Scenario]) -> (name: String, data: Data) {
        ResultTable.scenarios.file { table in
            for scenario in scenarios {
                for lever in scenario.levers {
                    let text = lever.text
                    table.append(
                        scenario.name, scenario.titles.joined(separator: " + "), lever.name, text.size, text.written[0],
                        text.written[1], text.ramp, text.source)
                }
            }
        }
    }

    private static func counted(_ checks: [ForecastCheck], _ service: Service) -> (name: String, data: Data) {
        func named(_ code: String) -> String { code.isEmpty ? ResultFiles.all : code }
        return ResultTable.counted.file(service) { table in
            for check in checks {
                let row = check.row
                table.append(
                    row.january, named(row.band), named(row.need), named(row.setting), row.plans, check.forecast,
                    check.error, check.isInside ? "yes" : "no", row.source)
            }
        }
    }

    private static func people(_ study: PreparedStudy) -> (name: String, data: Data) {
        let (service, population) = (study.folder.space.service, study.folder.population)
        return ResultTable.people.file(service) { table in
            for january in population.januaries {
                func sum(_ ages: ClosedRange<Int>) -> Double { ages.reduce(0) { $0 + (population[january, $1] ?? 0) } }
                table.append(january, ResultFiles.all, sum(service.years))
                for ages in [0...17, 0...24] where ages.upperBound < service.years.upperBound {
                    table.append(january, "\(ages.lowerBound) to \(ages.upperBound)", sum(ages))
                }
                for band in service.bands { table.append(january, band.name, sum(band.ages)) }
            }
        }
    }

    private static func residents(_ rows: [IndicatorRow], _ service: Service) -> (name: String, data: Data) {
        let whole = rows.filter { $0.category == IndicatorRow.all }
        let people = Dictionary(whole.map { ($0.year, $0.value) }, uniquingKeysWith: { first, _ in first })
        return ResultTable.residents.file(service) { table in
            for row in rows {
                table.append(
                    row.year, row.category, row.value, people[row.year].map { row.value / $0 }, row.source)
            }
        }
    }

    private static func history(_ folder: ModelFolder) -> (name: String, data: Data) {
        ResultTable.history.file(folder.space.service) { table in
            for row in folder.history {
                func named(_ code: String) -> String { code.isEmpty ? ResultFiles.all : code }
                table.append(row.january, named(row.need), named(row.setting), row.plans)
            }
        }
    }
}
