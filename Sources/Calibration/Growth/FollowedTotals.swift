import Growth
import Projection
import Sampling

/// Totals that plans can follow run by run, from the paths of the panel's forecast.
public struct FollowedTotals: Sendable {
    /// The first January, and the totals from there on.
    public let firstJanuary: Int
    /// Medians, and what each year adds to the spread.
    public let totals: JoinerControl.Totals

    /// How many paths medians and spreads are taken from.
    private static let paths = 2_000

    /// - Returns: `nil` where the area's series is too short, or is England's, whose paths are those of its authorities.
    public init?(_ model: CalibratedAuthority, history: ReleaseHistory, seed: UInt64 = 2026) {
        let years = model.population.people.count - 1
        let panel = history.totals
        guard years > 0, let area = panel.areas.firstIndex(where: { $0.id == model.area.number }) else { return nil }
        let forecast = PanelModel(panel, origin: model.january, horizon: years)
        guard let paths = forecast.paths(area, count: Self.paths, seed: seed) else { return nil }
        var medians: [Double] = []
        var deviations: [Double] = []
        var variance = 0.0
        for year in 0..<years {
            let logs = RankedFigures(paths.map { PanelModel.growth($0[year]) })
            medians.append(PanelModel.factor(logs.quantile(0.5)))
            // The tails are Student's.
            let spread = logs.deviation80
            deviations.append(max(spread * spread - variance, 0).squareRoot())
            variance = max(variance, spread * spread)
        }
        firstJanuary = model.january + 1
        totals = JoinerControl.Totals(medians: medians, deviations: deviations)
    }
}
