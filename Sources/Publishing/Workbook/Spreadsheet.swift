import CXlsxWriter
import Foundation
import Outputs
import Synchronization
import Vocabulary

/// A workbook that is being written. Text is written as text, whatever it begins with, so that none from data becomes a formula.
final class Spreadsheet {
    /// How a cell looks.
    enum Look: CaseIterable {
        case plain, title, strong, heading, headingOfNumbers, wrapped, code, year, people, decimal, pounds, percent,
            link
        /// Pounds in millions, with one decimal; and sums of them, in bold below a line.
        case millions, sumOfMillions, sum
        /// What stands for a figure that there is none of: to the right, as figures are.
        case dash, sumDash
    }

    /// A cell.
    enum Cell {
        case text(String, Look = .plain)
        case number(Double, Look)
        case empty

        /// A January as a number, or a financial year in words.
        static func period(_ text: String) -> Cell { Double(text).map { .number($0, .year) } ?? .text(text) }
    }

    /// A sheet of it.
    struct Sheet {
        let pointer: UnsafeMutablePointer<lxw_worksheet>
        let name: String
    }

    let book: UnsafeMutablePointer<lxw_workbook>
    private let scratch: ScratchFolder
    private let path: String
    private var isClosed = false
    private var looks: [Look: UnsafeMutablePointer<lxw_format>] = [:]
    private var names: Set<String> = []
    private static let closing = Mutex(())
    private static let inMillions = "#,##0.0,,;[Red]-#,##0.0,,;0.0"

    /// Begins a workbook.
    /// - Parameters:
    ///   - created: stands in its properties, so that the same figures make the same bytes.
    ///   - isRowByRow: whether each sheet is written from top to bottom, so that no more than a row of it need be held.
    /// - Throws: ``UnusableData`` where there is no folder for temporary files.
    init(title: String, created: Date, isRowByRow: Bool = false) throws(UnusableData) {
        let scratch = try ScratchFolder()
        let path = "\(scratch.path)/book.xlsx"
        (self.scratch, self.path) = (scratch, path)
        book = scratch.path.withCString { folder in
            var options = lxw_workbook_options()
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            options.constant_memory = isRowByRow ? 1 : 0
            return workbook_new_opt(path, &options)
        }
        var properties = lxw_doc_properties()
        properties.created = time_t(created.timeIntervalSince1970)
        title.withCString { title in
            "Sendcast".withCString { author in
                properties.title = UnsafeMutablePointer(mutating: title)
                properties.author = UnsafeMutablePointer(mutating: author)
                workbook_set_properties(book, &properties)
            }
        }
        for look in Look.allCases { looks[look] = format(look) }
    }

    /// The format of a look.
    func format(of look: Look) -> UnsafeMutablePointer<lxw_format>? { looks[look] }

