import Formats

extension Chart {
    /// A point of a forecast.
    struct FanPoint: Sendable {
        /// A January, or a financial year.
        let x: String
        let interval: Interval
    }

    /// What was counted as a line with points; what is forecast as a line in its bands.
    /// - Parameters:
    ///   - mark: a line across at some height, with words.
    ///   - end: a line upright at a year, with words.
    static func fan(
        _ id: String, finding: String, what: String, _ format: FigureFormat, xTitle: String,
        counted: [(x: String, value: Double)] = [], points: [FanPoint], mark: (height: Double, words: String)? = nil,
        end: (x: String, words: String)? = nil
    ) -> Chart {
        let isNumber = points.allSatisfy { Int($0.x) != nil }
        func place(_ x: String) -> JSON { isNumber ? .number(Double(x) ?? 0) : .text(x) }
        let past: [JSON] = counted.map { ["x": place($0.x), "counted": .number($0.value)] }
        let future: [JSON] = points.map { point in
            let figures = point.interval
            return [
                "x": place(point.x), "p10": .number(figures.p10), "p25": .number(figures.p25),
                "mean": .number(figures.mean), "p75": .number(figures.p75), "p90": .number(figures.p90),
            ]
        }
        let x = JSON.x("x", xTitle, isNumber: isNumber)
        let tips: JSON = [
            .tip("x", xTitle), .tip("mean", "mean", format.tip), .tip("p10", "10 % are below", format.tip),
            .tip("p90", "10 % are above", format.tip),
        ]
        var layers: [JSON] = [
            band("p10", "p90", over: x, format, opacity: 0.22), band("p25", "p75", over: x, format, opacity: 0.35),
            [
                "mark": [
                    "type": "line", "color": .text(Ink.blue), "strokeWidth": 2, "point": ["size": 30, "filled": true],
                ],
                "encoding": ["x": x, "y": .figure("mean", what, format), "tooltip": tips],
            ],
        ]
        if !past.isEmpty {
            layers.append([
                "mark": [
                    "type": "line", "color": .text(Ink.text), "strokeWidth": 2,
                    "point": ["size": 30, "color": .text(Ink.text)],
                ],
                "encoding": [
                    "x": x, "y": .figure("counted", what, format),
                    "tooltip": [.tip("x", xTitle), .tip("counted", "counted", format.tip)],
                ],
            ])
        }
        if let mark { layers += line(at: mark.height, mark.words) }
        if let end { layers += upright(at: place(end.x), x, end.words) }
        let known = Set(counted.map(\.x))
        let rows =
            counted.map { [$0.x, format.text($0.value), "counted"] }
            + points.filter { !known.contains($0.x) }.map {
                [$0.x, format.text($0.interval.mean), format.range($0.interval)]
            }
        return Chart(
            id, finding: finding,
            description:
                "\(Wording.heading(what)), mean; the darker band holds half of the runs, the lighter four fifths.",
            columns: [xTitle, "mean", "80 % interval"], rows: rows,
            ["data": ["values": .list(past + future)], "layer": .list(layers)])
    }

    /// What lies between two quantiles.
    private static func band(
        _ low: String, _ high: String, over x: JSON, _ format: FigureFormat, opacity: Double
    ) -> JSON {
        [
            "mark": ["type": "area", "color": .text(Ink.blue), "opacity": .number(opacity)],
            "encoding": ["x": x, "y": .figure(low, "", format), "y2": ["field": .text(high)]],
        ]
    }

    /// A dashed line upright, with words to its left.
    private static func upright(at place: JSON, _ x: JSON, _ words: String) -> [JSON] {
        let data: JSON = ["values": [["x": place, "words": .text(words)]]]
        return [
            [
                "mark": ["type": "rule", "color": .text(Ink.grey), "strokeDash": [5, 4]], "data": data,
                "encoding": ["x": x],
            ],
            [
                "mark": [
                    "type": "text", "align": "right", "baseline": "top", "y": 4, "dx": -6, "color": .text(Ink.grey),
                    "fontSize": 12,
                ], "data": data, "encoding": ["x": x, "text": ["field": "words"]],
            ],
        ]
    }

