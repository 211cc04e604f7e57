import Foundation
import Vocabulary

/// Writes tables that ``TableReader`` reads, by the same columns.
package enum TableWriter {
    /// - Parameters:
    ///   - optional: columns that are left out where no row says anything in them.
    ///   - kept: those that stay all the same, for somebody to fill in.
    ///   - text: what a row says in a column.
    package static func data<Row>(
        _ rows: [Row], _ required: [String], optional: [String] = [], keeping kept: [String] = [],
        service: Service = .plans, _ text: (_ row: Row, _ column: String) -> String
    ) -> Data {
        let stated = optional.filter { column in
            kept.contains(column) || rows.contains { !text($0, column).isEmpty }
        }
        let columns = required + stated
        var csv = CSVWriter(columns: columns.map(service.column))
        for row in rows { csv.append(columns.map { text(row, $0) }) }
        return csv.data
    }

    /// A number that a column may leave out where it is 0.
    package static func stated(_ value: Double) -> String { value == 0 ? "" : Numerals.exact(value) }
}
