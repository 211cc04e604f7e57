import ArgumentParser
import Foundation
import Sendcast

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of model.yaml or of scenarios, or the list of result files.",
        discussion: """
            Editors that know YAML check and complete with a schema; the folder docs/schemas has both. 'sendcast schema results' lists \
            every result file and its columns in Markdown.
            """)

    @Argument(help: "model, scenario or results.")
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