    /// A dashed line across, with words above it.
    private static func line(at height: Double, _ words: String) -> [JSON] {
        let y: JSON = ["datum": .number(height)]
        return [
            [
                "mark": ["type": "rule", "color": .text(Ink.orange), "strokeDash": [5, 4]],
                "data": ["values": [["height": .number(height)]]], "encoding": ["y": y],
            ],
            [
                "mark": [
                    "type": "text", "align": "left", "x": 4, "dy": -6, "color": .text(Ink.orange), "fontSize": 12,
                ],
                "data": ["values": [["words": .text(words)]]], "encoding": ["y": y, "text": ["field": "words"]],
            ],
        ]
    }

    /// Parts of a whole over time, one upon the other.
    /// - Parameter parts: a name, and figures in the order of the places on the axis.
    static func stack(
        _ id: String, finding: String, what: String, _ format: FigureFormat, xTitle: String, xs: [String],
        parts: [(name: String, figures: [Double])], isArea: Bool
    ) -> Chart {
        let isNumber = isArea && xs.allSatisfy { Int($0) != nil }
        let values: [JSON] = parts.enumerated().flatMap { order, part in
            zip(xs, part.figures).map { x, figure -> JSON in
                [
                    "x": isNumber ? .number(Double(x) ?? 0) : .text(x), "part": .text(part.name),
                    "order": .number(Double(order)),
                    "figure": .number(figure),
                ]
            }
        }
        let names: [JSON] = parts.map { .text($0.name) }
        let mark: JSON =
            isArea
            ? ["type": "area", "opacity": 0.92, "line": ["color": "white", "strokeWidth": 0.6]] : ["type": "bar"]
        let encoding: JSON = [
            "x": .x("x", xTitle, isNumber: isNumber), "y": .figure("figure", what, format, stack: "zero"),
            "color": [
                "field": "part", "type": "nominal", "title": .text(""), "sort": .list(names),
                "scale": ["domain": .list(names)],
            ],
            "order": ["field": "order", "type": "quantitative"],
            "tooltip": [.tip("x", xTitle), .tip("part", "part"), .tip("figure", what, format.tip)],
        ]
        return Chart(
            id, finding: finding, description: "\(Wording.heading(what)) by part, means of the runs.",
            columns: [xTitle] + parts.map(\.name),
            rows: xs.indices.map { place in [xs[place]] + parts.map { format.text($0.figures[place]) } },
            ["data": ["values": .list(values)], "mark": mark, "encoding": encoding])
    }

    /// Figures with their intervals, one below the other; their order is kept.
    static func intervals(
        _ id: String, finding: String, what: String, _ format: FigureFormat, rowTitle: String,
        rows: [(name: String, interval: Interval)]
    ) -> Chart {
        let values: [JSON] = rows.map { row in
            [
                "name": .text(row.name), "mean": .number(row.interval.mean), "p10": .number(row.interval.p10),
                "p90": .number(row.interval.p90),
            ]
        }
        let y: JSON = [
            "field": "name", "type": "nominal", "sort": .list(rows.map { .text($0.name) }),
            "axis": ["title": .text(""), "grid": true],
        ]
        let layers: JSON = [
            ["mark": ["type": "rule", "color": .text(Ink.grey)], "encoding": ["x": ["datum": 0]]],
            [
                "mark": ["type": "rule", "color": .text(Ink.blue), "strokeWidth": 4, "opacity": 0.45],
                "encoding": ["y": y, "x": .figure("p10", what, format), "x2": ["field": "p90"]],
            ],
            [
                "mark": ["type": "point", "filled": true, "size": 70, "opacity": 1, "color": .text(Ink.blue)],
                "encoding": [
                    "y": y, "x": .figure("mean", what, format),
                    "tooltip": [
                        .tip("name", rowTitle), .tip("mean", "mean", format.tip),
                        .tip("p10", "10 % are below", format.tip),
                        .tip("p90", "10 % are above", format.tip),
                    ],
                ],
            ],
        ]
        return Chart(
            id, finding: finding, description: "\(Wording.heading(what)): mean as a dot, 80 % interval as a bar.",
            height: 60 + 26 * rows.count,
            columns: [rowTitle, "mean", "80 % interval"],
            rows: rows.map {
                [
                    $0.name, format.change($0.interval.mean),
                    "\(format.change($0.interval.p10)) to \(format.change($0.interval.p90))",
                ]
            },
            ["data": ["values": .list(values)], "layer": layers])
    }

