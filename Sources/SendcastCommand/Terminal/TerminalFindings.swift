import Vocabulary

/// Findings as they are printed.
enum TerminalFindings {
    /// What is the same of all findings of a kind, in whatever file.
    private struct Kind: Hashable {
        let severity: Finding.Severity
        let column: String?
        let words: String
        let remedy: String

        init(_ finding: Finding) {
            (severity, column) = (finding.severity, finding.column)
            (words, remedy) = (finding.kind, finding.remedy)
        }
    }

    /// A line for each kind: errors as they were found, then warnings and notes, those first that touch most rows.
    static func lines(_ findings: [Finding]) -> [String] {
        var kinds: [Kind: [Finding]] = [:]
        var order: [Kind] = []
        for finding in findings {
            let kind = Kind(finding)
            if kinds[kind] == nil { order.append(kind) }
            kinds[kind, default: []].append(finding)
        }
        let groups = order.compactMap { kinds[$0] }
        return Finding.Severity.allCases.flatMap { severity in
            let own = groups.filter { $0[0].severity == severity }
            return (severity == .error ? own : own.sorted { rows($0) > rows($1) }).map(line)
        }
    }

    private static func rows(_ kind: [Finding]) -> Int { kind.reduce(0) { $0 + $1.rows } }

    private static func line(_ kind: [Finding]) -> String {
        let first = "\(kind[0].severity.rawValue): \(kind[0])"
        let others = kind.dropFirst()
        if others.isEmpty { return first }
        let files = Set(others.map(\.file)).subtracting([kind[0].file]).count
        let rows = others.reduce(0) { $0 + $1.rows }
        let count = "\(rows) more \(rows == 1 ? "row" : "rows")"
        let place = files == 0 ? "" : " in \(files) other \(files == 1 ? "file" : "files")"
        return "\(first) [and \(count)\(place)]"
    }
}
