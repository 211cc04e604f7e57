import Foundation
import Oracles
import Testing

/// Every command that answers a statement of a commissioning document runs, and shows what the page says.
@Suite struct CommissioningDocumentsTests {
    private static let page = Oracles.repository.appendingPathComponent("docs/commissioning-documents.md")

    @Test func commandsShowWhatTheirRowsSay() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let answered = Self.rows(in: text).filter(\.isAnswered)
        #expect(answered.count > 50)
        let folder = try PageFolder()
        var missing = folder.missing
        for command in Self.commands(in: text) {
            if !missing.isDisjoint(with: command.words) {
                print("skipped, for public data are not at hand (SENDCAST_DATA): \(command.key) of \(Self.page.path)")
                missing.formUnion([command.words[1], command.results])
                continue
            }
            let ending = try folder.run(command.brief)
            #expect(ending.status == 0, "\(command.words): \(ending.errors)")
            guard ending.status == 0 else { continue }
            for row in answered where row.command == command.key {
                let shown = try row.file.map { try folder.text(of: $0, in: command.results) ?? "" } ?? ending.output
                #expect(
                    Self.stand(row.words, in: shown, separators: row.file == nil ? " " : " ,"),
                    "\(command.key) does not show '\(row.words.joined(separator: " "))', of: \(row.statement)")
            }
        }
    }

    @Test func rowsAreCountedAndComplete() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let rows = Self.rows(in: text)
        let counts = Row.states.map { state in String(rows.filter { $0.state == state }.count) }
        #expect(text.contains("\n| all | \(counts.joined(separator: " | ")) |\n"), "there are \(counts)")
        let commands = Self.commands(in: text)
        let keys = commands.map(\.key)
        #expect(Set(keys).count == keys.count)
        // A command may make a model that another one runs.
        let made = commands.filter { one in
            one.words[0] == "new" && commands.contains { $0.words[0] == "run" && $0.words[1] == one.words[1] }
        }
        #expect(Set(rows.filter(\.isAnswered).map(\.command)) == Set(keys).subtracting(made.map(\.key)))
        for row in rows {
            #expect(row.isAnswered == !row.words.isEmpty, "\(row.statement)")
            #expect(row.isAnswered || row.command.isEmpty, "\(row.statement)")
            #expect(row.state != "not yet" || !row.last.isEmpty, "\(row.statement) does not say what is missing")
        }
    }

    /// Words are found in their order, in one line.
    @Test func wordsStandInALine() {
        let text = "2019,all,SS,712\n2020,all,SS,740"
        #expect(Self.stand(["2019", "SS", "712"], in: text, separators: " ,"))
        #expect(!Self.stand(["2019", "SS", "740"], in: text, separators: " ,"))
        #expect(!Self.stand(["712", "SS"], in: text, separators: " ,"))
        #expect(Self.stand(["Contacts", "12,045", "opens"], in: "  Contacts: 12,045, opens 2026", separators: " "))
        #expect(!Self.stand(["45"], in: "12,045", separators: " "))
    }

    /// A statement of a document.
    private struct Row {
        static let states = ["works", "in part", "not yet", "background"]
        let statement: String
        let state: String
        /// The key of the command that answers it; empty where there is none.
        let command: String
        /// What is shown, or missing.
        let last: String

        var isAnswered: Bool { ["works", "in part"].contains(state) }
        private var code: [String] {
            last.components(separatedBy: "`").enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        }
        /// Words that stand in one line of what the command shows.
        var words: [String] { code.first.map { tokens(of: $0, separators: " ") } ?? [] }
        /// The file in which they stand; `nil` where it is what the command prints.
        var file: String? { code.dropFirst().first { $0.hasSuffix(".csv") } }
    }

    /// A command with its key.
    private struct Command {
        let key: String
        let words: [String]

        /// The folder of results, where other commands look for it.
        var results: String {
            let isPlain = words[0] == "run" && !words.contains("--scenario")
            return "results/" + (isPlain ? URL(fileURLWithPath: words[1]).lastPathComponent : key)
        }
        /// The same with few runs, and results in a folder of their own.
        var brief: [String] {
            var brief = words
            if !["funnel", "joint", "new", "benchmark"].contains(words[0]) { brief += ["--runs", "20"] }
            if ["run", "appraise", "data", "growth", "funnel", "benchmark"].contains(words[0]) {
                brief += ["--out", results]
            }
            if words[0] == "run" { brief.append("--no-report") }
            return brief
        }
    }

    private static func rows(in text: String) -> [Row] {
        text.split(separator: "\n").filter { $0.hasPrefix("| ") }.compactMap { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count >= 3, Row.states.contains(cells[2]), !Row.states.contains(cells[1]) else { return nil }
            let isFull = cells.count == 5
            return Row(
                statement: cells[0], state: cells[2], command: isFull ? cells[3] : "", last: isFull ? cells[4] : "")
        }
    }

    private static func commands(in text: String) -> [Command] {
        text.split(separator: "\n").compactMap { line in
            line.wholeMatch(of: /([A-Z]\d+) +(sendcast .+)/).map { match in
                Command(key: String(match.output.1), words: ReadmeTests.words(match.output.2))
            }
        }
    }

    /// Whether words stand in one line of a text, in their order.
    private static func stand(_ words: [String], in text: String, separators: String) -> Bool {
        text.split(separator: "\n").contains { line in
            guard let first = words.first, line.contains(first) else { return false }
            var rest = words[...]
            for token in tokens(of: line, separators: separators) where token == rest.first { rest.removeFirst() }
            return rest.isEmpty
        }
    }
}

/// The words of a line without the punctuation around them.
private func tokens(of line: some StringProtocol, separators: String) -> [String] {
    line.split { separators.contains($0) }.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ".,:;\"")) }
}
