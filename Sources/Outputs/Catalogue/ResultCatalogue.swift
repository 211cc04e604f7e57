import Formats
import Vocabulary

/// Every result file, and what is read off their declarations: which files a folder of results may hold, the sheets of a workbook, the
/// tables of a data package, and the lists in the documentation.
package enum ResultCatalogue {
    /// Every table, those of a workbook in the order of its sheets.
    package static let tables: [ResultTable] =
        [
            .plans, .flows, .assessments, .law, .careLeavers, .frontDoor, .support, .prevalence, .sufficiency,
            .placesOutlook, .provisions, .carersOutlook, .areasOutlook, .outOfArea, .budget, .payers,
            .costPerPlan, .deficits,
            .bridge,
            .reconciliation, .differences, .scenarios, .recoveryPlan, .spendCauses, .capital, .backtest, .counted,
            .history, .people, .residents,
            .assumptions,
            .checks,
            .settings, .needs, .causes, .stays, .journeys, .months, .overlap, .draws, .returns, .returnChecks,
            .backtestForecasts,
            .areaOutlines, .benchmark, .national, .nationalGrowth, .growthForecast, .growthCauses, .queue, .waits,
            .funnel, .ways, .monitor, .monitorVariance,
        ] + ResultTable.ofAppraisals

    /// The tables of a data package, in its order.
    package static let packaged: [ResultTable] = [
        .plans, .budget, .payers, .sufficiency, .areasOutlook, .assessments, .law, .careLeavers, .frontDoor, .support,
        .prevalence,
        .assumptions,
        .settings, .needs,
    ]

    /// What is made of a run's tables for people, and for whom.
    private static let documents: [(name: String, about: String)] = [
        (
            report,
            "reading: figures in words with 80 % intervals, charts to save as SVG or PNG, tables for every chart, evidence, "
                + "assumptions, limits"
        ),
        (
            workbook,
            "reading and printing in a spreadsheet, fifteen pages of A4 at most: a summary with charts drawn from its cells, named ranges, the "
                + "budget line by line, plans by need, setting and age, places by need and phase, and recovery plans, a page each"
        ),
        (tablesWorkbook, "analysis in a spreadsheet: a sheet for each table, with filters and codes"),
        (
            "returns/",
            "the school capacity survey, the DSG management plan and the local SEND reform plan in whole numbers that add up, "
                + "unmitigated and mitigated, with checks"
        ),
        (statement, "the statement that goes with the figures"), (qualityLog, "what people check and sign"),
        ("charts/", "one specification for each chart; `--pictures` draws SVG and PNG"),
    ]

    /// The report.
    package static let report = "report.html"
    /// The page of a business case.
    package static let businessCase = "business-case.html"
    /// The page of an authority beside others.
    package static let benchmark = "benchmark.html"
    /// The workbook for reading and printing.
    package static let workbook = "workbook.xlsx"
    /// The tables as a workbook.
    package static let tablesWorkbook = "tables.xlsx"
    /// The assurance statement.
    package static let statement = "assurance.md"
    /// What people look at and sign, kept once it is there.
    package static let qualityLog = "qa-log.csv"
    /// What `report` makes for reading, besides returns.
    package static let readable = [report, workbook, statement]
    /// What `report` makes, besides returns and charts.
    package static let documentNames = readable + [tablesWorkbook]
    /// The returns as a workbook.
    package static let returnsWorkbook = "returns/returns.xlsx"

    /// Every file that `run` and `report` make in the folder of results, besides charts and returns.
    static let ofRuns: Set<String> = Set(
        [OutputFolder.mark] + documentNames
            + tables.filter(\.writer.isRun).flatMap { table in Service.allCases.map { $0.words.file(table.name) } })

    /// The statutory returns.
    static let ofReturns = [ResultTable.returns.name, ResultTable.returnChecks.name, returnsWorkbook]

    /// The file of a name; `nil` where none has it.
    package static func table(_ name: String) -> ResultTable? { tables.first { $0.name == name } }

    /// The lists of the documentation, in Markdown: tables of a run, of other commands, and what is made for people.
    package static var markdown: (runs: String, others: String, documents: String) {
        func list(_ heading: [String], _ rows: [[String]]) -> String {
            ([heading, heading.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |\n" }.joined()
        }
        let runs = tables.filter(\.writer.isRun).map { ["`\($0.name)`", $0.aboutAndWhen, $0.columnNames] }
        let others = tables.compactMap { table -> [String]? in
            guard case .command(let command) = table.writer else { return nil }
            return ["`\(table.name)`", "`\(command)`", table.about, table.columnNames]
        }
        return (
            list(["file", "what it holds", "columns"], runs),
            list(["file", "command", "what it holds", "columns"], others),
            list(["in the folder", "for"], documents.map { ["`\($0.name)`", $0.about] })
        )
    }
}

extension ResultTable {
    fileprivate var aboutAndWhen: String {
        if case .runs(let condition) = writer { "\(about) (with \(condition))" } else { about }
    }

    fileprivate var columnNames: String {
        let names = columns.map(\.name)
        guard let first = names.firstRange(of: Column.statistics) else {
            return names.map { "`\($0)`" }.joined(separator: ", ")
        }
        let (before, after) = (names[..<first.lowerBound], names[first.upperBound...])
        return (before.map { "`\($0)`" } + ["statistics"] + after.map { "`\($0)`" }).joined(separator: ", ")
    }
}
