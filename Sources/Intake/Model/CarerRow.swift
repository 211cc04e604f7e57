import Algorithms
import Formats
import Vocabulary

/// A row of `carers.csv`: the authority's own foster carers of some ages, how many stop and begin in a year, and for how many children they
/// have a place.
public struct CarerRow: Sendable, Equatable {
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
    /// The share of them that stops in a year: the likeliest, the least and the most.
    public internal(set) var leave = 0.0
    /// See ``leave``.
    public internal(set) var leaveLow: Double?
    /// See ``leave``.
    public internal(set) var leaveHigh: Double?
    /// Households of these ages that are newly approved in a year.
    public internal(set) var recruited = 0.0
    /// See ``recruited``.
    public internal(set) var recruitedLow: Double?
    /// See ``recruited``.
    public internal(set) var recruitedHigh: Double?
    /// Children for whom a household is approved.
    public internal(set) var places = 0.0
    /// The share of approved places that can be filled: others are kept for a match, or at rest.
    public internal(set) var fill = 1.0
    /// See ``fill``.
    public internal(set) var fillLow: Double?
    /// See ``fill``.
    public internal(set) var fillHigh: Double?
    /// Where the figures are from.
    public internal(set) var source = ""
    /// Of when they are.
    public internal(set) var date = ""
    /// How good they are.
    public internal(set) var quality = AssumptionQuality.red
    /// The row of the file.
    public internal(set) var line = 0

    /// The ages of foster carers.
    static let adults = 18...120

    static func columns(_ space: StateSpace) -> [TableColumn<CarerRow>] {
        [
            .name("provision", \.provision), .settings(\.settings, space), .integer("min_age", \.first, adults),
            .integer("max_age", \.last, adults), .number("households", \.households, .count),
            .number("leave", \.leave, .share), .number("leave_low", \.leaveLow, .share),
            .number("leave_high", \.leaveHigh, .share), .number("recruited", \.recruited, .count),
            .number("recruited_low", \.recruitedLow, .count), .number("recruited_high", \.recruitedHigh, .count),
            .number("places", \.places, .mark), .number("fill", \.fill, .share, otherwise: 1),
            .number("fill_low", \.fillLow, .share), .number("fill_high", \.fillHigh, .share),
            .text("source", \.source, .required), .text("date", \.date, .required), .quality(\.quality),
        ]
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
            findings.checkOrder(row.leaveLow, row.leave, row.leaveHigh, column: "leave", line: line)
            findings.checkOrder(row.recruitedLow, row.recruited, row.recruitedHigh, column: "recruited", line: line)
            findings.checkOrder(row.fillLow, row.fill, row.fillHigh, column: "fill", line: line)
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
        case .worst: leaveHigh ?? leave
        case .likely: leave
        case .best: leaveLow ?? leave
        }
    }

    private func recruited(_ course: Course) -> Double {
        switch course {
        case .worst: recruitedLow ?? recruited
        case .likely: recruited
        case .best: recruitedHigh ?? recruited
        }
    }

    private func fill(_ course: Course) -> Double {
        switch course {
        case .worst: fillLow ?? fill
        case .likely: fill
        case .best: fillHigh ?? fill
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
                now[place] = stay - growing + older + row.recruited(course)
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
                    let usable = zip(mine, approved).reduce(0) { $0 + $1.0.fill(course) * $1.1 }
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
                    row.fillLow = courses[0][year].usable / places
                    row.fill = likely.usable / places
                    row.fillHigh = courses[2][year].usable / places
                }
                row.source = mine[0].source
                row.line = mine[0].line
                return row
            }
        }
    }
}
