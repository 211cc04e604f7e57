import Formats
import Intake
import Optimisation
import Rates
import Vocabulary

/// An area's children in care as a model: a cohort on 31 March and monthly rates, made from published counts.
public struct CalibratedCare: Sendable {
    /// The area.
    public let area: CareRelease.Area
    /// The 31 March of the cohort.
    public let base: Int
    /// Months of age by reason by placement.
    public let space: StateSpace
    /// Children on that day by months of age, reason and placement.
    public let cohort: [Int32]
    /// Whether months of age were observed; where they were not, birthdays are spread evenly over the year.
    public let hasMonths: Bool
    /// Monthly rates by band of ages, reason and placement; see ``CareRates``.
    public var rates: CareRates
    /// Years whose starters and leavers rates are made from.
    public let years: [Int]
    /// England of the same tables, whose prices tell how the area's change; `nil` where there are none.
    public var england: CareRelease.Area?
    /// Published figures beside those of areas like it.
    public var indicators: [IndicatorRow] = []
    /// Young people who have left care; none where nothing is published of them.
    public var careLeavers = GivenCareLeavers()
    /// Shares of children by what the model does not tell apart.
    public var shares: [PrevalenceRow] = []
    /// People under 18 at the base, in files of people and in the release; `nil` where the release does not have them.
    public private(set) var under18: (given: Double, published: Double)?

    /// People of every 31 March, all in the same proportion so that as many are under 18 at the base as the release figures its rates by: years grow as
    /// they are given.
    public mutating func levelled(_ people: [Int: [Double]]) -> [Int: [Double]] {
        guard let published = area.children[base], published > 0, let given = people[base]?.reduce(0, +), given > 0
        else { return people }
        under18 = (given, published)
        return people.mapValues { $0.map { $0 * published / given } }
    }

    /// What is said where both numbers of people under 18 differ by more than 2 %.
    public var findingOfPeople: Finding? {
        guard let (given, published) = under18, abs(published / given - 1) > 0.02 else { return nil }
        return Finding(
            .warning, file: "population.csv",
            "people under 18 on 31 March \(base) are \(Numerals.grouped(given)) in the files of people and \(Numerals.grouped(published)) in the release on "
                + "children looked after: the release's count, with the growth of the files")
    }

    /// Children of the base in a placement.
    func children(in placement: Int, aged ages: ClosedRange<Int> = Service.care.years) -> Double {
        space.ages(ofYears: ages).reduce(0.0) { sum, age in
            sum
                + space.need.codes.indices.reduce(0) {
                    $0 + Double(cohort[space.cell(age: age, need: $1, setting: placement)])
                }
        }
    }
}

/// Monthly rates by band of ages.
public struct CareRates: Sendable {
    /// Starters a month, by age in years and reason.
    public var starting: CountTable
    /// Placements of starters: bands × placements, each summing to 1.
    public var entry: CountTable
    /// The share that leaves a month: bands × placements.
    public var leaving: CountTable
    /// Routes of leavers: (bands, and those who leave at 18) · placements × routes, each summing to 1.
    public var routes: CountTable
    /// The share that moves a month to each placement: bands · placements × placements.
    public var moving: CountTable
    /// Child-months observed: bands × placements.
    public var exposure: CountTable
    /// How leaving and moving differ by reason; `nil` where nothing tells.
    public var byReason: ByReason?

    /// What rates are multiplied by for each reason, at every age and placement alike.
    public struct ByReason: Sendable {
        /// The share that leaves.
        public var leaving: [Double]
        /// The share that moves.
        public var moving: [Double]
        /// Each reason's part of the child-months observed.
        public var exposure: [Double]
    }
}

/// Makes a model of children in care from published counts.
///
/// What is published are one-way counts: by age, by reason, by placement; starters by age and by reason; leavers by age and by route. The
/// method, for each area by itself:
///
/// 1. *Cohort*: the product of three patterns (``CareClassification``), scaled to the three published margins (raking).
/// 2. *Starters*: those of the last two years by band and reason, raked likewise; a month has a twelfth.
/// 3. *Leavers*: those of the last two years by band and route, raked; spread over placements by how often children of a placement go a
///    route; divided by child-months in care, which are twelve times the mean of the 31 Marches. Who turns 18 leaves by age.
/// 4. *Moves*: each placement lets a share of its children go (the turnover pattern); where they go is what keeps every band's mix of
///    placements as it is, given who starts, leaves, comes from the younger band and goes to the older.
public struct CareCalibrator: Sendable {
    /// The tables.
    public let release: CareRelease
    private let classification = CareClassification.standard
    private let base: Int

    /// - Parameter base: the last 31 March that is known; the release's where `nil`.
    public init(_ release: CareRelease, base: Int? = nil) {
        self.release = release
        self.base = base ?? release.last
    }

    /// The bands of ages, in years.
    static let bands = Service.care.bands

