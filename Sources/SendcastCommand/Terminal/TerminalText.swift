/// Lines of text in columns, for a terminal of 80 characters.
struct TerminalTable {
    /// How many characters of a cell are shown: a name can have 2,000.
    private static let widest = 80
    private let heading: [String]
    private let leading: Int
    private let widestName: Int
    private var rows: [[String]] = []

    /// What columns of intervals are called.
    private static let interval = "80 % interval"

    /// - Parameters:
    ///   - leading: how many columns are set to the left; the others are set to the right.
    ///   - widestName: how wide the first column is at most: longer names go on in lines of their own.
    init(_ heading: [String], leading: Int = 1, widestName: Int = .max) {
        self.heading = heading
        self.leading = leading
        self.widestName = widestName
    }

    /// A row, and lines below it with the rest of its name.
    private func wrapped(_ row: [String]) -> [[String]] {
        guard row[0].count > widestName else { return [row] }
        let lines = TerminalText.wrapped(row[0], to: widestName - 1)
        return [[lines[0]] + row.dropFirst()] + lines.dropFirst().map { [" \($0)"] + row.dropFirst().map { _ in "" } }
    }

    mutating func append(_ row: [String]) {
        rows.append(row.map { TerminalText.shortened($0, to: Self.widest) })
    }

    func lines(_ style: TerminalStyle) -> [String] {
        let shown = self.heading.indices.filter { !style.isOfOneRun || self.heading[$0] != Self.interval }
        let heading = shown.map { self.heading[$0] }
        let rows = self.rows.flatMap { row in wrapped(shown.map { row[$0] }) }
        let widths = heading.indices.map { column in ([heading] + rows).map { $0[column].count }.max() ?? 0 }
        let gap = String(repeating: " ", count: widths.reduce(0, +) + 3 * (widths.count - 1) + 2 > 80 ? 2 : 3)
        func line(_ row: [String]) -> String {
            let cells = row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: max(widths[column] - text.count, 0))
                return column < leading ? text + padding : padding + text
            }
            let text = "  " + cells.joined(separator: gap)
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
        return [style.bold(line(heading))] + rows.map(line)
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
