import Formats
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// The reader is tested through a small table of the format: January, academic year, people.
@Suite struct CSVReaderTests {
    private let header = "calendar-year,academic-year,population"

    private func read(_ text: String) -> Checked<PopulationTable> {
        PopulationTable.read(SourceFile(name: "population.csv", bytes: Data(text.utf8)))
    }

    private func errors(_ text: String) -> [String] {
        read(text).findings.filter { $0.severity == .error }.map(\.description)
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func everyLineEndingIsRead(ending: String) {
        let table = read([header, "2020,0,10", "2020,1,20.5", ""].joined(separator: ending))
        #expect(table.findings.isEmpty)
        #expect(table.value[2020, 4] == 10)
        #expect(table.value[2020, 5] == 20.5)
    }

    @Test func aByteOrderMarkQuotesBlankLinesAndAnyColumnOrderAreRead() {
        let text = "\u{FEFF}\"population\", academic-year ,calendar-year\n\"7\",0,2020\n\n8,\"1\",2020"
        let table = read(text)
        #expect(table.findings.isEmpty)
        #expect(table.value[2020, 4] == 7)
        #expect(table.value[2020, 5] == 8)
    }

    @Test func faultsAreReportedTogetherWithTheirRows() {
        let text = """
            \(header)
            2020,0
            2020,0,1,2
            20x0,0,1
            2020,NCY,1
            2020,0,-4
            2020,0,"1
            """
        let found = errors(text)
        #expect(found.count == 6)
        #expect(found[0].contains("row 2") && found[0].contains("2 fields"))
        #expect(found[1].contains("row 3") && found[1].contains("4 fields"))
        #expect(found[2].contains("row 4, column calendar-year: '20x0'"))
        #expect(found[3].contains("row 5, column academic-year: 'NCY'"))
        #expect(found[4].contains("row 6, column population: '-4'"))
        #expect(found[5].contains("row 7") && found[5].contains("never ends"))
    }

    @Test(arguments: [
        ("calender-year,academic-year,population\n", "Did you mean 'calendar-year'?"),
        ("calendar-year,academic-year,population,notes\n", "column notes"),
        ("calendar-year,academic-year\n", "column population: the header lacks this column"),
        ("calendar-year,academic-year,population,population\n", "names this column twice"),
        ("", "the file is empty"),
        ("calendar-year,academic-year,population\n", "no rows"),
    ]) func headersThatDoNotServeAreExplained(text: String, expected: String) {
        #expect(errors(text).contains { $0.contains(expected) }, "\(errors(text))")
    }

    @Test(arguments: [
        ("2020,0,\"1\"2", "text follows a closing quote"),
        ("2020,0,1\"2", "a quote stands inside a field"),
    ]) func quotesInWrongPlacesAreErrors(row: String, expected: String) {
        let found = errors("\(header)\n\(row)\n2020,1,5\n")
        #expect(found.count == 1 && found[0].contains("row 2") && found[0].contains(expected))
    }

    @Test func bytesThatAreNotUTF8AreErrorsOfTheirRow() {
        var bytes = Data("\(header)\n2020,0,".utf8)
        bytes.append(contentsOf: [0x93, 0x31, 0x94])
        bytes.append(contentsOf: Data("\n2020,1,5\n".utf8))
        let table = PopulationTable.read(SourceFile(name: "p.csv", bytes: bytes))
        #expect(table.findings.count == 1)
        #expect(table.findings[0].description.contains("row 2: the row is not UTF-8"))
        #expect(table.value[2020, 5] == 5)
    }

    @Test func rowsOfAMillionBytesAreRefusedNotRead() {
        let long = String(repeating: "9", count: 3 << 20)
        #expect(errors("\(header)\n2020,0,\(long)\n").first?.contains("longer than 1 MiB") == true)
        #expect(errors("\(header)\n2020,0,\"\(long)\"\n").first?.contains("longer than 1 MiB") == true)
        #expect(errors(long).first?.contains("longer than 1 MiB") == true)
    }

    @Test func repeatedRowsAreErrors() {
        #expect(errors("\(header)\n2020,0,1\n2020,0,2\n").first?.contains("has a row already") == true)
    }

    @Test func manyFaultsAreCountedNotAllKept() {
        let rows = (0..<5_000).map { _ in "2020,0,minus" }.joined(separator: "\n")
        let findings = read("\(header)\n\(rows)\n").findings
        #expect(findings.count == 201)
        #expect(findings[200].message == "and 4800 more findings like these")
    }

    @Test func gzippedFilesAreRead() throws {
        let folder = try TemporaryFolder()
        try folder.write("population.csv", "\(header)\n2020,0,12\n")
        try folder.run("gzip", "population.csv")
        let file = try SourceFile(folder.path("population.csv"))
        #expect(file.name.hasSuffix(".gz"))
        #expect(PopulationTable.read(file).value[2020, 4] == 12)
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path("population.csv.gz")))
        try whole.dropLast(9).write(to: URL(fileURLWithPath: folder.path("population.csv.gz")))
        #expect(throws: UnusableData.self) { try SourceFile(folder.path("population.csv")) }
    }

    @Test func thingsThatAreNotFilesAreRefused() throws {
        let folder = try TemporaryFolder()
        #expect(throws: UnusableData.self) { try SourceFile(folder.path("nothing.csv")) }
        #expect(throws: UnusableData.self) { try SourceFile(folder.path("")) }
        #expect(throws: UnusableData.self) { try SourceFile("/dev/null") }
    }

    @Test func digestsAreThoseOfTheFile() {
        let file = SourceFile(name: "abc", bytes: Data("abc".utf8))
        #expect(file.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    /// What this thread has been at work: other tests run beside this one.
    private func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// A million rows of transitions in under a second of processor time.
    @Test func aMillionRowsAreReadInUnderASecond() {
        let needs = ["ASD", "SEMH", "SLCN", "MLD"]
        let settings = ["MS", "SPM", "SPI", "FE"]
        var text = "calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2\n"
        for row in 0..<1_000_000 {
            let (need, setting, year) = (needs[row & 3], settings[row >> 2 & 3], row % 20)
            text += "2024,\(setting),\(need),\(year),\(settings[row >> 4 & 3]),\(need),\(year + 1)\n"
        }
        let file = SourceFile(name: "transitions.csv", bytes: Data(text.utf8))
        var fastest = Double.infinity
        for _ in 0..<3 {
            let start = processorSeconds()
            let table = TransitionsTable.read(file, needs: needs, settings: settings)
            fastest = min(fastest, processorSeconds() - start)
            #expect(table.value.rows.count == 1_000_000 && table.findings.isEmpty)
        }
        print("a million rows in \(fastest) s of processor time")
        #expect(fastest < 1)
    }

    /// The digest is of what was opened, whatever becomes of the file.
    @Test func digestsAreOfWhatWasOpened() throws {
        let folder = try TemporaryFolder()
        try folder.write("plans.csv", "january,plans\n2025,638745\n")
        let file = try SourceFile(folder.path("plans.csv"))
        let same = SourceFile(name: "plans.csv", bytes: Data("january,plans\n2025,638745\n".utf8))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("plans.csv")))
        try handle.write(contentsOf: Data("january,plans\n2015,240183\n".utf8))
        try handle.close()
        #expect(file.digest == same.digest)
        #expect(try SourceFile(folder.path("plans.csv")).digest != same.digest)
    }
}
