import Formats
import Intake
import Placement
import Sampling
import Vocabulary

/// Turns the rows of a table of schemes into schemes, and says what does not fit together.
struct SchemeReader {
    private let file: String
    private(set) var findings: [Finding] = []

    init(file: String) {
        self.file = file
    }

    /// The schemes of a table, in its order; their rows are phases.
    mutating func schemes(_ rows: [SchemeRow], allocation: Allocation) -> [Scheme] {
        var names: [String] = []
        for row in rows where !names.contains(row.scheme) { names.append(row.scheme) }
        return names.compactMap { name in scheme(rows.filter { $0.scheme == name }, allocation) }
    }

    private mutating func scheme(_ rows: [SchemeRow], _ allocation: Allocation) -> Scheme? {
        guard let first = rows.first else { return nil }
        for row in rows where row.overrun != first.overrun || row.delay != first.delay || row.fill != first.fill {
            complain(
                row, "overrun_likely", "the rows of scheme '\(row.scheme)' have different overruns, delays or fills",
                "A scheme has one of each: give its rows the same.")
        }
        var added: [Provision.Designation: [String: Int]] = [:]
        for row in rows.sorted(by: { $0.opens < $1.opens }) {
            let designation = Self.designation(row, allocation.space)
            let known = allocation.provisions.first { $0.name == row.provision }
            let existing = known?.tranches.first { $0.designation == designation }?.changes
                .filter { $0.september <= row.opens }.reduce(0) { $0 + $1.places }
            let places = (added[designation]?[row.provision] ?? existing ?? 0) + row.places
            if places < 0 {
                complain(
                    row, "places", "'\(row.provision)' has no \(-row.places) places for these needs, ages and settings",
                    "Take away no more than places.csv has on a row of the same designation.")
            }
            added[designation, default: [:]][row.provision] = places
            check(row, allocation)
        }
        // What places have cost is published of schools alone.
        if allocation.space.service == .plans { checkCapital(rows) }
        var capital: [Int: Double] = [:]
        for row in rows { capital[row.spendYear, default: 0] += row.capital }
        func size(_ numbers: [Double], _ what: String) -> UncertainNumber {
            UncertainNumber(
                low: numbers[0], likely: numbers[1], high: numbers[2], key: stableKey(first.scheme, what))
        }
        return Scheme(
            name: first.scheme,
            phases: rows.map {
                Scheme.Phase(
                    provision: $0.provision, designation: Self.designation($0, allocation.space), opens: $0.opens,
                    places: $0.places, month: $0.month)
            },
            capital: capital.sorted { $0.key < $1.key }.map {
                Scheme.Spend(year: FinancialYear(starting: $0.key), pounds: $0.value)
            },
            overrun: size(first.overrun, "overrun"), delay: size(first.delay, "delay"), fill: size(first.fill, "fill"),
            revenueBeforeOpening: rows.reduce(0) { $0 + $1.revenueBeforeOpening })
    }

    private static func designation(_ row: SchemeRow, _ space: StateSpace) -> Provision.Designation {
        Provision.Designation(
            settings: row.settings, needs: row.needs, ages: space.ages(ofYears: row.ages))
    }

    /// Places can be added only where there is a limit already: elsewhere a new school would be one.
    private mutating func check(_ row: SchemeRow, _ allocation: Allocation) {
        let space = allocation.space
        for setting in row.settings {
            for need in row.needs {
                for age in allocation.space.ages(ofYears: row.ages)
                where !allocation.provisions.areLimited(age: age, need: need, setting: setting) {
                    return complain(
                        row, "setting",
                        "\(space.setting.codes[setting]) is never full for \(space.need.codes[need]) at age "
                            + "\(space.year(ofAge: age)), so more places change nothing",
                        "Say in places.csv how many there are now, if none then 0.")
                }
            }
        }
    }

    /// How far capital for each place may lie from the least and the most that is published, as a factor.
    private static let (least, most) = (0.25, 2.0)

    /// Capital of a row, and of a scheme, for each of its places that is a typing error away from what places have cost.
    private mutating func checkCapital(_ rows: [SchemeRow]) {
        let costs = PlaceCost.published.map(\.cost)
        guard let low = costs.min(), let high = costs.max() else { return }
        let places = rows.reduce(0) { $0 + max($1.places, 0) }
        let capital = rows.reduce(0) { $0 + $1.capital }
        let phases = rows.filter { $0.places > 0 && $0.capital > 0 }.map { ($0, Double($0.places), $0.capital) }
        let whole = rows.first.map { [($0, Double(places), capital)] } ?? []
        for (row, places, capital) in phases + whole where places > 0 && capital > 0 {
            let each = capital / places
            if each >= Self.least * low && each <= Self.most * high { continue }
            findings.append(
                Finding(
                    .warning, file: file, line: row.line, column: "capital",
                    "£\(Numerals.grouped(capital)) for \(Numerals.grouped(places)) places of '\(row.scheme)' is "
                        + "£\(Numerals.grouped(each)) a place; published costs are £\(Numerals.grouped(low)) to £\(Numerals.grouped(high))",
                    remedy: "Correct capital or places if one is a typing error."))
            return
        }
    }

    private mutating func complain(_ row: SchemeRow, _ column: String, _ message: String, _ remedy: String) {
        findings.append(
            Finding(.error, file: file, line: row.line, column: column, message, remedy: remedy))
    }
}
