import Foundation
import Outputs
import Vocabulary

/// The workbook of a run for reading and printing: contents, a summary with native charts, the budget, plans and places, and recovery plans, a
/// page each. Its tables are a workbook of their own (``TablesWorkbook``).
package struct Workbook: Sendable {
    /// How many recovery plans there are, a page each: with all else fifteen pages at most.
    static let mostPlans = 6

    private let data: ReportData
    /// The recovery plans of scenarios.
    private let plans: [RecoveryPlanTable]

    /// Reads what the workbook shows of a run.
    /// - Throws: ``UnusableData`` where a table is damaged.
    package init(_ tables: ResultTables) throws(UnusableData) {
        data = try ReportData(tables)
        plans = try RecoveryPlanTable.all(tables)
    }

    /// The workbook.
    /// - Throws: ``UnusableData`` where the disk is full.
    package func bytes() throws(UnusableData) -> Data {
        let book = try Spreadsheet(title: "\(data.manifest.model): Sendcast", created: data.manifest.started)
        let contents = book.sheet("Contents", onOnePage: true)
        let summary = book.sheet("Summary", isScaled: false)
        SummarySheet(data: data, book: book, sheet: summary).write()
        let figures = try FigurePages(data: data, book: book).write()
        let further = plans.count - Self.mostPlans
        let pages = plans.prefix(Self.mostPlans).enumerated().map { number, plan in
            RecoveryPlanSheet(data: data, book: book, plan: plan)
                .write(plans.count == 1 ? "Recovery plan" : "Recovery plan \(number + 1)")
        }
        let notes = [
            "Every page prints on A4. The tables that these figures are from, with the codes of the model, are in \(ResultCatalogue.tablesWorkbook).",
            further > 0
                ? "The recovery plans of \(further == 1 ? "one scenario more" : "\(further) scenarios more") are in that workbook too."
                : nil,
        ].compactMap { $0 }
        ContentsSheet(data: data, book: book, notes: notes)
            .write([.init(summary, "totals with intervals, and charts")] + figures + pages, on: contents)
        return try book.finish()
    }
}
