import ArgumentParser
import Foundation
import Intake
import Outputs

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of model.yaml or of a scenario, or the list of result files.",
        discussion: Help.text(
            """
            Editors that know YAML check and complete with a schema. The source has both, in docs/schemas. 'results' \
            lists every result file and its columns in Markdown.
            """,
            example: "sendcast schema scenario",
            next: "'sendcast check models/sunderland' checks a model and its scenarios."))

    @Argument(help: "Which one: model, scenario or results.")
    var name: String

    func run() throws {
        if name == "results" {
            let lists = ResultCatalogue.markdown
            return print(lists.runs, lists.others, lists.documents, separator: "\n", terminator: "")
        }
        guard let data = ModelSchemas.data(name) else {
            throw ValidationError(
                "'\(name)' has no schema; there are \(ModelSchemas.names.joined(separator: ", ")) and results.")
        }
        FileHandle.standardOutput.write(data)
    }
}
