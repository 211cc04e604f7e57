import Finance
import Foundation
import Sampling
import Studies

/// The monitoring of a financial year as files.
package enum MonitorFiles {
    /// Forecasts of the year's end, and why it differs from the budget where one is known.
    package static func files(_ monitor: InYearMonitor) -> [(name: String, data: Data)] {
        let variance = monitor.variance.map { [variances(monitor, all: $0)] } ?? []
        return [forecasts(monitor)] + variance
    }

    private static func forecasts(_ monitor: InYearMonitor) -> (name: String, data: Data) {
        let year = monitor.year.description
        return ResultTable.monitor.file { table in
            for (line, own) in zip(monitor.study.accounts.lines, monitor.lines) {
                let forecast = own.forecast
                table.append(
                    year, own.name,
                    monitor.study.accounts.payers(of: line, in: monitor.year).count > 1 ? "shared" : line.payer,
                    own.months, forecast.spent, forecast.modelled, forecast.known,
                    InYearForecast.weightOfModel(known: forecast.known), own.counted, forecast.model,
                    Summary(of: forecast.runs))
            }
            let none: Double? = nil
            for payer in monitor.payers.map(Optional.some) + [nil] {
                table.append(
                    year, "spend", payer ?? ResultFiles.all, none, monitor.spent(bornBy: payer),
                    monitor.modelled(bornBy: payer), none, none, none, monitor.model(bornBy: payer),
                    Summary(of: monitor.yearEnd(bornBy: payer)))
            }
        }
    }

    private static func variances(_ monitor: InYearMonitor, all: BudgetVariance) -> (name: String, data: Data) {
        ResultTable.monitorVariance.file { table in
            let lines = monitor.lines.map { ($0.name, $0.variance) } + [("spend", all)]
            for case (let name, let variance?) in lines {
                table.append(
                    monitor.year.description, name,
                    [
                        variance.budget, variance.yearEnd, variance.variance, variance.volume, variance.mix,
                        variance.price, variance.unsplit,
                    ])
            }
        }
    }
}
