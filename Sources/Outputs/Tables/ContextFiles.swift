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
                    table.append(code, code, group, "", unknown)
                }
            }
        }
    }

    private static func needs(_ study: PreparedStudy) -> (name: String, data: Data) {
        ResultTable.needs.file(study.folder.space.service) { table in
            switch study.folder.content {
            case .given(let plans): for need in plans.needs { table.append(need.code, need.name, need.returns) }
            case .observed: for code in study.folder.space.need.codes { table.append(code, code, "", "") }
            }
        }
    }

    /// The log, then prices, then income: everything that was taken for true and rated.
    private static func assumptions(_ study: PreparedStudy) -> (name: String, data: Data) {
        ResultTable.assumptions.file(study.folder.space.service) { table in
            if case .given(let plans) = study.folder.content {
                for entry in plans.assumptions.entries {
                    table.append(
                        "model", entry.id, entry.statement, entry.value, entry.source, entry.date, entry.owner,
                        entry.quality.rawValue, entry.reviewBy)
                }
            }
            for line in study.accounts.lines where !line.source.isEmpty || line.quality != nil {
                let unit = study.folder.space.service.words.unit(line.unit.rawValue)
                let pounds = Set(line.pounds.values).sorted().map { Numerals.wholePounds($0) }
                table.append(
                    "price", line.name, "\(line.name), for each \(unit)", pounds.joined(separator: " to "),
                    line.source, line.priceYear?.description ?? "", "", line.quality?.rawValue ?? "", "")
            }
            for set in study.areas {
                let rows = study.folder.areas.filter { $0.set == set.name }
                let (sources, dates) = (Set(rows.map(\.source)).sorted(), Set(rows.map(\.date)).sorted())
                table.append(
                    "areas", set.name, set.caution, "\(set.areas.count) areas", sources.joined(separator: "; "),
                    dates.joined(separator: "; "), "", set.quality.rawValue, "")
            }
            for row in study.folder.outOfArea {
                let settings = row.settings.map { study.folder.space.setting.codes[$0] }.joined(separator: " ")
                let ends = row.low.flatMap { low in
                    row.high.map { " (\(Numerals.plain(low)) to \(Numerals.plain($0)))" }
                }
                table.append(
                    "areas", "out of area", "the share of children in \(settings) placed outside the area",
                    Numerals.plain(row.share) + (ends ?? ""), row.source, row.date, "", row.quality.rawValue, "")
            }
            for row in study.folder.careLeavers.ages {
                func range(_ low: Double?, _ high: Double?) -> String {
                    low.flatMap { low in high.map { " (\(Numerals.plain(low)) to \(Numerals.plain($0)))" } } ?? ""
                }
                table.append(
                    "model", "care leavers of \(row.age)",
                    "care leavers of \(row.age) at the base, and for each \(row.age == 18 ? "child who leaves at 18" : "one of the year before")",
                    "\(Numerals.plain(row.people))\(range(row.peopleLow, row.peopleHigh)); \(Numerals.plain(row.stays))\(range(row.staysLow, row.staysHigh))",
                    row.source, row.date, "", row.quality.rawValue, "")
            }
            for row in study.folder.careLeavers.accommodation {
                let ends = row.low.flatMap { low in
                    row.high.map { " (\(Numerals.plain(low)) to \(Numerals.plain($0)))" }
                }
                table.append(
                    "model", "\(row.name), \(row.first) to \(row.last)",
                    "the share of care leavers of \(row.first) to \(row.last): \(row.name)",
                    Numerals.plain(row.share) + (ends ?? ""), row.source, row.date, "", row.quality.rawValue, "")
            }
            for row in study.folder.prevalence {
                let ends = row.low.flatMap { low in
                    row.high.map { " (\(Numerals.plain(low, decimals: 2)) to \(Numerals.plain($0, decimals: 2)))" }
                }
                table.append(
                    "prevalence", row.name, "\(row.name), for 1,000 \(row.base == .people ? "people" : "of the model")",
                    Numerals.plain(row.likely, decimals: 2) + (ends ?? ""), row.source, row.date, "",
                    row.quality.rawValue, "")
            }
            for row in study.support?.rates ?? [] {
                let phase = row.phase.isEmpty ? "both phases" : row.phase
                table.append(
                    "support", "\(row.rate.rawValue) \(phase)", row.rate.statement,
                    "\(Numerals.plain(row.likely)) (\(Numerals.plain(row.low)) to \(Numerals.plain(row.high)))",
                    row.source, row.date, "", row.quality.rawValue, "")
            }
            for (name, law, known) in study.support?.growth ?? [] {
                table.append(
                    "support", "growth \(name)",
                    "growth a year of the share of people with SEN support, as a logarithm",
                    "\(Numerals.plain(law.mean, decimals: 4)); one year strays by \(Numerals.plain(law.yearly, decimals: 4))",
                    known.source, known.date, "", known.quality.rawValue, "")
            }
            for row in study.law?.rates.rows ?? [] {
                table.append(
                    "law", [row.rate.rawValue, row.decision?.words].compactMap { $0 }.joined(separator: ", "),
                    row.rate.statement,
                    "\(Numerals.plain(row.likely, decimals: 4)) (\(Numerals.plain(row.low, decimals: 4)) to "
                        + "\(Numerals.plain(row.high, decimals: 4)))",
                    row.source, row.date, "", row.quality.rawValue, "")
            }
            for row in study.folder.money.funding where !row.source.isEmpty || row.quality != nil {
                let year = FinancialYear(starting: row.year).description
                table.append(
                    "income", "\(row.subject.rawValue) \(year)", row.subject.rawValue, income(row), row.source, year,
                    "",
                    row.quality?.rawValue ?? "", "")
            }
        }
    }

    /// An amount of funding in words.
    private static func income(_ row: YearAmountRow<FundingItem>) -> String {
        switch row.subject {
        case .growth, .stabilityShare, .stabilityApproved: "\(Numerals.plain(row.amount * 100, decimals: 2)) %"
        case .overrideEnds: "31 March \(row.year + 1)"
        default: Numerals.wholePounds(row.amount)
        }
    }

    private static func levers(_ scenarios: [Scenario]) -> (name: String, data: Data) {
        ResultTable.scenarios.file { table in
            for scenario in scenarios {
                for lever in scenario.levers {
                    let text = lever.text
                    table.append(
                        scenario.name, scenario.titles.joined(separator: " + "), lever.name, text.size, text.starts,
                        text.ends, text.ramp, text.source)
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

    private static func history(_ folder: ModelFolder) -> (name: String, data: Data) {
        ResultTable.history.file(folder.space.service) { table in
            for row in folder.history {
                func named(_ code: String) -> String { code.isEmpty ? ResultFiles.all : code }
                table.append(row.january, named(row.need), named(row.setting), row.plans)
            }
        }
    }
}
