import Vocabulary

/// What was used of each input file, for a terminal of 80 characters.
enum TerminalUses {
    private static let width = 80
    /// The most characters that the column of names takes.
    private static let widestName = 30

    /// A heading, then every file in the order in which it was read, under the folder or zip file it lies in.
    /// - Parameter findings: what was noticed; of a file with errors nothing is used.
    static func lines(_ uses: [FileUse], findings: [Finding] = [], style: TerminalStyle) -> [String] {
        if uses.isEmpty { return [] }
        let places = uses.map(Place.init)
        let widest = places.map(\.name.count).max() ?? 0
        let indent = min(widest, widestName) + 6
        var lines = [style.bold("What was used of each file")]
        var folder: String?
        for (use, place) in zip(uses, places) {
            if place.folder != folder {
                folder = place.folder
                lines.append("  " + (place.folder.isEmpty ? "." : place.folder))
            }
            let name = "    " + place.name
            let errors = findings.count { $0.severity == .error && $0.file == use.file }
            let summary = errors == 0 ? use.summary : "not used: \(errors) \(errors == 1 ? "error" : "errors")"
            let words = TerminalText.wrapped(summary, to: width - indent)
            // A name too long for its column has a line of its own.
            if name.count > indent - 2 { lines.append(name) }
            for (number, text) in words.enumerated() {
                let start = number == 0 && name.count <= indent - 2 ? name : ""
                lines.append(start + String(repeating: " ", count: indent - start.count) + text)
            }
        }
        return lines
    }

    /// A file's name, and where it lies.
    private struct Place {
        let folder: String
        let name: String

        init(_ use: FileUse) {
            let parts = use.file.split(separator: "/", omittingEmptySubsequences: false)
            // Tables of rates and scenarios are named within the model's folder.
            let inner = parts.count > 1 && ["rates", "scenarios"].contains(parts[parts.count - 2]) ? 2 : 1
            folder = parts.dropLast(inner).joined(separator: "/")
            name = parts.suffix(inner).joined(separator: "/")
        }
    }
}
