import Formats
import Foundation
import Vocabulary

/// Reads the XML of a return into the tables of the other form: elements get keys, and rows know the line of their element.
final class Sen2Document: ElementHandler {
    /// Names of items that are spelt in two ways.
    private static let spellings = ["wpb": "wbp", "planwpb": "planwbp"]
    private static let columns: [Sen2Module: [String]] = Dictionary(
        uniqueKeysWithValues: Sen2Module.allCases.map { module in
            let own = [module.key, module.parent?.key, Sen2Item.elementline.name].compactMap { $0 }
            let items = Sen2Layout.standard.columns(of: module).map(\.name).filter { !own.contains($0) }
            return (module, own + items)
        })

    private struct Row {
        let module: Sen2Module
        let key: Int
        let line: Int
        var items: [String: String] = [:]
    }

    private var rows: [Row] = []
    private var counts: [Sen2Module: Int] = [:]
    private var tables: [Sen2Module: CSVWriter] = [:]
    private var item = ""

    /// The files of a return; `nil` where the text is not the whole of one.
    static func files(_ file: SourceFile) -> [Sen2Module: SourceFile]? {
        let document = Sen2Document()
        for (module, columns) in columns { document.tables[module] = CSVWriter(columns: columns) }
        guard document.take(file.bytes), document.counts[.person] ?? 0 > 0 else { return nil }
        return document.tables.mapValues { table in
            var table = table
            return SourceFile(name: file.name, bytes: table.data, digest: file.digest)
        }
    }

    /// Whether a file is such a text.
    static func isOne(_ file: SourceFile) -> Bool { file.name.lowercased().hasSuffix(".xml") }

    func begin(_ element: Substring, line: Int) {
        item = ""
        let module = rows.isEmpty ? .sen2 : Sen2Module(rawValue: element.lowercased())
        guard let module else { return }
        let key = (counts[module] ?? 0) + 1
        counts[module] = key
        var row = Row(module: module, key: key, line: line)
        if let above = rows.last(where: { $0.module == module.parent }) {
            row.items[above.module.key] = String(above.key)
        }
        rows.append(row)
    }

    func end(_ element: Substring) {
        defer { item = "" }
        guard let row = rows.last else { return }
        let name = element.lowercased()
        let isRoot = rows.count == 1 && name == "message"
        if row.module.rawValue == name || isRoot {
            rows.removeLast()
            let own = [row.module.key: String(row.key), Sen2Item.elementline.name: String(row.line)]
            let cells = (Self.columns[row.module] ?? []).map { own[$0] ?? row.items[$0] ?? "" }
            tables[row.module]?.append(cells)
            return
        }
        let text = item.trimmingCharacters(in: .whitespacesAndNewlines)
        if !text.isEmpty { rows[rows.count - 1].items[Self.spellings[name] ?? name] = text }
    }

    func text(_ text: String) { item += text }
}
