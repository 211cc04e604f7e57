import Calibration
import Formats
import Foundation
import Growth

/// A test of series as files.
package enum BacktestFiles {
    /// The scores of a test, and every forecast.
    package static func files(_ test: SeriesBacktest) -> [(name: String, data: Data)] {
        let scores = ResultTable.backtest.file { table in
            for line in test.lines { append(line.level, line.method, line.horizon, line.score, to: &table) }
        }
        let forecasts = ResultTable.backtestForecasts.file { table in
            for forecast in test.forecasts {
                table.append(
                    forecast.level, forecast.method, forecast.area, forecast.origin, forecast.horizon,
                    [forecast.point, forecast.low, forecast.high, forecast.outcome])
            }
        }
        return [scores, forecasts]
    }

    /// The scores of a test of children in care: a kind of placement, method and horizon a row.
    package static func file(_ test: CareBacktest) -> (name: String, data: Data) {
        ResultTable.backtest.file { table in
            for line in test.lines { append(line.kind, line.method.rawValue, line.horizon, line.score, to: &table) }
        }
    }

    /// The scores of a test of spend: a size of authorities, way and horizon a row.
    package static func file(_ test: SpendBacktest) -> (name: String, data: Data) {
        ResultTable.backtest.file { table in
            for line in test.lines {
                append(line.size.rawValue, line.method.rawValue, line.horizon, line.score, to: &table)
            }
        }
    }

    /// The scores of a test of models: a part, way and horizon a row.
    package static func file(_ test: ModelBacktest) -> (name: String, data: Data) {
        ResultTable.backtest.file { table in
            for line in test.lines { append(line.part, line.method, line.horizon, line.score, to: &table) }
        }
    }

    private static func append(
        _ level: String, _ method: String, _ horizon: Int, _ score: ForecastScore, to table: inout Table
    ) {
        let figures = [score.meanError, score.medianError, score.bias, score.rankedScore]
        table.append(level, method, horizon, score.count, figures + score.coverage + [score.weightedError])
    }
}
