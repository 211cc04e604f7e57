import Formats
import Intake
import Rates
import Vocabulary

/// A calibrated area's children in care as the model that users run: every rate, count and price with its source.
public struct CareModel {
    /// The folder within a model for tables that no projection reads: they are records of children.
    public static let folderOfRecords = "ssda903"

    private let care: CalibratedCare
    private let population: [Int: [Double]]
    private let levels: [Double]
    private let deviations: CareDeviations
    private let classification = CareClassification.standard
    private var space: StateSpace { care.space }

    /// - Parameters:
    ///   - population: people on every 31 March from the base to the last one projected, by age in years.
    ///   - levels: what starters are multiplied by in each projected year; none where their rates stay.
    public init(
        _ care: CalibratedCare, population: [Int: [Double]], levels: [Double] = [],
        deviations: CareDeviations = CareDeviations()
    ) {
        self.care = care
        self.population = population.mapValues { Array($0.prefix(care.space.years)) }
        self.levels = levels
        self.deviations = deviations
    }

    /// The model, to the digits of files.
    /// - Parameters:
    ///   - sources: what was read, with digests.
    ///   - command: the command line that makes it again.
    public func data(sources: [(name: String, digest: String)], command: String) -> ModelData {
        let prices = CarePrices(care, classification)
        let lines = prices.lines
        let tables = rates.map { table, rows in (table, rows.map { Self.rounded($0, of: table) }) }
        let plans = plans(
            Dictionary(uniqueKeysWithValues: tables), AssumptionLog(entries: care.assumptions))
        var data = ModelData(
            description(sources, command), space, .given(plans),
            population: PopulationTable(population.mapValues { $0.map { Numerals.rounded($0, decimals: 1) } }),
            costs: CostTable(summing: lines, space), money: GivenMoney(lines: lines))
        if !levels.isEmpty { data.joiners[.growth] = growth }
        data.money.inflation = CareInflation(care.england).rows
        data.places = places?.value
        data.careLeavers = prices.pricedCareLeavers
        data.overlap = CareOverlap(care, classification).rows
        data.prevalence = care.shares
        data.history = history
        data.indicators = care.indicators
        return data
    }

    /// Own homes and foster carers, taken to be full; `nil` of England, and where there are none.
    public var places: Checked<GivenPlaces>? {
        if care.area.isNational { return nil }
        let published = care.area.fosterPlaces[care.base].flatMap { places in
            places.approved <= 0
                ? nil
                : (
                    places: Int(places.approved),
                    source: "\(Numerals.grouped(places.filled)) of them filled; local authority interactive tool, "
                        + "\(care.area.name) \(care.base)"
                )
        }
        let pools = GivenPlaces.pools(
            fostering: published, space,
            name: { code in classification.placements.first { $0.code == code }?.name ?? code },
            children: space.setting.codes.indices.map { Int(care.children(in: $0)) }, base: care.base)
        return pools.value.places.isEmpty ? nil : pools
    }

    /// The model as the flows alone need it, to all digits.
    var plain: ModelData {
        var description = ModelDescription()
        description.service = .care
        description.base = care.base
        description.horizon = population.count - 1
        return ModelData(description, space, .given(plans(rates)), population: PopulationTable(population))
    }

    private func plans(
        _ rates: [RateTable: [RateRow]], _ assumptions: AssumptionLog = AssumptionLog(entries: [])
    ) -> GivenPlans {
        GivenPlans(
            settings: classification.placements, needs: classification.reasons, cohort: care.cohort,
            hasMonths: care.hasMonths,
            rates: rates, assumptions: assumptions)
    }

    private var source: String { care.hasMonths ? "SSDA903 episodes" : "DfE children looked after \(care.base)" }

    private func description(_ sources: [(name: String, digest: String)], _ command: String) -> ModelDescription {
        var description = plain.description
        let origin =
            care.hasMonths
            ? ["Made from the authority's own returns on children looked after (SSDA903)."]
            : [
                "Contains public sector information licensed under the Open Government Licence v3.0:",
                "Department for Education, Children looked after in England including adoptions, to 31 March \(care.base),",
                "and local authority interactive tool; Office for National Statistics, population estimates and projections.",
            ]
        let read = sources.map { "  \($0.name.split(separator: "/").suffix(2).joined(separator: "/")) \($0.digest)" }
        description.provenance = ["Made by: \(command)"] + origin + ["Tables read, with their SHA-256:"] + read
        description.title = "Children in care, \(care.area.name)"
        description.area = care.area.code.isEmpty ? nil : care.area.code
        description.audience = "finance planners and authors of sufficiency strategies"
        description.purpose =
            care.hasMonths
            ? "children in care, placements and spend, from the authority's own records"
            : "a first forecast from published tables, before records of children are at hand"
        description.notFor = "decisions about single children or homes; replace rates rated red first"
        description.growth = levels.isEmpty ? ModelDescription.Growth.none : .given
        description.runs = 1000
        description.seed = 2026
        return description
    }

