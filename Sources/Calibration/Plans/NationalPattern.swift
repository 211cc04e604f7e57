import Intake
import Optimisation
import Vocabulary

/// How plans end, move and arrive in all authorities together: what an authority's own figures are shrunk towards.
///
/// Ages are those arrived at. Rates of ending leave transfers between authorities out, which cancel over all of them.
struct NationalPattern: Sendable {
    /// The arriving ages that share mover rates: those of changes of phase stand alone.
    static let bands: [ClosedRange<Int>] = [
        0...3, 4...4, 5...7, 8...10, 11...11, 12...13, 14...15, 16...16, 17...17, 18...18, 19...19, 20...25,
    ]
    /// From this age on, what ended is taken from the stocks: only "20 and over" is published of endings.
    static let firstAgeByStock = 20
    /// The weight of the turnover prior in mover rates, in children by origin and band.
    static let moverPriorWeight = 30.0

    let groups: ProvisionGroups
    /// Of plans begun.
    let begunAges: AgeOnTheDay
    /// The share that ends, by age.
    let ending: [Double]
    /// The same, ages × groups.
    let endingByGroup: CountTable
    /// Transfers to other authorities per plan, by age.
    let transferring: [Double]
    /// What the next January holds beyond what the flows explain, per plan, by age.
    let unrecorded: [Double]
    /// The turnover prior: the share of each group that moves to others at ages between phases.
    let turnover: Double
    /// Shares of groups × groups, by band.
    let movers: [CountTable]
    /// Plans of the first January and of the second, ages × settings, summed.
    let stocks: [Int: CountTable]

    /// Learns the pattern.
    /// - Parameters:
    ///   - years: authorities whose next January is known by age.
    ///   - turnover: the share that moves for no net effect, between phases.
    init(_ years: [PublishedYear], groups: ProvisionGroups, turnover: Double) {
        self.groups = groups
        self.turnover = turnover
        let pool = Pool(years, groups)
        let ages = pool.before.count
        let endedAges = AgeOnTheDay().onAugust31(pool.ended)
        func per(_ count: Double, _ age: Int) -> Double {
            age > 0 && pool.before[age - 1] > 0 ? count / pool.before[age - 1] : 0
        }
        var ending = (0..<ages).map { min(per(endedAges[$0, 0], $0), 0.9) }
        transferring = (0..<ages).map { min(per(endedAges[$0, 1], $0), 0.2) }
        let survivors = (0..<ages).map { $0 > 0 ? pool.before[$0 - 1] * (1 - ending[$0]) : 0 }
        let arrivals = zip(pool.after, survivors).map { $0 - $1 }
        let begunAges = AgeOnTheDay.fitting(pool.begun.rowSums, to: arrivals)
        self.begunAges = begunAges
        let joined = begunAges.onAugust31(pool.begun).rowSums
        var unrecorded = [Double](repeating: 0, count: ages)
        for age in 1..<ages where pool.before[age - 1] > 0 {
            let kept = (pool.after[age] - joined[age]) / pool.before[age - 1]
            if age >= Self.firstAgeByStock {
                ending[age] = min(max(1 - kept, 0), 1)
            } else {
                unrecorded[age] = kept - (1 - ending[age])
            }
        }
        self.ending = ending
        self.unrecorded = unrecorded
        endingByGroup = Self.byGroup(ending, pool, groups)
        let first = years.first?.january ?? 0
        stocks = [first: pool.stock, first + 1: pool.later]
        movers = Self.fitMovers(
            years, groups, endingByGroup: endingByGroup, begunAges: begunAges, turnover: turnover)
    }

    /// The band of an arriving age.
    static func band(_ age: Int) -> Int { bands.firstIndex { $0.contains(age) } ?? 0 }

    /// Endings by age and group that add up to those by age and, in proportion, to those by group.
    private static func byGroup(_ ending: [Double], _ pool: Pool, _ groups: ProvisionGroups) -> CountTable {
        var ended = CountTable(rows: ending.count, columns: groups.count)
        for age in 1..<ending.count {
            for group in 0..<groups.count { ended[age, group] = pool.byGroup[age - 1, group] * ending[age] }
        }
        let byAge = ended.rowSums
        let published = groups.sums(pool.endedBySetting)
        let scale = byAge.reduce(0, +) / max(published.reduce(0, +), 1)
        let raked = Raking.fit(ended, rows: byAge, columns: published.map { $0 * scale })
        var rates = CountTable(rows: ending.count, columns: groups.count)
        for age in 1..<ending.count {
            for group in 0..<groups.count {
                let people = pool.byGroup[age - 1, group]
                rates[age, group] = people > 0 ? min(raked[age, group] / people, 0.95) : ending[age]
            }
        }
        return rates
    }

    private static func fitMovers(
        _ years: [PublishedYear], _ groups: ProvisionGroups, endingByGroup: CountTable, begunAges: AgeOnTheDay,
        turnover: Double
    ) -> [CountTable] {
        var prior = CountTable(
            rows: groups.count, columns: groups.count, filledWith: turnover / Double(groups.count - 1))
        for group in 0..<groups.count { prior[group, group] = 1 - turnover }
        var fits = bands.map { _ in MoverFit(prior: prior, priorWeight: moverPriorWeight) }
        for year in years {
            guard let after = year.after.map(groups.sums) else { continue }
            let before = groups.sums(year.before)
            let joined = groups.sums(begunAges.onAugust31(year.begun))
            for age in 1..<before.rows {
                let people = (0..<groups.count).map { before[age - 1, $0] * (1 - endingByGroup[age, $0]) }
                let arrived = (0..<groups.count).map { after[age, $0] - joined[age, $0] }
                let (sum, sumArrived) = (people.reduce(0, +), arrived.reduce(0, +))
                guard sum > 0, sumArrived > 0 else { continue }
                let scale = min(max(sum / sumArrived, 0.8), 1.25)
                fits[band(age)].add(people: people, arrived: arrived.map { $0 * scale })
            }
        }
        return fits.map { $0.solve() }
    }

    /// Sums over authorities.
    private struct Pool {
        var stock: CountTable
        var later: CountTable
        var before: [Double]
        var byGroup: CountTable
        var after: [Double]
        var begun: CountTable
        /// By age on the day: ended, transferred.
        var ended: CountTable
        var endedBySetting: [Double]

        init(_ years: [PublishedYear], _ groups: ProvisionGroups) {
            let settings = groups.ofSetting.count
            let ages = SchoolAge.all.count
            stock = CountTable(rows: ages, columns: settings)
            begun = stock
            later = stock
            ended = CountTable(rows: ages, columns: 2)
            after = Array(repeating: 0, count: ages)
            endedBySetting = Array(repeating: 0, count: settings)
            for year in years {
                guard let next = year.after else { continue }
                stock = stock + year.before
                later = later + next
                begun = begun + year.begun
                for (age, sum) in next.rowSums.enumerated() { after[age] += sum }
                for age in 0..<ages {
                    ended[age, 0] += year.ended[age]
                    ended[age, 1] += year.transferred[age]
                }
                for (setting, count) in year.endedBySetting.enumerated() { endedBySetting[setting] += count }
            }
            before = stock.rowSums
            byGroup = groups.sums(stock)
        }
    }
}
