import Finance
import Formats
import Foundation
import Intake
import Studies
import Vocabulary

/// What figures mean and rest on: names of settings and needs, assumptions, scenarios, the past, and how such forecasts did. With these a
/// folder of results can be read without the model.
enum ContextFiles {
    static func files(_ study: PreparedStudy, _ scenarios: [Scenario]) -> [(name: String, data: Data)] {
        var files = [
            ("settings.csv", settings(study)), ("needs.csv", needs(study)), ("assumptions.csv", assumptions(study)),
        ]
        if !scenarios.isEmpty { files.append(("scenarios.csv", levers(scenarios))) }
        if !study.folder.history.isEmpty { files.append(("history.csv", history(study.folder.history))) }
        if let backtest = study.folder.backtest { files.append(("backtest.csv", backtest.bytes)) }
        return files
    }

    private static func settings(_ study: PreparedStudy) -> Data {
        let returns = study.folder.space.service == .plans ? PlacementScheme.returns : []
        var csv = CSVWriter(columns: ["setting", "name", "group", "in_area"] + returns)
        switch study.folder.content {
        case .given(let plans):
            for setting in plans.settings {
                csv.append(
                    [setting.code, setting.name, setting.group, setting.isInArea ? "yes" : "no"] + setting.returns)
            }
        case .observed:
            for (code, group) in zip(study.folder.space.setting.codes, study.folder.groups) {
                csv.append([code, code, group, ""] + returns.map { _ in "" })
            }
        }
        return csv.data
    }

    private static func needs(_ study: PreparedStudy) -> Data {
        let returns = study.folder.space.service == .plans ? ["dsg", "reform"] : []
        var csv = CSVWriter(columns: ["need", "name"] + returns)
        switch study.folder.content {
        case .given(let plans): for need in plans.needs { csv.append([need.code, need.name] + need.returns) }
        case .observed: for code in study.folder.space.need.codes { csv.append([code, code, "", ""]) }
        }
        return csv.data
    }

    /// The log, then prices, then income: everything that was taken for true and rated.
    private static func assumptions(_ study: PreparedStudy) -> Data {
        var csv = CSVWriter(
            columns: ["kind", "id", "statement", "value", "source", "date", "owner", "quality", "review_by"])
        if case .given(let plans) = study.folder.content {
            for entry in plans.assumptions.entries {
                csv.append([
                    "model", entry.id, entry.statement, entry.value, entry.source, entry.date, entry.owner,
                    entry.quality.rawValue, entry.reviewBy,
                ])
            }
        }
        for line in study.accounts.lines where !line.source.isEmpty || line.quality != nil {
            let pounds = Set(line.pounds.values).sorted().map { "£\(Numerals.grouped($0))" }
            csv.append([
                "price", line.name, "\(line.name), for each \(study.folder.space.service.unit(line.unit.rawValue))",
                pounds.joined(separator: " to "),
                line.source, line.priceYear?.description ?? "", "", line.quality?.rawValue ?? "", "",
            ])
        }
        for row in study.folder.money.funding where !row.source.isEmpty || row.quality != nil {
            csv.append([
                "income", "\(row.name) \(FinancialYear(starting: row.year))", row.name,
                income(row),
                row.source, FinancialYear(starting: row.year).description, "", row.quality?.rawValue ?? "", "",
            ])
        }
        return csv.data
    }

    /// An amount of funding in words.
    private static func income(_ row: YearAmountRow) -> String {
        switch Funding.Item(rawValue: row.name) {
        case .growth, .stabilityShare: "\(Numerals.plain(row.amount * 100, decimals: 2)) %"
        case .overrideEnds: "31 March \(row.year + 1)"
        default: "£\(Numerals.grouped(row.amount))"
        }
    }

    private static func levers(_ scenarios: [Scenario]) -> Data {
        var csv = CSVWriter(
            columns: ["scenario", "title", "lever", "least", "likely", "most", "starts", "ends", "ramp", "source"])
        for scenario in scenarios {
            for lever in scenario.levers {
                let text = lever.text
                csv.append(
                    [scenario.name, scenario.title, lever.name] + text.size.map { Numerals.plain($0) } + [
                        text.starts.map(String.init) ?? "", text.ends.map(String.init) ?? "", String(text.ramp),
                        text.source,
                    ])
            }
        }
        return csv.data
    }

    private static func history(_ rows: [HistoryRow]) -> Data {
        var csv = CSVWriter(columns: ["january", "need", "setting", "plans"])
        for row in rows {
            func named(_ code: String) -> String { code.isEmpty ? ResultFiles.all : code }
            csv.append([String(row.january), named(row.need), named(row.setting), Numerals.plain(row.plans)])
        }
        return csv.data
    }
}
