import Formats
import Vocabulary

/// One table of people that was read: by area, mid-year and age.
struct PublishedTable: Sendable {
    /// What figures are worth where two tables speak of the same people.
    enum Kind: Int, Sendable {
        /// A projection, or a table that does not say.
        case projection
        /// A mid-year estimate.
        case estimate
    }

    /// The file, and the sheet of a workbook.
    let name: String
    let kind: Kind
    /// The year that a table is dated by, where it says so: on which a projection is based, to which a series of estimates goes.
    let edition: Int?
    /// Whom the figures are of.
    private(set) var sex: Sex
    /// By code (or name, where the table has no codes) and mid-year: people of ages 0 to 25; not a number where unknown.
    private(set) var people: [String: [Int: [Double]]]
    /// By code and mid-year: people of all ages, where the table has them.
    private let everybody: [String: [Int: Double]]
    /// Codes by the key of their area's name.
    private let codes: [String: Set<String>]

    /// Joins what was read of the sexes: persons where there are persons, else females and males together.
    init(
        _ sheet: PopulationSheet, _ layout: PopulationLayout, _ figures: PopulationReading.Figures,
        everybody: Everybody, names: [String: String], findings: inout FindingList
    ) {
        name = sheet.file.name
        self.everybody = everybody.people(besides: figures)
        let joined = SexesJoined(figures)
        (sex, people) = (joined.sex, joined.people)
        let years = Set(people.values.flatMap(\.keys)).union(self.everybody.values.flatMap(\.keys))
        let words = sheet.titles.joined(separator: " ").lowercased()
        let isProjection =
            layout.column(.component) != nil || layout.column(.variant) != nil || words.contains("projection")
        let isEstimate = layout.isSeriesOfEstimates || words.contains("estimate") || years.count == 1
        kind = isEstimate && !isProjection ? .estimate : .projection
        switch kind {
        case .estimate: edition = years.max()
        case .projection:
            // A projection as published begins with the year on which it is based.
            edition = MidYear.base(sheet.titles) ?? (layout.column(.component) == nil ? nil : years.min())
        }
        var codes: [String: Set<String>] = [:]
        for code in Set(people.keys).union(self.everybody.keys) {
            codes[NationalRelease.key(names[code] ?? code), default: []].insert(code)
        }
        self.codes = codes
        if joined.unequal > 0 {
            findings.add(
                .warning,
                "persons are not females and males together in \(joined.unequal) areas and years; persons count")
        }
        if joined.halves > 0 && sex == .persons {
            findings.add(
                .warning, "\(joined.halves) areas and years have males or females alone, and are not used",
                remedy: "Add the other half, or persons.")
        }
    }

    /// The mid-years of any area.
    var years: Set<Int> { Set(people.values.flatMap(\.keys)) }

    /// Whether it has people by single year of age.
    var hasAges: Bool { !people.isEmpty }

    /// Adds the other half of the people.
    /// - Returns: `nil` where the two are not of the same areas and years.
    func joined(with other: PublishedTable) -> PublishedTable? {
        guard Set([sex, other.sex]) == [.males, .females], kind == other.kind,
            Set(people.keys) == Set(other.people.keys),
            years == other.years
        else { return nil }
        var table = self
        table.sex = .persons
        table.people = people.mapValues { $0 }
        for (code, years) in people {
            for (year, ages) in years {
                table.people[code]?[year] = other.people[code]?[year].map { zip(ages, $0).map { $0 + $1 } }
            }
        }
        return table
    }

    /// An area's figures by mid-year, and how they were found.
    struct Found {
        let years: [Int: [Double]]
        /// The code that is not known as the area's, where its name was the only thing that agreed.
        let codeByName: String?
    }

    /// The figures of an area: by one of its codes, as the sum of its districts, or by its name.
    func figures(of area: some PublishedArea) -> Found? {
        let known = AreaCodes.known
        let own = [area.code] + area.codes.subtracting([area.code]).sorted()
        for code in own.flatMap({ known.codes(of: $0) }) {
            if let years = people[code] { return Found(years: Self.whole(years), codeByName: nil) }
        }
        if area.isNational { return england.map { Found(years: $0, codeByName: nil) } }
        for districts in known.districts(of: known.today(area.code)) {
            if let years = sum(of: districts) { return Found(years: years, codeByName: nil) }
        }
        let byName = (codes[NationalRelease.key(area.name)] ?? []).filter { !known.isEnded($0) }
        guard byName.count == 1, let code = byName.first, let years = people[code] else { return nil }
        return Found(years: Self.whole(years), codeByName: code.contains(where: \.isNumber) ? code : nil)
    }

