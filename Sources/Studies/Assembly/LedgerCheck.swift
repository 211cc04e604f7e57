import Intake
import Projection
import Vocabulary

/// What does not fit together in the rows of `places.csv`, and where they disagree with the cohort; none of it stops a run.
struct LedgerCheck {
    /// How far a setting's children on roll may be from the cohort's.
    private static let tolerance = 0.05
    /// How far more children than the building is for may be on roll.
    private static let crowding = 4.0 / 3

    private let rows: [PlacesRow]
    private let space: StateSpace
    private(set) var findings: [(line: Int?, column: String?, message: String, remedy: String)] = []

    init(_ rows: [PlacesRow], _ space: StateSpace, base: Cohort) {
        self.rows = rows.sorted { $0.line < $1.line }
        self.space = space
        checkNames()
        checkAges()
        checkRolls()
        compare(with: base)
    }

    /// Two names that are one but for case, spaces and signs, or begin with one number of a school.
    private mutating func checkNames() {
        var known: [String: PlacesRow] = [:]
        for row in rows {
            let signs = row.provision.lowercased().filter { $0.isLetter || $0.isNumber }
            let number = signs.prefix(6)
            let key =
                number.count == 6 && number.allSatisfy(\.isNumber) ? String(number) + row.settings.description : signs
            guard let first = known[key] else {
                known[key] = row
                continue
            }
            if first.provision == row.provision { continue }
            add(
                row.line, "provision",
                "'\(row.provision)' and '\(first.provision)' of row \(first.line) look like one school, whose places then count twice",
                "Write one name on all rows of a school, or tell the two apart.")
        }
    }

    /// Two designations of a school that take children of one need and age.
    private mutating func checkAges() {
        for (place, row) in rows.enumerated() {
            let earlier = rows[..<place].first { other in
                other.provision == row.provision && !other.isSameDesignation(as: row)
                    && !Set(other.settings).isDisjoint(with: row.settings)
                    && !Set(other.needs).isDisjoint(with: row.needs)
                    && other.ages.overlaps(row.ages)
            }
            guard let earlier else { continue }
            let age = max(earlier.ages.lowerBound, row.ages.lowerBound)
            add(
                row.line, "min_age",
                "ages \(row.ages.lowerBound) to \(row.ages.upperBound) overlap those of row \(earlier.line), "
                    + "\(earlier.ages.lowerBound) to \(earlier.ages.upperBound), in '\(row.provision)' for the same needs: both rows hold "
                    + "places for a child of \(age)", "End one where the other begins.")
        }
    }

    private mutating func checkRolls() {
        for row in rows {
            guard let onRoll = row.onRoll, let capacity = row.capacity, capacity > 0 else { continue }
            if Double(onRoll) > Double(capacity) * Self.crowding {
                add(
                    row.line, "on_roll",
                    "'\(row.provision)' has \(onRoll) on roll and a capacity of \(capacity): more than a third above it",
                    "Check both; if they are right, nothing needs to be done.")
            }
        }
    }

    /// Compares children on roll with the cohort, setting by setting, where every provision of a setting says how many it has.
    private mutating func compare(with base: Cohort) {
        let now = rows.filter { row in
            row.september < base.january
                && !rows.contains {
                    $0.isSameDesignation(as: row) && $0.provision == row.provision && $0.september < base.january
                        && $0.september > row.september
                }
        }
        for (settings, rows) in Dictionary(grouping: now, by: \.settings).sorted(by: {
            $0.key.lexicographicallyPrecedes($1.key)
        }) {
            let rolls = rows.compactMap { row in row.onRoll.map { max($0 - row.heldByOthers, 0) } }
            guard rolls.count == rows.count else { continue }
            let onRoll = rolls.reduce(0, +)
            let counted = base.counts.enumerated().reduce(0) {
                settings.contains($1.offset % space.setting.count) ? $0 + Int($1.element) : $0
            }
            guard abs(Double(onRoll - counted)) > Self.tolerance * Double(max(counted, 20)) else { continue }
            let codes = settings.map { space.setting.codes[$0] }.joined(separator: ", ")
            add(
                nil, "on_roll",
                "\(codes): \(onRoll) of this authority's children are on roll (less 'held_by_others'), and the cohort has \(counted)",
                "Check 'held_by_others', schools that are missing, and children placed in other authorities' schools.")
        }
    }

    private mutating func add(_ line: Int?, _ column: String?, _ message: String, _ remedy: String) {
        findings.append((line, column, message, remedy))
    }
}

extension PlacesRow {
    fileprivate func isSameDesignation(as other: PlacesRow) -> Bool {
        settings == other.settings && needs == other.needs && ages == other.ages
    }
}