    /// From one figure to another by steps.
    /// - Parameter steps: the first is where it starts; the end is their sum.
    static func waterfall(
        _ id: String, finding: String, what: String, _ format: FigureFormat, steps: [(name: String, figure: Double)],
        end: String
    ) -> Chart {
        var reached = 0.0
        var values: [JSON] = []
        for (place, step) in steps.enumerated() {
            let kind = place == 0 ? "total" : step.figure < 0 ? "less" : "more"
            values.append([
                "name": .text(step.name), "low": .number(reached), "high": .number(reached + step.figure),
                "kind": .text(kind),
                "figure": .number(step.figure),
            ])
            reached += step.figure
        }
        values.append([
            "name": .text(end), "low": 0, "high": .number(reached), "kind": "total", "figure": .number(reached),
        ])
        let names: [JSON] = steps.map { .text($0.name) } + [.text(end)]
        // A waterfall of small steps between large totals is read from near its totals.
        let low = min(reached, steps.first?.figure ?? 0)
        let span = steps.dropFirst().reduce(0) { $0 + abs($1.figure) }
        let floor = max(0, low - 2 * span)
        var x: [String: JSON] = ["field": "low", "type": "quantitative"]
        var axis = format.axis
        axis["title"] = .text(what)
        axis["tickCount"] = 6
        axis["labelOverlap"] = true
        x["axis"] = .object(axis)
        x["scale"] = ["domainMin": .number(floor), "zero": false]
        let encoding: JSON = [
            "y": [
                "field": "name", "type": "nominal", "sort": .list(names),
                "axis": ["title": .text("")],
            ],
            "x": .object(x), "x2": ["field": "high"],
            "color": [
                "field": "kind", "type": "nominal", "title": .text(""),
                "scale": [
                    "domain": ["total", "less", "more"],
                    "range": [.text(Ink.grey), .text(Ink.blue), .text(Ink.orange)],
                ],
            ],
            "tooltip": [.tip("name", "step"), .tip("figure", what, format.tip)],
        ]
        let rows = steps.enumerated().map {
            [$0.element.name, $0.offset == 0 ? format.text($0.element.figure) : format.change($0.element.figure)]
        }
        return Chart(
            id, finding: finding,
            description:
                "\(Wording.heading(what)), step by step\(floor > 0 ? "; the axis does not start at zero" : "").",
            height: 60 + 30 * values.count, isWide: true, columns: ["step", what],
            rows: rows + [[end, format.text(reached)]],
            [
                "data": ["values": .list(values)], "mark": ["type": "bar", "height": 18, "clip": true],
                "encoding": encoding,
            ])
    }

    /// Figures by two categories as a shaded table.
    static func shaded(
        _ id: String, finding: String, what: String, rowTitle: String, columnTitle: String, rows: [String],
        columns: [String],
        figure: (_ row: String, _ column: String) -> Double?
    ) -> Chart {
        var values: [JSON] = []
        var largest = 1.0
        for row in rows {
            for column in columns {
                guard let figure = figure(row, column) else { continue }
                largest = max(largest, abs(figure))
                values.append([
                    "row": .text(row), "column": .text(column), "figure": .number(figure.rounded()),
                    "label": .text(abs(figure) < 0.5 ? "0" : FigureFormat.people.change(figure)),
                ])
            }
        }
        func axis(_ field: String, _ order: [String], _ isTop: Bool) -> JSON {
            [
                "field": .text(field), "type": "nominal", "sort": .list(order.map { .text($0) }),
                "axis": isTop
                    ? ["title": .text(""), "orient": "top", "labelAngle": 0] : ["title": .text("")],
            ]
        }
        let place: [String: JSON] = ["y": axis("row", rows, false), "x": axis("column", columns, true)]
        var cells = place
        cells["color"] = [
            "field": "figure", "type": "quantitative",
            "legend": ["title": .text(what), "format": "+,d", "gradientLength": 180, "titleLimit": 320],
            "scale": [
                "domain": [.number(-largest), 0, .number(largest)], "range": ["#2b83ba", "#f7f7f7", "#d7631b"],
            ],
        ]
        cells["tooltip"] = [.tip("row", rowTitle), .tip("column", columnTitle), .tip("figure", what, "+,d")]
        var words = place
        words["text"] = ["field": "label", "type": "nominal"]
        words["color"] = [
            "condition": ["test": .text("abs(datum.figure) > \(largest * 0.8)"), "value": "white"],
            "value": .text(Ink.text),
        ]
        return Chart(
            id, finding: finding, description: "\(Wording.heading(what)) by \(rowTitle) and \(columnTitle).",
            height: 50 + 26 * rows.count,
            columns: [rowTitle] + columns,
            rows: rows.map { row in
                [row] + columns.map { figure(row, $0).map { FigureFormat.people.change($0) } ?? "–" }
            },
            [
                "data": ["values": .list(values)],
                "layer": [
                    ["mark": ["type": "rect", "stroke": "white"], "encoding": .object(cells)],
                    ["mark": ["type": "text", "fontSize": 11], "encoding": .object(words)],
                ],
            ])
    }

