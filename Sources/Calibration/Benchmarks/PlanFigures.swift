import Intake
import Vocabulary

/// Published tables of plans, people, pupils and spend, as quantities of indicators.
struct PlanFigures: BenchmarkTables {
    let places: [BenchmarkPlace]
    let periods: ClosedRange<Int>
    private let areas: [String: NationalRelease.Area]
    private let releases: [NationalRelease]
    private let classification: Classification
    private let children: [String: [Int: Double]]
    private let singleAges: [String: [Int: [Double]]]
    private let people: PublishedPopulation
    private let pupils: PupilTable?
    private let finance: FinanceTables

    /// The first January that anything is looked for.
    private static let first = 2010
    /// The share of a count that may be held back in some part of it for the count to stand.
    private static let mostHeldBack = 0.05

    /// - Parameter releases: in the order of their last January.
    init(
        _ releases: [NationalRelease], history: ReleaseHistory, people: PublishedPopulation, pupils: PupilTable?,
        finance: FinanceTables
    ) {
        self.releases = releases
        self.people = people
        self.pupils = pupils
        self.finance = finance
        let latest = releases.last
        classification = latest?.classification ?? .standard
        let known = history.joined((latest?.england).map { [$0] } ?? []) + history.joined(latest?.authorities ?? [])
        places = known.map { BenchmarkPlace(number: $0.number, name: $0.name, region: $0.region) }
        areas = Dictionary(known.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        children = areas.mapValues { people.children(of: $0) }
        singleAges = people.hasSingleAges ? areas.mapValues { people.figures(of: $0).value } : [:]
        periods = Self.first...max(latest?.lastJanuary ?? 0, Self.first)
    }

    var service: Service { .plans }

    func codes(of quantity: BenchmarkIndicator.Quantity) -> [String] {
        guard quantity.name == "source" else { return [] }
        let years = areas[""]?.requests.filter { !$0.value.bySource.isEmpty } ?? [:]
        return years.max { $0.key < $1.key }?.value.bySource.keys.sorted() ?? []
    }

    func clock(_ quantity: BenchmarkIndicator.Quantity) -> BenchmarkClock {
        switch quantity.name {
        case "people": .midYear
        case "spend": .financialYear
        case "plans", "need", "needs", "setting", "settings", "residential", "personal-budgets", "pupils",
            "pupils-with-plan", "pupils-with-support":
            .january
        default: .calendarYear
        }
    }

    func amount(_ quantity: BenchmarkIndicator.Quantity, of place: BenchmarkPlace, in period: Int) -> Double? {
        guard let area = areas[place.number] else { return nil }
        let amount: Double?
        switch clock(quantity) {
        case .midYear: amount = people(quantity.codes, place, period)
        case .financialYear: amount = spend(quantity.codes, place, period)
        case .january where PupilTable.has(quantity.name):
            amount = pupils?.amount(quantity.name, of: place.number, in: period)
        case .january: amount = stock(quantity, area, period)
        case .calendarYear, .march: amount = flow(quantity, area, period)
        }
        return amount.flatMap { $0.isFinite ? $0 : nil }
    }

    private func stock(_ quantity: BenchmarkIndicator.Quantity, _ area: NationalRelease.Area, _ january: Int) -> Double?
    {
        guard let plans = area.plans[january] else { return nil }
        if case .incomplete = area.gaps[.init(.plans, january)] { return nil }
        switch quantity.name {
        case "plans": return plans.total
        case "need": return need(quantity.codes, area, january, plans)
        case "needs": return plans.byNeed?.dropLast().reduce(0, +)
        case "setting": return setting(quantity.codes, area, january, plans)
        case "settings": return recorded(area, january, plans)
        case "residential": return plans.residential.first
        case "personal-budgets": return plans.personalBudgets.first
        default: preconditionFailure("'\(quantity.name)' is no quantity of plans")
        }
    }

    private func need(
        _ codes: [String], _ area: NationalRelease.Area, _ january: Int, _ plans: NationalRelease.Plans
    ) -> Double? {
        guard let release = releases.last, let england = release.england else { return nil }
        // A need of which England has none is not told apart from others.
        let counts = codes.compactMap { code -> Double? in
            guard release.plans(of: code, in: england, january: january) ?? 0 > 0 else { return nil }
            return release.plans(of: code, in: area, january: january)
        }
        let sum = counts.reduce(0, +)
        guard counts.count == codes.count, plans.needsHeldBack <= Self.mostHeldBack * sum else { return nil }
        return sum
    }

    /// Plans whose placement is recorded, where most are and none are known to be wrong.
    private func recorded(
        _ area: NationalRelease.Area, _ january: Int, _ plans: NationalRelease.Plans
    ) -> Double? {
        let isBroken = ReleaseBreak.known.contains {
            $0.number == area.number && $0.period == january && $0.table == .placements
        }
        if isBroken { return nil }
        guard let settings = plans.bySetting, let total = plans.total else { return nil }
        let recorded = classification.settings.indices.reduce(0.0) {
            $0 + (classification.settings[$1].code == Classification.notRecorded ? 0 : settings[$1])
        }
        return recorded > (1 - ReleasePanel.mostUnrecorded) * total ? recorded : nil
    }

    private func setting(
        _ codes: [String], _ area: NationalRelease.Area, _ january: Int, _ plans: NationalRelease.Plans
    ) -> Double? {
        guard let settings = plans.bySetting, recorded(area, january, plans) != nil else { return nil }
        let sum = classification.settings.indices.reduce(0.0) {
            $0 + (codes.contains(classification.settings[$1].code) ? settings[$1] : 0)
        }
        return plans.heldBack <= Self.mostHeldBack * sum ? sum : nil
    }

    private func flow(_ quantity: BenchmarkIndicator.Quantity, _ area: NationalRelease.Area, _ year: Int) -> Double? {
        if quantity.name == "begun" { return area.newPlans[year]?.total }
        guard let requests = area.requests[year] else { return nil }
        switch quantity.name {
        case "requests": return requests.received
        case "refused": return requests.refused
        case "source": return quantity.codes.first.flatMap { requests.bySource[$0] }
        case "assessed": return requests.assessed
        case "not-issued":
            guard let assessed = requests.assessed, let issued = requests.issued else { return nil }
            return max(assessed - issued, 0)
        case "timed": return requests.timed?.all
        case "in-time": return requests.timed?.inTime
        case "weeks":
            guard let all = requests.timed?.all, let weeks = requests.weeksToIssue.first else { return nil }
            return all * weeks
        case "mediated": return requests.appeals.requests.first
        case "appealed": return requests.appeals.requests.dropFirst().first
        default: preconditionFailure("'\(quantity.name)' is no quantity of plans")
        }
    }

    /// People of the ages from one to another.
    private func people(_ ages: [String], _ place: BenchmarkPlace, _ midYear: Int) -> Double? {
        let bounds = ages.compactMap(Int.init)
        guard bounds.count == 2 else { preconditionFailure("people are of two ages, not of \(ages)") }
        if bounds == [0, 17] { return children[place.number]?[midYear] }
        return singleAges[place.number]?[midYear].map { $0[bounds[0]...bounds[1]].reduce(0, +) }
    }

    private func spend(_ lines: [String], _ place: BenchmarkPlace, _ year: Int) -> Double? {
        finance.amount(lines.compactMap(FinanceTables.Line.init), of: place.number, in: year)
    }

    func source(_ quantity: BenchmarkIndicator.Quantity, in period: Int) -> String {
        func short(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
        switch clock(quantity) {
        case .midYear: return people.sources.map { short($0.name) }.joined(separator: ", ")
        case .financialYear:
            return quantity.codes.compactMap(FinanceTables.Line.init).map { finance.source($0, in: period) }.first {
                !$0.isEmpty
            } ?? ""
        case .january where PupilTable.has(quantity.name): return pupils.map { short($0.file) } ?? ""
        case .january: return short(edition { $0.plans[period]?.total != nil })
        case .calendarYear, .march: return short(edition { $0.requests[period] != nil || $0.newPlans[period] != nil })
        }
    }

    /// The latest release that has something of England.
    private func edition(_ has: (NationalRelease.Area) -> Bool) -> String {
        releases.last { $0.england.map(has) ?? false }?.path ?? ""
    }
}
