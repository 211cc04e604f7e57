/// Lines of text in columns, for a terminal of 80 characters.
struct TerminalTable {
    /// How many characters of a cell are shown, for a name can have 2,000; and those of a line.
    private static let widest = 80
    /// What names are not wrapped below.
    private static let narrowestName = 16
    private let heading: [String]
    private let leading: Int
    private let widestName: Int
    private var rows: [[String]] = []

    /// What columns of intervals are called.
    private static let interval = "80 % interval"

    /// - Parameters:
    ///   - leading: how many columns are set to the left; the others are set to the right.
    ///   - widestName: how wide the first column is at most: longer names go on in lines of their own. So do names of a table that is wider than
    ///     the terminal.
    init(_ heading: [String], leading: Int = 1, widestName: Int = .max) {
        self.heading = heading
        self.leading = leading
        self.widestName = widestName
    }

    /// A row, and lines below it with the rest of its name.
    private static func wrapped(_ row: [String], to width: Int) -> [[String]] {
        guard row[0].count > width else { return [row] }
        let lines = TerminalText.wrapped(row[0], to: width - 1)
        return [[lines[0]] + row.dropFirst()] + lines.dropFirst().map { [" \($0)"] + row.dropFirst().map { _ in "" } }
    }

    /// How wide a table is with so many spaces between columns.
    private static func width(_ columns: [Int], gap: Int) -> Int {
        2 + columns.reduce(0, +) + gap * (columns.count - 1)
    }

    /// How wide names may be so that the table fits the terminal.
    private func nameWidth(_ rows: [[String]]) -> Int {
        let columns = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let beyond = Self.width(columns, gap: 2) - Self.widest
        return beyond > 0 ? max(columns[0] - beyond, Self.narrowestName) : columns[0]
    }

    mutating func append(_ row: [String]) {
        rows.append(row.map { TerminalText.shortened($0, to: Self.widest) })
    }

    func lines(_ style: TerminalStyle) -> [String] {
        let shown = self.heading.indices.filter { !style.isOfOneRun || self.heading[$0] != Self.interval }
        let heading = shown.map { self.heading[$0] }
        let whole = self.rows.map { row in shown.map { row[$0] } }
        let nameWidth = nameWidth([heading] + whole)
        let headings = Self.wrapped(heading, to: nameWidth)
        let rows = whole.flatMap { Self.wrapped($0, to: min(nameWidth, widestName)) }
        let widths = heading.indices.map { column in (headings + rows).map { $0[column].count }.max() ?? 0 }
        let gap = String(repeating: " ", count: Self.width(widths, gap: 3) > Self.widest ? 2 : 3)
        func line(_ row: [String]) -> String {
            let cells = row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: max(widths[column] - text.count, 0))
                return column < leading ? text + padding : padding + text
            }
            let text = "  " + cells.joined(separator: gap)
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
        return headings.map { style.bold(line($0)) } + rows.map(line)
    }
}

/// Whether text may be emphasised.
struct TerminalStyle: Sendable {
    private let isPlain: Bool
    /// Whether figures are of one run, which has no intervals.
    var isOfOneRun = false

    /// - Parameter isPlain: true where output is piped or the user set `NO_COLOR`.
    init(isPlain: Bool) {
        self.isPlain = isPlain
    }

    /// Emphasised, where that is wanted.
    func bold(_ text: String) -> String { isPlain ? text : "\u{1B}[1m\(text)\u{1B}[0m" }
}

/// Sentences on a terminal.
enum TerminalText {
    /// A name as long as a column is wide.
    static func shortened(_ name: String, to width: Int) -> String {
        name.count > width ? "\(name.prefix(width - 1))…" : name
    }

    /// How many characters of a text that nobody bounds are shown.
    private static let longest = 400

    /// A text of any length as lines of 80 characters that begin so far to the right, those that go on two characters farther.
    static func indented(_ text: String, by indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        return wrapped(shortened(text, to: longest), to: 78 - indent).enumerated().map { number, line in
            space + (number > 0 ? "  " : "") + line
        }
    }

    /// Text in lines of words; a word longer than a line is broken.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        let words = text.split { $0 == " " || $0 == "\t" }.flatMap { (word: Substring) -> [Substring] in
            stride(from: 0, to: word.count, by: width).map { word.dropFirst($0).prefix(width) }
        }
        for word in words {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
