import Formats
import Foundation
import Intake
import Rates
import Vocabulary

/// A calibrated area's children in care as a model folder: every rate, count and price with its source.
public struct CareFiles {
    private let care: CalibratedCare
    private let sources: [(name: String, digest: String)]
    private let population: JanuaryPopulation
    private let levels: [Double]
    private let deviations: CareDeviations
    private let scheme = CareScheme.standard
    private var space: StateSpace { care.space }
    private let horizon: Int

    /// - Parameters:
    ///   - sources: what was read, with digests.
    ///   - population: people on every 31 March from the base on.
    ///   - levels: what starters are multiplied by in each projected year; none where their rates stay.
    public init(
        _ care: CalibratedCare, sources: [(name: String, digest: String)], population: JanuaryPopulation, horizon: Int,
        levels: [Double] = [], deviations: CareDeviations = CareDeviations()
    ) {
        self.care = care
        self.sources = sources
        self.population = population
        self.levels = levels
        self.deviations = deviations
        self.horizon = horizon
    }

    /// Every file of the model folder, by name.
    /// - Parameter command: the command line that makes it again.
    public func files(command: String) -> [(name: String, data: Data)] {
        [
            ("model.yaml", description(command)), ("placements.csv", placements), ("reasons.csv", reasons),
            ("cohort.csv", cohort), ("population.csv", peopleByAge), ("costs.csv", CarePrices(care, scheme).data),
            ("assumptions.yaml", CareAssumptions(care, deviations).data), (RateTable.leavers.file, leavers),
            (RateTable.routes.file, routes), (RateTable.movers.file, movers), (RateTable.joiners.file, starters),
            (RateTable.entry.file, entry), (RateTable.deviations.file, spreads),
            ("history.csv", history),
        ] + (levels.isEmpty ? [] : [(RateTable.growth.file, growth)]) + (overlap.map { [("overlap.csv", $0)] } ?? [])
    }

    private func table(_ table: RateTable) -> CSVWriter {
        CSVWriter(columns: table.columns.map(Words.care.column))
    }

    private var source: String { care.hasMonths ? "SSDA903 episodes" : "DfE children looked after \(care.base)" }

    private func rate(_ value: Double) -> String { Numerals.plain(value, decimals: value < 0.001 ? 10 : 7) }

    private func description(_ command: String) -> Data {
        let sources = sources.map {
            "#   \($0.name.split(separator: "/").suffix(2).joined(separator: "/")) \($0.digest)"
        }
        let origin =
            care.hasMonths
            ? ["# Made from the authority's own returns on children looked after (SSDA903)."]
            : [
                "# Contains public sector information licensed under the Open Government Licence v3.0:",
                "# Department for Education, Children looked after in England including adoptions, to 31 March \(care.base),",
                "# and local authority interactive tool; Office for National Statistics, population estimates and projections.",
            ]
        let purpose =
            care.hasMonths
            ? "children in care, placements and spend, from the authority's own records"
            : "a first forecast from published tables, before records of children are at hand"
        let lines =
            ["# Made by: \(command)"] + origin + ["# Tables read, with their SHA-256:"] + sources + [
                "service: care", "title: Children in care, \(care.area.name)",
            ] + (care.area.code.isEmpty ? [] : ["area: \(care.area.code)"]) + [
                "for: finance planners and authors of sufficiency strategies", "purpose: \(purpose)",
                "not_for: decisions about single children or homes; replace rates rated red first",
                "base: \(care.base)",
                "horizon: \(horizon)", "growth: \(levels.isEmpty ? "none" : "given")", "runs: 1000", "seed: 2026",
            ]
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }

    private var placements: Data {
        var csv = CSVWriter(columns: ["placement", "name", "group", "min_age", "max_age", "in_area"])
        for place in scheme.placements {
            csv.append([
                place.code, place.name, place.group, String(place.ages.lowerBound), String(place.ages.upperBound),
                place.isInArea ? "yes" : "no",
            ])
        }
        return csv.data
    }

