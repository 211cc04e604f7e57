import Formats
import Intake
import Projection
import Rates
import Vocabulary

/// A calibrated authority as the model that users run: every rate, count and assumption with its source, to the digits of files.
public struct CalibratedModel {
    private let authority: CalibratedAuthority
    /// The area with what earlier releases say of it too.
    private let past: NationalRelease.Area
    private let release: NationalRelease
    private let turnover: TurnoverEffect?
    private let growth: ModelDescription.Growth
    private let path: JoinerFactors?
    private let totals: FollowedTotals?
    private let money: AuthorityMoney?
    private var space: StateSpace { authority.space }

    /// - Parameters:
    ///   - release: what it was calibrated from.
    ///   - history: earlier releases, whose Januaries are written too.
    ///   - turnover: what doubling the turnover prior would change, for the assumptions log.
    ///   - growth: how joiners grow after the first year.
    ///   - path: the factors of growth that is read from `growth.csv`; without them such growth is `none`.
    ///   - totals: the totals that growth follows which is read from `totals.csv`; likewise.
    ///   - money: what lines cost and what comes in; without it costs are other areas'.
    public init(
        _ authority: CalibratedAuthority, of release: NationalRelease, history: ReleaseHistory? = nil,
        turnover: TurnoverEffect? = nil,
        growth: ModelDescription.Growth = .none, path: JoinerFactors? = nil, totals: FollowedTotals? = nil,
        money: AuthorityMoney? = nil
    ) {
        past = history?.joined([authority.area]).first ?? authority.area
        self.money = money
        self.turnover = turnover
        let isWithoutTable = (growth == .panel && path == nil) || (growth == .follow && totals == nil)
        self.growth = isWithoutTable ? .none : growth
        self.totals = totals
        self.path = path
        self.authority = authority
        self.release = release
    }

    /// The model.
    /// - Parameter command: the command line that makes it again.
    public func data(command: String) -> ModelData {
        let plans = GivenPlans(
            settings: authority.settings, needs: authority.needs, cohort: authority.cohort,
            rates: CalibratedRows(authority, source: source).tables, assumptions: AssumptionLog(entries: assumptions))
        let people = authority.population.people.mapValues { $0.map { Numerals.rounded($0, decimals: 1) } }
        var data = ModelData(
            description(command), space, .given(plans), population: PopulationTable(people), costs: costs,
            money: money?.money ?? GivenMoney())
        data.joiners[.growth] = path.map(factors)
        data.joiners[.totals] = totals.map(followed)
        data.joiners[.mix] = authority.mix.map(shares)
        data.joiners[.ceiling] = authority.ceiling(growth).map(ceiling)
        data.joiners[.assessments] = authority.assessments.map(assessments)
        data.law =
            LawCalibration(
                authority.area, england: release.england, year: authority.january - 1, source: source
            ).rows
        data.history = history
        data.indicators = authority.area.indicators(release.classification, source: source)
        return data
    }

    /// Pounds of a plan: the sum of the model's own lines, or other areas' where it has none.
    private var costs: CostTable {
        if let money { return CostTable(summing: money.money.lines, space) }
        var costs = CostTable()
        for cost in UnitCost.published where space.setting.position(of: cost.setting) != nil {
            guard let pounds = Pounds(cost.cost) else { continue }
            costs.add(CostTable.anyNeed, cost.setting, pounds, source: cost.source)
        }
        return costs
    }

    private var source: String { "DfE plans \(authority.january)" }

    private func description(_ command: String) -> ModelDescription {
        var description = ModelDescription()
        description.provenance =
            [
                "Made by: \(command)",
                "Contains public sector information licensed under the Open Government Licence v3.0:",
                "Department for Education, Education, health and care plans, January \(authority.january);",
                "Department for Education, section 251 outturn and dedicated schools grant;",
                "Office for National Statistics, population estimates and projections.",
                "Tables read, with their SHA-256:",
            ]
            + (release.sources + (money?.files ?? [])).map {
                "  \($0.name.split(separator: "/").last ?? "") \($0.digest)"
            }
        description.title = authority.area.name
        description.area = authority.area.code
        description.audience = "finance planners and authors of sufficiency strategies"
        description.purpose = "a first forecast from published tables, before records of children are at hand"
        description.notFor = "decisions about single schools or children; replace rates rated red first"
        description.base = authority.january
        description.horizon = authority.population.people.count - 1
        description.growth = growth
        description.mix = authority.mix == nil ? .flows : .forecast
        // Prices are made over the children of Januaries, so the growth within the year is in them.
        if money != nil { description.countsInYearGrowth = false }
        description.runs = 1000
        description.seed = 2026
        return description
    }

