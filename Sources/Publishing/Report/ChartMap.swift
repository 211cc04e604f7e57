import Foundation
import Formats

extension Chart {
    /// An area of a map.
    struct MappedArea: Sendable {
        /// What it is called.
        let name: String
        /// Closed rings of longitudes and latitudes in degrees.
        let rings: [[(longitude: Double, latitude: Double)]]
        /// What its colour shows; `nil` where that is not known.
        let figure: Double?
    }

    /// Areas coloured by a figure, each with its name and figure written in it.
    ///
    /// Degrees are drawn as they are, longitudes as long as they are in the middle of the map: within an authority nobody sees the difference
    /// from a projection.
    static func map(_ id: String, finding: String, what: String, areaTitle: String, areas: [MappedArea]) -> Chart {
        let latitudes = areas.flatMap { $0.rings.joined().map(\.latitude) }
        let middle = ((latitudes.min() ?? 0) + (latitudes.max() ?? 0)) / 2
        let length = cos(middle * .pi / 180)
        var features: [JSON] = []
        var names: [JSON] = []
        for area in areas {
            let rings = area.rings.map { ring in
                JSON.list(ring.map { .list([.number(Self.plain($0.longitude * length)), .number($0.latitude)]) })
            }
            var properties: [String: JSON] = ["area": .text(area.name)]
            properties["figure"] = area.figure.map { .number($0.rounded()) }
            features.append([
                "type": "Feature", "properties": .object(properties),
                "geometry": ["type": "MultiPolygon", "coordinates": .list(rings.map { .list([$0]) })],
            ])
            let place = Self.middle(area)
            names.append([
                "x": .number(Self.plain(place.longitude * length)), "y": .number(place.latitude),
                "words": .list([.text(area.name), .text(area.figure.map(FigureFormat.people.text) ?? "not shown")]),
            ])
        }
        // A plane: what is drawn must not be taken for a sphere.
        let plane: JSON = ["type": "identity", "reflectY": true]
        return Chart(
            id, finding: finding, description: "A map of \(what); darker areas have more.", height: 420,
            columns: [areaTitle, what],
            rows: areas.map { [$0.name, $0.figure.map(FigureFormat.people.text) ?? "–"] },
            [
                "projection": plane,
                "layer": [
                    [
                        "data": ["values": .list(features)],
                        "mark": ["type": "geoshape", "stroke": "white", "strokeWidth": 1.5],
                        "encoding": [
                            "color": [
                                "field": "properties.figure", "type": "quantitative",
                                "legend": [
                                    "title": .text(what), "format": ",d", "gradientLength": 180, "titleLimit": 420,
                                ],
                                "scale": ["zero": true, "range": ["#eef5fa", "#74b3d8"]],
                            ],
                            "tooltip": [
                                .tip("properties.area", areaTitle), .tip("properties.figure", what, ",d"),
                            ],
                        ],
                    ],
                    [
                        "data": ["values": .list(names)],
                        "mark": ["type": "text", "fontSize": 10, "lineHeight": 12, "color": .text(Ink.text)],
                        "encoding": [
                            "longitude": ["field": "x", "type": "quantitative"],
                            "latitude": ["field": "y", "type": "quantitative"],
                            "text": ["field": "words", "type": "nominal"],
                        ],
                    ],
                ],
            ])
    }

    /// A number with as many decimals as a map needs.
    private static func plain(_ degrees: Double) -> Double { (degrees * 100_000).rounded() / 100_000 }

    /// The middle of the surface of an area's largest part.
    private static func middle(_ area: MappedArea) -> (longitude: Double, latitude: Double) {
        func surface(_ ring: [(longitude: Double, latitude: Double)]) -> Double {
            zip(ring, ring.dropFirst()).reduce(0) {
                $0 + $1.0.longitude * $1.1.latitude - $1.1.longitude * $1.0.latitude
            } / 2
        }
        guard let ring = area.rings.max(by: { abs(surface($0)) < abs(surface($1)) }), let first = ring.first else {
            return (0, 0)
        }
        // About the first corner, so that large numbers do not cancel.
        let moved = ring.map { (longitude: $0.longitude - first.longitude, latitude: $0.latitude - first.latitude) }
        let whole = surface(moved)
        if whole == 0 { return first }
        let sums = zip(moved, moved.dropFirst()).reduce(into: (longitude: 0.0, latitude: 0.0)) { sum, side in
            let cross = side.0.longitude * side.1.latitude - side.1.longitude * side.0.latitude
            sum.longitude += (side.0.longitude + side.1.longitude) * cross
            sum.latitude += (side.0.latitude + side.1.latitude) * cross
        }
        return (first.longitude + sums.longitude / (6 * whole), first.latitude + sums.latitude / (6 * whole))
    }
}
