import ArgumentParser
import Foundation
import Intake

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of model.yaml or of scenarios.",
        discussion: "Editors that know YAML check and complete with it; the folder docs/schemas has both.")

    @Argument(help: "model or scenario.")
    var name: String

    func run() throws {
        guard let data = ModelSchemas.data(name) else {
            throw ValidationError(
                "'\(name)' has no schema; there are \(ModelSchemas.names.joined(separator: " and ")).")
        }
        FileHandle.standardOutput.write(data)
    }
}
