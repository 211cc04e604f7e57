import Formats
import Foundation
import Vocabulary

/// What each type of school in the register of schools is to a child with a plan: a data file that ships with Sendcast.
struct SchoolTypes: Sendable {
    /// The code of the setting by the number of the type.
    let settings: [Int: String]
    /// Types whose schools may have a unit or resourced provision.
    let withBases: Set<Int>
    /// Types that may mean several settings: the authority is asked.
    let unclear: Set<Int>

    static let standard = SchoolTypes()

    private init() {
        let file = SourceFile(name: "register-types.csv", bytes: Data(PackageResources.register_types_csv))
        var (settings, withBases, unclear) = ([Int: String](), Set<Int>(), Set<Int>())
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(
            columns: ["code", "setting", "name", "bases", "ask"], findings: &findings
        ) { row, _ in
            guard let code = Int(row.text(0)) else { return }
            settings[code] = row.text(1)
            if row.text(3) == "yes" { withBases.insert(code) }
            if row.text(4) == "yes" { unclear.insert(code) }
        }
        precondition(findings.findings.isEmpty, "the shipped types of schools are faulty")
        (self.settings, self.withBases, self.unclear) = (settings, withBases, unclear)
    }
}
