import Formats
import Foundation
import Intake
import Vocabulary

/// A model as one workbook: a sheet for each table, with headers explained, lists where words are given, and coloured ratings; and a sheet for
/// each file of text, a line a row. Every command takes it in place of the model's folder.
///
/// ```swift
/// let model = try ModelFolder.read("models/sunderland").value
/// let bytes = try InputsWorkbook(model).bytes(created: Date())
/// ```
package struct InputsWorkbook {
    /// The most rows of a table that a sheet holds below its header.
    private static let mostRows = 1_048_575
    /// The most characters of a cell, in units of sixteen bits.
    private static let longestCell = 32_767
    /// Rows below a table in which lists and colours are at hand too.
    private static let roomBelow = 500

    private let model: ModelFolder
    private let files: [(name: String, file: SourceFile)]
    private var service: Service { model.data.space.service }

    /// - Throws: ``UnusableData`` where a file of the model cannot be read.
    package init(_ model: ModelFolder) throws(UnusableData) {
        self.model = model
        files = try model.everyFile()
    }

    /// How many sheets it has.
    package var sheets: Int { files.count + 1 }

    /// The files of a folder with the same model, whether it was read from a folder or a workbook.
    /// - Throws: ``UnusableData`` where a table is damaged.
    package func folder() throws(UnusableData) -> [(name: String, data: Data)] {
        var folder: [(name: String, data: Data)] = []
        for (name, file) in files {
            guard !SheetBook.isText(name) else {
                folder.append((name, file.bytes))
                continue
            }
            let table = try TextTable(file)
            var csv = CSVWriter(columns: table.columns)
            for row in table.rows { csv.append(row) }
            folder.append((name, csv.data))
        }
        return folder
    }

    /// The workbook.
    /// - Throws: ``UnusableData`` where a table is damaged or larger than a sheet, or the disk is full.
    package func bytes(created: Date) throws(UnusableData) -> Data {
        let title = model.description.title ?? model.path
        let book = try Spreadsheet(title: "\(title): Sendcast", created: created)
        let about = book.sheet(SheetBook.index, isLandscape: false)
        var listed: [(sheet: Spreadsheet.Sheet, file: String)] = []
        for (name, file) in files {
            let sheet = book.sheet(SheetBook.sheet(of: name))
            listed.append((sheet, name))
            if SheetBook.isText(name) {
                try write(lines: file, on: sheet, of: book)
            } else {
                try write(table: file, name, on: sheet, of: book)
            }
        }
        write(about: title, listed, on: about, of: book)
        return try book.finish()
    }

    private func write(
        about title: String, _ listed: [(sheet: Spreadsheet.Sheet, file: String)], on sheet: Spreadsheet.Sheet,
        of book: Spreadsheet
    ) {
        book.write([.text(title, .title)], to: sheet, row: 0)
        let paragraphs = [
            "The whole model: every command of Sendcast takes this workbook in place of a folder. Keep the names of sheets and the names of "
                + "columns in their first rows; hold the pointer on a column's name to read what it means.",
            "Sheets whose names end in .yaml or .geojson have lines of text in their first column; spaces at the beginning of a line matter.",
        ]
        for (row, paragraph) in paragraphs.enumerated() { book.write(paragraph, across: 3, of: sheet, row: row + 1) }
        let heading = paragraphs.count + 2
        book.write(
            (SheetBook.columns + ["what it is"]).map { .text($0, .heading) }, to: sheet, row: heading)
        for (place, one) in listed.enumerated() {
            let row = heading + 1 + place
            book.link(to: one.sheet, from: sheet, row: row, column: 0)
            let meaning = InputColumns.shipped.meaning(of: one.file, service) ?? ""
            book.write([.text(one.file), .text(meaning, .wrapped)], to: sheet, row: row, column: 1)
        }
        book.widths([30, 34, 90], of: sheet)
    }

    private func write(
        lines file: SourceFile, on sheet: Spreadsheet.Sheet, of book: Spreadsheet
    ) throws(UnusableData) {
        let lines = String(decoding: file.bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (row, line) in lines.enumerated() where !line.isEmpty {
            guard line.utf16.count <= Self.longestCell else {
                throw UnusableData(
                    file: file.name, line: row + 1,
                    "the line has \(line.utf16.count) characters, a cell holds \(Self.longestCell)",
                    remedy: "Break it into several lines, or keep the model as a folder.")
            }
            book.write([.text(String(line), .code)], to: sheet, row: row)
        }
        book.widths([140], of: sheet)
    }

    private func write(
        table file: SourceFile, _ name: String, on sheet: Spreadsheet.Sheet, of book: Spreadsheet
    ) throws(UnusableData) {
        let table = try TextTable(file)
        guard table.rows.count <= Self.mostRows else {
            throw UnusableData(
                file: file.name, "the table has \(table.rows.count) rows, a sheet holds \(Self.mostRows)",
                remedy: "Keep the model as a folder.")
        }
        book.write(table.columns.map { .text($0, .heading) }, to: sheet, row: 0)
        for (place, row) in table.rows.enumerated() {
            book.write(row.map(Self.cell), to: sheet, row: place + 1)
        }
        book.freeze(sheet, headingRow: 0, columns: table.columns.count, rows: table.rows.count)
        for (place, column) in table.columns.enumerated() {
            let width = table.rows.prefix(200).map { $0[place].count }.reduce(column.count, max)
            let known = InputColumns.shipped.column(column, of: name, service)
            book.width(Double(min(max(width + 2, 9), 44)), isCode: known?.choices == .band, column: place, of: sheet)
            guard let known else { continue }
            book.explain(known.meaning(service), of: sheet, row: 0, column: place)
            let rows = 1...table.rows.count + Self.roomBelow
            if let choices = known.choices { offer(choices, rows, column: place, of: sheet, of: book, in: name) }
            if known.choices == .quality { book.colourRatings(of: sheet, rows, column: place) }
        }
    }

    /// Offers the words of a column as a list.
    private func offer(
        _ choices: InputColumns.Choices, _ rows: ClosedRange<Int>, column: Int, of sheet: Spreadsheet.Sheet,
        of book: Spreadsheet, in name: String
    ) {
        let words = choices.words(model.data.space)
        guard !words.isEmpty else { return }
        book.offer(words, isClosed: choices.isClosed, of: sheet, rows, column: column)
    }

    /// A field as a cell: a number where the cell says exactly what the field does, else text.
    private static func cell(_ field: String) -> Spreadsheet.Cell {
        if field.isEmpty { return .empty }
        guard let value = Double(field), Numerals.exact(value) == field,
            Double(String(format: "%.16G", value)) == value
        else { return .text(field, .code) }
        return .number(value, .plain)
    }
}
