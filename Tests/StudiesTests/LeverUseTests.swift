import Foundation
import Intake
import Oracles
import Studies
import Testing

/// What documents say of models and levers is what the readers know.
@Suite struct LeverUseTests {
    @Test func shippedSchemasAreThoseOfTheReaders() throws {
        for name in ModelSchemas.names {
            let file = Oracles.repository.appendingPathComponent("docs/schemas/\(name).schema.json")
            #expect(try Data(contentsOf: file) == ModelSchemas.data(name), "make schemas")
        }
    }

    /// One declaration says which verb goes with what; the documentation has its table.
    @Test func theDocumentedTableOfLeversIsThatOfTheReader() throws {
        let page = Oracles.repository.appendingPathComponent("Sources/Sendcast/Sendcast.docc/Files.md")
        #expect(try String(contentsOf: page, encoding: .utf8).contains("\n\n\(LeverUse.table)\n"))
        let targets = Set(ScenarioText.Verb.allCases.flatMap(\.targets))
        #expect(targets == Set(ScenarioText.Target.allCases), "every quantity goes with some verb")
        #expect(LeverUse.all.allSatisfy { $0.targets.isEmpty == !$0.named.isEmpty })
    }
}
