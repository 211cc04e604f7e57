import Projection
import Sampling

/// The totals of one flow, and what each of its series counts.
struct FlowTable: Sendable {
    /// What a series counts.
    struct Label {
        var of: SeriesLayout.Label
        var toSetting: Int?
        var toNeed: Int?
        var route: Int?
    }

    let flow: Flow
    let totals: RunTotals
    let label: @Sendable (_ series: Int) -> Label

    /// Every flow of an outcome, by January and series.
    /// - Parameter baseline: whose figures stand where they are the same in every run.
    static func rows(of outcome: Outcome, beside baseline: StudyResult?) -> [StudyResult.FlowRow] {
        let base = outcome.model.base.january
        let known = baseline.map { all($0.outcome).map(\.totals) }
        let knownRows = baseline?.flows ?? []
        var rows: [StudyResult.FlowRow] = []
        for (number, table) in all(outcome).enumerated() {
            let (totals, first) = (table.totals, rows.count)
            rows += mapInParallel(totals.steps * totals.series) { index in
                let (step, series) = index.quotientAndRemainder(dividingBy: totals.series)
                if let known, totals.isSame(as: known[number], step: step, series: series) {
                    return knownRows[first + index]
                }
                let label = table.label(series)
                return StudyResult.FlowRow(
                    january: base + step + 1, flow: table.flow, label: label.of, toSetting: label.toSetting,
                    toNeed: label.toNeed, route: label.route, people: totals.summary(step: step, series: series))
            }
        }
        return rows
    }

    /// The tables of an outcome: the same ones, in the same order, of every scenario of a model.
    private static func all(_ outcome: Outcome) -> [FlowTable] {
        Tally.allCases.compactMap { tally in
            tally.flow.map { FlowTable(flow: $0, totals: outcome[tally], label: labels(of: tally, outcome)) }
        }
    }

    private static func labels(of tally: Tally, _ outcome: Outcome) -> @Sendable (_ series: Int) -> Label {
        let (needs, settings) = (outcome.model.space.need.count, outcome.model.space.setting.count)
        let routes = outcome.model.rates.further.routes?.names.count ?? 1
        let labels = outcome.flowLayout.labels
        return { series in
            switch tally.series {
            case .needPairs: Label(of: SeriesLayout.Label(need: series / needs), toNeed: series % needs)
            case .settingPairs: Label(of: SeriesLayout.Label(setting: series / settings), toSetting: series % settings)
            case .routes: Label(of: SeriesLayout.Label(setting: series / routes), route: series % routes)
            case .flows, .stocks, .steps, .steering, .places: Label(of: labels[series])
            }
        }
    }
}
