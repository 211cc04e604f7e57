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

    /// The last path components of the string literals of a file's text, besides those in comments.
    private static func literals(_ text: String) -> Set<Substring> {
        let lines = text.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }
        return Set(lines.flatMap { $0.split(separator: "\"") }.compactMap { $0.split(separator: "/").last })
    }

    @Test func noFileOfSourcesNamesAResultFileOutsideTheCatalogue() throws {
        let tables = ResultCatalogue.tables.flatMap { table in Service.allCases.map { $0.words.file(table.name) } }
        let documents = [
            ResultCatalogue.report, ResultCatalogue.workbook, ResultCatalogue.tablesWorkbook, ResultCatalogue.statement,
            ResultCatalogue.qualityLog,
        ]
        let files = Set((tables + documents).compactMap { $0.split(separator: "/").last })
        #expect(files.count > 35)
        // Models and published tables have files of the same names.
        let others = ["Outputs/Catalogue/", "Intake/", "Calibration/"]
        let sources = try Self.sources()
        #expect(sources.count > 250)
        for (path, text) in sources where !others.contains(where: path.hasPrefix) {
            let named = Self.literals(text).intersection(files)
            #expect(named.isEmpty, "\(path) names result files; use the tables that ResultCatalogue declares")
        }
    }

    /// The test sees what it is there for.
    @Test func namesAreSeen() {
        #expect(Self.literals("let a = \"plans.csv\"").contains("plans.csv"))
        #expect(Self.literals("    open(\"\\(path)/plans.csv\")").contains("plans.csv"))
        #expect(!Self.literals("/// `plans.csv` and \"plans.csv\"").contains("plans.csv"))
        #expect(!Self.literals("let a = \"all-plans.csv\"").contains("plans.csv"))
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
        let pages = [
            ("Files", lists.runs), ("Files", lists.others), ("Files", lists.documents), ("Reports", lists.documents),
        ]
        for (page, list) in pages {
            let text = try Self.text("Sources/Sendcast/Sendcast.docc/\(page).md")
            #expect(text.contains(list), "\(page).md lacks the lists that 'sendcast schema results' prints")
        }
    }
}
