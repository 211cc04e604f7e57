import ArgumentParser
import Foundation
import Intake

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of model.yaml or of a scenario.",
        discussion: Help.text(
            """
            Editors that know YAML check and complete with it. The source has both, in docs/schemas.
            """,
            example: "sendcast schema scenario",
            next: "'sendcast check models/sunderland' checks a model and its scenarios."))

    @Argument(help: "Which one: model or scenario.")
    var name: String

    func run() throws {
        guard let data = ModelSchemas.data(name) else {
            throw ValidationError(
                "'\(name)' has no schema; there are \(ModelSchemas.names.joined(separator: " and ")).")
        }
        FileHandle.standardOutput.write(data)
    }
}