    private func format(_ look: Look) -> UnsafeMutablePointer<lxw_format>? {
        guard let format = workbook_add_format(book) else { return nil }
        format_set_font_name(format, "Arial")
        format_set_font_size(format, look == .title ? 16 : 10)
        switch look {
        case .plain: format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        case .title, .strong: format_set_bold(format)
        case .heading, .headingOfNumbers:
            format_set_bold(format)
            if look == .headingOfNumbers { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
            format_set_text_wrap(format)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
            format_set_bg_color(format, 0xE8EEF2)
        case .wrapped:
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        case .code: format_set_num_format(format, "@")
        case .year:
            format_set_num_format(format, "0")
            format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .people: format_set_num_format(format, "#,##0;[Red]-#,##0")
        case .decimal: format_set_num_format(format, "#,##0.0##")
        case .pounds: format_set_num_format(format, "£#,##0;[Red]-£#,##0")
        case .percent: format_set_num_format(format, "0.0%")
        case .millions: format_set_num_format(format, Self.inMillions)
        case .dash: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        case .sumOfMillions, .sum, .sumDash:
            if look == .sumOfMillions { format_set_num_format(format, Self.inMillions) }
            if look == .sumDash { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
            format_set_bold(format)
            format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .link:
            format_set_font_color(format, 0x00598C)
            format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
        }
        return format
    }

    /// A name without the signs that Excel forbids, of as many of its characters (of sixteen bits) at most.
    private static func sheetName(_ name: String, most: Int) -> String {
        var (kept, length) = (String.UnicodeScalarView(), 0)
        for sign in name.unicodeScalars {
            length += UTF16.width(sign)
            if length > most { break }
            kept.append("[]:*?/\\'".unicodeScalars.contains(sign) ? " " : sign)
        }
        return String(kept)
    }

    /// Adds a sheet of A4; names are cut to Excel's 31 characters and made unique.
    /// - Parameter isScaled: whether it is fitted to the width of a page; not where ``breakPages(before:width:of:)`` says where pages end.
    func sheet(
        _ name: String, isLandscape: Bool = true, onOnePage: Bool = false, isScaled: Bool = true
    ) -> Sheet {
        var unique = Self.sheetName(name, most: 31)
        var number = 2
        while !names.insert(unique.lowercased()).inserted {
            unique = "\(Self.sheetName(name, most: 27)) \(number)"
            number += 1
        }
        guard let pointer = workbook_add_worksheet(book, unique) else { preconditionFailure("no sheet \(unique)") }
        if isLandscape { worksheet_set_landscape(pointer) }
        worksheet_set_paper(pointer, 9)
        if isScaled { worksheet_fit_to_pages(pointer, 1, onOnePage ? 1 : 0) }
        worksheet_set_footer(pointer, "&L&A&RPage &P of &N")
        return Sheet(pointer: pointer, name: unique)
    }

    /// Writes cells of a row from the left.
    func write(_ cells: [Cell], to sheet: Sheet, row: Int, column: Int = 0) {
        for (place, cell) in cells.enumerated() {
            let at = lxw_col_t(column + place)
            switch cell {
            case .text(let text, let look):
                // Excel holds 32,767 characters in a cell.
                let held = text.utf8.count > 32_000 ? String(text.prefix(32_000)) : text
                worksheet_write_string(sheet.pointer, lxw_row_t(row), at, held, looks[look])
            case .number(let number, let look) where number.isFinite:
                worksheet_write_number(sheet.pointer, lxw_row_t(row), at, number, looks[look])
            case .number, .empty: break
            }
        }
    }

    /// Writes a paragraph over several columns.
    /// - Parameter characters: how many a line of theirs holds.
    func write(_ paragraph: String, across columns: Int, characters: Int = 150, of sheet: Sheet, row: Int) {
        worksheet_merge_range(
            sheet.pointer, lxw_row_t(row), 0, lxw_row_t(row), lxw_col_t(columns - 1), paragraph, looks[.wrapped])
        height(lines: (paragraph.count + characters - 1) / characters, of: sheet, row: row)
    }

    /// What is printed of a sheet, from its first cell.
    func printArea(columns: Int, rows: Int, of sheet: Sheet) {
        worksheet_print_area(sheet.pointer, 0, 0, lxw_row_t(rows - 1), lxw_col_t(columns - 1))
    }

    /// The width of what is printed of an A4 page in landscape, in points.
    private static let pageWidth = 750.0

    /// Begins printed pages at rows, and scales them to a width. Spreadsheets take no notice of such rows where a sheet is fitted to pages.
    /// - Parameter width: of what is printed, in points.
    func breakPages(before rows: [Int], width: Double, of sheet: Sheet) {
        worksheet_set_print_scale(sheet.pointer, UInt16(min(max(100 * Self.pageWidth / width, 10), 100)))
        // The library counts rows from 1, and zero ends the list.
        var breaks = rows.map { lxw_row_t($0) } + [0]
        worksheet_set_h_pagebreaks(sheet.pointer, &breaks)
    }

    /// Puts rows at the top of every printed page.
    func repeatRows(_ rows: ClosedRange<Int>, of sheet: Sheet) {
        worksheet_repeat_rows(sheet.pointer, lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound))
    }

    /// Writes a link to the top of another sheet.
    func link(to target: Sheet, from sheet: Sheet, row: Int, column: Int) {
        worksheet_write_url(
            sheet.pointer, lxw_row_t(row), lxw_col_t(column), "internal:'\(target.name)'!A1", looks[.link])
        worksheet_write_string(sheet.pointer, lxw_row_t(row), lxw_col_t(column), target.name, looks[.link])
    }

    /// Sets widths of columns in characters, from the left.
    func widths(_ widths: [Double], of sheet: Sheet) {
        for (column, width) in widths.enumerated() {
            worksheet_set_column(sheet.pointer, lxw_col_t(column), lxw_col_t(column), width, nil)
        }
    }

    /// Hides columns; charts go on drawing what stands in them.
    func hide(columns: Range<Int>, of sheet: Sheet) {
        var options = lxw_row_col_options()
        options.hidden = 1
        let (first, last) = (lxw_col_t(columns.lowerBound), lxw_col_t(columns.upperBound - 1))
        worksheet_set_column_opt(sheet.pointer, first, last, 10, nil, &options)
    }

    /// Makes a row as high as so many lines of text; not every program does so by itself.
    func height(lines: Int, of sheet: Sheet, row: Int) {
        if lines > 1 { worksheet_set_row(sheet.pointer, lxw_row_t(row), 13 * Double(lines) + 2, nil) }
    }

    /// Keeps rows in view and on every printed page, and puts a filter on the last of them.
    func freeze(_ sheet: Sheet, headingRow: Int, columns: Int, rows: Int) {
        worksheet_freeze_panes(sheet.pointer, lxw_row_t(headingRow + 1), 0)
        worksheet_repeat_rows(sheet.pointer, lxw_row_t(headingRow), lxw_row_t(headingRow))
        guard rows > 0, columns > 0 else { return }
        worksheet_autofilter(
            sheet.pointer, lxw_row_t(headingRow), 0, lxw_row_t(headingRow + rows), lxw_col_t(columns - 1))
    }

    /// A block of cells as formulas name it.
    func range(_ sheet: Sheet, column: Int, rows: ClosedRange<Int>) -> String {
        func letters(_ column: Int) -> String {
            let letter = String(UnicodeScalar(UInt8(65 + column % 26)))
            return column < 26 ? letter : letters(column / 26 - 1) + letter
        }
        let name = letters(column)
        return "='\(sheet.name)'!$\(name)$\(rows.lowerBound + 1):$\(name)$\(rows.upperBound + 1)"
    }

    /// Gives a block of cells a name that formulas can use.
    func define(_ name: String, _ range: String) { workbook_define_name(book, name, range) }

    /// Puts a chart on a sheet.
    func insert(_ chart: SpreadsheetChart, on sheet: Sheet, row: Int, column: Int) {
        guard let made = chart.make(in: book) else { return }
        var options = lxw_chart_options()
        (options.x_scale, options.y_scale) = (1.45, 1.35)
        chart.description.withCString { words in
            options.description = UnsafeMutablePointer(mutating: words)
            worksheet_insert_chart_opt(sheet.pointer, lxw_row_t(row), lxw_col_t(column), made, &options)
        }
    }

    /// Ends the workbook and gives its bytes.
    /// - Throws: ``UnusableData`` where the disk has no room for it.
    func finish() throws(UnusableData) -> Data {
        // One at a time: the library's names of temporary files are not made for threads.
        let fault = Self.closing.withLock { _ in workbook_close(book) }
        isClosed = true
        guard fault == LXW_NO_ERROR, let data = FileManager.default.contents(atPath: path) else {
            let reason = String(cString: lxw_strerror(fault))
            throw UnusableData(file: ResultCatalogue.workbook, "it cannot be written (\(reason))")
        }
        return data
    }

    deinit {
        if !isClosed { lxw_workbook_free(book) }
        scratch.remove()
    }
}

/// A native chart of a workbook, drawn from its cells.
struct SpreadsheetChart {
    /// What is drawn.
    enum Kind {
        case stackedArea, stackedColumns, lines
    }

