import Foundation
import Vocabulary

extension PublishedPopulation {
    /// How far two tables may be apart in the people of one area and year, as a factor.
    static let mostApart = 1.5
    /// From which difference on a choice between two tables is a warning, as a share.
    static let noticeable = 0.05

    /// People of ages 0 to 25 of an area by mid-year, from all tables, and what is to be said of them.
    ///
    /// An area is known by any of its codes, as the sum of its districts, or else by its name. Where two tables speak of the same year an
    /// estimate counts before a projection, and of two of a kind the one that is dated later by its own rows; others that differ are an
    /// error, as are figures that no such area can have, and cohorts that grow or shrink as no cohort can (``CohortCheck``).
    public func figures(of area: some PublishedArea) -> Checked<[Int: [Double]]> {
        let choice = PopulationChoice(tables, area)
        let findings = choice.findings + choice.ranges + choice.cohorts
        return Checked(choice.years, findings: findings)
    }
}

/// Which table counts for each mid-year of an area.
struct PopulationChoice {
    private let area: any PublishedArea
    private let found: [(table: PublishedTable, figures: PublishedTable.Found)]
    private let others: [PublishedTable]
    /// The table of each mid-year, as a place in ``found``.
    private var tables: [Int: Int] = [:]
    /// What was chosen.
    private(set) var years: [Int: [Double]] = [:]
    /// Tables that speak of the same people, by the places of the one that counts and the other.
    private var clashes: [[Int]: Clash] = [:]

    private struct Clash {
        var years: [Int] = []
        /// How many times the people of the other those of the one that counts are, where it is farthest from 1.
        var ratio = 1.0
        var isDecided = true
    }

    init(_ tables: [PublishedTable], _ area: some PublishedArea) {
        self.area = area
        // Those that count before others come first, so that what is said does not depend on the order of files.
        let ordered = tables.sorted {
            ($0.kind.rawValue, $0.edition ?? 0) > ($1.kind.rawValue, $1.edition ?? 0)
        }
        let all = ordered.map { ($0, $0.figures(of: area)) }
        found = all.compactMap { table, figures in figures.map { (table, $0) } }
        others = all.compactMap { $1 == nil ? $0 : nil }
        for (place, one) in found.enumerated() {
            for (year, ages) in one.figures.years.sorted(by: { $0.key < $1.key }) { take(place, year, ages) }
        }
    }

    /// The file that counts for a mid-year.
    func file(of year: Int) -> String? { tables[year].map { found[$0].table.name } }

    private mutating func take(_ place: Int, _ year: Int, _ ages: [Double]) {
        guard let before = tables[year], let known = years[year] else {
            (tables[year], years[year]) = (place, ages)
            return
        }
        let counts = Self.comesBefore(found[place].table, found[before].table)
        let (winner, loser) = counts == true ? (place, before) : (before, place)
        // Figures that agree to a person are one figure.
        if zip(known, ages).contains(where: { abs($0 - $1) > 1 }) {
            let (now, other) = counts == true ? (ages, known) : (known, ages)
            let ratio = other.reduce(0, +) / max(now.reduce(0, +), 1e-9)
            var clash = clashes[[winner, loser]] ?? Clash()
            clash.years.append(year)
            clash.isDecided = clash.isDecided && counts != nil
            if abs(log(max(ratio, 1e-9))) > abs(log(clash.ratio)) { clash.ratio = max(ratio, 1e-9) }
            clashes[[winner, loser]] = clash
        }
        if counts == true { (tables[year], years[year]) = (place, ages) }
    }

    /// Whether a table counts before another; `nil` where neither does.
    private static func comesBefore(_ one: PublishedTable, _ other: PublishedTable) -> Bool? {
        if one.kind != other.kind { return one.kind.rawValue > other.kind.rawValue }
        guard let edition = one.edition, let another = other.edition, edition != another else { return nil }
        return edition > another
    }

