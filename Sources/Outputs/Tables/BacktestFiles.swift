import Calibration
import Formats
import Foundation
import Growth

/// A test of series as files.
public enum BacktestFiles {
    /// `backtest.csv` and `backtest-forecasts.csv`.
    public static func files(_ test: SeriesBacktest) -> [(name: String, data: Data)] {
        var scores = CSVWriter(columns: [
            "level", "method", "horizon", "n", "mape", "median_ape", "bias", "crps", "cover50", "cover80", "cover95",
        ])
        for line in test.lines {
            let figures = [line.score.meanError, line.score.medianError, line.score.bias, line.score.rankedScore]
            scores.append(
                [line.level, line.method, String(line.horizon), String(line.score.count)]
                    + (figures + line.score.coverage).map { Numerals.plain($0, decimals: 4) })
        }
        var forecasts = CSVWriter(columns: [
            "level", "method", "area", "origin", "horizon", "forecast", "p10", "p90", "outcome",
        ])
        for forecast in test.forecasts {
            forecasts.append(
                [forecast.level, forecast.method, forecast.area, String(forecast.origin), String(forecast.horizon)]
                    + [forecast.point, forecast.low, forecast.high, forecast.outcome].map {
                        Numerals.plain($0, decimals: 1)
                    })
        }
        return [("backtest.csv", scores.data), ("backtest-forecasts.csv", forecasts.data)]
    }

    /// `backtest.csv` of children in care: a kind of placement, method and horizon a row.
    public static func file(_ test: CareBacktest) -> (name: String, data: Data) {
        var csv = CSVWriter(columns: [
            "level", "method", "horizon", "n", "mape", "median_ape", "bias", "crps", "cover50", "cover80", "cover95",
        ])
        for line in test.lines {
            let figures = [line.score.meanError, line.score.medianError, line.score.bias, line.score.rankedScore]
            csv.append(
                [line.kind, line.method.rawValue, String(line.horizon), String(line.score.count)]
                    + (figures + line.score.coverage).map { Numerals.plain($0, decimals: 4) })
        }
        return ("backtest.csv", csv.data)
    }
}
