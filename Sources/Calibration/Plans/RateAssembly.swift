import Intake
import Optimisation
import Rates
import Vocabulary

/// An authority's flows between groups and its needs as rates by cell.
struct RateAssembly {
    /// The weight of rates of ending, in people: England's evidence behind an authority's.
    static let endingWeight = 1_000.0
    /// How many of England's children stand behind an authority's own where joiners' settings and moves are made.
    static let pseudoChildren = 30.0

    /// What is known of needs; one need alone stands for all where needs do not matter.
    struct Needs {
        /// Plans begun in the first year: ages × needs × settings.
        let begun: Cube
        /// The same of England, whose shares stand in for want of children.
        let national: Cube
        /// Needs × settings.
        let tilts: CountTable
        /// Needs × needs, by arriving age.
        let changes: [CountTable]
        /// What endings of each need are multiplied by; empty where all end alike.
        var endings: [Double] = []
    }

    private let flows: LocalFlows
    private let needs: Needs
    /// People of each age.
    private let inhabitants: [Double]
    private let space: StateSpace
    private let errors: ForecastErrors
    private(set) var rates: GivenRates
    private(set) var arrivals = CalibratedAuthority.Arrivals()

    private var pattern: NationalPattern { flows.pattern }

    /// - Parameter cohort: ages × needs × settings at the base January.
    init(
        _ flows: LocalFlows, cohort: Cube, needs: Needs, inhabitants: [Double], space: StateSpace,
        errors: ForecastErrors
    ) {
        self.flows = flows
        self.needs = needs
        self.inhabitants = inhabitants.map { max($0, 1) }
        self.space = space
        self.errors = errors
        rates = GivenRates(space: space)
        setLeavers(cohort)
        setMovers()
        setJoiners()
        setArrivals(cohort)
        setReclassification()
        setDeviations()
    }

    /// One need that stands for all.
    static func withoutNeeds(_ flows: LocalFlows, settings: Int) -> (needs: Needs, stock: Cube) {
        func cube(_ table: CountTable) -> Cube {
            var cube = Cube(table.rows, 1, settings)
            cube.values = table.firstColumns(settings).values
            return cube
        }
        let needs = Needs(
            begun: cube(flows.joiners), national: cube(flows.national),
            tilts: CountTable(rows: 1, columns: settings, filledWith: 1),
            changes: Array(repeating: CountTable(rows: 1, columns: 1), count: flows.base.rows))
        return (needs, cube(flows.base))
    }

    private func group(_ setting: Int) -> Int { pattern.groups.ofSetting[setting] ?? 0 }

    /// - Parameter cohort: keeps endings of an age and setting as many in all, where needs end unlike.
    private mutating func setLeavers(_ cohort: Cube) {
        for row in 0..<space.count {
            let place = space.coordinates(of: row)
            // What the stocks lose without a recorded ending counts as an ending.
            let ending =
                flows.ending[place.age, group(place.setting)] * endingRatio(place, cohort)
                - min(pattern.unrecorded[place.age], 0)
            rates.leaving[row] = .init(min(max(ending, 0), 0.99), weight: Self.endingWeight)
        }
        for age in 0..<space.ages {
            rates.transferring[age] = pattern.transferring[age]
        }
    }

    /// What a need's endings are of the average of those who were in its setting at the age before.
    private func endingRatio(_ place: (age: Int, need: Int, setting: Int), _ cohort: Cube) -> Double {
        guard !needs.endings.isEmpty, place.age > 0 else { return 1 }
        let people = needs.endings.indices.map { cohort[place.age - 1, $0, place.setting] }
        let all = people.reduce(0, +)
        let mean = all > 0 ? zip(people, needs.endings).reduce(0) { $0 + $1.0 * $1.1 } / all : 1
        return needs.endings[place.need] / mean
    }