    private var growth: [RateRow] {
        levels.enumerated().map { year, factor in
            RateRow(
                String(care.base + 1 + year), figure: Numerals.rounded(factor, decimals: 6),
                source: "starters with whom the total closes 3 % a year of its gap to England for each child")
        }
    }

    /// Children of earlier years as they were published: in all, and in placements that no kind is split for.
    private var history: [HistoryRow] {
        let published = "DfE children looked after"
        return care.area.totals.sorted { $0.key < $1.key }.filter { $0.key < care.base }.flatMap { march, total in
            let kinds = [("supported", "SUP"), ("parents", "PAR"), ("adoption", "ADO")].compactMap {
                kind, code -> HistoryRow? in
                guard let count = care.area.years[march]?.byKind[kind], !count.isNaN else { return nil }
                return HistoryRow(
                    january: march, setting: code, plans: Numerals.rounded(count, decimals: 3), source: published)
            }
            let all = HistoryRow(
                january: march, plans: Numerals.rounded(total, decimals: 3), source: care.hasMonths ? source : published
            )
            return [all] + kinds
        }
    }
}

extension CareModel {
    private var rates: [RateTable: [RateRow]] {
        [
            .leavers: leavers, .routes: routes, .movers: movers, .joiners: starters, .entry: entry,
            .deviations: deviations.rows,
        ]
    }

    /// Rows of every age in years and placement.
    private func rows(_ rows: (_ age: Int, _ band: Int, _ placement: Int) -> [RateRow]) -> [RateRow] {
        Service.care.years.flatMap { age in
            let band = CareCalibrator.bands.firstIndex { $0.ages.contains(age) } ?? 0
            return space.setting.codes.indices.flatMap { rows(age, band, $0) }
        }
    }

    private var leavers: [RateRow] {
        rows { age, band, placement in
            byReason(
                RateRow(
                    age: age, setting: placement, figure: care.rates.leaving[band, placement],
                    weight: care.rates.exposure[band, placement], source: source), \.leaving)
        }
    }

    /// A row of every reason where records tell how reasons differ, else of any.
    private func byReason(_ row: RateRow, _ factors: KeyPath<CareRates.ByReason, [Double]>) -> [RateRow] {
        guard let known = care.rates.byReason else { return [row] }
        return space.need.codes.indices.map { reason in
            var own = row
            own.need = reason
            own.figure = min(row.figure * known[keyPath: factors][reason], 1)
            own.weight = row.weight * known.exposure[reason]
            return own
        }
    }

    private var routes: [RateRow] {
        func shares(_ age: Int, _ block: Int, _ placement: Int) -> [RateRow] {
            classification.routes.enumerated().compactMap { route, name in
                let share = care.rates.routes[block * space.setting.count + placement, route]
                return share == 0 ? nil : RateRow(name, age: age, setting: placement, figure: share, source: source)
            }
        }
        let grown = space.setting.codes.indices.flatMap {
            shares(Service.care.years.upperBound + 1, CareCalibrator.bands.count, $0)
        }
        return rows(shares) + grown
    }

    private var movers: [RateRow] {
        rows { age, band, placement in
            space.setting.codes.indices.flatMap { to -> [RateRow] in
                let share = care.rates.moving[band * space.setting.count + placement, to]
                if share == 0 { return [] }
                return byReason(
                    RateRow(
                        age: age, setting: placement, to: to, figure: share,
                        weight: care.rates.exposure[band, placement], source: source), \.moving)
            }
        }
    }

    /// Months in which starters were counted.
    private var months: Double { Double(12 * care.years.count) }

    private var starters: [RateRow] {
        let people = population[care.base] ?? []
        return Service.care.years.flatMap { age in
            space.need.codes.indices.map { reason in
                RateRow(
                    age: age, need: reason, figure: care.rates.starting[age, reason] / max(people[age], 1),
                    weight: people[age] * months, source: source)
            }
        }
    }

    private var entry: [RateRow] {
        rows { age, band, placement in
            let share = care.rates.entry[band, placement]
            if share == 0 { return [] }
            let started = CareCalibrator.bands[band].ages.reduce(0.0) {
                $0 + care.rates.starting.row($1).reduce(0, +)
            }
            return [RateRow(age: age, setting: placement, figure: share, weight: started * months, source: source)]
        }
    }

    /// A row with as many decimals as its file has.
    private static func rounded(_ row: RateRow, of table: RateTable) -> RateRow {
        var row = row
        let decimals = table == .routes ? 6 : table != .entry && row.figure < 0.001 ? 10 : 7
        row.figure = Numerals.rounded(row.figure, decimals: decimals)
        row.weight = Numerals.rounded(row.weight, decimals: 1)
        return row
    }
}
