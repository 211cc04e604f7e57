import Foundation

/// A forecast of all authorities as files.
package enum NationalFiles {
    /// Every file, by name.
    package static func files(_ forecast: NationalForecast) -> [(name: String, data: Data)] {
        let figures = ResultTable.national.file { table in
            for row in forecast.rows {
                table.append(
                    row.scope, row.number, row.area, row.measure.rawValue, row.period, row.authorities, row.figure)
            }
        }
        let growth = ResultTable.nationalGrowth.file { table in
            for (place, one) in forecast.ranking.enumerated() {
                table.append(
                    place + 1, one.number, one.area, one.region, one.base, forecast.januaries.lowerBound,
                    forecast.januaries.upperBound, one.growth)
            }
        }
        return [figures, growth]
    }
}
