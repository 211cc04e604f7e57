import Algorithms
import Formats
import Vocabulary

/// A row of `carers.csv`: the authority's own foster carers of some ages, how many stop and begin in a year, and for how many children they
/// have a place.
public struct CarerRow: ModelRow, Sourced, Sendable, Equatable {
    /// What the carers together are called; their places are those of a provision of that name.
    public internal(set) var provision = ""
    /// Positions of the placements that they offer.
    public internal(set) var settings: [Int] = []
    /// The youngest and the oldest age of the carers; who grows out of it is of the next row.
    public var ages: ClosedRange<Int> { first...max(first, last) }
    var first = 0
    var last = 0
    /// Households that are approved on the day of the base.
    public internal(set) var households = 0.0
    /// The share of them that stops in a year.
    public internal(set) var leave = Bracket(0)
    /// Households of these ages that are newly approved in a year.
    public internal(set) var recruited = Bracket(0)
    /// Children for whom a household is approved.
    public internal(set) var places = 0.0
    /// The share of approved places that can be filled: others are kept for a match, or at rest.
    public internal(set) var fill = Bracket(1)
    /// Where its figures are from.
    public internal(set) var origin = Origin()
    /// The row of the file.
    public internal(set) var line = 0

    /// The ages of foster carers.
    static let adults = 18...120

    static let file = ModelFile.carers

    static func columns(_ space: StateSpace) -> [TableColumn<CarerRow>] {
        .of(
            [
                .name("provision", \.provision), .settings(\.settings, space), .integer("min_age", \.first, adults),
                .integer("max_age", \.last, adults), .number("households", \.households, .count),
            ], .bracket("leave", \.leave, .share), .bracket("recruited", \.recruited, .count),
            [.number("places", \.places, .mark)], .bracket("fill", \.fill, .share, otherwise: 1),
            .origin(\.origin))
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[CarerRow]> {
        var ends: [String: (age: Int, line: Int)] = [:]
        return TableReader.rows(file, columns(space), CarerRow()) { row, line, findings in
            row.line = line
            if row.first > row.last {
                findings.add(.error, line: line, column: "min_age", "it is above 'max_age'", remedy: "Swap them.")
            }
            if let before = ends[row.provision], before.age + 1 != row.first {
                findings.add(
                    .error, line: line, column: "min_age",
                    "row \(before.line) of '\(row.provision)' ends at \(before.age), so \(before.age + 1) was expected",
                    remedy: "Give the rows of a provision in the order of ages, without a gap.")
            }
            ends[row.provision] = (row.last, line)
        }
    }
}

extension CarerRow {
    /// How carers fare: as is likeliest, or with all that is uncertain at its worse or better end together.
    enum Course: CaseIterable {
        case worst, likely, best
    }

    private func leave(_ course: Course) -> Double {
        switch course {
        case .worst: leave.high
        case .likely: leave.likely
        case .best: leave.low
        }
    }

    /// What is better the more of it there is.
    private static func more(_ number: Bracket, _ course: Course) -> Double {
        switch course {
        case .worst: number.low
        case .likely: number.likely
        case .best: number.high
        }
    }

    /// Households of each row after each year, those of the base first. In a year some stop, of those who stay as many grow out of their ages
    /// as the ages have years, and the newly approved come.
    static func households(_ rows: [CarerRow], years: Int, _ course: Course) -> [[Double]] {
        var now = rows.map(\.households)
        var all = [now]
        for _ in 0..<years {
            var older = 0.0
            for (place, row) in rows.enumerated() {
                let stay = now[place] * (1 - row.leave(course))
                let growing = place + 1 < rows.count ? stay / Double(row.ages.count) : 0
                now[place] = stay - growing + older + more(row.recruited, course)
                older = growing
            }
            all.append(now)
        }
        return all
    }

    /// Carers of some ages, or of all (`nil`), year by year from the base on.
    package struct Outlook: Sendable {
        /// What the carers together are called.
        package let provision: String
        /// Such as `45 to 54`; `65 and over` of the oldest.
        package let ages: String?
        /// Households that are approved.
        package let households: [(low: Double, likely: Double, high: Double)]
        /// Children for whom they are approved, as is likeliest.
        package let approved: [Double]
    }

    /// Carers by age and in all, provision by provision.
    package static func outlook(_ rows: [CarerRow], years: Int) -> [Outlook] {
        rows.map(\.provision).uniqued().flatMap { name -> [Outlook] in
            let mine = rows.filter { $0.provision == name }
            let courses = Course.allCases.map { households(mine, years: years, $0) }
            func outlook(_ ages: String?, _ places: [Int]) -> Outlook {
                func sum(_ course: Int, _ year: Int) -> Double { places.reduce(0) { $0 + courses[course][year][$1] } }
                return Outlook(
                    provision: name, ages: ages,
                    households: (0...years).map { (sum(0, $0), sum(1, $0), sum(2, $0)) },
                    approved: (0...years).map { year in
                        places.reduce(0) { $0 + mine[$1].places * courses[1][year][$1] }
                    })
            }
            return [outlook(nil, Array(mine.indices))]
                + mine.enumerated().map { place, row in
                    let isLast = row.last == adults.upperBound
                    return outlook(isLast ? "\(row.first) and over" : "\(row.first) to \(row.last)", [place])
                }
        }
    }

    /// The places that carers have from one April to the next, as rows of `places.csv`.
    /// - Parameters:
    ///   - base: the year of the base 31 March.
    ///   - years: how many are projected.
    static func places(_ rows: [CarerRow], base: Int, years: Int, _ space: StateSpace) -> [PlacesRow] {
        rows.map(\.provision).uniqued().flatMap { name -> [PlacesRow] in
            let mine = rows.filter { $0.provision == name }
            let courses = Course.allCases.map { course in
                households(mine, years: years, course).map { households in
                    let approved = zip(mine, households).map { $0.places * $1 }
                    let usable = zip(mine, approved).reduce(0) { $0 + more($1.0.fill, course) * $1.1 }
                    return (approved: approved.reduce(0, +), usable: usable)
                }
            }
            // Who is approved on the day of the base has been so in the year before.
            return (-1..<max(years, 1)).map { step in
                let (year, likely) = (max(step, 0), courses[1][max(step, 0)])
                let places = likely.approved.rounded()
                var row = PlacesRow()
                row.provision = name
                row.settings = mine[0].settings
                row.needs = Array(space.need.codes.indices)
                (row.first, row.last) = (space.service.years.lowerBound, space.service.years.upperBound)
                row.september = base + step
                row.places = Int(places)
                if places > 0 {
                    row.fill = Bracket(
                        low: courses[0][year].usable / places, likely: likely.usable / places,
                        high: courses[2][year].usable / places)
                }
                row.source = mine[0].source
                row.line = mine[0].line
                return row
            }
        }
    }
}
