import Formats
import Foundation
import Intake
import Rates
import Vocabulary

/// A calibrated authority as a model folder: every rate, count and assumption with its source.
public struct CalibratedFiles {
    private let authority: CalibratedAuthority
    private let release: NationalRelease
    private let turnover: TurnoverEffect?
    private let growth: String
    private let path: JoinerFactors?
    private let totals: FollowedTotals?
    private var space: StateSpace { authority.space }
    private var rates: GivenRates { authority.rates }

    /// - Parameters:
    ///   - release: what it was calibrated from.
    ///   - turnover: what doubling the turnover prior would change, for the assumptions log.
    ///   - growth: how joiners grow after the first year, as `model.yaml` says it.
    ///   - path: the factors of growth that is read from `growth.csv`; without them such growth is `none`.
    ///   - totals: the totals that growth follows which is read from `totals.csv`; likewise.
    public init(
        _ authority: CalibratedAuthority, of release: NationalRelease, turnover: TurnoverEffect? = nil,
        growth: String = "none", path: JoinerFactors? = nil, totals: FollowedTotals? = nil
    ) {
        self.turnover = turnover
        let isWithoutTable = (growth == "panel" && path == nil) || (growth == "follow" && totals == nil)
        self.growth = isWithoutTable ? "none" : growth
        self.totals = totals
        self.path = path
        self.authority = authority
        self.release = release
    }

    /// Every file of the model folder, by name.
    /// - Parameter command: the command line that makes it again.
    public func files(command: String) -> [(name: String, data: Data)] {
        [
            ("model.yaml", description(command)), ("settings.csv", settings), ("needs.csv", needs),
            ("cohort.csv", cohort), ("population.csv", population), ("costs.csv", costs),
            ("assumptions.yaml", assumptions), (RateTable.leavers.file, leavers),
            (RateTable.transfers.file, transfers), (RateTable.movers.file, movers), (RateTable.tilts.file, tilts),
            (RateTable.joiners.file, joiners), (RateTable.entry.file, entry),
            (RateTable.reclassified.file, reclassified), (RateTable.deviations.file, deviations),
            ("history.csv", history), ("indicators.csv", indicators),
        ] + (authority.assessments.map { [(RateTable.assessments.file, assessments($0))] } ?? [])
            + (path.map { [(RateTable.growth.file, factors($0))] } ?? [])
            + (totals.map { [(RateTable.totals.file, followed($0))] } ?? [])
    }

    /// Plans of every January of the release, in all and by setting where each is published.
    private var history: Data {
        var csv = CSVWriter(columns: ["january", "need", "setting", "plans", "source"])
        for (january, plans) in authority.area.plans.sorted(by: { $0.key < $1.key }) where january < authority.january {
            func append(_ setting: String, _ count: Double) {
                csv.append([String(january), NamedRow.any, setting, Numerals.plain(count), source])
            }
            if let total = plans.total ?? plans.bySetting.map({ $0.reduce(0, +) }) { append(NamedRow.any, total) }
            for need in authority.needs {
                guard let count = release.plans(of: need.code, in: authority.area, january: january) else { continue }
                csv.append([String(january), need.code, NamedRow.any, Numerals.plain(count), source])
            }
            guard let bySetting = plans.bySetting else { continue }
            for setting in authority.settings {
                guard let column = release.scheme.settings.firstIndex(where: { $0.code == setting.code }) else {
                    continue
                }
                append(setting.code, bySetting[column])
            }
        }
        return csv.data
    }

    /// What the release has of the authority that no rate is made from.
    private var indicators: Data {
        var csv = CSVWriter(columns: IndicatorRow.columns)
        for row in authority.area.indicators(release.scheme, source: source) {
            csv.append([
                row.indicator.rawValue, String(row.year), row.category, Numerals.plain(row.value), row.source,
            ])
        }
        return csv.data
    }

    private func followed(_ followed: FollowedTotals) -> Data {
        var csv = table(.totals)
        for (year, median) in followed.totals.medians.enumerated() {
            csv.append([
                String(followed.firstJanuary + year), Numerals.plain(median, decimals: 1),
                Numerals.plain(followed.totals.deviations[year], decimals: 5), "panel of authorities, \(source)",
            ])
        }
        return csv.data
    }

    private func factors(_ path: JoinerFactors) -> Data {
        var csv = table(.growth)
        for (year, factors) in path.factors.enumerated() {
            let rows = path.isByNeed ? Array(zip(space.need.codes, factors)) : [(NamedRow.any, factors[0])]
            for (need, factor) in rows {
                csv.append([
                    need, String(path.firstJanuary + year), Numerals.plain(factor), "panel of authorities, \(source)",
                ])
            }
        }
        return csv.data
    }

