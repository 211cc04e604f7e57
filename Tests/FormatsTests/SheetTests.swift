import Formats
import Foundation
import Intake
import Testing
import Vocabulary

/// Tables as spreadsheets save them: what is certain is read and said, all else has one advice that fits the cause.
@Suite struct SheetTests {
    private static let header = ["january", "age", "population"]

    private func population(_ text: String) -> Checked<PopulationTable> { population(Data(text.utf8)) }

    private func population(_ bytes: Data) -> Checked<PopulationTable> {
        PopulationTable.read(SourceFile(name: "population.csv", bytes: bytes))
    }

    /// The errors of a table whose one fault is in a row.
    private func errors(_ rows: String) -> [String] {
        population("january,age,population\n\(rows)\n").findings.filter { $0.severity == .error }.map(\.description)
    }

    private func notes(_ table: Checked<PopulationTable>) -> [String] {
        table.findings.filter { $0.severity == .note }.map(\.description)
    }

    private static let space = StateSpace(
        need: Dimension(name: "need", codes: ["ASD", "SEMH"]), setting: Dimension(name: "setting", codes: ["MS", "SS"]))

    private func schemes(_ text: String) -> Checked<[SchemeRow]> {
        SchemeRow.read(SourceFile(name: "schemes.csv", bytes: Data(text.utf8)), Self.space)
    }

    /// One way of saving a table.
    struct Export: CustomTestStringConvertible {
        let separator: String
        let encoding: String.Encoding
        let hasMark: Bool
        let ending: String

        var testDescription: String {
            "\(separator.debugDescription), \(encoding), mark \(hasMark), \(ending.debugDescription)"
        }

        func bytes(_ rows: [[String]]) -> Data {
            let text = rows.map { row in
                row.map { $0.contains(separator) ? "\"\($0)\"" : $0 }.joined(separator: separator)
            }.joined(separator: ending)
            return (hasMark ? Data("\u{FEFF}".data(using: encoding) ?? Data()) : Data())
                + (text.data(using: encoding) ?? Data())
        }

        static let all = [",", ";", "\t", "|"].flatMap { separator in
            [(String.Encoding.utf8, false), (.utf8, true), (.utf16LittleEndian, true), (.utf16BigEndian, true)]
                .flatMap { encoding, hasMark in
                    ["\n", "\r\n", "\r"].map {
                        Export(separator: separator, encoding: encoding, hasMark: hasMark, ending: $0)
                    }
                }
        }
    }

    /// Whatever the way of saving, blank rows and empty columns: the same table.
    @Test(arguments: Export.all) func everyWayOfSavingReadsToTheSameTable(export: Export) {
        let rows = [["2026", "0", "1017.5"], ["2026", "1", "98"], ["2030", "0", "12345"], ["2030", "1", "0.25"]]
        let clean = population(Export.all[0].bytes([Self.header] + rows)).value
        #expect(clean[2030, 0] == 12_345 && clean[2030, 1] == 0.25)
        let blank = [String](repeating: "", count: 3)
        let blanks: [[[String]]] = [
            [Self.header] + rows, [Self.header] + rows + [blank, blank], [blank, Self.header] + rows,
            [Self.header] + rows.prefix(2) + [blank] + rows.suffix(2) + [blank],
        ]
        let hasCommas = export.separator == ";"
        for rows in blanks {
            for empty in 0...3 {
                let wide = rows.map { row in
                    let row = hasCommas ? row.map { $0.replacingOccurrences(of: ".", with: ",") } : row
                    switch empty {
                    case 0: return row
                    case 3: return ["", row[0], "", row[1], row[2]]
                    default: return row + [String](repeating: "", count: empty)
                    }
                }
                let read = population(export.bytes(wide))
                #expect(read.value == clean, "\(wide)")
                #expect(!read.findings.containsErrors, "\(read.findings)")
                #expect(read.findings.count <= 1, "one note at most: \(read.findings)")
                #expect(read.uses.map(\.rows) == [4])
            }
        }
    }

