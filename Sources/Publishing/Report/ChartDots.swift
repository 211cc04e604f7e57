import Formats

extension Chart {
    /// An area on a scale.
    struct Dot {
        let name: String
        /// What it is: the area, a neighbour, the region or England.
        let role: String
        let value: Double
        /// An interval, in words.
        let range: String
    }

    /// A figure of many areas as dots on one scale: whose each is, its colour and shape say.
    /// - Parameters:
    ///   - roles: in the order of the legend.
    ///   - axis: how figures are written on the axis, as d3 has it.
    static func dots(
        _ id: String, finding: String, what: String, axis: String, roles: [String], dots: [Dot],
        text: (Double) -> String
    ) -> Chart {
        let looks: [(shape: String, color: String, size: Double)] = [
            ("circle", Ink.blue, 190), ("circle", Ink.grey, 70), ("triangle-up", Ink.orange, 110),
            ("diamond", Ink.text, 110),
        ]
        let values: [JSON] = dots.map { dot in
            [
                "name": .text(dot.name), "role": .text(dot.role), "value": .number(dot.value),
                "order": .number(dot.role == roles.first ? 1 : 0),
            ]
        }
        let domain = JSON.list(roles.map { .text($0) })
        func scale(_ range: [JSON]) -> JSON { ["domain": domain, "range": .list(Array(range.prefix(roles.count)))] }
        let legend: JSON = ["orient": "bottom", "title": .text(""), "columns": 4]
        let encoding: JSON = [
            "x": [
                "field": "value", "type": "quantitative", "scale": ["zero": false, "nice": true],
                "axis": ["title": .text(what), "format": .text(axis), "tickCount": 6],
            ],
            "shape": [
                "field": "role", "type": "nominal", "scale": scale(looks.map { .text($0.shape) }), "legend": legend,
            ],
            "color": [
                "field": "role", "type": "nominal", "scale": scale(looks.map { .text($0.color) }), "legend": legend,
            ],
            "size": [
                "field": "role", "type": "nominal", "scale": scale(looks.map { .number($0.size) }), "legend": legend,
            ],
            "order": ["field": "order", "type": "quantitative"],
            "tooltip": [.tip("name", "area"), .tip("value", what, axis)],
        ]
        return Chart(
            id, finding: finding, description: "\(Wording.heading(what)): a dot for each area.", height: 110,
            columns: ["area", "what it is", what, "80 % interval"],
            rows: dots.map { [$0.name, $0.role, text($0.value), $0.range] },
            [
                "data": ["values": .list(values)], "mark": ["type": "point", "filled": true, "opacity": 0.85],
                "encoding": encoding,
            ])
    }
}
