import Formats
import Foundation
import Vocabulary

/// The outline of an area: a feature of `areas.geojson` (RFC 7946), whose properties `area_set` and `area` name it.
public struct AreaOutline: Sendable, Equatable {
    /// A corner, in degrees.
    public struct Corner: Sendable, Equatable {
        /// Degrees east.
        public let longitude: Double
        /// Degrees north.
        public let latitude: Double
    }

    /// The set, as in `areas.csv`.
    public let set: String
    /// The area, as in `areas.csv`.
    public let area: String
    /// Closed rings of corners: of every part the outer one, then its holes.
    public let rings: [[Corner]]

    /// Reads the features of a file.
    static func read(_ file: SourceFile) -> Checked<[AreaOutline]> {
        var findings = FindingList(of: file)
        guard let map = try? JSONDecoder().decode(FeatureCollection.self, from: file.bytes) else {
            findings.add(
                .error, "a GeoJSON FeatureCollection of polygons was expected",
                remedy: "Export the areas as GeoJSON in degrees (WGS 84), or delete the file: it is for maps alone.")
            return Checked([], findings)
        }
        var outlines: [AreaOutline] = []
        for (number, feature) in map.features.enumerated() {
            let place = "feature \(number + 1)"
            guard let set = feature.properties?.area_set, let area = feature.properties?.area else {
                findings.add(
                    .error, sharing: "properties", line: number + 1,
                    "\(place) has no 'area_set' or no 'area' among its properties",
                    remedy: "Name both as areas.csv does.")
                continue
            }
            let rings = feature.geometry.rings
            guard !rings.isEmpty, rings.allSatisfy(\.isOfDegrees) else {
                findings.add(
                    .error, sharing: "degrees", line: number + 1,
                    "'\(area)' is no polygon of longitudes from −180 to 180 and latitudes from −90 to 90",
                    remedy: "Export it in degrees (WGS 84), not in metres of the National Grid.")
                continue
            }
            findings.use.take(area: area)
            outlines.append(
                AreaOutline(
                    set: set, area: area,
                    rings: rings.map { $0.map { Corner(longitude: $0[0], latitude: $0[1]) } }))
        }
        return Checked(outlines, findings)
    }
}

/// What is read of a GeoJSON file.
private struct FeatureCollection: Decodable {
    struct Feature: Decodable {
        let properties: Properties?
        let geometry: Geometry
    }

    // Named as the file names them.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    struct Properties: Decodable {
        let area_set: String?
        let area: String?
    }

    struct Geometry: Decodable {
        let rings: [[[Double]]]

        private enum Key: String, CodingKey { case type, coordinates }

        init(from decoder: any Decoder) throws {
            let geometry = try decoder.container(keyedBy: Key.self)
            switch try geometry.decode(String.self, forKey: .type) {
            case "Polygon": rings = try geometry.decode([[[Double]]].self, forKey: .coordinates)
            case "MultiPolygon":
                rings = try geometry.decode([[[[Double]]]].self, forKey: .coordinates).flatMap { $0 }
            default: rings = []
            }
        }
    }

    let features: [Feature]
}

extension [[Double]] {
    /// Whether a ring has at least a triangle's corners, all in degrees.
    fileprivate var isOfDegrees: Bool {
        count >= 4 && allSatisfy { $0.count >= 2 && abs($0[0]) <= 180 && abs($0[1]) <= 90 }
    }
}