    @Test(arguments: [
        ("january;age;population\n2026;0;5\n", "fields are separated by semicolons"),
        ("january\tage\tpopulation\n2026\t0\t5\n", "fields are separated by tabs"),
        ("january|age|population\n2026|0|5\n", "fields are separated by vertical bars"),
        ("sep=;\njanuary;age;population\n2026;0;5\n", "fields are separated by semicolons"),
        ("january;age;population\n2026;0;5,0\n", "separated by semicolons, and decimals have commas"),
        ("january,age,population\n2026,0,5\n,,\n,,\n", "rows 3 to 4 are blank"),
        ("january,age,population\n,,\n2026,0,5\n,,\n", "2 rows are blank, the first is row 2"),
        ("january,age,population,,\n2026,0,5,,\n", "2 columns are empty"),
        ("january,age,population\n2026,0,5,,\n", "row 2 ends in empty fields"),
        (
            "People of the area,,\njanuary,age,population\n2026,0,5\n",
            "row 1 is a title; the columns are named in row 2"
        ),
        (
            "People\n\nSource: ONS\njanuary,age,population\n2026,0,5\n",
            "rows 1 to 3 are titles; the columns are named in row 4"
        ),
        ("People, of 2026\njanuary,age,population\n2026,0,5\n", "row 1 is a title"),
        ("People;;\n;;\njanuary;age;population\n2026;0;5\n", "rows 1 to 2 are titles"),
        ("january,age,population\n2026,0,5\nTotal,,5\n", "row 3 is the total of those above"),
        ("january,age,population\n2026,0,5\nSource: ONS\n", "row 3 is a note"),
    ]) func whatIsCertainIsReadAndSaidOnce(text: String, expected: String) {
        let table = population(text)
        #expect(table.value[2026, 0] == 5)
        #expect(table.findings.count == 1 && table.findings.first?.severity == .note)
        #expect(table.findings.first?.message.contains(expected) == true, "\(table.findings)")
    }

    @Test(arguments: [
        (
            "january,age,population\n2026,0,5\n2026,1,7\nTotal,,13\n",
            "row 4, column population: the row is a total, but 13 is not"
        ),
        ("january,age,population\n2026,0,5\nGrand total,,6\n", "but 6 is not the sum of the rows above, 5"),
        ("january,age,population\n2026,0,5\nTOTAL:,,4.2\n", "4.2 is not the sum"),
        ("january;age;population\n2026;0;5\nTotal;;7\n", "7 is not the sum"),
        (
            "january,age,population\n2026,0,5\n,,\nTotal,,50\nSource: us\n",
            "row 4, column population: the row is a total"
        ),
        ("january,age,population\n2026,0,5\nTotal,1,5\n", "row 3, column january: 'Total' is a total"),
        ("january,age,population\nTotal,,5\n2026,0,5\n", "row 2, column january: 'Total' is a total"),
    ]) func totalsThatDoNotFitAreRefusedOnce(text: String, expected: String) {
        let found = population(text).findings.filter { $0.severity == .error }.map(\.description)
        #expect(found.first?.contains(expected) == true, "\(found)")
    }

    /// Sums of wholes that were rounded from decimals are sums.
    @Test func roundedTotalsFit() {
        let table = population("january,age,population\n2026,0,5.2\n2026,1,7.1\nTotal,,12\n\n,,\n")
        #expect(!table.findings.containsErrors && table.value[2026, 1] == 7.1)
    }

    @Test(arguments: [
        ("\"1,234\"", 1_234.0), ("\"1,234,567\"", 1_234_567), ("\"1,234.5\"", 1_234.5), ("1 234", 1_234),
        ("1\u{A0}234", 1_234), ("\" 12,345 \"", 12_345),
    ]) func thousandsSetApartAreReadAndSaid(cell: String, expected: Double) {
        let table = population("january,age,population\n2026,0,\(cell)\n2026,1,\(cell)\n2026,2,3\n")
        #expect(table.value[2026, 0] == expected)
        #expect(notes(table).count == 1 && notes(table)[0].contains("thousands are set apart (and 1 more row)"))
        #expect(!table.findings.containsErrors)
    }

