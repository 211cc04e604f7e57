/// What is projected: plans, or children in care. It decides the ages, the step, and the words of tables.
///
/// Files and outputs of both have the same tables, each in its own ``Words``.
public enum Service: String, Sendable, CaseIterable, Codable {
    /// Education, health and care plans: counted every January, by age on 31 August, in steps of a year.
    case plans
    /// Children looked after: counted every 31 March, by age on the day, in steps of a month, until the 18th birthday.
    case care

    /// How many steps a year is divided into; ages are counted in steps.
    public var stepsPerYear: Int { self == .plans ? 1 : 12 }

    /// The ages in whole years.
    public var years: ClosedRange<Int> { self == .plans ? SchoolAge.all : 0...17 }

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

    /// Weeks for which a weekly price is paid in a year: 52 for schools, and every day of the year for care.
    public var weeksOfYear: Double { self == .plans ? 52 : 365.25 / 7 }

    /// What it calls people, days and columns.
    public var words: Words { self == .plans ? .plans : .care }

    /// The cells in which people with some codes are counted.
    public func space(needs: [String], settings: [String]) -> StateSpace {
        StateSpace(
            ages: years.count * stepsPerYear, need: Dimension(name: words.column("need"), codes: needs),
            setting: Dimension(name: words.column("setting"), codes: settings), service: self)
    }
}
