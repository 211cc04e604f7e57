import Foundation
import Vocabulary

/// The files of a folder or a workbook as they are read, with all that was noticed.
package struct FolderReading {
    /// Where they lie.
    package let place: FilePlace
    /// Tables that lie elsewhere, by the names of their files: see ``FilePlace/open(_:)``.
    package var elsewhere: [String: String] = [:]
    package var service = Service.plans
    package var sources: [SourceFile] = []
    package var findings: [Finding] = []
    package var uses: [FileUse] = []
    /// The names that were asked for, whether there is such a file or not.
    private var asked: Set<String> = []

    package init(_ place: FilePlace) {
        self.place = place
    }

    package mutating func exists(_ name: String) -> Bool {
        let name = service.words.file(name)
        asked.insert(name)
        return elsewhere[name] != nil || place.exists(name)
    }

    package mutating func file(_ name: String) -> SourceFile? {
        let name = service.words.file(name)
        asked.insert(name)
        do {
            var file = try open(name)
            file.service = service
            sources.append(file)
            return file
        } catch {
            findings += error.findings
            return nil
        }
    }

    private func open(_ name: String) throws(UnusableData) -> SourceFile {
        if let address = elsewhere[name] { return try place.open(elsewhere: address) }
        return try place.open(name)
    }

    package mutating func table<Value>(_ name: String, _ read: (SourceFile) -> Checked<Value>) -> Value? {
        guard let file = file(name) else { return nil }
        let table = read(file)
        findings += table.findings
        uses += table.uses
        return table.value
    }

    /// A file that others read.
    package mutating func text(_ name: String) -> SourceFile? {
        let file = file(name)
        if let file { uses.append(FileUse(file: file.name)) }
        return file
    }

    /// Warns of files that nothing reads: misspelt names, copies, workbooks.
    /// - Parameter isWhole: whether every file that can be used was asked for; else only names near a missing one are warned of.
    package mutating func lookForUnread(isWhole: Bool = true) {
        let read = Set(sources.map(\.name))
        let beside = Set(elsewhere.values.map { String($0.prefix { $0 != "#" }) })
        for name in place.dataFiles where !read.contains(place.label(name)) && !beside.contains(name) {
            let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
            if asked.contains(plain) {
                let other = elsewhere[plain] ?? plain
                guard elsewhere[plain] != nil || name != plain && read.contains(place.label(plain)) else { continue }
                findings.append(warning(name, remedy: "\(other) is read in its place: delete one of them."))
                continue
            }
            if name.hasPrefix("scenarios/") {
                // Tables of schemes are read when a scenario opens them, or a plan is made of them.
                if plain.hasSuffix(".yaml") || plain.hasSuffix(".csv") { continue }
                findings.append(warning(name, remedy: "Scenarios are files that end in .yaml, schemes in .csv."))
                continue
            }
            let near = nearestSpelling(to: Self.withoutCopy(plain), among: asked.sorted())
            if !isWhole && near.map({ read.contains(place.label($0)) }) != false { continue }
            let remedy = near.map { near in
                read.contains(place.label(near))
                    ? "\(near) is read: is this a copy? Move it elsewhere." : "Did you mean '\(place.word(near))'?"
            }
            findings.append(warning(name, remedy: remedy ?? "Move it elsewhere, or correct its name."))
        }
    }

    private func warning(_ name: String, remedy: String) -> Finding {
        Finding(
            .warning, file: place.label(name), "nothing reads this \(place.isFolder ? "file" : "sheet")", remedy: remedy
        )
    }

    /// The name that a copy was made of: `costs (1).csv` is `costs.csv`, `costs.xlsx` too.
    private static func withoutCopy(_ name: String) -> String {
        var parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let ending = parts.removeLast()
        var stem = parts.joined(separator: ".")
        for pattern in [" \\(\\d+\\)$", " - [Cc]opy$", "^[Cc]opy of ", "[ _-](old|new|final|backup|v\\d+)$"] {
            stem = stem.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
        }
        return stem + (ending == "yml" ? ".yaml" : ending == "xlsx" ? ".csv" : ".\(ending)")
    }
}
