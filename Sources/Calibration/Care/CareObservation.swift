import Intake
import Rates
import Vocabulary

/// What children in care did from month to month, as their episodes say it.
public struct CareObservation: Sendable {
    /// Child-months by band, reason and placement: who was in care on the last day of a month and could be seen on that of the next.
    public private(set) var exposure: [Double]
    /// Left within the month, by band, placement and route; the last is for routes that are unknown.
    private var left: [Double]
    /// Moved within the month, by band, placement and placement.
    private var moved: [Double]
    /// Those who left and who moved, by reason.
    private var (leftByReason, movedByReason): ([Double], [Double])
    /// Started within the month, by age in years, reason and placement.
    private var started: [Double]
    /// Children who turned 18 in care, by placement and route, as ``left``.
    private var grown: [Double]
    /// Children on the last 31 March, by months of age.
    public private(set) var cohort: [Int32]
    /// Children in care on the last day of every month, from the first 31 March on.
    public private(set) var totals: [Int] = []
    /// Those who started and left in each month.
    public private(set) var starters: [Int] = []
    /// See ``starters``.
    public private(set) var leavers: [Int] = []

    /// Children of the base by trait and placement, and those who are unaccompanied by reason.
    private var traits: CareShares.Counts = [:]
    private var asylum: [Int]

    /// The last 31 March.
    public var base: Int { episodes.marches.upperBound }

    private let classification = CareClassification.standard
    private let space: StateSpace
    private let episodes: CareEpisodes
    private let years: Int
    /// Columns of ``left``.
    private var ways: Int { classification.routes.count + 1 }

    /// - Parameter years: how many of the last years rates are made from; all where `nil`.
    public init(_ episodes: CareEpisodes, years: Int? = nil) {
        self.episodes = episodes
        let span = episodes.marches.count - 1
        self.years = min(max(years ?? span, 1), max(span, 1))
        space = Service.care.space(
            needs: classification.reasons.map(\.code), settings: classification.placements.map(\.code))
        let (bands, places, reasons) = (CareCalibrator.bands.count, space.setting.count, space.need.count)
        exposure = Array(repeating: 0, count: bands * reasons * places)
        let ways = classification.routes.count + 1
        left = Array(repeating: 0, count: bands * places * ways)
        moved = Array(repeating: 0, count: bands * places * places)
        started = Array(repeating: 0, count: Service.care.years.count * reasons * places)
        grown = Array(repeating: 0, count: places * ways)
        cohort = Array(repeating: 0, count: space.count)
        asylum = Array(repeating: 0, count: reasons)
        (leftByReason, movedByReason) = (asylum.map(Double.init), asylum.map(Double.init))
        count()
        countTraits()
    }

    /// The number of the month that ends on a 31 March.
    private static func month(ofMarch year: Int) -> Int { year * 12 + 2 }

    /// A child on the last day of a month.
    private struct State {
        let age: Int
        let episode: CareEpisodes.Episode
    }

    private func state(_ child: CareEpisodes.Child, _ day: CalendarDay) -> State? {
        let age = child.born.months(to: day)
        guard (0..<space.ages).contains(age) else { return nil }
        let now = child.episodes.last { $0.began <= day }
        guard let now, now.ended.map({ $0 > day }) ?? true else { return nil }
        return State(age: age, episode: now)
    }

    private mutating func count() {
        let (first, last) = (
            Self.month(ofMarch: episodes.marches.lowerBound), Self.month(ofMarch: episodes.marches.upperBound)
        )
        let observed = last - 12 * years
        let days = (first...last).compactMap { CalendarDay.lastDay(ofMonth: $0) }
        totals = Array(repeating: 0, count: days.count)
        starters = Array(repeating: 0, count: days.count)
        leavers = Array(repeating: 0, count: days.count)
        for child in episodes.children {
            var before: State?
            for (month, day) in days.enumerated() {
                let now = state(child, day)
                if now != nil { totals[month] += 1 }
                if month > 0 {
                    let counts = first + month > observed
                    take(child, before, now, month: month, day: day, counts: counts)
                }
                before = now
            }
            if let before {
                cohort[space.cell(age: before.age, need: before.episode.reason, setting: before.episode.placement)] += 1
            }
        }
    }

    /// Placements whose homes are known by their numbers.
    private static let homes = ["HIH", "HOM"]