    /// Several lines over few places.
    static func lines(
        _ id: String, finding: String, what: String, suffix: String, xTitle: String, xs: [String],
        parts: [(name: String, figures: [Double?])]
    ) -> Chart {
        let values: [JSON] = parts.flatMap { part in
            zip(xs, part.figures).compactMap { x, figure -> JSON? in
                figure.map { ["x": .text(x), "part": .text(part.name), "figure": .number($0)] }
            }
        }
        let names: [JSON] = parts.map { .text($0.name) }
        let encoding: JSON = [
            "x": ["field": "x", "type": "ordinal", "axis": ["title": .text(xTitle), "labelAngle": 0]],
            "y": ["field": "figure", "type": "quantitative", "axis": ["title": .text("\(what)\(suffix)")]],
            "color": ["field": "part", "type": "nominal", "title": .text(""), "scale": ["domain": .list(names)]],
            "strokeDash": ["field": "part", "type": "nominal", "title": .text(""), "scale": ["domain": .list(names)]],
            "tooltip": [.tip("part", "method"), .tip("x", xTitle), .tip("figure", what, ",.1f")],
        ]
        return Chart(
            id, finding: finding, description: "\(Wording.heading(what))\(suffix) by \(xTitle).", height: 240,
            columns: [xTitle] + parts.map(\.name),
            rows: xs.indices.map { place in
                [xs[place]] + parts.map { $0.figures[place].map { Numerals.fixed($0, decimals: 1) } ?? "–" }
            },
            [
                "data": ["values": .list(values)], "mark": ["type": "line", "point": true, "strokeWidth": 2],
                "encoding": encoding,
            ])
    }
}

extension Chart {
    /// Figures to the left and right of zero, the largest first.
    static func tornado(
        _ id: String, finding: String, what: String, _ format: FigureFormat, rowTitle: String,
        rows: [(name: String, figure: Double)]
    ) -> Chart {
        let values: [JSON] = rows.map { row in
            ["name": .text(row.name), "figure": .number(row.figure), "kind": .text(row.figure < 0 ? "less" : "more")]
        }
        let encoding: JSON = [
            "y": [
                "field": "name", "type": "nominal", "sort": .list(rows.map { .text($0.name) }),
                "axis": ["title": .text("")],
            ],
            "x": .figure("figure", what, format),
            "color": [
                "field": "kind", "type": "nominal", "title": .text(""),
                "scale": ["domain": ["less", "more"], "range": [.text(Ink.blue), .text(Ink.orange)]],
            ],
            "tooltip": [.tip("name", rowTitle), .tip("figure", what, format.tip)],
        ]
        return Chart(
            id, finding: finding, description: "\(Wording.heading(what)), the largest first.",
            height: 60 + 24 * rows.count, isWide: true, columns: [rowTitle, what],
            rows: rows.map { [$0.name, format.change($0.figure)] },
            ["data": ["values": .list(values)], "mark": ["type": "bar", "height": 14], "encoding": encoding])
    }
}
