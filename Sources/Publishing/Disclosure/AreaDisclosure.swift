import Formats
import Foundation
import Outputs
import Vocabulary

/// Children by area as they may be published: totals of areas over all needs and phases, in which no small count is known.
///
/// An area with a small count in any January or scenario is held back in all of them, and others with it, the smallest first, until those
/// that are held back together have no fewer children than the threshold and are at least two: their sum is known from the whole. Areas of
/// two sets may lie within each other, so that one set's figures would tell what the other holds back: where anything is held back, the
/// other sets are left out.
struct AreaDisclosure {
    /// Counts of children: what is held back if one of them is small.
    private static let counts = ["plans", "wanted"]
    /// Of what is published where it is not held back; the rest tells of small groups, or is figured out of these.
    private static let shown = ["plans", "plans_p10", "plans_p50", "plans_p90", "wanted", "wanted_p10", "wanted_p90"]
    /// What tells nothing of children.
    private static let plain = [
        "scenario", "area_set", "area", "need", "phase", "january", "places", "basis", "quality",
    ]

    private let columns: [String]
    private let rows: [ResultRow]
    private let threshold: Double
    /// What was published before, of which all that is held back is held back here; none where nothing was.
    private let earlier: [ResultRow]

    init(
        _ table: ResultTable, _ whole: ResultTables, threshold: Int, beside earlier: ResultTables? = nil
    ) throws(UnusableData) {
        self.earlier = try earlier?.rows(table) ?? []
        columns = whole.columns(table)
        rows = try whole.rows(table, where: ["need": [ResultFiles.all], "phase": [ResultFiles.all]])
        self.threshold = Double(threshold)
    }

    /// The table, with a mark for what is held back.
    func published() -> Data {
        let sets = rows.map { $0["area_set"] }.unique
        let held = sets.map(heldBack)
        let before = earlier.map { $0["area_set"] }.unique
        let known = before.isEmpty ? sets : sets.filter(before.contains)
        let kept = held.contains { !$0.isEmpty } ? Array(known.prefix(1)) : known
        var csv = CSVWriter(columns: columns)
        for row in rows {
            guard let set = sets.firstIndex(of: row["area_set"]), kept.contains(row["area_set"]) else { continue }
            let isHeld = held[set].contains(row["area"])
            csv.append(
                zip(columns, row.fields).map { column, field in
                    if Self.plain.contains(column) || field.isEmpty { return field }
                    return isHeld ? DisclosureControl.mark : Self.shown.contains(column) ? field : ""
                })
        }
        return csv.data
    }

    /// The areas of a set whose counts are held back.
    private func heldBack(in set: String) -> Set<String> {
        let mine = rows.filter { $0["area_set"] == set && $0["area"] != ResultTable.nowhere }
        let areas = mine.map { $0["area"] }.unique
        /// The smallest figure of an area in any January and scenario.
        func least(_ area: String) -> Double {
            mine.filter { $0["area"] == area }.flatMap { row in Self.counts.compactMap { row.number($0) } }.min() ?? 0
        }
        func isSmall(_ row: ResultRow) -> Bool {
            Self.counts.contains { row.number($0).map { $0 >= 0.5 && $0 < threshold - 0.5 } ?? false }
        }
        let before = earlier.filter { $0["area_set"] == set && $0["plans"] == DisclosureControl.mark }
        var held = Set((mine.filter(isSmall) + before).map { $0["area"] }).intersection(areas)
        let rest = areas.filter { !held.contains($0) }.sorted { (least($0), $0) < (least($1), $1) }
        for area in rest where !held.isEmpty {
            if held.count > 1 && held.reduce(0, { $0 + least($1) }) >= threshold { break }
            held.insert(area)
        }
        return held
    }
}
