import Formats
import Foundation
import Vocabulary

/// A result file, declared once: its name, what it holds, and what is made of it.
package struct ResultTable: Sendable {
    /// What of a table is shown elsewhere, and what it is called there.
    package struct Extract: Sendable {
        /// The name of a sheet; empty of a table of the data package.
        package let title: String
        /// What is shown.
        package let about: String
        /// What some columns must say for a row to be shown.
        package var conditions: [String: Set<String>] = [:]
        /// How many of age, band, need and setting may be distinguished at once; `nil` for all.
        package var crossed: Int?
        /// The measures whose rows are shown, besides those in pounds; all where none are named.
        package var measures: Set<String> = []
    }

    /// What of a table may be published where small counts of children are held back.
    package enum Disclosure: Sendable {
        /// All: it holds no counts of small groups.
        case whole
        /// Rows that tell none of these dimensions apart.
        case totals([String])
        /// Rows of which a test holds, given their fields by column.
        case rows(@Sendable (_ field: (String) -> String) -> Bool)
        /// Counts by band, need and setting after one pattern, which says what is held back.
        case pattern
        /// Totals of areas after a pattern of their own.
        case areas
        /// Nothing.
        case withheld
    }

    /// What writes it.
    package enum Writer: Sendable {
        /// Every run, or only some: with what.
        case run, runs(with: String)
        /// Another command.
        case command(String)

        /// Whether it stands in a folder of results.
        package var isRun: Bool { if case .command = self { false } else { true } }
    }

    /// The file's name in results of plans.
    package let name: String
    /// What it holds, in Markdown.
    package let about: String
    package let writer: Writer
    package let columns: [Column]
    /// Its sheet in the workbook; `nil` where it has none.
    package let sheet: Extract?
    /// What of it is in a data package; `nil` where nothing is.
    package let packaged: Extract?
    package let disclosure: Disclosure
    /// What measures count whose names do not say it.
    private let measures: [String: Column.Kind]
    /// Those of age, band, need and setting that it tells apart.
    private let dimensions: [String]

    init(
        _ name: String, _ about: String, by writer: Writer = .run, columns: [Column], sheet: Extract? = nil,
        packaged: Extract? = nil, disclosure: Disclosure = .withheld, measures: [String: Column.Kind] = [:]
    ) {
        (self.name, self.about, self.writer, self.columns) = (name, about, writer, columns)
        (self.sheet, self.packaged, self.disclosure, self.measures) = (sheet, packaged, disclosure, measures)
        let crossed = [Column.age, .band, .need, .setting].map(\.name)
        dimensions = columns.map(\.name).filter(crossed.contains)
    }

    /// The file of a service, whose rows a function adds.
    package func file(_ service: Service = .plans, _ fill: (inout Table) -> Void) -> (name: String, data: Data) {
        var table = Table(columns, service)
        fill(&table)
        return (service.words.file(name), table.data)
    }

    /// What the fields of a column are, in a row of a measure; plain figures where the table has no such column.
    package func kind(_ column: String, measure: String) -> Column.Kind {
        let kind = columns.first { $0.name == column }?.kind ?? .number
        return kind == .measured ? measures[measure] ?? Column.Kind(ofMeasure: measure) : kind
    }

    /// Whether an extract shows a row, given its fields by column; its conditions were looked at already.
    package func shows(_ extract: Extract, _ field: (String) -> String) -> Bool {
        if let most = extract.crossed, dimensions.count(where: { field($0) != ResultFiles.all }) > most { return false }
        let measure = extract.measures.isEmpty ? "" : field(Column.measure.name)
        return extract.measures.isEmpty || extract.measures.contains(measure)
            || Column.Kind(ofMeasure: measure) == .pounds
    }
}
