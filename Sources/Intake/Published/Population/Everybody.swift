import Vocabulary

/// People of all ages, as a table has them: of single ages up to an open one together, or else in a figure of their own.
struct Everybody {
    /// Whom a figure is of.
    struct Key: Hashable {
        let area: String
        let year: Int
        let sex: Sex
    }

    private struct Above {
        var people = 0.0
        var ages = 0
        var oldest = 0
    }

    /// Tables of single ages end with 85 or more years, and all above.
    private static let leastOpen = 85

    private var stated: [Key: Double] = [:]
    private var above: [Key: Above] = [:]

    /// Whether there are none.
    var isEmpty: Bool { stated.isEmpty && above.isEmpty }

    /// Whether a label is of people who count in all ages alone.
    static func isBeyond(_ label: AgeLabel) -> Bool {
        switch label {
        case .single(let age), .open(let age): age > PublishedPopulation.oldest
        case .group, .all: false
        }
    }

    /// Takes a figure of all ages, or of an age above those that are kept.
    mutating func add(_ people: Double, _ label: AgeLabel, _ key: Key) {
        switch label {
        case .all: stated[key] = people
        case .single(let age), .open(let age):
            var sum = above[key] ?? Above()
            sum.people += people
            sum.ages += 1
            sum.oldest = max(sum.oldest, age)
            above[key] = sum
        case .group: break
        }
    }

    /// By area and mid-year: persons, or else females and males together.
    /// - Parameter figures: people of the ages that are kept.
    func people(besides figures: PopulationReading.Figures) -> [String: [Int: Double]] {
        var people: [String: [Int: Double]] = [:]
        for key in Set(stated.keys).union(above.keys) {
            func count(_ sex: Sex) -> Double? { self.count(Key(area: key.area, year: key.year, sex: sex), figures) }
            let halves = count(.females).flatMap { females in count(.males).map { females + $0 } }
            if let all = count(.persons) ?? halves { people[key.area, default: [:]][key.year] = all }
        }
        return people
    }

    private func count(_ key: Key, _ figures: PopulationReading.Figures) -> Double? {
        let ages = PublishedPopulation.oldest + 1
        let first = (Sex.allCases.firstIndex(of: key.sex) ?? 0) * ages
        if let older = above[key], older.oldest >= Self.leastOpen, older.ages == older.oldest + 1 - ages,
            let younger = figures[key.area]?[key.year]?[first..<first + ages].reduce(0, +), !younger.isNaN
        {
            return younger + older.people
        }
        return stated[key]
    }
}

extension PublishedPopulation {
    /// Bands of ages of ``residents(of:)``.
    private static let bands: [ClosedRange<Int>] = [0...4, 5...15, 16...25, 0...17, 0...24]

    /// People of an area at every mid-year that the files have, past and ahead: of all ages where they say so, and of some bands; none of
    /// England.
    ///
    /// Of two tables an estimate counts before a projection, and the later edition before the earlier one.
    public func residents(of area: some PublishedArea) -> [IndicatorRow] {
        if area.isNational { return [] }
        var whole: [Int: (people: Double, file: String)] = [:]
        let tables = (tables + wholes).sorted {
            ($0.kind.rawValue, $0.edition ?? 0) > ($1.kind.rawValue, $1.edition ?? 0)
        }
        for table in tables {
            whole.merge(table.everybody(of: area).mapValues { ($0, table.name) }) { first, _ in first }
        }
        let young = PopulationChoice(self.tables, area)
        func row(_ year: Int, _ category: String, _ people: Double, _ file: String) -> IndicatorRow {
            IndicatorRow(
                indicator: .residents, year: year, category: category, value: people.rounded(),
                source: "Office for National Statistics, \(file.split(separator: "/").last ?? "")")
        }
        return Set(whole.keys).union(young.years.keys).sorted().flatMap { year in
            let all = whole[year].map { [row(year, IndicatorRow.all, $0.people, $0.file)] } ?? []
            let parts = young.years[year].map { ages in
                Self.bands.map { band in
                    row(
                        year, "\(band.lowerBound) to \(band.upperBound)", ages[band].reduce(0, +),
                        young.file(of: year) ?? "")
                }
            }
            return all + (parts ?? [])
        }
    }
}