    private var source: String { "DfE plans \(authority.january)" }

    /// A rate with as many decimals as six significant digits need.
    private func rate(_ value: Double) -> String { Numerals.plain(value, decimals: value < 0.001 ? 9 : 6) }

    private func weight(_ value: Double) -> String { Numerals.plain(value, decimals: 1) }

    private func description(_ command: String) -> Data {
        let sources = release.sources.map { "#   \($0.name.split(separator: "/").last ?? "") \($0.digest)" }
        return Data(
            """
            # Made by: \(command)
            # Contains public sector information licensed under the Open Government Licence v3.0:
            # Department for Education, Education, health and care plans, January \(authority.january);
            # Office for National Statistics, population estimates and projections.
            # Tables read, with their SHA-256:
            \(sources.joined(separator: "\n"))
            title: \(authority.area.name)
            area: \(authority.area.code)
            for: finance planners and authors of sufficiency strategies
            purpose: a first forecast from published tables, before records of children are at hand
            not_for: decisions about single schools or children; replace rates rated red first
            base: \(authority.january)
            horizon: \(authority.population.people.count - 1)
            growth: \(growth)
            runs: 1000
            seed: 2026

            """.utf8)
    }

    private var settings: Data {
        var csv = CSVWriter(
            columns: ["setting", "name", "group", "min_age", "max_age", "in_area"] + PlacementScheme.returns)
        for setting in authority.settings {
            csv.append(
                [
                    setting.code, setting.name, setting.group, String(setting.ages.lowerBound),
                    String(setting.ages.upperBound), setting.isInArea ? "yes" : "no",
                ] + setting.returns)
        }
        return csv.data
    }

    private var needs: Data {
        var csv = CSVWriter(columns: ["need", "name", "dsg", "reform"])
        for need in authority.needs { csv.append([need.code, need.name] + need.returns) }
        return csv.data
    }

    private var cohort: Data {
        var csv = CSVWriter(columns: ["age", "need", "setting", "plans"])
        for (cell, count) in authority.cohort.enumerated() where count > 0 {
            let place = space.coordinates(of: cell)
            csv.append([
                String(place.age), space.need.codes[place.need], space.setting.codes[place.setting], String(count),
            ])
        }
        return csv.data
    }

    private var population: Data {
        var csv = CSVWriter(columns: ["january", "age", "population"])
        for (january, people) in authority.population.people.sorted(by: { $0.key < $1.key }) {
            for (age, count) in people.enumerated() {
                csv.append([String(january), String(age), Numerals.plain(count, decimals: 1)])
            }
        }
        return csv.data
    }

    private var costs: Data {
        var csv = CSVWriter(columns: ["need", "setting", "cost", "source"])
        for cost in UnitCost.published where space.setting.position(of: cost.setting) != nil {
            csv.append([CostTable.anyNeed, cost.setting, Numerals.plain(cost.cost), cost.source])
        }
        return csv.data
    }

    private var assumptions: Data {
        func quoted(_ text: String) -> String {
            "\"\(text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\""))\""
        }
        var lines = ["assumptions:"]
        for assumption in authority.assumptions {
            let effect = assumption.id == "turnover" ? turnover : nil
            let value = effect.map {
                "\(assumption.value); twice as much changes January \($0.january) by: \($0.changes.joined(separator: ", "))"
            }
            lines += [
                "  - id: \(assumption.id)", "    statement: \(quoted(assumption.statement))",
                "    value: \(quoted(value ?? assumption.value))", "    source: \(quoted(assumption.source))",
                "    date: \(quoted(String(authority.january)))", "    owner: \"\"",
                "    quality: \(assumption.quality.rawValue)", "    review_by: \"\"",
            ]
        }
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }
}

extension CalibratedFiles {
    private func table(_ table: RateTable) -> CSVWriter { CSVWriter(columns: table.columns) }

    /// One row for all needs where all have the same figures.
    private func forEachCell(_ body: (_ place: [String], _ cell: Int) -> Void, isSame: (Int, Int) -> Bool) {
        for age in 0..<space.ages {
            for setting in 0..<space.setting.count {
                let cells = (0..<space.need.count).map { space.cell(age: age, need: $0, setting: setting) }
                let first = cells[0]
                if cells.allSatisfy({ isSame(first, $0) }) {
                    body([String(age), NamedRow.any, space.setting.codes[setting]], first)
                } else {
                    for (need, cell) in cells.enumerated() {
                        body([String(age), space.need.codes[need], space.setting.codes[setting]], cell)
                    }
                }
            }
        }
    }

