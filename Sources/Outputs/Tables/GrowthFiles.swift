import Calibration
import Formats
import Foundation
import Sampling
import Studies

/// A forecast of growth as files: its figures, its causes, and a chart.
package enum GrowthFiles {
    /// Every file, by name.
    package static func files(_ forecast: GrowthForecast) -> [(name: String, data: Data)] {
        [figures(forecast), causes(forecast), ("growth.vl.json", chart(forecast))]
    }

    private static func figures(_ forecast: GrowthForecast) -> (name: String, data: Data) {
        ResultTable.growthForecast.file { table in
            for series in forecast.series + forecast.parts.flatMap(\.series) {
                for point in series.history {
                    table.append(series.name, point.january, "counted", Summary(always: point.plans))
                }
                for point in series.forecast { table.append(series.name, point.january, "forecast", point.plans) }
            }
        }
    }

    private static func causes(_ forecast: GrowthForecast) -> (name: String, data: Data) {
        ResultTable.growthCauses.file { table in
            for series in forecast.series {
                let last = series.forecast.last?.january ?? forecast.base
                for (cause, plans) in zip(GrowthCauses.Cause.allCases, series.causes) {
                    table.append(series.name, forecast.base, last, cause.rawValue, plans)
                }
            }
        }
    }

    /// A fan chart (Vega-Lite 5), one panel for each series.
    private static func chart(_ forecast: GrowthForecast) -> Data {
        let document: JSON = [
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "title": [
                "text": .text(finding(forecast)), "subtitle": "Bands: half and four fifths of the runs",
                "anchor": "start",
            ],
            "description": .text(
                finding(forecast) + " Counted plans as a line with points, forecast as dashes with bands."),
            "data": ["values": .list(forecast.series.flatMap { points($0) })],
            "facet": [
                "field": "series", "type": "nominal", "title": .text(""),
                "sort": .list(forecast.series.map { .text($0.name) }),
            ],
            "columns": 2, "resolve": ["scale": ["y": "independent"]],
            "spec": [
                "width": 320, "height": 220,
                "layer": [
                    band("p10", "p90", opacity: 0.2), band("p25", "p75", opacity: 0.3), line("counted", dashed: false),
                    line("median", dashed: true),
                ],
            ],
        ]
        return document.data
    }

    /// What is drawn of a series: what was counted, and the forecast from the last count on.
    private static func points(_ series: GrowthForecast.Series) -> [JSON] {
        let counted: [JSON] = series.history.map { point in
            [
                "series": .text(series.name), "january": .number(Double(point.january)),
                "counted": .number(point.plans),
            ]
        }
        let base = series.history.last.map { ($0.january, Array(repeating: $0.plans, count: Summary.shares.count)) }
        let forecast = [base].compactMap { $0 } + series.forecast.map { ($0.january, $0.plans.quantiles) }
        return counted
            + forecast.map { january, quantiles in
                [
                    "series": .text(series.name), "january": .number(Double(january)), "median": .number(quantiles[3]),
                    "p10": .number(quantiles[1]), "p25": .number(quantiles[2]), "p75": .number(quantiles[4]),
                    "p90": .number(quantiles[5]),
                ]
            }
    }

    private static let x: JSON = [
        "field": "january", "type": "quantitative", "axis": ["format": "d", "title": "January"],
    ]

    private static func y(_ field: String) -> JSON {
        [
            "field": .text(field), "type": "quantitative", "axis": ["title": "plans", "format": ","],
            "scale": ["zero": true],
        ]
    }

    private static func band(_ low: String, _ high: String, opacity: Double) -> JSON {
        [
            "mark": ["type": "area", "opacity": .number(opacity), "color": .text(blue)],
            "encoding": ["x": x, "y": y(low), "y2": ["field": .text(high)]],
        ]
    }

    private static func line(_ field: String, dashed: Bool) -> JSON {
        let dash: JSON = dashed ? [6, 4] : [1, 0]
        return [
            "mark": ["type": "line", "color": .text(blue), "strokeDash": dash, "point": .truth(!dashed)],
            "encoding": ["x": x, "y": y(field)],
        ]
    }

    /// A blue that the colour-blind tell from grey.
    private static let blue = "#0072B2"

    /// What the forecast says, in one sentence.
    static func finding(_ forecast: GrowthForecast) -> String {
        let parts = forecast.series.compactMap { series -> String? in
            guard let now = series.history.last, let last = series.forecast.last else { return nil }
            let interval = last.plans.interval80
            return "\(series.name) from \(Numerals.grouped(now.plans)) to \(Numerals.grouped(last.plans.median)) "
                + "(\(Numerals.grouped(interval)))"
        }
        let last = forecast.series.first?.forecast.last?.january ?? forecast.base
        return "\(forecast.area), January \(forecast.base) to \(last): \(parts.joined(separator: "; "))."
    }
}
