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

    private func names(_ entries: [String: String]) throws -> [String] {
        try #require(entries["xl/workbook.xml"]).matches(of: /<sheet name="([^"]+)"/).map { String($0.output.1) }
    }

    /// Native charts and names are there.
    @Test func theWorkbookIsWhatPlannersExpect() throws {
        let entries = entries(try Workbook(MadeRun.sunderland).bytes())
        let book = try #require(entries["xl/workbook.xml"])
        for name in ["plans_mean", "plans_p10", "plans_p90", "spend_mean", "balance_mean"] {
            #expect(book.contains("<definedName name=\"\(name)\">"), "\(name)")
        }
        #expect(entries.keys.count { $0.hasPrefix("xl/charts/chart") } == 5)
        let sheets = entries.filter { $0.key.hasPrefix("xl/worksheets/sheet") }
        #expect(sheets.values.allSatisfy { !$0.contains("<f>") }, "a cell holds a formula")
        let strings = try #require(entries["xl/sharedStrings.xml"])
        for text in [
            "balance on 31 March", "chance of a deficit", "by setting", "chance of a shortage", "State special top-ups",
        ] {
            #expect(strings.contains(text), "\(text)")
        }
    }

    /// Tables are a workbook of their own, with filters and frozen headings; they repeat these and fit the width of a page.
    @Test func tablesAreAWorkbookOfTheirOwn() throws {
        let entries = entries(try TablesWorkbook(MadeRun.sunderland).bytes())
        let (book, names) = (try #require(entries["xl/workbook.xml"]), try names(entries))
        for name in ["Contents", "Plans", "Budget", "Differences", "Capital", "Assumptions", "Manifest"] {
            #expect(names.contains(name), "\(name)")
        }
        let sheets = entries.filter { $0.key.hasPrefix("xl/worksheets/sheet") }
        #expect(sheets.values.count { $0.contains("<autoFilter") && $0.contains("state=\"frozen\"") } >= 14)
        #expect(sheets.values.allSatisfy { !$0.contains("<f>") }, "a cell holds a formula")
        for place in names.indices.dropFirst() where names[place] != "Manifest" {
            let sheet = try #require(entries["xl/worksheets/sheet\(place + 1).xml"])
            #expect(sheet.contains("fitToHeight=\"0\""), "\(names[place])")
            #expect(book.contains("Print_Titles\" localSheetId=\"\(place)\""), "\(names[place])")
        }
    }

    /// So few runs that intervals are a matter of chance are said on the first two sheets.
    @Test func fewRunsAreSaid() throws {
        let tables = try MadeRun.tables(Oracles.repository.appendingPathComponent("models/demo").path)
        let strings = try #require(entries(try Workbook(tables).bytes())["xl/sharedStrings.xml"])
        #expect(strings.contains("Intervals rest on 16 runs alone, their ends on one of them"))
        #expect(
            try !#require(entries(try Workbook(MadeRun.sunderland).bytes())["xl/sharedStrings.xml"]).contains(
                "runs alone"))
    }

    /// The workbook says how it is printed, and takes fifteen pages of A4 at most, landscape.
    @Test func itPrintsOnFifteenPages() throws {
        let entries = entries(try Workbook(MadeRun.sunderland).bytes())
        let (book, names) = (try #require(entries["xl/workbook.xml"]), try names(entries))
        #expect(names == ["Contents", "Summary", "Budget", "Plans", "Places", "Recovery plan 1", "Recovery plan 2"])
        let areas = book.matches(
            of: /<definedName name="_xlnm.Print_Area" localSheetId="(\d+)"[^>]*>[^<]*\$A\$1:\$([A-Z]+)\$(\d+)</)
        let printed = Dictionary(
            uniqueKeysWithValues: areas.map { (Int($0.output.1) ?? -1, Int($0.output.3) ?? 0) })
        var pages = 0
        for place in names.indices {
            let sheet = try #require(entries["xl/worksheets/sheet\(place + 1).xml"])
            #expect(sheet.contains("paperSize=\"9\"") && sheet.contains("orientation=\"landscape\""), "\(names[place])")
            let rows = try #require(printed[place], "\(names[place]) has no print area")
            if sheet.contains("fitToHeight=\"0\"") {
                Issue.record("\(names[place]) may run over many pages")
            } else if sheet.contains("<pageSetUpPr fitToPage=\"1\"/>") {
                #expect(rows <= 60, "\(names[place]): \(rows) rows are too small on one page")
                pages += 1
            } else {
                // Two blocks of figures a page, by breaks that the sheet states.
                let breaks = sheet.matches(of: /<brk id="(\d+)"/).compactMap { Int($0.output.1) }
                let scale = try #require(sheet.firstMatch(of: /scale="(\d+)"/).flatMap { Double($0.output.1) })
                for (from, to) in zip([0] + breaks, breaks + [rows]) {
                    // Rows of 15 points, and 520 points of an A4 page in landscape.
                    #expect(Double(to - from) * 15 * scale / 100 <= 520, "rows \(from) to \(to) at \(scale) %")
                }
                pages += breaks.count + 1
                #expect(book.contains("Print_Titles\" localSheetId=\"\(place)\""))
            }
        }
        print("the workbook: \(pages) pages")
        #expect(pages <= 15)
    }

    /// No code of a need, a setting or a scenario stands alone in a cell that members read.
    @Test func membersReadNamesAndNotCodes() throws {
        let tables = MadeRun.sunderland
        let entries = entries(try Workbook(tables).bytes())
        let strings = try #require(entries["xl/sharedStrings.xml"]).matches(of: /<si>(?:<t[^>]*>)([^<]*)<\/t>/).map {
            String($0.output.1)
        }
        let names = try names(entries)
        let settings = try MadeRun.rows(try #require(tables.data("settings.csv"))).compactMap { $0["setting"] }
        let needs = try MadeRun.rows(try #require(tables.data("needs.csv"))).compactMap { $0["need"] }
        let codes = Set(settings + needs + ["autism-school", "inclusion"])
        #expect(codes.count > 20)
        for place in names.indices {
            let sheet = try #require(entries["xl/worksheets/sheet\(place + 1).xml"])
            let cells = sheet.matches(of: /t="s"><v>(\d+)<\/v>/).compactMap { Int($0.output.1) }.map { strings[$0] }
            #expect(!cells.isEmpty)
            let found = cells.filter { cell in
                codes.contains(cell) || cell.contains("autism-school") || cell.contains("‘inclusion’")
            }
            #expect(found.isEmpty, "\(names[place]): \(found)")
        }
        // Axes say what they are of, and their labels differ: tenths of a million where millions are few.
        let charts = entries.filter { $0.key.hasPrefix("xl/charts/chart") }.values
        for chart in charts {
            #expect(chart.contains(">January<") || chart.contains(">financial year<"))
            #expect(chart.contains(">plans<") || chart.contains(">pounds, in millions<"))
        }
    }

    /// The sheets of a workbook that is written row by row, whose cells have their texts.
    private func texts(of entries: [String: String]) -> String {
        entries.filter { $0.key.hasPrefix("xl/worksheets") }.map(\.value).joined()
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
        let made = ResultTables(files, tables.manifest)
        let (entries, sheets) = (entries(try Workbook(made).bytes()), entries(try TablesWorkbook(made).bytes()))
        for parts in [entries, sheets] {
            #expect(parts.filter { $0.key.hasPrefix("xl/worksheets") }.values.allSatisfy { !$0.contains("<f>") })
        }
        // A tag of spend becomes the name of a series.
        for (name, chart) in entries where name.hasPrefix("xl/charts/") {
            let references = chart.components(separatedBy: "<c:f>").dropFirst().map {
                $0.components(separatedBy: "</c:f>")[0]
            }
            #expect(
                !references.isEmpty && references.allSatisfy { $0.hasPrefix("'Summary'!") || $0.hasPrefix("Summary!") },
                "\(references)")
        }
        let strings = texts(of: sheets)
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
        let before = self.entries(try TablesWorkbook(tables).bytes())
        let entries = entries(try TablesWorkbook(ResultTables(files, tables.manifest)).bytes())
        let strings = texts(of: entries)
        for name in names { #expect(strings.contains(">\(name)<"), "\(name)") }
        for (name, sheet) in entries where name.hasPrefix("xl/worksheets") {
            func billions(_ sheet: String?) -> Int { sheet?.components(separatedBy: "<v>1000000000</v>").count ?? 1 }
            #expect(billions(sheet) == billions(before[name]) && !sheet.lowercased().contains("<v>nan"), "\(name)")
        }
    }

    @Test func theSameFiguresMakeTheSameBytes() throws {
        let one = try (Workbook(MadeRun.sunderland).bytes(), TablesWorkbook(MadeRun.sunderland).bytes())
        let other = try (Workbook(MadeRun.sunderland).bytes(), TablesWorkbook(MadeRun.sunderland).bytes())
        #expect(entries(one.0) == entries(other.0) && entries(one.1) == entries(other.1))
    }
}
