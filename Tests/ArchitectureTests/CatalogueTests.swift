import Foundation
import Outputs
import Testing
import Vocabulary

/// Result files are declared once, in `Sources/Outputs/Catalogue`; all that names them elsewhere reads the declaration.
@Suite struct CatalogueTests {
    private static let root = FloorTests.root.path

    private static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }

    /// The Swift files of `Sources`, by path within it.
    private static func sources() throws -> [(path: String, text: String)] {
        let files = FileManager.default.enumerator(atPath: "\(root)/Sources")?.compactMap { $0 as? String } ?? []
        return try files.filter { $0.hasSuffix(".swift") }.map { ($0, try text("Sources/\($0)")) }
    }

    /// Whether a file's text has a name as a string literal, alone or at the end of a path.
    private static func names(_ text: String, _ file: String) -> Bool {
        text.split(separator: "\n").contains { line in
            !line.drop(while: \.isWhitespace).hasPrefix("//")
                && (line.contains("\"\(file)\"") || line.contains("/\(file)\""))
        }
    }

    @Test func noFileOfSourcesNamesAResultFileOutsideTheCatalogue() throws {
        let files = Set(
            ResultCatalogue.tables.flatMap { table in Service.allCases.map { $0.words.file(table.name) } }
                + [
                    ResultCatalogue.report, ResultCatalogue.workbook, ResultCatalogue.statement,
                    ResultCatalogue.qualityLog,
                ])
        #expect(files.count > 35)
        // Models and published tables have files of the same names.
        let others = ["Outputs/Catalogue/", "Intake/", "Calibration/"]
        let sources = try Self.sources()
        #expect(sources.count > 250)
        for (path, text) in sources where !others.contains(where: path.hasPrefix) {
            for file in files where Self.names(text, file) {
                Issue.record("\(path) names \(file); use the table that ResultCatalogue declares")
            }
        }
    }

    /// The test sees what it is there for.
    @Test func namesAreSeen() {
        #expect(Self.names("let a = \"plans.csv\"", "plans.csv"))
        #expect(Self.names("    open(\"\\(path)/plans.csv\")", "plans.csv"))
        #expect(!Self.names("/// `plans.csv` and \"plans.csv\"", "plans.csv"))
        #expect(!Self.names("let a = \"all-plans.csv\"", "plans.csv"))
    }

    @Test func everyDeclaredTableIsListedOnce() throws {
        let declared = try Self.sources().filter { $0.path.hasPrefix("Outputs/Catalogue/") }.reduce(0) {
            $0 + $1.text.components(separatedBy: " = ResultTable(").count - 1
        }
        #expect(ResultCatalogue.tables.count == declared)
        for service in Service.allCases {
            let names = ResultCatalogue.tables.map { service.words.file($0.name) }
            #expect(Set(names).count == names.count)
        }
        for table in ResultCatalogue.tables {
            #expect(Set(table.columns.map(\.name)).count == table.columns.count, "\(table.name)")
            #expect(table.columns.allSatisfy { !$0.about.isEmpty }, "\(table.name)")
        }
    }

    /// 'sendcast schema results' prints what stands there.
    @Test func theDocumentationHasTheListsOfTheCatalogue() throws {
        let lists = ResultCatalogue.markdown
        let files = try Self.text("Sources/Sendcast/Sendcast.docc/Files.md")
        #expect(files.contains(lists.runs), "the list of a run's files is not that of 'sendcast schema results'")
        #expect(
            files.contains(lists.others), "the list of other commands' files is not that of 'sendcast schema results'")
        #expect(
            try Self.text("README.md").contains(lists.documents),
            "the README's list is not that of 'sendcast schema results'")
    }
}