    private mutating func setMovers() {
        let count = space.setting.count
        let national = flows.national.firstColumns(count)
        let shares = MoveShares(flows.base.firstColumns(count), national: national, groups: pattern.groups)
        for age in 1..<space.ages {
            for setting in 0..<count {
                let row = shares.row(age: age, setting: setting, movers: flows.movers[age])
                let weight = flows.base[age - 1, setting] + Self.pseudoChildren
                for need in 0..<space.need.count {
                    let cell = space.cell(age: age, need: need, setting: setting)
                    rates.movingWeights[cell] = weight
                    for (to, share) in row.enumerated() where share > 1e-6 { rates.moving[cell * count + to] = share }
                }
            }
        }
        for need in 0..<space.need.count {
            for setting in 0..<count {
                rates.tilts[need * count + setting] = needs.tilts[need, setting]
            }
        }
    }

    private mutating func setJoiners() {
        let count = space.setting.count
        let (cube, pattern) = (needs.begun, needs.national)
        for age in 0..<space.ages {
            for need in 0..<space.need.count {
                let row = age * space.need.count + need
                let own = (0..<count).map { cube[age, need, $0] }
                let sum = own.reduce(0, +)
                rates.joining[row] = .init(sum / inhabitants[age], weight: inhabitants[age])
                let national = (0..<count).map { pattern[age, need, $0] }
                let nationalSum = max(national.reduce(0, +), 1e-12)
                let all = sum + NeedTables.pseudoChildren
                rates.entryWeights[row] = sum + Self.pseudoChildren
                for setting in 0..<count {
                    let drawn = own[setting] + NeedTables.pseudoChildren * national[setting] / nationalSum
                    rates.entry[row * count + setting] = drawn / all < 1e-5 ? 0 : drawn / all
                }
                normaliseEntry(row: row)
            }
        }
    }

    private mutating func normaliseEntry(row: Int) {
        let range = row * space.setting.count..<(row + 1) * space.setting.count
        let sum = rates.entry[range].reduce(0, +)
        for place in range where sum > 0 { rates.entry[place] /= sum }
    }

    /// Transfers in as many as transfers out, and what England's stocks gain without a recorded start, spread like the cohort.
    private mutating func setArrivals(_ cohort: Cube) {
        let byAge = cohort.firstSecond.rowSums
        for age in 1..<space.ages where byAge[age] > 0 {
            arrivals.transferred[age] = pattern.transferring[age]
            arrivals.unrecorded[age] = max(pattern.unrecorded[age], 0)
            let perPerson = (arrivals.transferred[age] + arrivals.unrecorded[age]) / byAge[age]
            for need in 0..<space.need.count {
                for setting in 0..<space.setting.count {
                    let cell = space.cell(age: age, need: need, setting: setting)
                    rates.arriving[cell] = perPerson * cohort[age, need, setting]
                }
            }
        }
    }

    private mutating func setReclassification() {
        let count = space.need.count
        for age in 0..<space.ages {
            for need in 0..<count {
                let row = age * count + need
                rates.reclassifyingWeights[row] = Self.endingWeight
                for to in 0..<count where to != need {
                    rates.reclassifying[row * count + to] = needs.changes[age][need, to]
                }
            }
        }
    }

    private mutating func setDeviations() {
        let entering = flows.entering()
        let stock = flows.base.columnSums
        rates.joinerShock = errors.yearly
        var (sizes, draws) = ([Double](), [UInt32]())
        for setting in 0..<space.setting.count {
            let (group, code) = (group(setting), space.setting.codes[setting])
            let isApart = ReleaseHistory.apart.contains(code)
            let name = isApart ? code : pattern.groups.names[group]
            let members = pattern.groups.settings(of: group)
            let share = stock[setting] / max(members.reduce(0) { $0 + stock[$1] }, 1)
            sizes.append(errors.entering(name, people: entering[group] * (isApart ? share : 1)))
            draws.append(stableKey(name))
        }
        rates.deviations = SharedDeviations(
            joining: errors.joining, leaving: errors.leaving, entering: sizes, draws: draws)
    }
}
