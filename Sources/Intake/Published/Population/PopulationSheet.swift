import Formats
import Foundation
import Vocabulary

/// Persons, or one half of them.
enum Sex: String, CaseIterable {
    case persons, males, females
}

/// A table of people as it lies in a file or a sheet: what stands above its header, its layout, and its rows.
struct PopulationSheet {
    /// In how many rows the header is looked for.
    static let headerRows = 60

    let file: SourceFile
    /// What the rows above the header say, and the name of a workbook's sheet.
    let titles: [String]
    /// Where each thing stands, or why the header does not serve; `nil` where there is no header of a table of people.
    let layout: Result<PopulationLayout, PopulationLayout.Refusal>?
    /// The row of the header.
    let line: Int
    /// The first row of the file, for messages.
    let firstRow: [String]
    /// What stands between fields.
    private let separator: UInt8

    /// Looks for the header.
    /// - Parameter sheet: the name of a workbook's sheet.
    init(_ file: SourceFile, sheet: String? = nil) {
        self.file = file
        var titles = sheet.map { [$0] } ?? []
        var layout: Result<PopulationLayout, PopulationLayout.Refusal>?
        var line = 0
        var firstRow: [String] = []
        let separator = file.bytes.withUnsafeBytes { SheetLayout($0, names: []).separator }
        file.bytes.withUnsafeBytes { bytes in
            var scanner = CSVScanner(bytes, separator: separator)
            var fields: [CSVField] = []
            for _ in 0..<Self.headerRows {
                switch scanner.nextRow(into: &fields) {
                case .end: return
                case .fault: continue
                case .row(let number):
                    let texts = fields.map { $0.trimmed }
                    if firstRow.isEmpty { firstRow = texts.filter { !$0.isEmpty } }
                    do throws(PopulationLayout.Refusal) {
                        guard let found = try PopulationLayout(header: texts) else {
                            titles += texts.filter { !$0.isEmpty }
                            continue
                        }
                        layout = .success(found)
                    } catch {
                        layout = .failure(error)
                    }
                    line = number
                    return
                }
            }
        }
        (self.titles, self.layout, self.line, self.firstRow) = (titles, layout, line, firstRow)
        self.separator = separator
    }

    /// Whom the titles speak of: those of the first that names one of persons, males and females, such as `MYE2 - Males`; a note that
    /// names several says nothing.
    var sexOfTitles: Sex? {
        for title in titles {
            let words = Set(title.lowercased().split { !$0.isLetter }.map(String.init))
            let named = Sex.allCases.filter { !words.isDisjoint(with: [$0.rawValue, String($0.rawValue.dropLast())]) }
            if named.count == 1 { return named[0] }
        }
        return nil
    }

    /// Hands out the rows below the header; rows that are not whole are said.
    func forEachRow(
        _ findings: inout FindingList, _ body: (_ line: Int, _ fields: [CSVField], inout FindingList) -> Void
    ) {
        file.bytes.withUnsafeBytes { bytes in
            var scanner = CSVScanner(bytes, separator: separator)
            var fields: [CSVField] = []
            while true {
                switch scanner.nextRow(into: &fields) {
                case .end: return
                case .fault(let number, let fault):
                    if number > line { findings.add(.error, line: number, fault.message, remedy: fault.remedy) }
                    if scanner.isLost { return }
                case .row(let number):
                    if number > line && fields.contains(where: { !$0.isEmpty }) { body(number, fields, &findings) }
                }
            }
        }
    }
}
