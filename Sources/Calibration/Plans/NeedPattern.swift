import Intake
import Optimisation
import Vocabulary

/// How needs go with ages and settings in England: of plans in force, of plans begun, of moves, and how needs change.
struct NeedPattern: Sendable {
    /// The arriving ages that share rates of changing need.
    static let bands: [ClosedRange<Int>] = [0...3, 4...6, 7...10, 11...15, 16...25]
    /// How many children's worth draw each need to staying what it is, by band.
    static let stayingWeight = 300.0
    /// The most that a move is tilted, up or down.
    static let tiltLimits = 0.25...4.0
    /// Changes of need below this yearly share are left out.
    static let leastChange = 0.002

    /// Plans in force: ages × needs × settings.
    let stock: Cube
    /// Plans begun: ages × needs × settings.
    let begun: Cube
    /// What a move into a setting is multiplied by for a need: needs × settings.
    let tilts: CountTable
    /// The yearly share of each need that becomes another: needs × needs, by arriving age.
    let changes: [CountTable]
    /// How endings differ by need; `nil` where that is not published, or does not foretell needs better.
    let endings: NeedEndings?

    init(_ panel: ReleasePanel, _ pattern: NationalPattern, settings: Int) {
        let needs = panel.release.classification.needs.count
        let (january, national) = (panel.january, panel.national)
        let flat = Cube(SchoolAge.all.count, needs, settings, filledWith: 1)
        func cube(
            _ byAge: CountTable?, _ plans: NationalRelease.Plans?, like pattern: Cube,
            _ toAugust31: (CountTable) -> CountTable
        ) -> Cube {
            guard let byAge, let plans else { return pattern }
            return NeedTables(byAge: byAge, plans, pattern: pattern, toAugust31: toAugust31).cube
        }
        let year = panel.year(national, stock: january, flows: january - 1)
        let stock = cube(year?.before.firstColumns(settings), national.plans[january], like: flat, { $0 })
        self.stock = stock
        // Without needs of plans begun, those of plans in force stand in, and each authority's model says so.
        let newPlans = national.newPlans[january - 1]
        begun = cube(
            year.map { pattern.begunAges.onAugust31($0.begun).firstColumns(settings) }, newPlans,
            like: newPlans?.byNeed == nil ? stock : flat, pattern.begunAges.onAugust31)
        tilts = Self.tilts(stock)
        changes = Self.changes(panel, pattern, needs: needs)
        endings = NeedEndings(panel, ending: pattern.ending)
    }

    /// A need moves into a setting as much more often than others as it is more common there than at large.
    private static func tilts(_ stock: Cube) -> CountTable {
        let table = stock.secondThird
        let (byNeed, bySetting) = (table.rowSums, table.columnSums)
        let total = max(table.total, 1e-9)
        var tilts = CountTable(rows: table.rows, columns: table.columns, filledWith: 1)
        for need in 0..<table.rows where byNeed[need] > 0 {
            for setting in 0..<table.columns where bySetting[setting] > 0 {
                let tilt = table[need, setting] * total / (byNeed[need] * bySetting[setting])
                tilts[need, setting] = min(max(tilt, tiltLimits.lowerBound), tiltLimits.upperBound)
            }
        }
        for setting in 0..<table.columns {
            let mean = (0..<table.rows).reduce(0) { $0 + byNeed[$1] / total * tilts[$1, setting] }
            if mean > 0 { for need in 0..<table.rows { tilts[need, setting] /= mean } }
        }
        return tilts
    }

    /// Rates of changing need that turn the needs of one age, endings off and joiners on, into the needs of the next age: over all
    /// authorities, for one January of needs stands for both ends of the year.
    private static func changes(_ panel: ReleasePanel, _ pattern: NationalPattern, needs: Int) -> [CountTable] {
        var prior = CountTable(rows: needs, columns: needs)
        for need in 0..<needs { prior[need, need] = 1 }
        var fits = bands.map { _ in MoverFit(prior: prior, priorWeight: stayingWeight) }
        let january = panel.january
        for area in panel.release.authorities {
            guard let now = area.plans[january]?.needByAge, now.isComplete,
                let joined = area.newPlans[january - 1]?.needByAge, joined.isComplete,
                let year = panel.year(area, stock: january - 1, flows: january - 1), !ReleasePanel.isBroken(year)
            else { continue }
            let begun = pattern.begunAges.onAugust31(joined)
            for age in 3..<now.rows {
                let before = Array(now.row(age - 1).prefix(needs))
                let (sum, people) = (before.reduce(0, +), year.before.row(age - 1).reduce(0, +))
                guard sum > 0, people > 0 else { continue }
                let kept = people * (1 - pattern.ending[age]) / sum
                let arrived = (0..<needs).map { now[age, $0] - begun[age, $0] }
                let (total, totalKept) = (arrived.reduce(0, +), kept * sum)
                guard total > 0 else { continue }
                fits[band(age)].add(people: before.map { $0 * kept }, arrived: arrived.map { $0 * totalKept / total })
            }
        }
        let solved = fits.map { $0.solve() }
        return (0..<SchoolAge.all.count).map { age in yearlyRates(solved, age: age, needs: needs) }
    }

    /// How many of England's children are added to an authority's age before shares of needs are compared.
    static let pseudoChildren = 30.0
    /// Within which a change of need is multiplied for an authority.
    static let localLimits = 0.25...4.0

    /// Changes of need for an authority: England's, more to needs that it records more often at the ages of a band.
    /// - Parameter own: the authority's plans, ages × needs × settings.
    func changes(own: Cube) -> [CountTable] {
        let (mine, all) = (own.firstSecond, stock.firstSecond)
        return changes.indices.map { age in
            var local = changes[age]
            let ages = Self.bands[Self.band(age)]
            for to in 0..<local.columns {
                let ownCount = ages.reduce(0) { $0 + mine[$1, to] }
                let ownSum = ages.reduce(0) { $0 + mine.row($1).reduce(0, +) }
                let share =
                    ages.reduce(0) { $0 + all[$1, to] } / max(ages.reduce(0) { $0 + all.row($1).reduce(0, +) }, 1e-9)
                guard share > 0 else { continue }
                let drawn = (ownCount + Self.pseudoChildren * share) / (ownSum + Self.pseudoChildren)
                let factor = min(max(drawn / share, Self.localLimits.lowerBound), Self.localLimits.upperBound)
                for need in 0..<local.rows { local[need, to] *= factor }
            }
            for need in 0..<local.rows {
                let sum = local.row(need).reduce(0, +)
                if sum > 0.9 { for to in 0..<local.columns { local[need, to] *= 0.9 / sum } }
            }
            return local
        }
    }

    private static func band(_ age: Int) -> Int { bands.firstIndex { $0.contains(age) } ?? 0 }

    /// Rates of a band, without the smallest; nothing changes before a plan can be a year old.
    private static func yearlyRates(_ bands: [CountTable], age: Int, needs: Int) -> CountTable {
        var rates = CountTable(rows: needs, columns: needs)
        guard age > Self.bands[0].upperBound else { return rates }
        let table = bands[band(age)]
        for need in 0..<needs {
            for to in 0..<needs where to != need && table[need, to] >= leastChange { rates[need, to] = table[need, to] }
        }
        return rates
    }
}