    /// With semicolons a comma or a point before three digits is told by the other numbers of the file, or refused.
    @Test(arguments: [
        ("2026;0;1,234\n2026;1;0,5", 1.234), ("2026;0;1.234\n2026;1;0,5", 1_234), ("2026;0;1.234\n2026;1;0.5", 1.234),
        ("2026;0;1,234\n2026;1;0.5", 1_234), ("2026;0;1.234,5\n2026;1;7", 1_234.5),
        ("2026;0;1,234.5\n2026;1;7", 1_234.5),
        ("2026;0;1.234.567\n2026;1;7", 1_234_567), ("2026;0;1,234\n2026;1;7", nil), ("2026;0;1.234\n2026;1;7", nil),
        ("2026;0;1,234\n2026;1;0.5\n2026;2;0,5", nil),
    ]) func decimalMarksAreToldByTheFile(rows: String, expected: Double?) {
        let table = population("january;age;population\n\(rows)\n")
        #expect(table.value[2026, 0] == expected, "\(table.findings)")
        #expect(table.findings.containsErrors == (expected == nil))
        if expected == nil { #expect(table.findings.contains { $0.message.contains("may have a decimal mark") }) }
    }

    @Test(arguments: [
        ("#REF!", "is a formula that failed"), ("#N/A", "is a formula that failed"),
        ("#DIV/0!", "is a formula that failed"),
        ("#VALUE!", "Mend the formula there"), ("#name?", "is a formula that failed"), ("####", "too narrow"),
        ("1.2E+05", "its last digits are lost"), ("1E+05", "shortened"), ("£1234", "format Number (1234)"),
        ("\"£1,234.50\"", "format Number (1234.5)"), ("€5", "currency sign"), ("$12", "currency sign"),
        ("12%", "format Number (0.12 where a share"), ("1.5 %", "is a percentage"), ("\"3,5\"", "has a decimal comma"),
        ("\"1.234,5\"", "Write 1234.5"), ("(120)", "Write -120"), ("05-Oct", "is a date"), ("31/03/2026", "is a date"),
        ("Total", "is a total"),
    ]) func spoiltCellsHaveOneAdviceThatFits(cell: String, expected: String) {
        let found = errors("2026,0,\(cell)\n2026,1,7\n2026,2,\(cell)\n2026,3,\(cell)")
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(expected) == true, "\(found)")
        #expect(found.first?.contains("row 2, column population: ") == true)
        #expect(found.first?.contains("(and 2 more rows)") == true)
    }

    /// A program's small numbers keep their exponent.
    @Test func smallNumbersWithExponentsAreRead() {
        #expect(population("january,age,population\n2026,0,2.5e-05\n").value[2026, 0] == 2.5e-5)
    }

    private static let scheme = "scheme,provision,setting,needs,opens,year_group,places,capital,spend_year"

