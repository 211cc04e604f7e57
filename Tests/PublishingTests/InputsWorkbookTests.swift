import Formats
import Foundation
import Intake
import Oracles
import Publishing
import Testing
import Vocabulary

/// A model as one workbook, and back.
@Suite struct InputsWorkbookTests {
    private static let models = [
        "demo", "derby", "derby-care", "england", "leeds", "leeds-care", "sunderland", "surrey", "surrey-care",
    ]
    /// Shipped tables that were written by hand, with quotes that they do not need or other line ends; read again their fields are the same.
    private static let quoted: Set = [
        "sunderland/latent.csv", "surrey/latent.csv", "surrey/rates/routes.csv",
        "surrey-care/latent.csv",
    ]
    /// What lies in shipped folders and is no part of the model.
    private static func isPart(_ name: String) -> Bool {
        [".csv", ".yaml", ".geojson"].contains { name.hasSuffix($0) }
    }

    private func book(_ name: String, in folder: TemporaryFolder) throws -> String {
        let model = try ModelFolder.read(Oracles.repository.appendingPathComponent("models/\(name)").path).value
        let path = folder.path("\(name).xlsx")
        try InputsWorkbook(model).bytes(created: Date(timeIntervalSince1970: 0)).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func rows(_ data: Data) throws -> [[String]] {
        let table = try TextTable(SourceFile(name: "table", bytes: data))
        return [table.columns] + table.rows
    }

    /// Every file is the same byte for byte; where a shipped table has needless quotes, field for field.
    @Test(arguments: models) func aFolderThatWentThroughAWorkbookIsTheSame(name: String) throws {
        let folder = try TemporaryFolder()
        let read = try ModelFolder.read(book(name, in: folder))
        #expect(read.value.isWorkbook && !read.findings.contains { $0.message.contains("nothing reads") })
        let files = try InputsWorkbook(read.value).folder()
        let model = Oracles.repository.appendingPathComponent("models/\(name)")
        let shipped = try FileManager.default.subpathsOfDirectory(atPath: model.path).filter(Self.isPart)
        #expect(Set(files.map(\.name)) == Set(shipped))
        for file in files {
            let original = try Data(contentsOf: model.appendingPathComponent(file.name))
            let isSame = file.data == original
            #expect(isSame != Self.quoted.contains("\(name)/\(file.name)"), "\(name)/\(file.name)")
            if !isSame { #expect(try rows(file.data) == rows(original)) }
        }
        #expect(try ModelFolder.read(model.path).value.data == read.value.data)
    }

    /// Every column of every shipped model, scenarios and all, is explained.
    @Test(arguments: models) func everyColumnIsExplained(name: String) throws {
        let model = try ModelFolder.read(Oracles.repository.appendingPathComponent("models/\(name)").path).value
        let service = model.data.space.service
        for (file, source) in try model.everyFile() {
            #expect(InputColumns.shipped.meaning(of: file, service) != nil, "\(file)")
            guard file.hasSuffix(".csv") else { continue }
            for column in TextTable.columns(source) {
                #expect(InputColumns.shipped.column(column, of: file, service) != nil, "\(file): \(column)")
            }
        }
        for file in ModelFile.allCases { #expect(InputColumns.shipped.meaning(of: file.name, .plans) != nil) }
    }

    /// Models of care are explained in the words of care.
    @Test(arguments: ["derby-care", "leeds-care", "surrey-care"]) func careIsExplainedInItsWords(name: String) throws {
        let model = try ModelFolder.read(Oracles.repository.appendingPathComponent("models/\(name)").path).value
        var explained = 0
        for (file, source) in try model.everyFile() {
            let columns = file.hasSuffix(".csv") ? TextTable.columns(source) : []
            let meanings =
                [InputColumns.shipped.meaning(of: file, .care)]
                + columns.map { InputColumns.shipped.column($0, of: file, .care)?.meaning(.care) }
            for meaning in meanings.compactMap({ $0 }) {
                explained += 1
                // The plans of the overlap are EHC plans.
                let words = meaning.lowercased().replacing("ehc plan", with: "")
                for word in ["plan", "january", "september", "setting", "need", "school", "curriculum", "high needs"] {
                    #expect(!words.contains(word), "\(file): \(meaning)")
                }
            }
        }
        #expect(explained > 50)
    }

    @Test func listsAndCommentsAndColoursAreThere() throws {
        let folder = try TemporaryFolder()
        var parts: [String: String] = [:]
        _ = forEachEntry(of: try Data(contentsOf: URL(fileURLWithPath: book("sunderland", in: folder))), as: .zip) {
            name, unpack in
            let part = unpack()
            parts[name] = String(decoding: part.data, as: UTF8.self)
            return part.end
        }
        let sheets = parts.filter { $0.key.hasPrefix("xl/worksheets/sheet") }.values
        #expect(sheets.contains { $0.contains("<formula1>\"red,amber,green\"</formula1>") })
        #expect(sheets.contains { $0.contains("<conditionalFormatting") && $0.contains("\"amber\"") })
        #expect(
            parts.values.contains {
                $0.contains("Whether it is the area&apos;s own provision: yes or no")
                    || $0.contains("Whether it is the area's own provision: yes or no")
            })
        #expect(parts["xl/workbook.xml"]?.contains("name=\"rates leavers\"") == true)
    }
}
