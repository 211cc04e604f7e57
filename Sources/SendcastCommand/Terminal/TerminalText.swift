/// Lines of text in columns, for a terminal of 80 characters.
struct TerminalTable {
    /// How many characters of a cell are shown: a name can have 2,000.
    private static let widest = 80
    private let heading: [String]
    private let leading: Int
    private var rows: [[String]] = []

    /// - Parameter leading: how many columns are set to the left; the others are set to the right.
    init(_ heading: [String], leading: Int = 1) {
        self.heading = heading
        self.leading = leading
    }

    mutating func append(_ row: [String]) {
        rows.append(row.map { TerminalText.shortened($0, to: Self.widest) })
    }

    func lines(_ style: TerminalStyle) -> [String] {
        let widths = heading.indices.map { column in ([heading] + rows).map { $0[column].count }.max() ?? 0 }
        let gap = String(repeating: " ", count: widths.reduce(0, +) + 3 * (widths.count - 1) + 2 > 80 ? 2 : 3)
        func line(_ row: [String]) -> String {
            let cells = row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: max(widths[column] - text.count, 0))
                return column < leading ? text + padding : padding + text
            }
            return "  " + cells.joined(separator: gap)
        }
        return [style.bold(line(heading))] + rows.map(line)
    }
}

/// Whether text may be emphasised.
struct TerminalStyle: Sendable {
    private let isPlain: Bool

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

    /// Text in lines of words.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
