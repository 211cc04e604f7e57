import Formats
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Workbooks of another program, and sheets written by hand.
@Suite struct WorkbookReaderTests {
    private func open(_ path: String) throws -> Workbook { try Workbook(SourceFile(path)) }

    private func lines(_ workbook: Workbook, _ sheet: String) throws -> [String] {
        let found = try #require(workbook.sheets.first { $0.name == sheet })
        let text = String(decoding: try workbook.table(of: found).bytes, as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func aWorkbookOfAnotherProgramIsRead() throws {
        let workbook = try open(Oracles.file("estimates.xlsx"))
        #expect(
            workbook.sheets.map(\.name) == ["Cover", "MYE2 - Persons", "MYE2 - Females", "MYE2 - Males", "Working"])
        #expect(workbook.sheets.map(\.isHidden) == [false, false, false, false, true])
        let persons = try lines(workbook, "MYE2 - Persons")
        #expect(
            persons[0] == "\"MYE2: Population estimates: Persons by single year of age, mid-2024\""
                || persons[0].hasPrefix("MYE2: Population"))
        #expect(persons[1] == "\"This worksheet contains one table, and 'notes' in columns, with commas\"")
        #expect(persons[2].isEmpty && persons[3] == "Source: invented")
        let header = try #require(persons.firstIndex { $0.hasPrefix("Code,Name,Geography,All ages,0,1,") })
        #expect(persons[header].hasSuffix(",89,90+"))
        #expect(
            persons[header + 2].hasPrefix("E08000024,Sunderland,Metropolitan District,215215,2500,2497,"),
            "\(persons[header + 2].prefix(80))")
    }

    /// A workbook with one sheet, its parts written by hand.
    private func made(_ sheet: String, strings: String? = nil, state: String = "visible") throws -> (
        TemporaryFolder, String
    ) {
        let folder = try TemporaryFolder()
        let parts =
            [
                ("[Content_Types].xml", "<Types/>"),
                (
                    "xl/workbook.xml",
                    "<x:workbook xmlns:x=\"m\" xmlns:r=\"r\"><x:sheets><x:sheet name=\"A &amp; B\" sheetId=\"1\" state=\"\(state)\" r:id=\"rId7\"/></x:sheets></x:workbook>"
                ),
                (
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships><Relationship Id=\"rId7\" Target=\"/xl/worksheets/one.xml\"/></Relationships>"
                ),
                ("xl/worksheets/one.xml", sheet),
            ] + (strings.map { [("xl/sharedStrings.xml", $0)] } ?? [])
        for (name, text) in parts {
            let directory = (folder.path(name) as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try folder.write(name, text)
        }
        try folder.run("python3", "-m", "zipfile", "-c", "made.xlsx", "[Content_Types].xml", "xl")
        return (folder, folder.path("made.xlsx"))
    }

    private func rows(_ sheet: String, strings: String? = nil) throws -> [String] {
        let (folder, path) = try made("<worksheet><sheetData>\(sheet)</sheetData></worksheet>", strings: strings)
        return try withExtendedLifetime(folder) { try lines(open(path), "A & B") }
    }

    @Test func everyKindOfCellIsRead() throws {
        let strings =
            "<sst><si><t>plain</t></si><si><r><t>rich </t></r><r><t xml:space=\"preserve\">text</t></r><rPh><t>said</t></rPh></si></sst>"
        let found = try rows(
            """
            <row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>in "line", so</t></is></c></row>
            <row r="4"><c r="B4"><f>SUM(A1:A3)</f><v>1234.5</v></c><c r="D4" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="E4" t="b"><v>1</v></c>
            <c r="F4" t="e"><v>#N/A</v></c><c r="G4" s="3"/><c r="AB4" t="s"><v>0</v></c></row>
            """, strings: strings)
        #expect(
            found == [
                "", "rich text,,\"in \"\"line\"\", so\"", "",
                ",1234.5,,ab,1,#N/A" + String(repeating: ",", count: 22) + "plain",
            ])
    }

    @Test func rowsAndCellsWithoutNumbersFollowEachOther() throws {
        #expect(
            try rows(
                "<row><c><v>1</v></c><c><v>2</v></c></row><row><c t=\"inlineStr\"><is><t>two\nlines</t></is></c></row>")
                == ["1,2", "\"two lines\","])
        #expect(try rows("<x:row xmlns:x=\"m\"><x:c><x:v>5</x:v></x:c></x:row>") == ["5"])
        #expect(try rows("") == [""])
    }

    @Test(arguments: [
        "<row r=\"3\"/><row r=\"2\"/>", "<row r=\"1048577\"/>", "<row><c r=\"B1\"/><c r=\"A1\"/></row>",
        "<row><c r=\"XFE1\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>9</v></c></row>", "<row><c r=\"12\"/></row>", "<row><c>", "<c/>",
    ]) func sheetsThatAreNotSoundAreRefused(sheet: String) throws {
        let failure = (#expect(throws: UnusableData.self) { try rows(sheet) })?.findings.first
        #expect(failure?.message == "the sheet cannot be read" && failure?.file?.hasSuffix("sheet 'A & B'") == true)
    }

    @Test func sheetsThatReachTooFarAreRefused() throws {
        let far = (1...2_500).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
        let failure = (#expect(throws: UnusableData.self) { try rows(far) })?.findings.first
        #expect(failure?.message.contains("more than 40 million cells") == true)
    }

    @Test func entitiesAreNotRead() throws {
        let bomb =
            "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>"
        let (folder, path) = try made(bomb)
        let failure = (#expect(throws: UnusableData.self) { try lines(open(path), "A & B") })?.findings.first
        #expect(withExtendedLifetime(folder) { failure?.message == "the sheet cannot be read" })
    }

    /// 600 MiB of blanks in a file of 600 kB.
    @Test func workbooksThatUnpackToMuchAreRefused() throws {
        let (folder, _) = try made("<worksheet/>")
        let script = """
            import zipfile
            z = zipfile.ZipFile('bomb.xlsx', 'w', zipfile.ZIP_DEFLATED)
            z.write('[Content_Types].xml')
            z.write('xl/workbook.xml')
            z.write('xl/_rels/workbook.xml.rels')
            with z.open('xl/worksheets/one.xml', 'w', force_zip64=True) as part:
                for _ in range(600): part.write(b' ' * 1048576)
            z.close()
            """
        try folder.run("python3", "-c", script)
        let failure = (#expect(throws: UnusableData.self) { try open(folder.path("bomb.xlsx")) })?.findings.first
        #expect(failure?.message == "the workbook unpacks to more than 512 MiB")
    }

    @Test func hiddenSheetsAndBrokenWorkbooksAreNotTakenForPeople() throws {
        let table = "<worksheet><sheetData><row><c t=\"str\"><v>code</v></c></row></sheetData></worksheet>"
        let (folder, path) = try made(table, state: "veryHidden")
        #expect(try open(path).sheets.first?.isHidden == true)
        let hidden = #expect(throws: UnusableData.self) { try PublishedPopulation.read([path]) }
        #expect(hidden?.findings.map(\.message) == ["every sheet of the workbook is hidden"])
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: folder.path("cut.xlsx")))
        let cut = #expect(throws: UnusableData.self) { try PublishedPopulation.read([folder.path("cut.xlsx")]) }
        #expect(cut?.findings.first?.message.contains("damaged or cut short") == true)
    }
}
