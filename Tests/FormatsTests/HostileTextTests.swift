import Foundation
import Formats
import Oracles
import Testing
import Vocabulary

/// Words from data stay words, and files stay bounded.
@Suite struct HostileTextTests {
    private func faults(inRow word: String) -> [String] {
        let file = SourceFile(name: "a.csv", bytes: Data("name,count\nx,1\n\(word),2\n".utf8))
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(columns: ["name", "count"], findings: &findings) { _, _ in }
        return findings.findings.map(\.description)
    }

    @Test(arguments: [
        "\u{1B}[31mred", "a\u{7}b", "a\u{0}b", "\u{202E}evil", "\u{2066}a", "a\u{85}b", "\u{7F}", "\u{200F}a",
        "a\u{200E}",
        "\u{61C}a", "a\u{2028}b", "a\u{200B}b", "a\u{2060}b", "a\u{FEFF}b",
        "\u{FEFF}a", "a\u{AD}b", "a\u{34F}b", "\u{3164}a", "a\u{E0041}", "\u{1160}a", "a\u{180E}b", "\u{FFA0}a",
    ])
    func controlCharactersAreRefused(word: String) {
        let found = faults(inRow: word)
        #expect(found.count == 1 && found[0].contains("row 3, column name"), "\(found)")
        // In YAML these end a line, and a mark of byte order is passed over.
        if word.contains("\u{85}") || word.contains("\u{2028}") || word.unicodeScalars.first == "\u{FEFF}" { return }
        let yaml = SourceFile(name: "a.yaml", bytes: Data("title: \"\(word.replacing("\u{1B}", with: "\\e"))\"".utf8))
        let read = YAMLReader.read(yaml) { $0.text("title") }
        #expect(read.findings.containsErrors)
    }

    /// Wherever in a file it lies.
    @Test func hiddenCharactersAreFoundAtEveryPlace() {
        for length in 0...140 {
            let text = String(repeating: "a", count: length)
            #expect(!HiddenCharacters.occur(in: text + "–é’"), "\(length)")
            #expect(HiddenCharacters.occur(in: text + "\u{202E}b"), "\(length)")
            #expect(HiddenCharacters.occur(in: text + "\u{7}"), "\(length)")
        }
    }

    @Test(arguments: ["nan", "-inf", "1e9", "Sainte-Ménéhould", "“quoted” – dash…", "</script>", "tab\there"])
    func wordsAreWords(word: String) {
        #expect(faults(inRow: word).isEmpty)
    }

    /// A sign and a mark that stands above it are one character, and the sign is a sign all the same.
    @Test func signsUnderMarksAreSigns() {
        var csv = CSVWriter(columns: ["a"])
        csv.append(["x\"\u{338},y"])
        #expect(String(decoding: csv.data, as: UTF8.self) == "a\n\"x\"\"\u{338},y\"\n")
        #expect(YAMLText.quoted("\"\u{338}: [") == "\"\\\"\u{338}: [\"")
        #expect(JSON.text("<\u{338}script").inPage.contains("\\u003c\u{338}script"))
        for text in ["\"\u{338}Fair", "Fair #\u{338}1", "a\r\nruns: 1", "a:\u{338} b: c", "x\u{2028}y: 1", "- a", "a:"]
        {
            let line = "title: \(YAMLText.plain(text))\nruns: 2\n"
            let read = YAMLReader.read(SourceFile(name: "a.yaml", bytes: Data(line.utf8))) { reader in
                (reader.text("title"), reader.integer("runs", in: 0...9))
            }
            // A line separator is refused when it is read, whichever way it is written.
            if text.contains("\u{2028}") { continue }
            #expect(read.value?.0.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars), "\(line)")
            #expect(read.value?.1 == 2, "\(line)")
        }
        #expect("a--b-c".replacing(bytesOf: "--", by: "+") == "a+b-c")
        #expect("".replacing(bytesOf: "x", by: "y").isEmpty)
    }

    @Test func aFieldHasAnEnd() {
        #expect(faults(inRow: String(repeating: "a", count: 2_000)).isEmpty)
        let found = faults(inRow: String(repeating: "a", count: 2_001))
        #expect(found.count == 1 && found[0].contains("at most 2000"))
    }

    @Test func descriptionsAreSmall() {
        let large = SourceFile(name: "a.yaml", bytes: Data(String(repeating: "a: b\n", count: 300_000).utf8))
        #expect(YAMLReader.read(large) { $0.text("a") }.findings.first?.message.contains("1 MiB") == true)
        let names = (0..<12).map { String(UnicodeScalar(UInt8(97 + $0))) }
        let aliases = zip(names, names.dropFirst()).map { before, name in
            "\(name): &\(name) [\(Array(repeating: "*\(before)", count: 9).joined(separator: ","))]"
        }
        let text = (["a: &a [x,x,x,x,x,x,x,x,x]"] + aliases).joined(separator: "\n")
        let bomb = SourceFile(name: "a.yaml", bytes: Data(text.utf8))
        let clock = ContinuousClock()
        let time = clock.measure {
            let read = YAMLReader.read(bomb) { $0.words("l") }
            #expect(read.findings.first?.message.contains("aliases") == true)
        }
        #expect(time < .seconds(20))
    }

    /// A megabyte that says it is a gigabyte is refused before it fills the machine.
    @Test func packedFilesDoNotGrowForEver() throws {
        let folder = try TemporaryFolder()
        let packed = Archive.gzipped(Data(repeating: 0x61, count: 200 << 20))
        #expect(packed.count * SourceFile.mostGrowth < 200 << 20)
        try packed.write(to: URL(fileURLWithPath: folder.path("a.csv.gz")))
        let error = #expect(throws: UnusableData.self) { try SourceFile(folder.path("a.csv.gz")) }
        #expect(error?.description.contains("250 times its size") == true)
        withExtendedLifetime(folder) {}
    }

    /// A spreadsheet shows the word instead of working it out.
    @Test(arguments: [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2", "-2"), ("+5.5", "+5.5"), ("-", "-"), ("a=b", "a=b"),
        ("-inf", "'-inf"), ("-1e999", "'-1e999"), ("\t=1+1", "'\t=1+1"), ("  @A1", "'  @A1"), ("-1e-3", "-1e-3"),
    ])
    func formulasAreWords(word: String, written: String) {
        var table = Table([Column("name", .text, "who")])
        table.append(word)
        #expect(String(decoding: table.data, as: UTF8.self) == "name\n\(written)\n")
    }
}