    private var reasons: Data {
        var csv = CSVWriter(columns: ["reason", "name"])
        for reason in scheme.reasons { csv.append([reason.code, reason.name]) }
        return csv.data
    }

    private var cohort: Data {
        let months = care.hasMonths ? ["months"] : []
        var csv = CSVWriter(columns: ["age"] + months + ["reason", "placement", "children"])
        let steps = space.stepsPerYear
        for group in 0..<(care.hasMonths ? space.ages : space.years) {
            let ages = care.hasMonths ? group...group : space.ages(ofYears: group...group)
            for state in 0..<space.cellsPerAge {
                let count = ages.reduce(0) { $0 + Int(care.cohort[$1 * space.cellsPerAge + state]) }
                if count == 0 { continue }
                let place = space.place(of: state)
                let age = care.hasMonths ? [String(group / steps), String(group % steps)] : [String(group)]
                csv.append(age + [space.need.codes[place.need], space.setting.codes[place.setting], String(count)])
            }
        }
        return csv.data
    }

    private var peopleByAge: Data {
        var csv = CSVWriter(columns: ["march", "age", "population"])
        for march in care.base...care.base + horizon {
            for (age, count) in (population.people[march] ?? []).prefix(space.years).enumerated() {
                csv.append([String(march), String(age), Numerals.plain(count, decimals: 1)])
            }
        }
        return csv.data
    }

    private func band(_ age: Int) -> Int { Service.care.bands.firstIndex { $0.ages.contains(age) } ?? 0 }

    private func forEachPlacement(_ body: (_ age: Int, _ band: Int, _ placement: Int) -> Void) {
        for age in Service.care.years {
            for placement in space.setting.codes.indices { body(age, band(age), placement) }
        }
    }

    private var leavers: Data {
        var csv = table(.leavers)
        forEachPlacement { age, band, placement in
            csv.append([
                String(age), NamedRow.any, space.setting.codes[placement], rate(care.rates.leaving[band, placement]),
                Numerals.plain(care.rates.exposure[band, placement], decimals: 1), source,
            ])
        }
        return csv.data
    }

    private var routes: Data {
        var csv = table(.routes)
        func append(_ age: Int, _ block: Int, _ placement: Int) {
            for (route, name) in scheme.routes.enumerated() {
                let share = care.rates.routes[block * space.setting.count + placement, route]
                if share == 0 { continue }
                csv.append([
                    String(age), NamedRow.any, space.setting.codes[placement], name,
                    Numerals.plain(share, decimals: 6),
                    source,
                ])
            }
        }
        forEachPlacement(append)
        for placement in space.setting.codes.indices {
            append(Service.care.years.upperBound + 1, Service.care.bands.count, placement)
        }
        return csv.data
    }

    private var movers: Data {
        var csv = table(.movers)
        forEachPlacement { age, band, placement in
            for to in space.setting.codes.indices {
                let share = care.rates.moving[band * space.setting.count + placement, to]
                if share == 0 { continue }
                csv.append([
                    String(age), NamedRow.any, space.setting.codes[placement], space.setting.codes[to], rate(share),
                    Numerals.plain(care.rates.exposure[band, placement], decimals: 1), source,
                ])
            }
        }
        return csv.data
    }

    private var starters: Data {
        var csv = table(.joiners)
        let people = population.people[care.base] ?? []
        for age in Service.care.years {
            for (reason, code) in space.need.codes.enumerated() {
                csv.append([
                    String(age), code, rate(care.rates.starting[age, reason] / max(people[age], 1)),
                    Numerals.plain(people[age] * Double(12 * care.years.count), decimals: 1), source,
                ])
            }
        }
        return csv.data
    }

    private var entry: Data {
        var csv = table(.entry)
        forEachPlacement { age, band, placement in
            let share = care.rates.entry[band, placement]
            if share == 0 { return }
            let ages = Service.care.bands[band].ages
            let started = ages.reduce(0.0) { $0 + care.rates.starting.row($1).reduce(0, +) }
            csv.append([
                String(age), NamedRow.any, space.setting.codes[placement], Numerals.plain(share, decimals: 7),
                Numerals.plain(started * Double(12 * care.years.count), decimals: 1), source,
            ])
        }
        return csv.data
    }