    private var assumptions: [AssumptionLog.Entry] {
        let ofTransport = money?.transportAssumption(String(authority.january))
        return others + [ofTransport].compactMap { $0 }
    }

    private var others: [AssumptionLog.Entry] {
        authority.assumptions.compactMap { assumption in
            if assumption.id == AssumptionLog.ceiling && authority.ceiling(growth) == nil { return nil }
            if let money, assumption.id == AssumptionLog.unitCosts { return money.assumption(assumption.date) }
            guard let turnover, assumption.id == "turnover" else { return assumption }
            let changes = turnover.changes.joined(separator: ", ")
            return AssumptionLog.Entry(
                assumption.id, assumption.statement,
                value: "\(assumption.value); twice as much changes January \(turnover.january) by: \(changes)",
                source: assumption.source, date: assumption.date, quality: assumption.quality)
        }
    }

    /// Plans of every January that was published, in all and by need and setting where each is; settings from the January in which bases
    /// were first distinguished.
    private var history: [HistoryRow] {
        let published = past.plans.sorted { $0.key < $1.key }.filter { $0.key < authority.january }
        return published.flatMap { january, plans -> [HistoryRow] in
            func row(need: String = "", setting: String = "", _ count: Double) -> HistoryRow {
                HistoryRow(
                    january: january, need: need, setting: setting, plans: Numerals.rounded(count, decimals: 3),
                    source: source)
            }
            let total = plans.total ?? plans.bySetting.map { $0.reduce(0, +) }
            let byNeed = authority.needs.compactMap { need in
                release.plans(of: need.code, in: past, january: january).map { row(need: need.code, $0) }
            }
            let bySetting = authority.settings.compactMap { setting -> HistoryRow? in
                guard january >= ReleaseHistory.firstOfBases, let counts = plans.bySetting,
                    let column = release.classification.settings.firstIndex(where: { $0.code == setting.code })
                else { return nil }
                return row(setting: setting.code, counts[column])
            }
            return (total.map { [row($0)] } ?? []) + byNeed + bySetting
        }
    }

    private func followed(_ followed: FollowedTotals) -> [RateRow] {
        zip(followed.totals.medians, followed.totals.deviations).enumerated().map { year, total in
            RateRow(
                String(followed.firstJanuary + year), figure: Numerals.rounded(total.0, decimals: 1),
                deviation: Numerals.rounded(total.1, decimals: 5), source: "panel of authorities, \(source)")
        }
    }

    private func ceiling(_ ceiling: SharedCeiling) -> [RateRow] {
        [
            RateRow(
                String(ceiling.after), figure: ceiling.share, deviation: ceiling.deviation,
                source: PlanCeiling.shipped.source)
        ]
    }

    private func shares(_ mix: FollowedMix) -> [RateRow] {
        mix.shares.enumerated().flatMap { year, shares in
            zip(mix.parts, shares).map { part, share in
                RateRow(
                    "\(mix.firstJanuary + year)/\(part)", figure: Numerals.rounded(share, decimals: 5),
                    source: "shares of authorities, \(source)")
            }
        }
    }

    private func factors(_ path: JoinerFactors) -> [RateRow] {
        path.factors.enumerated().flatMap { year, factors in
            let needs: [Int?] = path.isByNeed ? Array(factors.indices) : [nil]
            return needs.map { need in
                RateRow(
                    String(path.firstJanuary + year), need: need,
                    figure: Numerals.rounded(factors[need ?? 0], decimals: 3), source: "panel of authorities, \(source)"
                )
            }
        }
    }

    private func assessments(_ shares: AssessmentCalibration) -> [RateRow] {
        func row(_ step: RateTable.Step, _ age: Int?, _ share: GivenRates.Estimate, _ source: String) -> RateRow {
            CalibratedRows.row(step.rawValue, age: age, figure: share.rate, weight: share.weight, source: source)
        }
        return shares.assessed.enumerated().map { row(.assessed, $0, $1, source) }
            + shares.issued.enumerated().map { row(.issued, $0, $1, source) }
            + [
                row(.inTime, nil, shares.inTime, source),
                row(
                    .nextYear, nil, .init(AssessmentCalibration.nextYear, weight: 0),
                    "20 weeks from request to plan, of 52"),
            ]
    }
}
