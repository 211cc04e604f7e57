import Formats
import Foundation
import Intake
import Vocabulary

/// Where an authority's own children with plans live: the rows of `areas.csv`, children counted by area, band of ages and need.
struct RecordedAreas {
    /// The shares of plans of which the area is known from which counts are rated green, and amber.
    private static let (green, amber) = (0.95, 0.8)
    /// Counts below this tell of single children.
    private static let smallest = 5

    private(set) var rows: [AreaRow] = []
    private(set) var findings: [Finding] = []

    init(_ localities: Sen2Localities, _ space: StateSpace) {
        for set in localities.sets.indices { add(set, localities, space) }
        let small = rows.count { ($0.children ?? 0) > 0 && ($0.children ?? 0) < Self.smallest }
        if small > 0 {
            findings.append(
                Finding(
                    .note, file: ModelFile.areas.rawValue,
                    "\(small) of \(rows.count) counts are of 1 to \(Self.smallest - 1) children: only you can read the file, and it is not for publication",
                    remedy: "Results are published with --suppress \(Self.smallest), which holds small areas back."))
        }
    }

    private mutating func add(_ set: Int, _ localities: Sen2Localities, _ space: StateSpace) {
        struct Cell: Hashable {
            let band: Int
            let need: Int
        }
        let name = localities.sets[set]
        let bands = space.service.bands
        var counts: [Cell: [String: Int]] = [:]
        var known = 0
        for child in localities.children {
            guard let area = child.areas[set], let need = space.need.position(of: child.state.need),
                let band = bands.firstIndex(where: { $0.ages.contains(child.state.age) })
            else { continue }
            counts[Cell(band: band, need: need), default: [:]][area, default: 0] += 1
            known += 1
        }
        let areas = Set(counts.values.flatMap(\.keys)).sorted { $0.compare($1, options: .numeric) == .orderedAscending }
        guard areas.count > 1 else {
            findings.append(
                Finding(
                    .warning, file: localities.names.first, column: name,
                    "plans live in \(areas.isEmpty ? "no area" : "one area") of it, and two or more were expected: it is left out",
                    remedy: "Name a column that divides your area."))
            return
        }
        let all = localities.children.count
        let share = Double(known) / Double(max(all, 1))
        let source =
            "own return, \(localities.day), by \(localities.names.joined(separator: " and ")): the area is known of \(known) of \(all) plans"
        let quality: AssumptionQuality = share >= Self.green ? .green : share >= Self.amber ? .amber : .red
        for (cell, byArea) in counts.sorted(by: { ($0.key.band, $0.key.need) < ($1.key.band, $1.key.need) }) {
            for area in areas {
                var row = AreaRow()
                (row.set, row.area) = (name, area.replacing(bytesOf: ";", by: ","))
                (row.first, row.last) = (
                    bands[cell.band].ages.lowerBound, min(bands[cell.band].ages.upperBound, space.years - 1)
                )
                (row.needs, row.children) = ([cell.need], byArea[area] ?? 0)
                row.origin = Origin(source, localities.day.description, quality)
                rows.append(row)
            }
        }
    }
}