    /// A row of cells that becomes an area, bar or line.
    struct Series {
        let name: String
        let values: String
        /// A colour; `nil` for cells that only carry others.
        let color: UInt32?
        /// Whether it is a line of its own, or named in the key.
        var isKeyed = true
    }

    let kind: Kind
    let title: String
    let description: String
    let categories: String
    let series: [Series]
    /// What the axes are of.
    let axes: (x: String, y: String)
    let format: String

    fileprivate func make(in book: UnsafeMutablePointer<lxw_workbook>) -> UnsafeMutablePointer<lxw_chart>? {
        let type =
            switch kind {
            case .stackedArea: LXW_CHART_AREA_STACKED
            case .stackedColumns: LXW_CHART_COLUMN_STACKED
            case .lines: LXW_CHART_LINE
            }
        guard let chart = workbook_add_chart(book, UInt8(type.rawValue)) else { return nil }
        chart_title_set_name(chart, title)
        chart_show_hidden_data(chart)
        var font = lxw_chart_font()
        font.size = 12
        chart_title_set_name_font(chart, &font)
        chart_axis_set_num_format(chart.pointee.y_axis, format)
        chart_axis_set_name(chart.pointee.x_axis, axes.x)
        chart_axis_set_name(chart.pointee.y_axis, axes.y)
        chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        var unkeyed: [Int16] = []
        for (place, one) in series.enumerated() {
            guard let added = chart_add_series(chart, categories, one.values) else { continue }
            // A name that begins so would be taken for a reference.
            chart_series_set_name(added, one.name.utf8.first == 0x3D ? "\u{200B}\(one.name)" : one.name)
            paint(added, one)
            if !one.isKeyed || one.color == nil { unkeyed.append(Int16(place)) }
        }
        if !unkeyed.isEmpty {
            unkeyed.append(-1)
            chart_legend_delete_series(chart, &unkeyed)
        }
        return chart
    }

    private func paint(_ series: UnsafeMutablePointer<lxw_chart_series>, _ one: Series) {
        var fill = lxw_chart_fill()
        var line = lxw_chart_line()
        line.none = 1
        guard let color = one.color else {
            fill.none = 1
            chart_series_set_fill(series, &fill)
            return chart_series_set_line(series, &line)
        }
        if kind == .lines {
            line.none = 0
            line.color = color
            line.width = one.isKeyed ? 2.25 : 1
            return chart_series_set_line(series, &line)
        }
        fill.color = color
        chart_series_set_fill(series, &fill)
        chart_series_set_line(series, &line)
    }
}
