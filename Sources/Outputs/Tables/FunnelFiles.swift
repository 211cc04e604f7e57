import Formats
import Foundation
import Growth
import Studies
import Vocabulary

/// What a funnel of demand says, on the terminal and as a file.
package enum FunnelFiles {
    private static func name(_ year: Int) -> String { FinancialYear(starting: year).description }

    /// `funnel.csv`: counts, growth, conversion, forecasts and checks, a row each.
    package static func file(_ funnel: DemandFunnel, years ahead: Int) -> (name: String, data: Data) {
        ResultTable.funnel.file { table in
            func append(_ measure: String, _ stage: String, _ from: Int, _ to: Int, _ values: [Double]) {
                let blanks = [Double?](repeating: nil, count: 3 - values.count)
                table.append(measure, stage, name(from), name(to), values, blanks)
            }
            for (place, stage) in funnel.stages.enumerated() {
                for year in funnel.years {
                    if let count = stage.counts[year] { append("count", stage.name, year, year, [count]) }
                    if let now = stage.counts[year], let before = stage.counts[year - 1] {
                        append("growth", stage.name, year - 1, year, [now / before - 1])
                    }
                    if let share = funnel.conversion(place, year: year) {
                        append("conversion", stage.name, year, year, [share])
                    }
                }
                let last = stage.counts.keys.max() ?? 0
                for step in 1...ahead {
                    guard let one = funnel.series.forecast(place, years: step) else { continue }
                    append("forecast", stage.name, last, last + step, [one.median, one.low, one.high])
                }
            }
            for check in funnel.checks {
                append("printed", check.printed.stage, check.printed.from, check.printed.to, [check.printed.growth])
                append("recomputed", check.printed.stage, check.printed.from, check.printed.to, [check.recomputed])
            }
        }
    }
}
