import CXlsxWriter
import Foundation
import Vocabulary

/// What helps who fills in a sheet.
extension Spreadsheet {
    /// The most characters that a list of words may have in a cell's rule.
    private static let longestList = 255

    /// Explains a cell in a comment.
    func explain(_ text: String, of sheet: Sheet, row: Int, column: Int) {
        worksheet_write_comment(sheet.pointer, lxw_row_t(row), lxw_col_t(column), text)
    }

    /// Sets the width of a column in characters, and whether what is typed into it stays as it is typed.
    func width(_ width: Double, isCode: Bool, column: Int, of sheet: Sheet) {
        let place = lxw_col_t(column)
        worksheet_set_column(sheet.pointer, place, place, width, isCode ? format(of: .code) : nil)
    }

    /// Offers words in a list.
    /// - Parameter isClosed: whether other words are refused.
    func offer(_ words: [String], isClosed: Bool, of sheet: Sheet, _ rows: ClosedRange<Int>, column: Int) {
        guard words.joined(separator: ",").utf8.count <= Self.longestList, !words.contains(where: { $0.contains(",") })
        else { return }
        var texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        defer { texts.forEach { free($0) } }
        texts.append(nil)
        texts.withUnsafeMutableBufferPointer { list in
            var rule = lxw_data_validation()
            rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            rule.value_list = list.baseAddress
            if !isClosed { rule.show_error = UInt8(LXW_VALIDATION_OFF.rawValue) }
            let place = lxw_col_t(column)
            worksheet_data_validation_range(
                sheet.pointer, lxw_row_t(rows.lowerBound), place, lxw_row_t(rows.upperBound), place, &rule)
        }
    }

    /// Colours cells that rate a figure.
    func colourRatings(of sheet: Sheet, _ rows: ClosedRange<Int>, column: Int) {
        let colours: KeyValuePairs = [AssumptionQuality.red: 0xF8CBC6, .amber: 0xFCE3B6, .green: 0xCFE8CF]
        for (rating, colour) in colours {
            guard let look = workbook_add_format(book) else { continue }
            format_set_bg_color(look, lxw_color_t(colour))
            "\"\(rating.rawValue)\"".withCString { text in
                var rule = lxw_conditional_format()
                rule.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
                rule.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_EQUAL_TO.rawValue)
                rule.value_string = UnsafeMutablePointer(mutating: text)
                rule.format = look
                let place = lxw_col_t(column)
                worksheet_conditional_format_range(
                    sheet.pointer, lxw_row_t(rows.lowerBound), place, lxw_row_t(rows.upperBound), place, &rule)
            }
        }
    }
}
