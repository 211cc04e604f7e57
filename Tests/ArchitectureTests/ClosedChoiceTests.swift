import Foundation
import Testing

/// A word of a file is a closed choice or a finding, and never a silent default.
@Suite struct ClosedChoiceTests {
    /// Source text in which a word that is no choice becomes one all the same: `Choice(rawValue: word) ?? .other`.
    private static func defaults(in text: String) -> [Substring] {
        text.matches(of: /\(\s*rawValue:[^\n]*(?:\n[^\n]*){0,2}?\)\s*\?\?\s*\./).map(\.output)
    }

    @Test func noWordOfAFileIsDefaultedInSilence() throws {
        let sources = FloorTests.root.appendingPathComponent("Sources")
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        let swift = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
        #expect(swift.count > 300)
        for file in swift {
            let found = try Self.defaults(in: String(contentsOf: file, encoding: .utf8))
            #expect(found.isEmpty, "\(file.lastPathComponent): \(found)")
        }
    }

    /// The test sees what it is there for, on one line and on several.
    @Test func defaultsAreSeen() {
        #expect(Self.defaults(in: "let unit = Unit(rawValue: row.unit) ?? .planYear").count == 1)
        #expect(Self.defaults(in: "quality: Quality(\n    rawValue: word)\n    ?? .red").count == 1)
        #expect(Self.defaults(in: "Quality(rawValue: item.word(\"quality\", among: words))\n    ?? .red").count == 1)
        #expect(Self.defaults(in: "guard let unit = Unit(rawValue: word) else { return nil }").isEmpty)
    }
}
