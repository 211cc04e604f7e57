import Formats

extension Chart {
    /// Bars from a figure at a low value to that at a high one, about what is forecast, the widest first.
    /// - Parameters:
    ///   - forecast: the figure as forecast, a line down the chart.
    ///   - rows: what is changed, its low and high value in words, and the figure at each.
    static func swings(
        _ id: String, finding: String, what: String, _ format: FigureFormat, forecast: Double,
        rows: [(name: String, range: String, low: Double, high: Double)]
    ) -> Chart {
        let values: [JSON] = rows.flatMap { row -> [JSON] in
            [("low value", row.low), ("high value", row.high)].map { end, figure in
                [
                    "name": .text(row.name), "range": .text(row.range), "end": .text(end), "figure": .number(figure),
                    "forecast": .number(forecast),
                ]
            }
        }
        let y: JSON = [
            "field": "name", "type": "nominal", "sort": .list(rows.map { .text($0.name) }),
            "axis": ["title": .text("")],
        ]
        func rule(at figure: Double, _ color: String, isDashed: Bool) -> JSON {
            [
                "mark": ["type": "rule", "color": .text(color), "strokeDash": isDashed ? [5, 4] : [1, 0]],
                "encoding": ["x": ["datum": .number(figure)]],
            ]
        }
        let bars: JSON = [
            "mark": ["type": "bar", "height": 14],
            "encoding": [
                "y": y, "x": .figure("forecast", what, format), "x2": ["field": "figure"],
                "color": [
                    "field": "end", "type": "nominal", "title": .text(""),
                    "scale": ["domain": ["low value", "high value"], "range": [.text(Ink.blue), .text(Ink.orange)]],
                ],
                "tooltip": [
                    .tip("name", "factor"), .tip("range", "low to high"), .tip("end", "at the"),
                    .tip("figure", what, format.tip),
                ],
            ],
        ]
        return Chart(
            id, finding: finding,
            description:
                "\(Wording.heading(what)) at a low and a high value of each factor, the others as forecast (the line); "
                + "£0 is dashed.",
            height: 70 + 26 * rows.count, isWide: true, columns: ["factor", "low to high", "at low", "at high"],
            rows: rows.map { [$0.name, $0.range, format.change($0.low), format.change($0.high)] },
            [
                "data": ["values": .list(values)],
                "layer": [
                    bars, rule(at: forecast, Ink.text, isDashed: false), rule(at: 0, Ink.grey, isDashed: true),
                ],
            ])
    }
}
