import Publishing

extension AssuranceStatement {
    /// The statement for a terminal of 80 columns, then the assumptions rated red.
    func lines(style: TerminalStyle) -> [String] {
        var lines = [style.bold("Assurance statement: \(model)")]
        for part in parts {
            lines += ["", style.bold(part.heading)] + part.sentences.flatMap { Self.wrapped($0) }
        }
        let red = assumptions.filter { $0["quality"] == "red" }
        guard !red.isEmpty else { return lines }
        lines += ["", style.bold("Rated red")]
        for row in red { lines += Self.wrapped("\(row["id"]): \(row["value"]) (\(row["source"]))") }
        return lines
    }

    /// A sentence in lines of at most 78 characters, indented after the first.
    private static func wrapped(_ sentence: String) -> [String] {
        var lines = ["  "]
        for word in sentence.split(whereSeparator: \.isWhitespace) {
            let line = lines[lines.count - 1]
            if line.count + word.count + 1 > 78, !line.allSatisfy(\.isWhitespace) {
                lines.append("    \(word)")
            } else {
                lines[lines.count - 1] = line.allSatisfy(\.isWhitespace) ? line + word : "\(line) \(word)"
            }
        }
        return lines
    }
}
