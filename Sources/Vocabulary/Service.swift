/// What is projected: plans, or children in care. It decides the ages, the step, and the words of tables.
///
/// Files and outputs of both have the same tables; where columns of plans are called `need`, `setting`, `plans` and `january`, those
/// of care are called `reason`, `placement`, `children` and `march`.
public enum Service: String, Sendable, CaseIterable, Codable {
    /// Education, health and care plans: counted every January, by age on 31 August, in steps of a year.
    case plans
    /// Children looked after: counted every 31 March, by age on the day, in steps of a month, until the 18th birthday.
    case care

    /// How many steps a year is divided into; ages are counted in steps.
    public var stepsPerYear: Int { self == .plans ? 1 : 12 }

    /// The ages in whole years.
    public var years: ClosedRange<Int> { self == .plans ? SchoolAge.all : 0...17 }

    /// What the people are called.
    public var people: String { self == .plans ? "plans" : "children" }

    /// One of them.
    public var person: String { self == .plans ? "plan" : "child" }

    /// What a day of counting is called before its year.
    public var day: String { self == .plans ? "January" : "31 March" }

    /// The bands of ages of its statutory return: SEN2, or SSDA903.
    public var bands: [AgeBand] {
        switch self {
        case .plans: AgeBand.statutory
        case .care:
            [
                AgeBand("under 1", 0...0), AgeBand("1 to 4", 1...4), AgeBand("5 to 9", 5...9),
                AgeBand("10 to 15", 10...15), AgeBand("16 and 17", 16...17),
            ]
        }
    }

    private static let careColumns = [
        "need": "reason", "needs": "reasons", "setting": "placement", "to_setting": "to_placement",
        "to_need": "to_reason", "wanted_setting": "wanted_placement", "plans": "children", "january": "march",
        "september": "april", "year_group": "ages",
    ]

    private static let careFiles = [
        "needs.csv": "reasons.csv", "settings.csv": "placements.csv", "plans.csv": "children.csv",
        "cost-per-plan.csv": "cost-per-child.csv",
    ]

    /// What a column of a table of plans is called in this service's.
    public func column(_ name: String) -> String { self == .plans ? name : Self.careColumns[name] ?? name }

    /// What a unit of spend on plans is called in this service's tables: `plan-week` becomes `child-week`.
    public func unit(_ name: String) -> String {
        self == .plans ? name : name.replacing("plan", with: person)
    }

    /// Weeks for which a weekly price is paid in a year: 52 for schools, and every day of the year for care.
    public var weeksOfYear: Double { self == .plans ? 52 : 365.25 / 7 }

    /// The name of a file of plans among this service's.
    public func file(_ name: String) -> String {
        guard self == .care else { return name }
        return Self.careFiles[name] ?? name
    }

    /// The cells in which people with some codes are counted.
    public func space(needs: [String], settings: [String]) -> StateSpace {
        StateSpace(
            ages: years.count * stepsPerYear, need: Dimension(name: column("need"), codes: needs),
            setting: Dimension(name: column("setting"), codes: settings), service: self)
    }
}