    private var spreads: Data {
        var csv = table(.deviations)
        let source = "chosen so that intervals held outcomes of 2023 to 2025 (sendcast backtest --care)"
        func append(_ flow: String, _ group: String, _ sd: Double) {
            csv.append([flow, group, Numerals.plain(sd), source])
        }
        append("joiners", "", deviations.starting)
        append("joiners-yearly", "", deviations.startingYearly)
        append("joiners-growth", "", deviations.startingGrowth)
        append("leavers", "", deviations.leaving)
        for (group, sd) in deviations.entering.sorted(by: { $0.key < $1.key }) { append("entering", group, sd) }
        return csv.data
    }

    private var growth: Data {
        var csv = table(.growth)
        for (year, factor) in levels.enumerated() {
            csv.append([
                NamedRow.any, String(care.base + 1 + year), Numerals.plain(factor, decimals: 6),
                "starters who keep the total as it is: changes of years before do not tell those to come",
            ])
        }
        return csv.data
    }

    /// The ages of the published share of children looked after who hold a plan.
    private static let schoolAges = 5...15

    /// Who holds a plan: of homes a stated share. Of other placements children of school age share what is left of the published share, which
    /// is of that age and of a year in care; younger ones are taken to have none.
    private var overlap: Data? {
        guard let (year, all) = care.area.withPlan.max(by: { $0.key < $1.key }) else { return nil }
        func children(_ placement: Int, _ ages: ClosedRange<Int>) -> Double {
            space.ages(ofYears: ages).reduce(0.0) { sum, age in
                sum
                    + space.need.codes.indices.reduce(0) {
                        $0 + Double(care.cohort[space.cell(age: age, need: $1, setting: placement)])
                    }
            }
        }
        let places = Array(space.setting.codes.indices)
        let homes = places.filter { ["HIH", "HOM"].contains(scheme.placements[$0].code) }
        let ofAge = places.reduce(0) { $0 + children($1, Self.schoolAges) }
        let inHomes = homes.reduce(0) { $0 + children($1, Self.schoolAges) }
        let withPlan = scheme.weight("share", "with a plan", "homes")
        let others = min(max(all * ofAge - withPlan * inHomes, 0) / max(ofAge - inHomes, 1), 1)
        var csv = CSVWriter(columns: ["placement", "share", "source", "quality"])
        for place in places {
            let isHome = homes.contains(place)
            let everyone = children(place, Service.care.years)
            let older = everyone - children(place, 0...Self.schoolAges.lowerBound - 1)
            let share = isHome ? withPlan : everyone > 0 ? others * older / everyone : 0
            csv.append([
                space.setting.codes[place], Numerals.plain(share, decimals: 4),
                isHome
                    ? "Surrey joint commissioning strategy 2022: \(Numerals.plain(100 * withPlan)) % of children in residential homes"
                    : "what is left of \(Numerals.fixed(100 * all, decimals: 1)) % of school age looked after for a year "
                        + "(interactive tool \(year)); none under 5",
                isHome ? "amber" : "red",
            ])
        }
        return csv.data
    }

    /// Children of earlier years as they were published: in all, and in placements that no kind is split for.
    private var history: Data {
        var csv = CSVWriter(columns: ["march", "reason", "placement", "children", "source"])
        for (march, total) in care.area.totals.sorted(by: { $0.key < $1.key }) where march < care.base {
            csv.append([
                String(march), NamedRow.any, NamedRow.any, Numerals.plain(total),
                care.hasMonths ? source : "DfE children looked after",
            ])
            for (kind, code) in [("supported", "SUP"), ("parents", "PAR"), ("adoption", "ADO")] {
                guard let count = care.area.years[march]?.byKind[kind], !count.isNaN else { continue }
                csv.append([String(march), NamedRow.any, code, Numerals.plain(count), "DfE children looked after"])
            }
        }
        return csv.data
    }
}