    private func margins(_ area: CareRelease.Area, _ year: Int) -> CareMargins? {
        guard let own = area.years[year], let england = release.england?.years[year] else { return nil }
        return CareMargins(own, england: england, classification)
    }

    /// Calibrates an area.
    /// - Throws: ``UnusableData`` where its counts of the base year are missing.
    public func calibrate(_ area: CareRelease.Area) throws(UnusableData) -> CalibratedCare {
        guard let now = margins(area, base) else {
            throw UnusableData(
                file: release.path,
                "\(area.name) has no children, starters or leavers of the year to 31 March \(base)",
                remedy: "Choose another area; sendcast new --list lists them.")
        }
        let before = margins(area, base - 1)
        let years = before == nil ? [base] : [base - 1, base]
        let space = Service.care.space(
            needs: classification.reasons.map(\.code), settings: classification.placements.map(\.code))
        let cohort = cohort(now)
        let counts = ControlledRounding.round(
            cohort, total: Int(now.total.rounded()), first: Self.spread(now.byBand), second: now.byReason,
            third: now.byPlacement)
        var children = [Int32](repeating: 0, count: space.count)
        for (cell, count) in counts.enumerated() where count > 0 {
            let (row, placement) = cell.quotientAndRemainder(dividingBy: space.setting.count)
            let (year, reason) = row.quotientAndRemainder(dividingBy: space.need.count)
            space.spread(Int(count), year: year, need: reason, setting: placement, over: &children)
        }
        var care = CalibratedCare(
            area: area, base: base, space: space, cohort: children, hasMonths: false, rates: rates(now, before, cohort),
            years: years)
        care.england = release.england
        care.careLeavers = careLeavers(care)
        care.indicators = release.indicators(of: area)
        care.shares = CareShares(space, base: base, cohort: children).published(area)
        return care
    }

    private func careLeavers(_ care: CalibratedCare) -> GivenCareLeavers {
        let ages = Self.bands[Self.bands.count - 1].ages
        let children = care.space.setting.codes.indices.map { care.children(in: $0, aged: ages) }
        let fostered = zip(classification.placements, children).reduce(0) { sum, place in
            ["KIN", "IHF", "AGF"].contains(place.0.code) ? sum + place.1 : sum
        }
        var left: [Int: Double] = [:]
        for year in care.area.years.keys where year <= base {
            left[year] = margins(care.area, year)?.ceasedByBand.last
        }
        return CareLeavers(
            care.area, england: release.england, base: base, left: left,
            fostered: fostered / max(children.reduce(0, +), 1)
        ).given
    }

    /// The shares of single ages in a band: even, but for 16 and 17, of whom more are 17.
    private static let ofSeventeen = 0.57

    private static func spread(_ byBand: [Double]) -> [Double] {
        bands.enumerated().flatMap { band, ages in
            ages.ages.map { age in
                band == 4
                    ? byBand[band] * (age == 17 ? ofSeventeen : 1 - ofSeventeen)
                    : byBand[band] / Double(ages.ages.count)
            }
        }
    }

    private func cohort(_ now: CareMargins) -> Cube {
        let (reasons, placements) = (classification.reasons.map(\.code), classification.placements.map(\.code))
        let ages = Self.bands.enumerated().flatMap { band, ages in ages.ages.map { _ in band } }
        var seed = Cube(ages.count, reasons.count, placements.count)
        for (age, band) in ages.enumerated() {
            for (reason, reasonCode) in reasons.enumerated() {
                for (placement, place) in classification.placements.enumerated() where place.ages.contains(age) {
                    seed[age, reason, placement] =
                        classification.weight("age-placement", String(band), place.code)
                        * classification.weight("age-reason", String(band), reasonCode)
                        * classification.weight("reason-placement", reasonCode, place.code)
                }
            }
        }
        return Raking.fit(seed, margins: [Self.spread(now.byBand), now.byReason, now.byPlacement])
    }

