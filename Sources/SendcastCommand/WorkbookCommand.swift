import ArgumentParser
import Foundation
import Intake
import Outputs
import Publishing
import Vocabulary

struct WorkbookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workbook", abstract: "Writes a model's inputs as one workbook, or such a workbook as a folder.",
        discussion: Help.text(
            """
            A sheet for each table, with columns explained and words offered in lists, and a sheet for each file of text. Every command \
            takes the workbook in place of the folder; errors name the sheet and the cell.
            """,
            example: "sendcast workbook models/sunderland --out sunderland.xlsx",
            next: "'sendcast check sunderland.xlsx' after you have changed it, then 'sendcast run sunderland.xlsx'."))

    @Argument(help: "The model: a folder, or a workbook that is to become one.")
    var model: String
    @Option(help: "The workbook or folder to write (default: the model's name, in the folder that you are in).")
    var out: String?
    @Flag(help: "Overwrite what stands there.")
    var force = false

    func run() throws {
        try Console.explainingFailures {
            let read = try ModelFolder.read(model)
            let inputs = try InputsWorkbook(read.value)
            Console.report(read.findings.filter { $0.severity == .warning }, write: Console.printError)
            if read.value.isWorkbook {
                try writeFolder(inputs)
            } else {
                try writeWorkbook(inputs)
            }
        }
    }

    private func writeWorkbook(_ inputs: InputsWorkbook) throws {
        let path = out ?? "\(ModelName.of(model)).xlsx"
        guard path.lowercased().hasSuffix(".xlsx") else {
            throw UnusableData(column: "--out", "the name of a workbook ends in .xlsx")
        }
        if FileManager.default.fileExists(atPath: path) && !force {
            throw UnusableData(file: path, "a file stands there", remedy: "Add --force to replace it.")
        }
        let bytes = try inputs.bytes(created: Date())
        do {
            try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw UnusableData(file: path, "it cannot be written (\(error.localizedDescription))")
        }
        print("The model is in \(path), \(inputs.sheets) sheets; try: sendcast check \(path)")
    }

    private func writeFolder(_ inputs: InputsWorkbook) throws {
        let path = out ?? ModelName.of(model)
        let output = try OutputFolder(path, mayReplace: force, kind: .model, hasOwnPrices: true)
        try output.write(try inputs.folder())
        print("The model is in \(path); try: sendcast check \(path)")
    }
}

/// What a model is called after its folder or workbook.
enum ModelName {
    static func of(_ path: String) -> String {
        let name = URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent
        return name.lowercased().hasSuffix(".xlsx") ? String(name.dropLast(5)) : name
    }

    /// Says so where the model and the scenario stand in each other's place.
    static func refuseSwapped(_ model: String, _ scenario: String?) throws {
        let files = FileManager.default
        guard let scenario, files.fileExists(atPath: scenario), !files.fileExists(atPath: model) else { return }
        throw ValidationError(
            "--scenario names a folder, and there is no model '\(model)': write '\(scenario) --scenario \(model)'.")
    }
}
