import Vocabulary

/// Children who are open at the end of one return and do not stand in the next, though a child in care is in every year's return: they left
/// without a word, or got another number.
///
/// A number that is new in the next return and has the same day of birth, sex and first day of the open episode is the same child's.
struct MissingChildren {
    /// The new numbers of children who had others.
    private(set) var numbers: [CareChild: CareChild] = [:]
    private(set) var findings: [Finding] = []
    /// Faults of each return.
    private(set) var faults: [CareFaults]

    private struct Mark: Hashable {
        let born: CalendarDay
        let sex: String
        let began: CalendarDay
    }

    /// - Parameters:
    ///   - round: what was answered.
    ///   - attendance: in which returns children stand.
    ///   - year: of a return.
    ///   - next: the year of the next return of the authority.
    init(
        _ returns: [CareReturn], _ births: CareBirths, _ attendance: CareAttendance, _ round: CareRound,
        authority: String, year: Int, next: Int
    ) {
        faults = returns.map { _ in CareFaults() }
        let march = CalendarDay.march(year)
        var arrived: [Mark: Set<CareChild>] = [:]
        for row in returns.lazy.filter({ $0.year == next }).flatMap(\.rows)
        where row.child.authority == authority && attendance.span(of: row.child)?.lowerBound == next {
            guard let began = row.began, began <= march.last, let birth = births[row.child] else { continue }
            arrived[Mark(born: birth.born, sex: birth.sex, began: began), default: []].insert(row.child)
        }
        for (place, one) in returns.enumerated() where one.year <= year {
            let open = one.rows.filter { row in
                guard row.child.authority == authority, !row.isShortBreak,
                    attendance.span(of: row.child)?.upperBound == one.year,
                    attendance.lastYear(of: row.child, from: one.year) == year
                else { return false }
                if case .on(let day) = row.end { return day > march.next }
                return row.end == .open && (row.began ?? march.last) <= march.last
            }
            var (gone, joined): ([CareReturn.Row], [CareReturn.Row]) = ([], [])
            for row in open.sorted(by: { ($0.child, $0.line) < ($1.child, $1.line) }) where numbers[row.child] == nil {
                guard let birth = births[row.child], let began = row.began else { continue }
                if birth.born.months(to: march.last) >= Service.care.years.count * 12 { continue }
                let mark = Mark(born: birth.born, sex: birth.sex, began: began)
                if let number = arrived[mark]?.min(), !round.isApart(place, row.line) {
                    numbers[row.child] = number
                    for mark in arrived.keys { arrived[mark]?.remove(number) }
                    faults[place].add(.renumbered, row.line)
                    joined.append(row)
                } else {
                    faults[place].add(.gone, row.line)
                    gone.append(row)
                }
            }
            joined.removeAll { round.settles(.renumbered, place, $0.line) }
            gone.removeAll { round.settles(.gone, place, $0.line) }
            complain(of: gone, joined, in: one, births, left: arrived, year, next)
        }
    }

    private mutating func complain(
        of gone: [CareReturn.Row], _ joined: [CareReturn.Row], in one: CareReturn, _ births: CareBirths,
        left: [Mark: Set<CareChild>], _ year: Int, _ next: Int
    ) {
        func children(_ count: Int) -> String { count == 1 ? "1 child is" : "\(count) children are" }
        if let first = joined.map(\.line).min() {
            findings.append(
                Finding(
                    .warning, file: one.name, line: first, column: "CHILD",
                    "\(children(joined.count)) open at the end of this return and not in that to 31 March \(next), where as many new numbers "
                        + "have the same day of birth, sex and DECOM: they are taken to be the same children, and count once",
                    remedy: "Give each child one number in all returns if this is wrong."))
        }
        let missing = Set(gone.map(\.child))
        guard let first = gone.map(\.line).min() else { return }
        let months = Set(missing.compactMap { child in births[child].map { "\($0.born.monthNumber) \($0.sex)" } })
        let alike = left.reduce(0) { sum, entry in
            sum + (months.contains("\(entry.key.born.monthNumber) \(entry.key.sex)") ? entry.value.count : 0)
        }
        let hint = "\(alike) new numbers of that return were in care already and have the same month of birth and sex: "
        findings.append(
            Finding(
                .warning, file: one.name, line: first, column: "CHILD",
                "\(children(missing.count)) open at the end of this return and not in that to 31 March \(next): each counts until "
                    + "\(CalendarDay.march(year).last) and leaves by a route that is unknown",
                remedy: (alike > 0 ? hint + "if they are these children, give each one number. " : "")
                    + "A child in care is in every year's return: add the rows, with DEC and REC if the child left."))
    }
}
