import Intake
import Projection
import Sampling
import Vocabulary

/// A forecast of a January that has been counted since the model's base, and the count.
///
/// The count is in no rate of the model: the forecast is the one that was made before.
package struct ForecastCheck: Sendable {
    /// What was counted, as `counted.csv` says it.
    package let row: CountedRow
    /// The forecast, over the runs.
    package let forecast: Summary

    /// The mean of the forecast less the count, as a share of the count; `nil` of a count of 0.
    package var error: Double? { row.plans > 0 ? forecast.mean / row.plans - 1 : nil }
    /// Whether the count lies in the 80 % interval.
    package var isInside: Bool { forecast.interval80.contains(row.plans) }
}

extension StudyResult {
    /// The forecasts that can be compared with a count: of Januaries projected, and of parts that are told apart.
    package var forecastChecks: [ForecastCheck] {
        let layout = outcome.stockLayout
        func position(_ word: String, _ words: [String]) -> Int? { word.isEmpty ? nil : words.firstIndex(of: word) }
        return study.folder.counted.compactMap { row in
            let step = row.january - study.base.january
            let label = SeriesLayout.Label(
                band: position(row.band, layout.bands.map(\.name)), need: position(row.need, layout.space.need.codes),
                setting: position(row.setting, layout.space.setting.codes))
            guard (1..<outcome.stocks.steps).contains(step), let series = layout.labels.firstIndex(of: label) else {
                return nil
            }
            return ForecastCheck(row: row, forecast: plans[step * layout.count + series].people)
        }
    }
}