    private func rates(_ now: CareMargins, _ before: CareMargins?, _ cohort: Cube) -> CareRates {
        let bands = Self.bands.indices.map(String.init)
        let (reasons, placements) = (classification.reasons.map(\.code), classification.placements.map(\.code))
        func mean(_ figures: (CareMargins) -> [Double]) -> [Double] {
            guard let before else { return figures(now) }
            return zip(figures(now), figures(before)).map { ($0 + $1) / 2 }
        }
        // Children of an average day of the years observed, by band and placement.
        var stock = CountTable(rows: bands.count, columns: placements.count)
        let average = before.map { zip(now.byBand, $0.byBand).map { ($0 + $1) / 2 } } ?? now.byBand
        for (band, ages) in Self.bands.enumerated() {
            let here = placements.indices.map { placement in
                ages.ages.reduce(0.0) { sum, age in
                    sum + reasons.indices.reduce(0) { $0 + cohort[age, $1, placement] }
                }
            }
            let scale = now.byBand[band] > 0 ? average[band] / now.byBand[band] : 0
            for placement in placements.indices { stock[band, placement] = here[placement] * scale }
        }
        let startedByBand = mean(\.startedByBand)
        let started = Raking.fit(
            classification.table("age-reason", rows: bands, columns: reasons), rows: startedByBand,
            columns: mean(\.startedByReason))
        var starting = CountTable(rows: Service.care.years.count, columns: reasons.count)
        for (band, ages) in Self.bands.enumerated() {
            for age in ages.ages {
                for reason in reasons.indices {
                    starting[age, reason] = started[band, reason] / Double(ages.ages.count) / 12
                }
            }
        }
        let entry = entry(now)
        let ceased = Raking.fit(
            classification.table("age-route", rows: (0..<7).map(String.init), columns: classification.routes),
            rows: mean(\.ceasedByBand),
            columns: mean(\.ceasedByRoute))
        let leaving = leaving(ceased, stock)
        let moving = moving(stock, entry, startedByBand, leaving.rates)
        var exposure = stock
        for place in exposure.values.indices { exposure.values[place] *= before == nil ? 12 : 24 }
        return CareRates(
            starting: starting, entry: entry, leaving: leaving.rates, routes: leaving.routes, moving: moving,
            exposure: exposure)
    }

    /// Placements of starters: the pattern, tilted to the placements that the area uses more than England does.
    private func entry(_ now: CareMargins) -> CountTable {
        let placements = classification.placements.map(\.code)
        var entry = classification.table(
            "entry-placement", rows: Self.bands.indices.map(String.init), columns: placements)
        let england = release.england.flatMap { margins($0, base) }
        for band in 0..<entry.rows {
            var sum = 0.0
            for placement in placements.indices {
                let own = now.byPlacement[placement] / now.total
                let usual = england.map { $0.byPlacement[placement] / $0.total } ?? own
                if usual > 0 { entry[band, placement] *= own / usual }
                sum += entry[band, placement]
            }
            for placement in placements.indices where sum > 0 { entry[band, placement] /= sum }
        }
        return entry
    }

    /// The most that leaves a placement in a month.
    private static let mostLeaving = 0.3

    /// Monthly shares that leave by band and placement, and their routes; the last block of routes is of those who turn 18.
    private func leaving(_ ceased: CountTable, _ stock: CountTable) -> (rates: CountTable, routes: CountTable) {
        let placements = classification.placements.map(\.code)
        let (bands, count) = (stock.rows, classification.routes.count)
        var rates = CountTable(rows: bands, columns: placements.count)
        var routes = CountTable(rows: (bands + 1) * placements.count, columns: count)
        for band in 0...bands {
            for (route, name) in classification.routes.enumerated() {
                let all =
                    band == bands
                    ? ceased[6, route] : band == bands - 1 ? ceased[4, route] + ceased[5, route] : ceased[band, route]
                let weights = placements.indices.map {
                    classification.weight("route-placement", name, placements[$0]) * stock[min(band, bands - 1), $0]
                }
                let sum = weights.reduce(0, +)
                guard sum > 0 else { continue }
                for placement in placements.indices {
                    routes[band * placements.count + placement, route] = all * weights[placement] / sum
                }
            }
            for placement in placements.indices {
                let row = band * placements.count + placement
                let leavers = routes.row(row).reduce(0, +)
                if band < bands && stock[band, placement] > 0 {
                    rates[band, placement] = min(leavers / stock[band, placement] / 12, Self.mostLeaving)
                }
                for route in 0..<count {
                    let adult =
                        band == bands ? classification.weight("age-route", "6", classification.routes[route]) : 1
                    routes[row, route] = leavers > 0 ? routes[row, route] / leavers : adult
                }
                let sum = routes.row(row).reduce(0, +)
                for route in 0..<count { routes[row, route] /= max(sum, 1e-12) }
            }
        }
        return (rates, routes)
    }

    /// Monthly shares that move: see the method.
    private func moving(
        _ stock: CountTable, _ entry: CountTable, _ started: [Double], _ leaving: CountTable
    ) -> CountTable {
        let placements = classification.placements.map(\.code)
        let turnover = placements.map { classification.weight("turnover", "year", $0) }
        var moving = CountTable(rows: stock.rows * placements.count, columns: placements.count)
        var fromYounger = [Double](repeating: 0, count: placements.count)
        for band in 0..<stock.rows {
            let width = Double(Self.bands[band].ages.count)
            let older = placements.indices.map { stock[band, $0] / width }
            let wanted = placements.indices.map { place -> Double in
                let gone = stock[band, place] * (12 * leaving[band, place] + turnover[place]) + older[place]
                return max(gone - entry[band, place] * started[band] - fromYounger[place], 0)
            }
            let all = max(wanted.reduce(0, +), 1e-12)
            for from in placements.indices {
                for to in placements.indices where to != from {
                    moving[band * placements.count + from, to] = min(turnover[from] / 12, 0.5) * wanted[to] / all
                }
            }
            fromYounger = older
        }
        return moving
    }
}