    /// England where the table has it, as the sum of its areas: only of years that have nearly all of them.
    private var england: [Int: [Double]]? {
        let known = AreaCodes.known
        for (kinds, fewest) in [(["E06", "E08", "E09", "E10"], 145), (["E06", "E07", "E08", "E09"], 290)] {
            let areas = Dictionary(
                people.filter { kinds.contains(String($0.key.prefix(3))) }.map { (known.today($0.key), $0.value) },
                uniquingKeysWith: { $0.merging($1) { first, _ in first } })
            let sums = Self.sums(Array(areas.values)).filter { $0.value.count >= fewest }
            if !sums.isEmpty { return sums.mapValues(\.ages) }
        }
        return nil
    }

    /// People of all ages of an area by mid-year: by one of its codes, or as the sum of its districts.
    func everybody(of area: some PublishedArea) -> [Int: Double] {
        let known = AreaCodes.known
        for code in ([area.code] + area.codes.sorted()).flatMap({ known.codes(of: $0) }) {
            if let years = everybody[code] { return years }
        }
        for districts in known.districts(of: known.today(area.code)) {
            let parts = districts.compactMap { everybody[$0] }
            guard parts.count == districts.count, let first = parts.first else { continue }
            return parts.dropFirst().reduce(first) { sums, part in
                sums.filter { part[$0.key] != nil }.merging(part.filter { sums[$0.key] != nil }, uniquingKeysWith: +)
            }
        }
        return [:]
    }

    private func sum(of districts: [String]) -> [Int: [Double]]? {
        let parts = districts.compactMap { people[$0] }
        guard parts.count == districts.count else { return nil }
        return Self.sums(parts).filter { $0.value.count == parts.count }.mapValues(\.ages)
    }

    private static func sums(_ parts: [[Int: [Double]]]) -> [Int: (ages: [Double], count: Int)] {
        var sums: [Int: (ages: [Double], count: Int)] = [:]
        for years in parts {
            for (year, ages) in whole(years) {
                let before = sums[year]
                sums[year] = (before.map { zip($0.ages, ages).map { $0 + $1 } } ?? ages, (before?.count ?? 0) + 1)
            }
        }
        return sums
    }

    /// The years with every age.
    private static func whole(_ years: [Int: [Double]]) -> [Int: [Double]] {
        years.filter { !$0.value.contains(where: \.isNaN) }
    }
}

/// Persons, from figures of persons, females and males.
private struct SexesJoined {
    /// Whom the figures are of: persons, or one half where a table has that alone.
    let sex: Sex
    private(set) var people: [String: [Int: [Double]]] = [:]
    /// In how many areas and years persons are known both ways, and differ by more than one in a hundred.
    private(set) var unequal = 0
    /// In how many areas and years one half is known alone.
    private(set) var halves = 0

    init(_ figures: PopulationReading.Figures) {
        let count = PublishedPopulation.oldest + 1
        var known: [Bool] = [false, false, false]
        for years in figures.values {
            for all in years.values {
                for sex in 0..<3 where all[sex * count..<(sex + 1) * count].contains(where: { !$0.isNaN }) {
                    known[sex] = true
                }
            }
        }
        sex = known[0] || known[1] == known[2] ? .persons : known[1] ? .males : .females
        for (area, years) in figures {
            for (year, all) in years {
                let parts = (0..<3).map { Array(all[$0 * count..<($0 + 1) * count]) }
                let both = zip(parts[1], parts[2]).map { $0 + $1 }
                let ages: [Double]
                switch sex {
                case .males: ages = parts[1]
                case .females: ages = parts[2]
                case .persons:
                    ages = zip(parts[0], both).map { $0.isNaN ? $1 : $0 }
                    let (persons, halves) = (parts[0].reduce(0, +), both.reduce(0, +))
                    if abs(persons - halves) > 0.01 * max(persons, 1) { unequal += 1 }
                    if ages.allSatisfy(\.isNaN) { self.halves += 1 }
                }
                people[area, default: [:]][year] = ages
            }
        }
    }
}
