/// What a service calls the people, the day of counting, and the columns and files of its tables.
///
/// Code names columns and files as those of plans are named; `Words` says what they are in the tables of a service: `need`, `setting`,
/// `plans` and `january` of plans are `reason`, `placement`, `children` and `march` of care.
public struct Words: Sendable, Equatable {
    /// What the people are called.
    public let people: String
    /// One of them.
    public let person: String
    /// What a day of counting is called before its year.
    public let day: String
    /// The month from which places count, before its year.
    public let opening: String
    /// The same with its preposition: `in January`, `on 31 March`.
    public let onDay: String
    /// What they are called in titles.
    public let title: String
    /// The words that differ from those of plans, by these.
    private let others: [String: String]

    /// Those of education, health and care plans.
    public static let plans = Words(
        people: "plans", person: "plan", day: "January", opening: "September", onDay: "in January",
        title: "education, health and care plans", others: [:])

    /// Those of children in care.
    public static let care = Words(
        people: "children", person: "child", day: "31 March", opening: "April", onDay: "on 31 March",
        title: "children in care",
        others: [
            "need": "reason", "needs": "reasons", "setting": "placement", "settings": "placements",
            "to_setting": "to_placement", "to_need": "to_reason", "wanted_setting": "wanted_placement",
            "plans": "children", "cost-per-plan": "cost-per-child", "january": "march", "september": "april",
            "year_group": "ages",
        ])

    /// What a column of a table of plans is called.
    public func column(_ name: String) -> String { others[name] ?? name }

    /// What a column is called in tables of plans, that is called so here.
    public func general(column name: String) -> String { others.first { $0.value == name }?.key ?? name }

    /// The file of plans that is called so here.
    public func general(file name: String) -> String { Self.renamed(name, general(column:)) }

    /// What a file of plans is called, such as `placements.csv` for `settings.csv`.
    public func file(_ name: String) -> String { Self.renamed(name, column) }

    private static func renamed(_ file: String, _ name: (String) -> String) -> String {
        let parts = file.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return ([name(parts[0])] + parts.dropFirst()).joined(separator: ".")
    }

    /// What a unit of spend on plans is called: `plan-week` becomes `child-week`.
    public func unit(_ name: String) -> String { name.replacing("plan", with: person) }
}
