import Foundation
import Outputs
import Sampling
import Vocabulary

/// Everything that is made for people from the tables of a run.
package enum Publication {
    /// What is made.
    package struct Options: Sendable {
        /// The scenario that returns show as mitigated; without a name the only one there is, if there is one.
        package var mitigated: String?
        /// The smallest count of children that may be known; `nil` where all may.
        package var threshold: Int?
        /// Results of the model that were published before, to be read together with these; `nil` where there are none.
        package var earlier: ResultTables?

        /// Default values.
        package init() {}
    }

    /// Files by name: the report, the workbooks, statutory tables, the assurance statement, and a specification of each chart; where small
    /// counts are held back, the tables and manifest without them too, and no statutory tables.
    /// - Throws: ``UnusableData`` where a table is damaged, or the disk is full.
    package static func files(
        _ whole: ResultTables, _ options: Options = Options()
    ) throws(UnusableData) -> [(name: String, data: Data)] {
        var tables = whole
        if let threshold = options.threshold {
            tables = try DisclosureControl.published(whole, threshold: threshold, beside: options.earlier)
        }
        var files: [File] = []
        let made = mapInParallel(3) { [tables] number in
            Result { () throws(UnusableData) in
                switch number {
                case 0: try pages(tables, options)
                case 1: [(ResultCatalogue.workbook, try Workbook(tables).bytes())]
                default: [(ResultCatalogue.tablesWorkbook, try TablesWorkbook(tables).bytes())]
                }
            }
        }
        for part in made { files += try part.get() }
        if options.threshold != nil {
            files += tables.names.compactMap { name in tables.data(name).map { (name, $0) } }
            files.append((OutputFolder.mark, tables.manifest.data))
        }
        return files
    }

    private typealias File = (name: String, data: Data)

    /// The report, its charts, the assurance statement and the statutory tables.
    private static func pages(_ tables: ResultTables, _ options: Options) throws(UnusableData) -> [File] {
        let report = try Report(tables)
        let charts = report.charts.map { chart in
            ("charts/\(chart.id).vl.json", chart.picture(width: 720, note: tables.manifest.disclosure).data)
        }
        let statement = try AssuranceStatement(tables).markdown
        let pages = [(ResultCatalogue.report, report.page), (ResultCatalogue.statement, statement)] + charts
        // The returns on children in care are of single children.
        if tables.manifest.disclosure != nil || tables.words == .care { return pages }
        return pages + (try Returns(tables, mitigated: options.mitigated).files())
    }
}
