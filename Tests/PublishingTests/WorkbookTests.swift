import Formats
import Foundation
import Intake
import Oracles
import Publishing
import Testing
import Vocabulary

@Suite struct WorkbookTests {
    private func entries(_ book: Data) -> [String: String] {
        var entries: [String: String] = [:]
        _ = forEachEntry(of: book, as: .zip) { name, unpack in
            let part = unpack()
            entries[name] = String(decoding: part.data, as: UTF8.self)
            return part.end
        }
        return entries
    }

    /// Native charts, names, filters and frozen headings are there.
    @Test func theWorkbookIsWhatPlannersExpect() throws {
        let entries = entries(try Workbook(MadeRun.sunderland).bytes())
        let book = try #require(entries["xl/workbook.xml"])
        for name in ["Contents", "Summary", "Plans", "Budget", "Differences", "Capital", "Assumptions", "Manifest"] {
            #expect(book.contains("name=\"\(name)\""), "\(name)")
        }
        for name in ["plans_mean", "plans_p10", "plans_p90", "spend_mean", "balance_mean"] {
            #expect(book.contains("<definedName name=\"\(name)\">"), "\(name)")
        }
        #expect(entries.keys.count { $0.hasPrefix("xl/charts/chart") } == 5)
        let sheets = entries.filter { $0.key.hasPrefix("xl/worksheets/sheet") }
        #expect(sheets.values.count { $0.contains("<autoFilter") && $0.contains("state=\"frozen\"") } >= 14)
        #expect(sheets.values.allSatisfy { !$0.contains("<f>") }, "a cell holds a formula")
    }

    /// Text that a spreadsheet would calculate stays text.
    @Test func textIsNeverAFormula() throws {
        let tables = MadeRun.sunderland
        var files = tables.names.compactMap { name in tables.data(name).map { (name: name, data: $0) } }
        let place = try #require(files.firstIndex { $0.name == "assumptions.csv" })
        let evil = ["=HYPERLINK(\"\"http://x\"\")", "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"]
        let rows = evil.map { "model,\"\($0)\",\"\($0)\",\"\($0)\",\"\($0)\",,,red,\n" }.joined()
        files[place].data += Data(rows.utf8)
        let budget = try #require(files.firstIndex { $0.name == "budget.csv" })
        let tagged = String(decoding: files[budget].data, as: UTF8.self).replacingOccurrences(
            of: ",all,special,", with: ",all,=1+1,")
        files[budget].data = Data(tagged.utf8)
        let entries = entries(try Workbook(ResultTables(files, tables.manifest)).bytes())
        #expect(entries.filter { $0.key.hasPrefix("xl/worksheets") }.values.allSatisfy { !$0.contains("<f>") })
        // A tag of spend becomes the name of a series.
        for (name, chart) in entries where name.hasPrefix("xl/charts/") {
            let references = chart.components(separatedBy: "<c:f>").dropFirst().map {
                $0.components(separatedBy: "</c:f>")[0]
            }
            #expect(
                !references.isEmpty && references.allSatisfy { $0.hasPrefix("'Summary'!") || $0.hasPrefix("Summary!") },
                "\(references)")
        }
        let strings = try #require(entries["xl/sharedStrings.xml"])
        for text in ["+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"] { #expect(strings.contains(">\(text)<")) }
    }

    /// Names that read as numbers are names still.
    @Test func namesAreNeverNumbers() throws {
        let tables = MadeRun.sunderland
        var files = tables.names.compactMap { name in tables.data(name).map { (name: name, data: $0) } }
        let names = ["1e9", "-inf", "nan", "0x10", ".nan", "007"]
        for (table, row) in [
            ("settings.csv", { (name: String) in "\(name),\(name),\(name),yes,\(name),\(name),\(name)\n" }),
            ("needs.csv", { "\($0),\($0),\($0),\($0)\n" }),
            ("scenarios.csv", { "inclusion,\($0),\($0),1,1,1,2026,2027,0,\($0)\n" }),
        ] {
            let place = try #require(files.firstIndex { $0.name == table })
            files[place].data += Data(names.map(row).joined().utf8)
        }
        // A deficit of £1bn is a number by right.
        let before = self.entries(try Workbook(tables).bytes())
        let entries = entries(try Workbook(ResultTables(files, tables.manifest)).bytes())
        let strings = try #require(entries["xl/sharedStrings.xml"])
        for name in names { #expect(strings.contains(">\(name)<"), "\(name)") }
        for (name, sheet) in entries where name.hasPrefix("xl/worksheets") {
            func billions(_ sheet: String?) -> Int { sheet?.components(separatedBy: "<v>1000000000</v>").count ?? 1 }
            #expect(billions(sheet) == billions(before[name]) && !sheet.lowercased().contains("nan"), "\(name)")
        }
    }

    @Test func theSameFiguresMakeTheSameBytes() throws {
        let one = try Workbook(MadeRun.sunderland).bytes()
        let other = try Workbook(MadeRun.sunderland).bytes()
        #expect(entries(one) == entries(other))
    }
}
