import Vocabulary

/// In the returns of which years children stand.
struct CareAttendance {
    private let births: CareBirths
    /// The years of the returns of each authority, in order.
    private let years: [String: [Int]]
    private var episodes: [CareChild: Set<Int>] = [:]

    init(_ returns: [CareReturn], _ births: CareBirths, years: [String: [Int]]) {
        self.births = births
        self.years = years
        for one in returns {
            for child in Set(one.rows.map(\.child)) { episodes[child, default: []].insert(one.year) }
        }
    }

    /// The first and last year in which a child has an episode.
    func span(of child: CareChild) -> ClosedRange<Int>? {
        guard let own = episodes[child], let first = own.min(), let last = own.max() else { return nil }
        return first...last
    }

    /// The year of the return after that of a year, of an authority.
    func next(_ year: Int, of child: CareChild) -> Int? { years[child.authority]?.first { $0 > year } }

    /// The last year for which an episode of the return of a year can speak: that year, and those after it whose returns have the child in
    /// their header and no episode of it.
    func lastYear(of child: CareChild, from year: Int) -> Int {
        var last = year
        while let next = next(last, of: child), episodes[child]?.contains(next) != true, births.has(child, in: next) {
            last = next
        }
        return last
    }
}