    private mutating func countTraits() {
        let day = CalendarDay.march(base).last
        let there = episodes.children.compactMap { child in state(child, day).map { (child, $0.episode) } }
        let inHome = Dictionary(grouping: there.map(\.1.home), by: { $0 }).mapValues(\.count)
        for (child, episode) in there {
            if child.asylumUntil.map({ $0 > day }) ?? false { asylum[episode.reason] += 1 }
            var known = episode.traits
            let isHome = Self.homes.contains(space.setting.codes[episode.placement])
            if isHome && Int(episode.home) != nil { known[.alone] = inHome[episode.home] == 1 }
            for (trait, has) in known {
                let none = Array(repeating: (has: 0, known: 0), count: space.setting.count)
                traits[trait, default: none][episode.placement].known += 1
                if has { traits[trait, default: none][episode.placement].has += 1 }
            }
        }
    }

    private func band(_ age: Int) -> Int {
        CareCalibrator.bands.firstIndex { $0.ages.contains(space.year(ofAge: age)) } ?? 0
    }

    private mutating func take(
        _ child: CareEpisodes.Child, _ before: State?, _ now: State?, month: Int, day: CalendarDay, counts: Bool
    ) {
        guard let before else {
            guard let now else { return }
            starters[month] += 1
            let place = (space.year(ofAge: now.age) * space.need.count + now.episode.reason) * space.setting.count
            if counts { started[place + now.episode.placement] += 1 }
            return
        }
        let from = before.episode.placement
        if now == nil { leavers[month] += 1 }
        guard counts else { return }
        let band = band(min(before.age + 1, space.ages - 1))
        let route = child.episodes.last { $0.began <= day }?.route ?? classification.routes.count
        // Who turns 18 leaves by age.
        if now == nil && before.age + 1 >= space.ages {
            grown[from * ways + route] += 1
            return
        }
        exposure[(band * space.need.count + before.episode.reason) * space.setting.count + from] += 1
        if let now {
            if now.episode.placement != from {
                movedByReason[before.episode.reason] += 1
                moved[(band * space.setting.count + from) * space.setting.count + now.episode.placement] += 1
            }
        } else {
            leftByReason[before.episode.reason] += 1
            left[(band * space.setting.count + from) * ways + route] += 1
        }
    }

    /// How many child-months of a band's average a placement's own rates are shrunk towards.
    private static let prior = 60.0

    /// Monthly rates: what was seen of a band and placement, shrunk towards the band's average as far as it is little.
    public func calibrated(name: String) -> CalibratedCare {
        let (bands, places, routes) = (CareCalibrator.bands.count, space.setting.count, classification.routes.count)
        var rates = CareRates(
            starting: CountTable(rows: Service.care.years.count, columns: space.need.count),
            entry: CountTable(rows: bands, columns: places), leaving: CountTable(rows: bands, columns: places),
            routes: CountTable(rows: (bands + 1) * places, columns: routes),
            moving: CountTable(rows: bands * places, columns: places),
            exposure: CountTable(rows: bands, columns: places))
        for band in 0..<bands {
            setStarting(&rates, band)
            setLeaving(&rates, band)
            setMoving(&rates, band)
        }
        rates.byReason = byReason(rates)
        for place in 0..<places {
            setRoutes(&rates.routes, row: bands * places + place, own: { grown[place * ways + $0] }) { route in
                Self.sum(0..<places) { grown[$0 * ways + route] }
            }
        }
        var area = CareRelease.Area(name: name)
        for march in episodes.marches {
            area.totals[march] = Double(totals[(march - episodes.marches.lowerBound) * 12])
        }
        var care = CalibratedCare(
            area: area, base: base, space: space, cohort: cohort, hasMonths: true, rates: rates,
            years: Array(base - years + 1...base))
        care.shares = CareShares(space, base: base, cohort: cohort).recorded(
            traits, asylum: episodes.tellsAsylum ? asylum : nil)
        if let leavers = episodes.leavers, leavers.year == base {
            let left = grown.reduce(0, +) / Double(years)
            care.careLeavers = CareLeavers.counted(care, left: left, leavers)
        }
        return care
    }

    private static func sum(_ range: Range<Int>, _ value: (Int) -> Double) -> Double {
        range.reduce(0) { $0 + value($1) }
    }

