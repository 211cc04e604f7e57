import Foundation
import Oracles
import Testing
import Vocabulary

@Suite struct DataPackageTests {
    private static let folder = Oracles.repository.appendingPathComponent("notebooks-data")

    private struct Package: Decodable {
        struct Resource: Decodable {
            struct Schema: Decodable {
                struct Field: Decodable {
                    let name: String
                    let type: String
                    let description: String
                }
                let fields: [Field]
            }
            let name: String
            let path: String
            let schema: Schema
        }
        let profile: String
        let resources: [Resource]
    }

    /// The dictionary that ships describes the tables that ship, column by column, and their fields are of its types.
    @Test func theDictionaryDescribesTheTables() throws {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent("datapackage.json"))
        let package = try JSONDecoder().decode(Package.self, from: data)
        #expect(package.profile == "tabular-data-package" && package.resources.count >= 10)
        for resource in package.resources {
            let table = try Data(contentsOf: Self.folder.appendingPathComponent(resource.path))
            let header = String(decoding: table.prefix { $0 != 0x0A }, as: UTF8.self).split(separator: ",").map(
                String.init)
            #expect(header == resource.schema.fields.map(\.name), "\(resource.path)")
            let rows = try MadeRun.rows(table)
            #expect(!rows.isEmpty)
            for field in resource.schema.fields {
                #expect(!field.description.isEmpty, "\(resource.path): \(field.name)")
                let texts = Set(rows.compactMap { $0[field.name] }).filter { !$0.isEmpty }
                let isRight = texts.allSatisfy {
                    field.type == "integer" ? Int($0) != nil : field.type == "number" ? Double($0) != nil : true
                }
                #expect(isRight, "\(resource.path): \(field.name) is not of type \(field.type)")
            }
        }
    }

    /// The scripts for Python and R read the tables and draw, where those are installed.
    @Test func theScriptsDraw() throws {
        let picture = FileManager.default.temporaryDirectory.appendingPathComponent("picture-\(UUID().uuidString).png")
        defer { try? FileManager.default.removeItem(at: picture) }
        let scripts = Oracles.repository.appendingPathComponent("examples/notebooks")
        for (programs, probe, script) in [
            (["python3"], ["-c", "import matplotlib"], "plot.py"), (["Rscript"], ["-e", "1"], "plot.R"),
        ] {
            guard let program = ReportTests.program(programs), try ReportTests.run(program, probe).status == 0 else {
                print("skipped: \(script) needs \(programs[0])\(script == "plot.py" ? " with matplotlib" : "")")
                continue
            }
            try? FileManager.default.removeItem(at: picture)
            let path = scripts.appendingPathComponent(script).path
            let ending = try ReportTests.run(program, [path, picture.path])
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(try Data(contentsOf: picture).count > 5_000)
        }
    }
}
