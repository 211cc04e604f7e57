import Projection
import Sampling

/// The totals of one flow, and what each of its series counts.
struct FlowTable: Sendable {
    /// What a series counts.
    struct Place {
        var label: SeriesLayout.Label
        var toSetting: Int?
        var toNeed: Int?
        var route: Int?
    }

    let flow: Flow
    let totals: RunTotals
    let place: @Sendable (_ series: Int) -> Place

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
                let place = table.place(series)
                return StudyResult.FlowRow(
                    january: base + step + 1, flow: table.flow, label: place.label, toSetting: place.toSetting,
                    toNeed: place.toNeed, route: place.route, people: totals.summary(step: step, series: series))
            }
        }
        return rows
    }

    /// The tables of an outcome: the same ones, in the same order, of every scenario of a model.
    private static func all(_ outcome: Outcome) -> [FlowTable] {
        let labels = outcome.flowLayout.labels
        let (needs, settings) = (outcome.model.space.need.count, outcome.model.space.setting.count)
        let routes = outcome.model.rates.further.routes?.names.count ?? 1
        let bySeries = Flow.allCases.compactMap { flow in
            outcome.flows[flow].map { FlowTable(flow: flow, totals: $0) { Place(label: labels[$0]) } }
        }
        func pairs(_ flow: Flow, _ totals: RunTotals) -> FlowTable {
            FlowTable(flow: flow, totals: totals) {
                Place(label: SeriesLayout.Label(setting: $0 / settings), toSetting: $0 % settings)
            }
        }
        return bySeries + [
            FlowTable(flow: .reclassify, totals: outcome.reclassified) {
                Place(label: SeriesLayout.Label(need: $0 / needs), toNeed: $0 % needs)
            },
            pairs(.move, outcome.moves), pairs(.displace, outcome.displacements), pairs(.return, outcome.returns),
            FlowTable(flow: .leave, totals: outcome.routed) {
                Place(label: SeriesLayout.Label(setting: $0 / routes), route: $0 % routes)
            },
        ]
    }
}