    /// Starters a month by single age, which share their band's, for single ages are few; and where a band's starters enter.
    private func setStarting(_ rates: inout CareRates, _ band: Int) {
        let (places, reasons) = (space.setting.count, space.need.count)
        let ages = CareCalibrator.bands[band].ages
        let months = Double(12 * years)
        func began(_ reason: Int, _ place: Int) -> Double {
            ages.reduce(0) { $0 + started[($1 * reasons + reason) * places + place] }
        }
        for age in ages {
            for reason in 0..<reasons {
                rates.starting[age, reason] =
                    Self.sum(0..<places) { began(reason, $0) } / Double(ages.count) / months
            }
        }
        let entered = (0..<places).map { place in Self.sum(0..<reasons) { began($0, place) } }
        let all = entered.reduce(0, +)
        for place in 0..<places {
            let usual = classification.weight("entry-placement", String(band), classification.placements[place].code)
            rates.entry[band, place] = all > 0 ? entered[place] / all : usual
        }
        let whole = rates.entry.row(band).reduce(0, +)
        for place in 0..<places { rates.entry[band, place] /= max(whole, 1e-12) }
    }

    private func setLeaving(_ rates: inout CareRates, _ band: Int) {
        let (places, reasons) = (space.setting.count, space.need.count)
        for place in 0..<places {
            rates.exposure[band, place] = Self.sum(0..<reasons) { exposure[(band * reasons + $0) * places + place] }
        }
        let seen = rates.exposure.row(band).reduce(0, +)
        let gone = Self.sum(band * places * ways..<(band + 1) * places * ways) { left[$0] }
        for place in 0..<places {
            let row = band * places + place
            let own = Self.sum(row * ways..<(row + 1) * ways) { left[$0] }
            let usual = seen > 0 ? gone / seen : 0
            rates.leaving[band, place] = (own + usual * Self.prior) / (rates.exposure[band, place] + Self.prior)
            setRoutes(&rates.routes, row: row, own: { left[row * ways + $0] }) { route in
                Self.sum(0..<places) { left[(band * places + $0) * ways + route] }
            }
        }
    }

    private func setMoving(_ rates: inout CareRates, _ band: Int) {
        let places = space.setting.count
        let seen = rates.exposure.row(band).reduce(0, +)
        for to in 0..<places {
            let arrived = Self.sum(0..<places) { $0 == to ? 0 : moved[(band * places + $0) * places + to] }
            let usual = seen > 0 ? arrived / seen : 0
            for place in 0..<places where place != to {
                let row = band * places + place
                rates.moving[row, to] =
                    (moved[row * places + to] + usual * Self.prior) / (rates.exposure[band, place] + Self.prior)
            }
        }
    }

    /// How many children who leave or move a reason's own are shrunk towards no difference by.
    private static let priorOfReason = 20.0

    /// Who left and moved of each reason against what rates of bands and placements alone make of its child-months.
    private func byReason(_ rates: CareRates) -> CareRates.ByReason {
        let (bands, reasons, places) = (CareCalibrator.bands.count, space.need.count, space.setting.count)
        let none = [Double](repeating: 0, count: reasons)
        var (seen, leaving, moving) = (none, none, none)
        for band in 0..<bands {
            for reason in 0..<reasons {
                for place in 0..<places {
                    let months = exposure[(band * reasons + reason) * places + place]
                    seen[reason] += months
                    leaving[reason] += months * rates.leaving[band, place]
                    moving[reason] += months * rates.moving.row(band * places + place).reduce(0, +)
                }
            }
        }
        func factors(_ own: [Double], _ usual: [Double]) -> [Double] {
            zip(own, usual).map { ($0 + Self.priorOfReason) / ($1 + Self.priorOfReason) }
        }
        let all = max(seen.reduce(0, +), 1)
        return CareRates.ByReason(
            leaving: factors(leftByReason, leaving), moving: factors(movedByReason, moving),
            exposure: seen.map { $0 / all })
    }

    /// Routes of a row's leavers as far as they are known: its own, shrunk towards the usual by as many as one.
    private func setRoutes(
        _ table: inout CountTable, row: Int, own: (Int) -> Double, usual: (Int) -> Double
    ) {
        let routes = 0..<classification.routes.count
        let all = max(routes.reduce(0) { $0 + usual($1) }, 1e-9)
        let shares = routes.map {
            own($0)
                + (all > 1e-6 ? usual($0) / all : classification.weight("age-route", "6", classification.routes[$0]))
        }
        let sum = max(shares.reduce(0, +), 1e-9)
        for route in routes { table[row, route] = shares[route] / sum }
    }
}
