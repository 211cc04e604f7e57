import Vocabulary

/// Whether people of an age are about as many a year later, when they are a year older.
///
/// Births, deaths and moves change a cohort of children by a few in a hundred a year; more is one sex alone, thousands, another area, or a
/// slip of one figure. Of 149 authorities from mid-2019 to mid-2020 at ages 0 to 16 one would be warned of (Rutland at age 13, +26 %) and
/// none refused, once what chance explains in small places is left out. From age 17 on students come and go: from 18 to 19 Nottingham has
/// 2.8 times as many, Rutland half, so that only a change by a factor of four is refused there.
struct CohortCheck {
    /// The change of a cohort that is warned of, and that is refused, as shares.
    static let (warned, refused) = (0.15, 0.40)
    /// The oldest age from which these hold.
    static let oldestChild = 16
    /// The change from later ages that is refused, as a factor.
    static let factorOfStudents = 4.0
    /// How many standard deviations of a count (its root) are chance.
    static let chance = 4.0

    /// Changes of cohorts from one year to the next.
    private struct Change {
        let year: Int
        var ages: ClosedRange<Int>
        var worst: Double
    }

    private var changes: [Finding.Severity: [Change]] = [:]
    private let day: @Sendable (Int) -> String

    /// - Parameters:
    ///   - years: people by year and age; not a number where unknown.
    ///   - day: names a year, such as "mid-2024".
    init(_ years: [Int: [Double]], day: @escaping @Sendable (Int) -> String) {
        self.day = day
        for year in years.keys.sorted() {
            guard let now = years[year], let next = years[year + 1] else { continue }
            for age in 0..<max(0, min(now.count, next.count) - 1) { compare(year, age, now[age], next[age + 1]) }
            // Births go up and down by more than cohorts do: only what no births explain is refused.
            if let born = now.first, let after = next.first, abs(after - born) > Self.refused * born {
                compare(year, 0, born, after)
            }
        }
    }

    private mutating func compare(_ year: Int, _ age: Int, _ now: Double, _ next: Double) {
        guard abs(next - now) > Self.chance * max(now, next).squareRoot() else { return }
        let change = now > 0 ? next / now - 1 : .infinity
        let severity: Finding.Severity
        if age > Self.oldestChild {
            guard change > Self.factorOfStudents - 1 || change < 1 / Self.factorOfStudents - 1 else { return }
            severity = .error
        } else if abs(change) > Self.refused {
            severity = .error
        } else if abs(change) > Self.warned {
            severity = .warning
        } else {
            return
        }
        var known = changes[severity] ?? []
        if let last = known.last, last.year == year {
            known[known.count - 1].ages = min(last.ages.lowerBound, age)...max(last.ages.upperBound, age)
            if abs(change) > abs(last.worst) { known[known.count - 1].worst = change }
        } else {
            known.append(Change(year: year, ages: age...age, worst: change))
        }
        changes[severity] = known
    }

    /// One line for what is refused, and one for what is warned of.
    /// - Parameter place: whose people they are, such as " of Leeds", or nothing.
    func findings(of place: String, file: String) -> [Finding] {
        Finding.Severity.allCases.compactMap { severity in
            guard let changes = changes[severity] else { return nil }
            let listed = changes.prefix(3).map(sentence).joined(separator: "; ")
            let more = changes.count > 3 ? "; and in \(changes.count - 3) more years" : ""
            let what = severity == .error ? "cannot change as much" : "change much"
            return Finding(
                severity, file: file, "people\(place) \(what) as they grow a year older: \(listed)\(more)",
                remedy: severity == .error
                    ? "Look for one sex alone, thousands, another area, or a slip, and correct it."
                    : "Check that all figures are of the same area and people.")
        }
    }

    private func sentence(_ change: Change) -> String {
        let percent =
            change.worst.isFinite
            ? "\(change.worst < 0 ? "−" : "+")\(Int((abs(change.worst) * 100).rounded())) %" : "from none"
        let ages =
            change.ages.count == 1
            ? "age \(change.ages.lowerBound)" : "ages \(change.ages.lowerBound) to \(change.ages.upperBound)"
        return "\(percent) from \(day(change.year)) to \(day(change.year + 1)) (\(ages))"
    }
}