    /// What is to be said of tables that speak of the same people, of areas known by name, and of tables that are not used.
    var findings: [Finding] {
        let byName = found.compactMap { table, figures in
            figures.codeByName.map {
                Finding(
                    .warning, file: table.name,
                    "\($0) is taken for \(area.name) because of its name; its code is not known")
            }
        }
        let clashing = clashes.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
            finding($0.key[0], $0.key[1], $0.value)
        }
        return byName + clashing + unused
    }

    private func finding(_ winner: Int, _ loser: Int, _ clash: Clash) -> Finding {
        let (file, other) = (found[winner].table.name, found[loser].table.name)
        let years = clash.years.sorted()
        let when = years.count == 1 ? "mid-\(years[0])" : "mid-\(years[0]) to mid-\(years[years.count - 1])"
        let times = max(clash.ratio, 1 / clash.ratio)
        if times > PublishedPopulation.mostApart {
            return Finding(
                .error, file: other,
                "people of \(area.name) in \(when) are \(Self.fixed(clash.ratio)) times those of \(file)",
                remedy: "One of them is of another area, of one sex, or in thousands: correct it or leave it out.")
        }
        let percent = "up to \(Self.percent(clash.ratio - 1))"
        guard clash.isDecided else {
            return Finding(
                .error, file: other, "people of \(area.name) in \(when) differ from those of \(file) by \(percent)",
                remedy: "Neither says that it is the later one: give only the one that counts.")
        }
        let isEstimate = found[winner].table.kind != found[loser].table.kind
        return Finding(
            abs(clash.ratio - 1) > PublishedPopulation.noticeable ? .warning : .note, file: file,
            "of \(area.name) in \(when) this \(isEstimate ? "estimate" : "later edition") counts, not \(other), "
                + "whose people of 0 to 25 differ by \(percent)")
    }

    /// Tables of which no figure counts.
    private var unused: [Finding] {
        let used = Set(tables.values)
        let without = others.map { table in
            Finding(
                .warning, file: table.name,
                "nothing of this file is used: it has no people of \(area.name) (\(area.code))")
        }
        return without
            + found.indices.filter { !used.contains($0) }.map {
                Finding(
                    .warning, file: found[$0].table.name,
                    "nothing of this file is used: all that it says of \(area.name) is known from others, or lacks ages"
                )
            }
    }

    /// Figures that no area of the kind can have.
    var ranges: [Finding] {
        guard let range = PopulationRange.of(area.code) else { return [] }
        return found.compactMap { table, figures in
            let outside = figures.years.filter { !range.contains(Self.children($0.value)) }
            guard let year = outside.keys.min(), let ages = outside[year] else { return nil }
            let mean = Self.children(ages)
            let advice =
                range.contains(mean * 1_000)
                ? "It is in thousands: give numbers of people." : "Check that the figures are people of this area."
            return Finding(
                .error, file: table.name,
                "\(area.name) has \(Self.fixed(mean)) people at each age from 0 to 16 in mid-\(year)",
                remedy: advice)
        }
    }

    /// Cohorts that change as none can.
    var cohorts: [Finding] {
        let files = Set(tables.values).sorted().map { found[$0].table.name }.joined(separator: ", ")
        return CohortCheck(years) { "mid-\($0)" }.findings(of: " of \(area.name)", file: files)
    }

    private static func children(_ ages: [Double]) -> Double { ages.prefix(17).reduce(0, +) / 17 }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((abs(share) * 1_000).rounded())
        return "\(share < 0 ? "−" : "+")\(tenths / 10).\(tenths % 10) %"
    }

    private static func fixed(_ value: Double) -> String { String(format: "%.2f", value) }
}

/// How many people of one age areas of a kind have: a data file that ships with Sendcast.
private enum PopulationRange {
    private static let known: [(code: String, people: ClosedRange<Double>)] = {
        var ranges: [(code: String, people: ClosedRange<Double>)] = []
        let columns = ["code", "fewest", "most", "note"]
        PopulationWords.forEachRow("population-ranges.csv", PackageResources.population_ranges_csv, columns) { words in
            guard let fewest = Double(words[1]), let most = Double(words[2]) else { return }
            ranges.append((words[0], fewest...most))
        }
        return ranges
    }()

    /// The range of the mean over ages 0 to 16, or `nil` where none is known for a code.
    static func of(_ code: String) -> ClosedRange<Double>? {
        known.first { code.hasPrefix($0.code) }?.people
    }
}
