import Foundation
import Vocabulary

/// The files of a folder as they are read, with all that was noticed.
package struct FolderReading {
    package let path: String
    package var service = Service.plans
    package var sources: [SourceFile] = []
    package var findings: [Finding] = []
    package var uses: [FileUse] = []
    /// The names that were asked for, whether there is such a file or not.
    private var asked: Set<String> = []

    package init(path: String) {
        self.path = path
    }

    package mutating func exists(_ name: String) -> Bool {
        asked.insert(service.words.file(name))
        return ["", ".gz"].contains {
            FileManager.default.fileExists(atPath: "\(path)/\(service.words.file(name))\($0)")
        }
    }

    package mutating func file(_ name: String) -> SourceFile? {
        asked.insert(service.words.file(name))
        do {
            var file = try SourceFile("\(path)/\(service.words.file(name))")
            file.service = service
            sources.append(file)
            return file
        } catch {
            findings += error.findings
            return nil
        }
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
        for name in dataFiles where !read.contains("\(path)/\(name)") {
            let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
            if asked.contains(plain) {
                guard name != plain, read.contains("\(path)/\(plain)") else { continue }
                findings.append(warning(name, remedy: "\(plain) is read in its place: delete one of them."))
                continue
            }
            if name.hasPrefix("scenarios/") {
                // Tables of schemes are read when a scenario opens them, or a plan is made of them.
                if plain.hasSuffix(".yaml") || plain.hasSuffix(".csv") { continue }
                findings.append(warning(name, remedy: "Scenarios are files that end in .yaml, schemes in .csv."))
                continue
            }
            let near = nearestSpelling(to: Self.withoutCopy(plain), among: asked.sorted())
            if !isWhole && near.map({ read.contains("\(path)/\($0)") }) != false { continue }
            let remedy = near.map { near in
                read.contains("\(path)/\(near)")
                    ? "\(near) is read: is this a copy? Move it elsewhere." : "Did you mean '\(near)'?"
            }
            findings.append(warning(name, remedy: remedy ?? "Move it elsewhere, or correct its name."))
        }
    }

    private func warning(_ name: String, remedy: String) -> Finding {
        Finding(.warning, file: "\(path)/\(name)", "nothing reads this file", remedy: remedy)
    }

    /// Tables, YAML files, workbooks and maps of the folder, with those of rates and scenarios.
    private var dataFiles: [String] {
        ["", "rates/", "scenarios/"].flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
                .filter { name in
                    !name.hasPrefix(".") && !name.hasPrefix("~") && !name.lowercased().hasPrefix("readme")
                        && [".csv", ".csv.gz", ".yaml", ".yml", ".xlsx", ".geojson"].contains {
                            name.lowercased().hasSuffix($0)
                        }
                }
                .map { folder + $0 }
        }
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
