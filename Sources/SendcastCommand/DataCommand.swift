import ArgumentParser
import Foundation
import Outputs
import Projection
import Publishing
import Sendcast
import Studies
import Vocabulary

struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Runs models and writes their results and inputs as tidy tables for notebooks.",
        discussion: Help.text(
            """
            Writes a data dictionary with them that machines can read: datapackage.json (Frictionless).
            """,
            example: "sendcast data models/sunderland models/derby --runs 50 --out tables",
            next:
                "'python3 examples/notebooks/plot.py' draws the shipped tables; 'sendcast run --draws' writes single runs."
        ))

    @Argument(help: "Model folders.")
    var models: [String]
    @Option(help: "The folder to write.")
    var out = "notebooks-data"
    @OptionGroup var draw: DrawOptions
    @Flag(help: "Overwrite existing tables.")
    var force = false

    func run() throws {
        try Console.explainingFailures {
            let output = try OutputFolder(out, mayReplace: force, kind: .package)
            let package = try DataPackage(models.map(model))
            let files = try package.files()
            try output.write(files)
            print("\(files.count - 1) tables of \(models.count) models in \(out)")
        }
    }

    private func model(_ folder: String) throws -> DataPackage.Model {
        let study = try Study(folder: folder)
        let results = try study.run(runs: draw.runs, seed: draw.seed, threads: draw.threads)
        let name = ModelName.of(folder)
        return DataPackage.Model(name, try results.tables(Build.program), inputs: study.prepared.folder.sources)
    }
}
