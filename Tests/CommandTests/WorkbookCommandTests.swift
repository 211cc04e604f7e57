import Foundation
import Oracles
import Testing

/// A model in one workbook, from the command line.
@Suite struct WorkbookCommandTests {
    @Test func everyCommandTakesAWorkbookInPlaceOfAFolder() throws {
        let folder = try TemporaryFolder()
        _ = try folder.copyModel("surrey")
        let made = try Sendcast.run("workbook", "model", in: folder.url)
        #expect(made.status == 0 && made.output.contains("sendcast check model.xlsx"), "\(made.errors)")
        #expect(try Sendcast.run("workbook", "model", in: folder.url).errors.contains("Add --force to replace it"))
        let check = try Sendcast.run("check", "model.xlsx", in: folder.url)
        #expect(check.status == 0 && check.output.contains("model.xlsx can be run"), "\(check.output)")
        for model in ["model", "model.xlsx"] {
            let run = try Sendcast.run(
                "run", model, "--runs", "16", "--scenario", "bases", "--no-report", "--out", "out-\(model)",
                in: folder.url)
            #expect(run.status == 0, "\(run.errors)")
        }
        for table in ["plans.csv", "budget.csv", "differences.csv"] {
            let (one, other) = (folder.path("out-model/\(table)"), folder.path("out-model.xlsx/\(table)"))
            #expect(FileManager.default.contentsEqual(atPath: one, andPath: other), "\(table)")
        }
        let back = try Sendcast.run("workbook", "model.xlsx", "--out", "again", in: folder.url)
        #expect(back.status == 0 && back.output.contains("The model is in again"), "\(back.errors)")
        #expect(
            FileManager.default.contentsEqual(
                atPath: folder.path("model/scenarios/bases.yaml"), andPath: folder.path("again/scenarios/bases.yaml")))
    }

    /// Names of sheets are as short as Excel wants them, however many marks or pairs a name of a file is made of.
    @Test func sheetsOfFilesWithStrangeNamesAreMade() throws {
        let folder = try TemporaryFolder()
        _ = try folder.copyModel("sunderland")
        let scenarios = folder.url.appendingPathComponent("model/scenarios")
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: scenarios.path).sorted().first)
        for strange in [String(repeating: "e\u{301}", count: 30), String(repeating: "🏫", count: 20), "[\u{338}"] {
            try FileManager.default.copyItem(
                at: scenarios.appendingPathComponent(name), to: scenarios.appendingPathComponent("\(strange).yaml"))
        }
        let made = try Sendcast.run("workbook", "model", in: folder.url)
        #expect(made.status == 0 || made.status == 1 && made.errors.contains("scenarios/"), "\(made.errors)")
    }

    /// A fault in a workbook names its sheet and cell, and one of text its line.
    @Test func faultsOfAWorkbookNameCells() throws {
        let folder = try TemporaryFolder()
        _ = try folder.copyModel("derby")
        try folder.run("sed", "-i", "2s/[0-9.]*,plan-year/dear,plan-year/", "model/costs.csv")
        try folder.run("sed", "-i", "s/^horizon:.*/horizon: long/", "model/model.yaml")
        // The workbook is made of a sound model, and then broken in the same places.
        let broken = try Sendcast.run("check", "model", in: folder.url)
        #expect(broken.status == 1 && broken.output.contains("model/costs.csv, row 2, column cost: 'dear'"))
        let sound = try Sendcast.run(
            "workbook", Oracles.repository.appendingPathComponent("models/derby").path, "--out", "derby.xlsx",
            in: folder.url)
        #expect(sound.status == 0, "\(sound.errors)")
        let script = """
            import zipfile, re
            book = zipfile.ZipFile('derby.xlsx')
            parts = {name: book.read(name) for name in book.namelist()}
            names = re.findall(r'<sheet name="([^"]*)"', parts['xl/workbook.xml'].decode())
            costs = 'xl/worksheets/sheet%d.xml' % (names.index('costs') + 1)
            parts[costs] = re.sub(rb'(<c r="C2"[^>]*)><v>[^<]*</v>', rb'\\1 t="str"><v>dear</v>', parts[costs], 1)
            strings = parts['xl/sharedStrings.xml']
            parts['xl/sharedStrings.xml'] = re.sub(rb'horizon: [0-9]+', b'horizon: long', strings, 1)
            with zipfile.ZipFile('broken.xlsx', 'w') as out:
                for name, data in parts.items(): out.writestr(name, data)
            """
        try folder.run("python3", "-c", script)
        let check = try Sendcast.run("check", "broken.xlsx", in: folder.url)
        #expect(
            check.status == 1 && check.output.contains("broken.xlsx, sheet 'costs', cell C2: 'dear'"), "\(check.output)"
        )
        #expect(check.output.contains("broken.xlsx, sheet 'model.yaml', row"))
    }

    /// One table of a folder may lie in a sheet of another workbook.
    @Test func aTableMayComeFromASheet() throws {
        let folder = try TemporaryFolder()
        _ = try folder.copyModel("derby")
        let sound = try Sendcast.run("workbook", "model", "--out", "model/prices.xlsx", in: folder.url)
        #expect(sound.status == 0, "\(sound.errors)")
        try FileManager.default.removeItem(atPath: folder.path("model/costs.csv"))
        try folder.run("sed", "-i", "$ a tables: {costs.csv: prices.xlsx#costs}", "model/model.yaml")
        let check = try Sendcast.run("check", "model", in: folder.url)
        #expect(check.status == 0, "\(check.output)")
        #expect(check.output.contains("prices.xlsx, sheet 'costs'") && !check.output.contains("nothing reads this"))
        try folder.run("sed", "-i", "s/prices.xlsx#costs/prices.xlsx#prices/", "model/model.yaml")
        let missing = try Sendcast.run("check", "model", in: folder.url)
        #expect(missing.status == 1 && missing.output.contains("there is no sheet 'prices' in it"), "\(missing.output)")
    }

    @Test func aFileThatIsNoWorkbookIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write("model.xlsx", "line,cost\n")
        let check = try Sendcast.run("check", "model.xlsx", in: folder.url)
        #expect(check.status == 1 && check.output.contains("the folder or workbook of a model was expected"))
    }
}
