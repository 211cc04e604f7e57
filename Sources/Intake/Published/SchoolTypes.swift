import Formats
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
        let types = ShippedTable("register-types.csv", PackageResources.register_types_csv)
            .rows(["code", "setting", "name", "bases", "ask"]) { row, _ in
                Int(row.text(0)).map { (code: $0, setting: row.text(1), bases: row.text(3), ask: row.text(4)) }
            }
        settings = Dictionary(uniqueKeysWithValues: types.map { ($0.code, $0.setting) })
        withBases = Set(types.filter { $0.bases == "yes" }.map(\.code))
        unclear = Set(types.filter { $0.ask == "yes" }.map(\.code))
    }
}
