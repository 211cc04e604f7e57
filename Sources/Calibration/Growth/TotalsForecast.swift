import Growth
import Intake

/// What the panel of all authorities forecasts of all plans from a January: learnt once, for models of any of them.
public struct TotalsForecast: Sendable {
    private let panel: GrowthPanel
    private let model: PanelModel

    /// Learns from a history.
    public init(_ history: ReleaseHistory, origin: Int, years: Int) {
        panel = history.totals
        model = PanelModel(panel, origin: origin, horizon: years)
    }

    /// Expected log growth of an area by year ahead; `nil` where its series is too short.
    func growth(of area: NationalRelease.Area) -> [Double]? {
        if area.isNational { return model.national }
        return panel.areas.firstIndex { $0.id == area.number }.flatMap { model.expectedGrowth($0) }
    }
}
