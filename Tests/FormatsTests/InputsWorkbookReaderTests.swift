import Formats
import Foundation
import Oracles
import Testing
import Vocabulary

/// Tables that other programs saved in workbooks (`scripts/inputs_workbooks.py`).
@Suite struct InputsWorkbookReaderTests {
    private static let programs = ["inputs-openpyxl.xlsx", "inputs-libreoffice.xlsx"]
    private static let price = Quantity.planYear

    private struct Price: Sendable {
        var (line, setting, source) = ("", "", "")
        var (cost, uncertainty) = (0.0, 0.0)
    }

    private func prices(_ address: String) throws -> Checked<[Price]> {
        let columns: [TableColumn<Price>] = [
            .name("line", \.line), .name("setting", \.setting), .number("cost", \.cost, Self.price),
            .number("uncertainty", \.uncertainty, .share, otherwise: 0), .text("source", \.source),
        ]
        return TableReader.rows(try SourceFile(address), columns, Price())
    }

    /// A merged title, shares shown as percentages, prices shown with pounds, and the value of a formula.
    @Test func aSheetIsATableOfLibreOffice() throws {
        let read = try prices(Oracles.file("inputs-libreoffice.xlsx") + "#Prices")
        #expect(read.value.map(\.cost) == [10_000, 60_000.3333333333, 0.3], "\(read.findings)")
        #expect(read.value.map(\.uncertainty) == [0.05, 0.1, 0])
        #expect(read.value.map(\.source) == ["ledger, \"2025-26\"", "ledger", "with, comma"])
        #expect(read.findings.map(\.severity) == [.note])
        #expect(read.findings.first?.message.contains("the columns are named in row 3") == true)
    }

    /// openpyxl saves formulas without their values, which is no zero.
    @Test func formulasWithoutValuesAreRefused() throws {
        let read = try prices(Oracles.file("inputs-openpyxl.xlsx") + "#Prices")
        let errors = read.findings.filter { $0.severity == .error }
        #expect(errors.first?.message == "cell C5 holds a formula whose value was not saved")
        #expect(errors.first?.remedy.contains("let it calculate") == true)
    }

    @Test(arguments: programs) func daysAreDays(program: String) throws {
        let file = try SourceFile(Oracles.file(program) + "#payments")
        let rows = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
        #expect(rows == ["plan,from,to,paid", "P1,2025-09-01,2026-01-15 09:30:00,1", "P2,2024-02-29,,0"])
        #expect(file.name.hasSuffix("\(program), sheet 'Payments'"))
    }

    /// What is wrong is named by sheet and cell; text that is an error too.
    @Test func faultsNameCells() throws {
        let findings = try prices(Oracles.file("inputs-libreoffice.xlsx") + "#Faults").findings.map(\.description)
        func has(_ part: String) -> Bool { findings.contains { $0.contains(part) } }
        #expect(has("sheet 'Faults', cell C2: '#DIV/0!' is a formula that failed in the spreadsheet"), "\(findings)")
        #expect(has("sheet 'Faults', cell B3: '#N/A' is a formula that failed"))
        #expect(has("sheet 'Faults': cells B4:B5 are merged: all rows but the first are empty there"))
        #expect(has("sheet 'Faults', cell B5: "))
    }

    @Test(arguments: programs) func hiddenSheetsAreReadWithANote(program: String) throws {
        let read = try prices(Oracles.file(program) + "#Hidden")
        #expect(read.value.count == 1 && read.findings.map(\.message) == ["the sheet is hidden, and is read"])
    }

    @Test func sheetsThatAreMissingAreNamed() throws {
        let failure = (#expect(throws: UnusableData.self) { try prices(Oracles.file(Self.programs[0]) + "#Price") })?
            .findings.first
        #expect(failure?.message == "there is no sheet 'Price' in it" && failure?.remedy.contains("'Prices'") == true)
        let missing = #expect(throws: UnusableData.self) { try prices("nowhere.xlsx#Prices") }
        #expect(missing?.findings.first?.message == "there is no such file")
        let whole = try prices(Oracles.file(Self.programs[0])).findings
        #expect(whole.first?.remedy.contains("FILE.xlsx#Sheet") == true)
    }
}
