import Foundation
import Oracles
import Testing

/// Every Swift block of the README, of the documentation and of documentation comments of the front door compiles: `Snippets.swift` holds
/// them all, and is what these pages make it.
@Suite struct SnippetTests {
    @Test func everySwiftBlockIsCompiled() throws {
        let made = try Self.snippets()
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snippets.swift")
        if ProcessInfo.processInfo.environment["SENDCAST_SNIPPETS"] == "write" { try Data(made.utf8).write(to: file) }
        #expect(
            try String(contentsOf: file, encoding: .utf8) == made,
            "a Swift block has changed: run 'make snippets' and build the tests again")
    }

    /// What blocks take for given: those of documentation comments name a study and its results.
    private static let given = """
        // Made by 'make snippets' from the Swift blocks of the documentation; they are compiled here, and not run.
        import Sendcast

        // swift-format-ignore-file


        """

    private static func snippets() throws -> String {
        let root = Oracles.repository
        let pages = [root.appendingPathComponent("README.md"), root.appendingPathComponent("CONTRIBUTING.md")]
        let sources = try FileManager.default.subpathsOfDirectory(
            atPath: root.appendingPathComponent("Sources/Sendcast").path
        ).sorted().filter { $0.hasSuffix(".md") || $0.hasSuffix(".swift") }
        var text = given
        for page in pages + sources.map({ root.appendingPathComponent("Sources/Sendcast/\($0)") }) {
            let isSource = page.pathExtension == "swift"
            let lines = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n").map {
                isSource ? comment(of: $0) : $0
            }
            for (number, block) in blocks(of: lines).enumerated() {
                let name = page.deletingPathExtension().lastPathComponent.filter(\.isLetter)
                let needed = isSource ? arguments(of: block) : ""
                text += "func \(isSource ? "comment" : "page")\(name)\(number + 1)(\(needed)) throws {\n"
                for line in block where line != "import Sendcast" && !line.isEmpty { text += "    \(line)\n" }
                text += "}\n\n"
            }
        }
        return String(text.dropLast())
    }

    /// The text of a documentation comment; nothing of other lines.
    private static func comment(of line: String) -> String {
        let text = line.drop { $0 == " " }
        return text.hasPrefix("/// ") ? String(text.dropFirst(4)) : ""
    }

    private static func blocks(of lines: [String]) -> [[String]] {
        lines.split(separator: "```swift").dropFirst().map { Array($0.prefix { $0 != "```" }) }
    }

    private static func arguments(of block: [String]) -> String {
        let text = block.joined(separator: "\n")
        return ["study: Study", "results: Results"].filter { given in
            let name = given.prefix { $0 != ":" }
            return !text.contains("let \(name) =")
        }.joined(separator: ", ")
    }
}
