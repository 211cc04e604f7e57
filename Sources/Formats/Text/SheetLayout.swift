import Foundation

/// How a table lies in a file that a spreadsheet saved: what stands between fields, and in which row the columns are named.
///
/// Only what is certain is recognised. A separator other than the comma counts where it alone cuts the header into wanted
/// columns, or where the header has no comma at all; rows above the header are titles where each fills one cell at most, or
/// where one row alone names every wanted column.
package struct SheetLayout {
    /// What stands between fields.
    package private(set) var separator: UInt8 = 0x2C
    /// How many rows stand above the header.
    private(set) var rowsAbove = 0
    /// The line of the first title, where there is one.
    private(set) var firstTitle: Int?
    /// The line of the header.
    private(set) var headerLine = 1
    /// Whether rows above the header may be data, so that they must not be passed over.
    private(set) var hasDataAbove = false

    private static let comma: UInt8 = 0x2C
    private static let others: [UInt8] = [0x3B, 0x09, 0x7C]
    /// How far down the header is looked for, and rows below it are compared with it.
    private static let sampled = 20

    /// What separates fields, in words.
    var nameOfSeparator: String {
        switch separator {
        case 0x3B: "semicolons"
        case 0x09: "tabs"
        case 0x7C: "vertical bars"
        default: "commas"
        }
    }

    /// Whether fields are separated by something else than commas.
    var hasOtherSeparator: Bool { separator != Self.comma }

    /// Looks at the first rows of a file.
    /// - Parameter names: columns that the header must have; none where the reader does not know.
    package init(_ bytes: UnsafeRawBufferPointer, names: [String]) {
        let stated = Self.statedSeparator(bytes)
        let first = stated == nil ? 0 : 1
        if let stated {
            self.init(Guess(bytes, stated, from: first, names: names))
            return
        }
        let plain = Guess(bytes, Self.comma, from: 0, names: names)
        guard plain.matched < names.count || names.isEmpty && !(plain.header == 0 && plain.isSound) else {
            self.init(plain)
            return
        }
        let others = Self.others.map { Guess(bytes, $0, from: 0, names: names) }
        let whole = names.isEmpty ? [] : others.filter { $0.matched == names.count }
        let fitting = whole.isEmpty ? others.filter { $0.isLikelier(than: plain) } : whole
        self.init(fitting.count == 1 ? fitting[0] : plain)
    }

    private init(_ guess: Guess) {
        separator = guess.separator
        guard let header = guess.header else { return }
        rowsAbove = header + guess.first
        headerLine = guess.rows[header].line
        firstTitle = guess.rows[..<header].first { $0.filled > 0 }?.line
        hasDataAbove = guess.hasDataAbove
    }

    /// The separator that a first line such as `sep=;` states, which Excel reads and writes.
    private static func statedSeparator(_ bytes: UnsafeRawBufferPointer) -> UInt8? {
        let text = bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0).prefix(6)
        guard text.count >= 5, text.starts(with: "sep=".utf8), let separator = text.dropFirst(4).first else {
            return nil
        }
        let next = text.dropFirst(5).first
        guard next == nil || next == 0x0A || next == 0x0D else { return nil }
        return ([comma] + others).contains(separator) ? separator : nil
    }

    /// The first rows of a file, cut by a separator.
    private struct Guess {
        struct Row {
            package let line: Int
            package let fields: [String]
            /// How many fields are not empty.
            package let filled: Int
            /// The place of the last field that is not empty, and one more.
            package let width: Int
            let hasNumbers: Bool
        }

        let separator: UInt8
        /// How many rows above the sample were passed over.
        let first: Int
        private(set) var rows: [Row] = []
        /// The place of the header among ``rows``.
        private(set) var header: Int?
        /// How many of the wanted names the header has.
        private(set) var matched = 0
        private(set) var hasDataAbove = false

        init(_ bytes: UnsafeRawBufferPointer, _ separator: UInt8, from first: Int, names: [String]) {
            (self.separator, self.first) = (separator, first)
            var scanner = CSVScanner(bytes, separator: separator)
            var fields: [CSVField] = []
            for place in 0..<first + 2 * SheetLayout.sampled {
                guard case .row(let line) = scanner.nextRow(into: &fields) else { break }
                if place < first { continue }
                let texts = fields.map { $0.trimmed }
                rows.append(
                    Row(
                        line: line, fields: texts, filled: texts.count { !$0.isEmpty },
                        width: (texts.lastIndex { !$0.isEmpty } ?? -1) + 1,
                        hasNumbers: texts.contains { Double($0) != nil }))
            }
            findHeader(names)
        }

        private mutating func findHeader(_ names: [String]) {
            let top = rows.prefix(SheetLayout.sampled)
            let naming = names.isEmpty ? [] : top.indices.filter { Set(names).isSubset(of: top[$0].fields) }
            if naming.count == 1 {
                header = naming[0]
                let width = rows[naming[0]].filled
                hasDataAbove = rows[..<naming[0]].contains { $0.filled >= max(width, 2) && $0.hasNumbers }
            } else if let wide = top.firstIndex(where: { $0.filled > 1 }) {
                // One cell that is a column's name, or numbers where names should be, are for the reader to complain of.
                let isTitled = !rows[..<wide].contains { row in row.fields.contains(where: names.contains) }
                let isNamed = rows[wide].fields.first { !$0.isEmpty }.map { Double($0) == nil } ?? false
                header = isTitled && isNamed ? wide : 0
            }
            if let header { matched = Set(names).intersection(rows[header].fields).count }
        }

        /// Whether the header names several columns, and rows below it are as wide.
        var isSound: Bool {
            guard let header, rows[header].filled > 1 else { return false }
            let (least, most) = (rows[header].width, rows[header].fields.count)
            return rows[(header + 1)...].allSatisfy { $0.filled == 0 || ($0.fields.count >= least && $0.width <= most) }
        }

        /// Whether this separator cuts the same header into columns, and commas do not.
        func isLikelier(than plain: Guess) -> Bool {
            guard isSound, let header, matched >= plain.matched else { return false }
            guard let other = plain.header, plain.rows[other].filled > 1 else { return true }
            return header <= other && plain.rows[header].filled == 1 && !plain.isSound
        }
    }
}