    private var leavers: Data {
        var csv = table(.leavers)
        forEachCell(
            { place, cell in
                let leaving = rates.leaving[cell]
                if cell < space.cellsPerAge { return }
                csv.append(place + [rate(leaving.rate), weight(leaving.weight), source])
            }, isSame: { rates.leaving[$0] == rates.leaving[$1] })
        return csv.data
    }

    private var movers: Data {
        var csv = table(.movers)
        let settings = space.setting.count
        func row(_ cell: Int) -> ArraySlice<Double> { rates.moving[cell * settings..<(cell + 1) * settings] }
        forEachCell(
            { place, cell in
                for (to, share) in row(cell).enumerated() where share > 0 {
                    let numbers = [rate(share), weight(rates.movingWeights[cell]), source]
                    csv.append(place + [space.setting.codes[to]] + numbers)
                }
            }, isSame: { row($0).elementsEqual(row($1)) && rates.movingWeights[$0] == rates.movingWeights[$1] })
        return csv.data
    }

    private var transfers: Data {
        var csv = table(.transfers)
        func append(_ flow: String, _ age: Int, _ figure: Double) {
            if figure > 0 { csv.append([flow, String(age), rate(figure), source]) }
        }
        for age in 0..<space.ages {
            append("out", age, rates.transferring[age])
            append("in", age, authority.arrivals.transferred[age])
            append("unrecorded", age, authority.arrivals.unrecorded[age])
        }
        return csv.data
    }

    private var tilts: Data {
        var csv = table(.tilts)
        for need in 0..<space.need.count {
            for setting in 0..<space.setting.count {
                let tilt = rates.tilts[need * space.setting.count + setting]
                csv.append([
                    space.need.codes[need], space.setting.codes[setting], Numerals.plain(tilt), "England, \(source)",
                ])
            }
        }
        return csv.data
    }

    private var joiners: Data {
        var csv = table(.joiners)
        forEachAgeAndNeed { place, row in
            let joining = rates.joining[row]
            if joining.rate * joining.weight >= 5e-4 {
                csv.append(place + [rate(joining.rate), weight(joining.weight), source])
            }
        }
        return csv.data
    }

    private var entry: Data {
        var csv = table(.entry)
        forEachAgeAndNeed { place, row in
            guard rates.joining[row].rate * rates.joining[row].weight >= 5e-4 else { return }
            for (setting, code) in space.setting.codes.enumerated() {
                let share = rates.entry[row * space.setting.count + setting]
                if share > 0 { csv.append(place + [code, rate(share), weight(rates.entryWeights[row]), source]) }
            }
        }
        return csv.data
    }

    private var reclassified: Data {
        var csv = table(.reclassified)
        forEachAgeAndNeed { place, row in
            for (to, code) in space.need.codes.enumerated() {
                let share = rates.reclassifying[row * space.need.count + to]
                if share > 0 {
                    csv.append(
                        place + [code, rate(share), weight(rates.reclassifyingWeights[row]), "England, \(source)"])
                }
            }
        }
        return csv.data
    }

    private func assessments(_ shares: AssessmentCalibration) -> Data {
        var csv = table(.assessments)
        func append(_ step: RateTable.Step, _ age: String, _ share: GivenRates.Estimate, _ source: String) {
            csv.append([step.rawValue, age, rate(share.rate), weight(share.weight), source])
        }
        for (step, byAge) in [(RateTable.Step.assessed, shares.assessed), (.issued, shares.issued)] {
            for (age, share) in byAge.enumerated() { append(step, String(age), share, source) }
        }
        append(.inTime, NamedRow.any, shares.inTime, source)
        let nextYear = GivenRates.Estimate(AssessmentCalibration.nextYear, weight: 0)
        append(.nextYear, NamedRow.any, nextYear, "20 weeks from request to plan, of 52")
        return csv.data
    }

    private func forEachAgeAndNeed(_ body: (_ place: [String], _ row: Int) -> Void) {
        for age in 0..<space.ages {
            for (need, code) in space.need.codes.enumerated() {
                body([String(age), code], age * space.need.count + need)
            }
        }
    }

    private var deviations: Data {
        var csv = table(.deviations)
        let source = "test over all authorities: sendcast backtest"
        csv.append(["joiners", "", rate(rates.deviations.joining), source])
        csv.append(["joiners-yearly", "", rate(rates.joinerShock), source])
        for need in space.need.codes {
            csv.append(["joiners-growth", need, rate(CalibratedAuthority.needGrowthDeviation), "a judgement"])
        }
        csv.append(["leavers", "", rate(rates.deviations.leaving), source])
        var groups: [String] = []
        for (place, setting) in authority.settings.enumerated() where !groups.contains(setting.group) {
            groups.append(setting.group)
            csv.append(["entering", setting.group, rate(rates.deviations.entering[place]), source])
        }
        return csv.data
    }
}
