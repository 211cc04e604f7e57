import Formats

extension Chart {
    /// Counts as bars, each beside its limit: a tick where it ends.
    /// - Parameters:
    ///   - limit: what the limit is called.
    ///   - rows: a name, what is counted, and the limit.
    static func filled(
        _ id: String, finding: String, what: String, rowTitle: String, limit: String,
        rows: [(name: String, figure: Double, limit: Double)]
    ) -> Chart {
        let values: [JSON] = rows.map { row in
            [
                "name": .text(row.name), "figure": .number(row.figure), "limit": .number(row.limit),
                "share": .number(row.limit > 0 ? row.figure / row.limit : 0),
            ]
        }
        let y: JSON = [
            "field": "name", "type": "nominal", "sort": .list(rows.map { .text($0.name) }),
            "axis": ["title": .text("")],
        ]
        let tips: JSON = [
            .tip("name", rowTitle), .tip("figure", what, FigureFormat.people.tip),
            .tip("limit", limit, FigureFormat.people.tip),
        ]
        let layers: JSON = [
            [
                "mark": ["type": "bar", "color": .text(Ink.blue), "opacity": 0.6],
                "encoding": ["y": y, "x": .figure("figure", what, .people), "tooltip": tips],
            ],
            [
                "mark": ["type": "tick", "color": .text(Ink.orange), "thickness": 3, "size": 18],
                "encoding": ["y": y, "x": .figure("limit", what, .people), "tooltip": tips],
            ],
        ]
        return Chart(
            id, finding: finding, description: "\(Wording.heading(what)) as bars, \(limit) as ticks.",
            height: 60 + 22 * rows.count, columns: [rowTitle, what, limit, "occupancy, %"],
            rows: rows.map { row in
                [
                    row.name, FigureFormat.people.text(row.figure), FigureFormat.people.text(row.limit),
                    row.limit > 0 ? Numerals.grouped(100 * row.figure / row.limit) : "–",
                ]
            },
            ["data": ["values": .list(values)], "layer": layers])
    }
}
