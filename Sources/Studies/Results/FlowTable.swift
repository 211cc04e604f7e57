import Projection
import Sampling

/// The totals of one flow, and what each of its series counts.
struct FlowTable: Sendable {
    /// What a series counts.
    typealias Label = (of: SeriesLayout.Label, destination: StudyResult.FlowRow.Destination)

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
        let tables = all(outcome)
        rows.reserveCapacity(tables.reduce(0) { $0 + $1.totals.steps * $1.totals.series })
        for (number, table) in tables.enumerated() {
            let (totals, first) = (table.totals, rows.count)
            rows += mapInParallel(totals.steps * totals.series) { index in
                let (step, series) = index.quotientAndRemainder(dividingBy: totals.series)
                if let known, totals.isSame(as: known[number], step: step, series: series) {
                    return knownRows[first + index]
                }
                let label = table.label(series)
                return StudyResult.FlowRow(
                    january: base + step + 1, flow: table.flow, label: label.of, destination: label.destination,
                    people: totals.summary(step: step, series: series))
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
            case .needPairs: (SeriesLayout.Label(need: series / needs), .need(Int16(series % needs)))
            case .settingPairs: (SeriesLayout.Label(setting: series / settings), .setting(Int16(series % settings)))
            case .routes: (SeriesLayout.Label(setting: series / routes), .route(Int16(series % routes)))
            case .flows, .stocks, .steps, .steering, .places: (labels[series], .anywhere)
            }
        }
    }
}
