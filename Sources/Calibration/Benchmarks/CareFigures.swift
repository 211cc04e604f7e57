import Intake
import Vocabulary

/// Published tables of children looked after, as quantities of indicators.
struct CareFigures: BenchmarkTables {
    let places: [BenchmarkPlace]
    let periods: ClosedRange<Int>
    private let areas: [String: CareRelease.Area]
    private let path: String

    init(_ release: CareRelease) {
        let known = (release.england.map { [$0] } ?? []) + release.authorities
        places = known.map {
            BenchmarkPlace(number: $0.isNational ? "" : $0.number, name: $0.name, region: $0.region)
        }
        areas = Dictionary(
            known.map { ($0.isNational ? "" : $0.number, $0) }, uniquingKeysWith: { first, _ in first })
        path = release.path
        let years = known.flatMap { $0.years.keys }
        periods = (years.min() ?? release.last) - 1...max(release.last, years.min() ?? 0)
    }

    var service: Service { .care }

    func codes(of quantity: BenchmarkIndicator.Quantity) -> [String] { [] }

    func clock(_ quantity: BenchmarkIndicator.Quantity) -> BenchmarkClock {
        switch quantity.name {
        case "weekly": .financialYear
        case "tool", "tool-percent", "tool-children": .calendarYear
        default: .march
        }
    }

    func amount(_ quantity: BenchmarkIndicator.Quantity, of place: BenchmarkPlace, in period: Int) -> Double? {
        guard let area = areas[place.number] else { return nil }
        let amount: Double?
        switch quantity.name {
        case "people": amount = area.children[period]
        case "tool": amount = quantity.codes.first.flatMap { area.tool[$0]?[period] }
        // Percentages are of pupils, whose number is not in the tool: areas weigh as their children do.
        case "tool-children": amount = area.children[period]
        case "tool-percent":
            amount = quantity.codes.first.flatMap { area.tool[$0]?[period] }.flatMap { percent in
                area.children[period].map { percent / 100 * $0 }
            }
        case "children", "weight": amount = area.years[period]?.total ?? area.totals[period]
        case "with-plan": amount = children(area, period).flatMap { all in area.withPlan[period].map { $0 * all } }
        // Costs are published for each child: the area's weight is its children at the end of the year.
        case "weekly":
            amount = children(area, period + 1).flatMap { all in
                area.weekly[quantity.codes.first ?? ""]?[period].map { $0 * all }
            }
        default: amount = area.years[period].flatMap { count(quantity, $0) }
        }
        return amount.flatMap { $0.isFinite ? $0 : nil }
    }

    private func children(_ area: CareRelease.Area, _ march: Int) -> Double? {
        area.years[march]?.total ?? area.totals[march]
    }

    private func count(_ quantity: BenchmarkIndicator.Quantity, _ year: CareRelease.Year) -> Double? {
        let counts: CareRelease.Counts
        switch quantity.name {
        case "started": return year.started
        case "ceased": return year.ceased
        case "band": counts = year.byBand
        case "reason": counts = year.byReason
        case "kind": counts = year.byKind
        case "provider": counts = year.byProvider
        default: preconditionFailure("'\(quantity.name)' is no quantity of children looked after")
        }
        guard !quantity.codes.contains(where: { year.heldBack.contains("\(quantity.name) \($0)") }) else { return nil }
        let known = quantity.codes.compactMap { counts[$0] }
        return known.count == quantity.codes.count ? known.reduce(0, +) : nil
    }

    func source(_ quantity: BenchmarkIndicator.Quantity, in period: Int) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return ["weekly", "with-plan", "tool", "tool-percent"].contains(quantity.name)
            ? "\(name), interactive tool" : name
    }
}