    @Test(arguments: [
        ("05-Oct", "5-10"), ("10-May", "5-10"), ("Nov-15", "11-15"), ("15-Nov", "11-15"), ("05/10/2026", "5-10"),
        ("2026-10-05", "5-10"), ("7 Nov", "7-11"), ("Oct-05", "5-10"),
    ]) func bandsThatBecameDatesAreNamed(cell: String, band: String) {
        let found = schemes("\(Self.scheme)\nA,A,MS,ASD,2027,\(cell),8,100,2026\nB,A,MS,ASD,2027,\(cell),8,100,2026\n")
            .findings
        #expect(found.count == 1)
        #expect(
            found.first?.message.contains("'\(cell)' is a date that the spreadsheet made, probably of \(band)") == true,
            "\(found)")
        #expect(found.first?.remedy.contains("Text, type \(band) again") == true)
        #expect(found.first?.line == 2)
    }

    /// Every fault of a row is told at once, those of failed formulas among them.
    @Test func allFaultsOfARowAreTold() {
        let rows = "A,,XX,ASP,Sept 2028,40,many,£20m,2027/28\nB,B,SS,#REF!,soon,7,#REF!,500,2027\n"
        let found = schemes("\(Self.scheme)\n\(rows)").findings.map(\.description)
        for words in [
            "row 2, column provision: '': a name", "row 2, column setting: 'XX'", "row 2, column needs: 'ASP'",
            "row 2, column opens: 'Sept 2028': a year alone was expected. Write 2028.",
            "row 2, column year_group: '40'",
            "row 2, column places: 'many'", "row 2, column capital: '£20m': pounds", "Write 20000000.",
            "row 2, column spend_year: '2027/28': a year alone was expected. Write 2027.",
            "row 3, column needs: '#REF!' is a formula", "row 3, column opens: 'soon'",
            "row 3, column places: '#REF!' is a formula",
        ] {
            #expect(found.contains { $0.contains(words) }, "\(words): \(found)")
        }
        #expect(found.count == 11, "\(found)")
    }

    @Test func tablesOfSchemesAreReadFromSpreadsheets() {
        let clean = schemes(
            "\(Self.scheme)\nA,A,MS,ASD,2027,5-10,8,1500000.5,2026\nB,A,SS,\"ASD,SEMH\",2027,7,8,20000,2026\n")
        let saved = schemes(
            """
            Schemes of the authority;;;;;;;;
            ;;;;;;;;
            scheme;provision;setting;needs;opens;year_group;places;capital;spend_year
            A;A;MS;ASD;2027;5-10;8;1.500.000,5;2026
            ;;;;;;;;
            B;A;SS;ASD,SEMH;2027;7;8;20 000;2026
            Total;;;;;;16;1.520.000,5;
            """)
        #expect(clean.findings.isEmpty && clean.value.count == 2)
        #expect(!saved.findings.containsErrors, "\(saved.findings)")
        for (one, other) in zip(clean.value, saved.value) {
            #expect(one.capital == other.capital && one.ages == other.ages && one.needs == other.needs)
            #expect(one.places == other.places && one.settings == other.settings)
        }
        #expect(saved.value.count == 2)
    }

    @Test(arguments: [
        ("2026,0,Caf\u{E9}", "'Caf\u{E9}' is written in Windows-1252"), ("2026,0,\u{A3}5", "'£5'"),
        ("2026,0,\"Bront\u{EB} school\"", "'Brontë'"), ("2026,\u{A0}0,5", "Windows-1252"), ("2026,0,5\u{BD}", "'5½'"),
    ]) func windows1252IsNamedWithItsRow(row: String, expected: String) throws {
        let bytes = try #require("january,age,population\n2026,5,5\n\(row)\n\(row)\n".data(using: .isoLatin1))
        let found = population(bytes).findings
        #expect(found.count == 1, "\(found)")
        #expect(
            found[0].description.contains("row 3: the row is not UTF-8") && found[0].message.contains(expected),
            "\(found)")
        #expect(found[0].message.contains("(and 1 more row)") && found[0].remedy.contains("CSV UTF-8"))
    }

    @Test(arguments: [
        ([0x50, 0x4B, 0x03, 0x04, 0x14], "a workbook or a zip file"), ([0xD0, 0xCF, 0x11, 0xE0], "an old workbook"),
        (Array("%PDF-1.7".utf8), "a PDF"), (Array("<!DOCTYPE html>".utf8), "a web page"),
        (Array("<html><body>".utf8), "a web page"), (Array("j\0a\0n\0u\0a\0r\0y\0,\0".utf8), "UTF-16"),
        ([0xFF, 0xFE, 0x6A], "UTF-16 that is cut short"),
    ]) func otherKindsOfFileAreNamed(bytes: [UInt8], expected: String) {
        let found = population(Data(bytes)).findings
        #expect(found.count == 1 && found[0].message.contains(expected), "\(found)")
    }

    @Test(arguments: [
        ("2026,0,5\n2026,1,6\n", "the first row is data"), ("january;age;population\n2026;0;5\n;;7;8\n", "4 fields"),
        (
            "january,age,population,\n2026,0,5,x\n2026,1,5,y\n",
            "column 4 has no name, and 'x' stands in it (and 1 more row)"
        ),
        (
            "2025,0,7\njanuary,age,population\n2026,0,5\n",
            "named in this row, and rows above it look like data. Delete rows 1 to 1"
        ),
        ("Title\njanuary,ages,population\n2026,0,5\n", "row 2, column ages: this is not a column"),
    ]) func whatIsNotCertainHasAdviceWithItsRow(text: String, expected: String) {
        let found = population(text).findings.filter { $0.severity == .error }.map(\.description)
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }

    /// Short rows are one error a number of fields.
    @Test func rowsOfAnotherLengthAreOneError() {
        let found = errors((0..<50).map { "2026,\($0)" }.joined(separator: "\n"))
        #expect(found.count == 1 && found[0].contains("the row has 2 fields, the header has 3 (and 49 more rows)"))
    }

    /// Results are read by the same reader.
    @Test func resultsSavedBySpreadsheetsAreRead() throws {
        let text = try TextTable(SourceFile(name: "plans.csv", bytes: Data("january;plans\n2026;5\n;\n2027;6\n".utf8)))
        #expect(text.columns == ["january", "plans"] && text.rows == [["2026", "5"], ["2027", "6"]])
    }
}
