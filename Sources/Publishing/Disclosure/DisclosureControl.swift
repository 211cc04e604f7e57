import Formats
import Foundation
import Outputs
import Vocabulary

/// Tables that can be published: no count of children below a threshold can be read from them or worked out of them.
///
/// Counts by band, need and setting follow one pattern (``DisclosurePattern``) in every January and scenario; single years of age and all
/// three dimensions together are left out. Of other tables what counts small groups is left out: flows, requests, places and causes by need
/// or setting, and spend by line, payer and tag.
enum DisclosureControl {
    /// What stands for a figure that is held back, as in statistics of the Department for Education.
    static let mark = "c"

    /// The tables of a run without what is held back; their manifest says so.
    /// - Parameters:
    ///   - threshold: the smallest count of children that may be known.
    ///   - earlier: what was published of the model before: what it holds back is held back here, so that both tell no more than it does.
    /// - Throws: ``UnusableData`` where a table is damaged, or the earlier results count other groups.
    static func published(
        _ whole: ResultTables, threshold: Int, beside earlier: ResultTables? = nil
    ) throws(UnusableData) -> ResultTables {
        if whole.manifest.disclosure != nil {
            throw UnusableData(
                column: "--suppress", "these results hold counts back already",
                remedy: "Name the whole results that they were made of.")
        }
        let data = try ReportData(whole)
        let plans = try whole.rows(.plans, where: ["age": [ResultFiles.all]])
        let places = Places(data)
        var small: Set<DisclosurePattern.Key> = []
        var counts: [DisclosurePattern.Key: Double] = [:]
        for row in plans {
            guard let key = places.key(row), key.dimensions < 3, let mean = row.number("mean") else { continue }
            // What would be read as one child or more.
            if mean >= 0.5 && mean < Double(threshold) - 0.5 { small.insert(key) }
            if row["scenario"] == ResultFiles.baseline && row["january"] == String(whole.manifest.base) {
                counts[key] = mean
            }
        }
        small.formUnion(try earlier.map { (before) throws(UnusableData) in try heldBack(in: before, places) } ?? [])
        let pattern = try DisclosurePattern(
            bands: data.bands.count, needs: data.needs.count, settings: data.settings.count, counts: counts,
            small: small,
            threshold: Double(threshold))
        let manifest = whole.manifest.published(
            "For publication: counts of children below \(threshold), and others from which they could be worked out, are held back and shown as "
                + "‘\(Self.mark)’ (\(pattern.heldBack.count) of \(counts.count) groups"
                + (earlier == nil ? "" : ", among them all that the results published before hold back")
                + "). Statutory returns are not made.")
        var files: [(name: String, data: Data)] = []
        for table in ResultCatalogue.tables where whole.has(table) {
            if let kept = try published(table, whole, pattern.heldBack, places, threshold, earlier) {
                files.append((whole.name(of: table), kept))
            }
        }
        return ResultTables(files, manifest)
    }

    /// The groups that published results hold back.
    private static func heldBack(
        in published: ResultTables, _ places: Places
    ) throws(UnusableData) -> Set<DisclosurePattern.Key> {
        let rows = try published.rows(.plans, where: ["age": [ResultFiles.all], "mean": [mark]])
        var keys: Set<DisclosurePattern.Key> = []
        for row in rows {
            guard let key = places.key(row) else {
                let group = ["age_band", "need", "setting"].map { row[$0] }.joined(separator: ", ")
                throw UnusableData(
                    column: "--beside", "these results hold back \(group), which this model does not have",
                    remedy: "Name results of the same model, or of one with the same needs and settings.")
            }
            keys.insert(key)
        }
        return keys
    }

    /// Positions of bands, needs and settings by their codes.
    private struct Places {
        let bands: [String]
        let needs: [String]
        let settings: [String]

        init(_ data: ReportData) {
            (bands, needs, settings) = (data.bands, data.needs.map(\.code), data.settings.map(\.code))
        }

        /// Band, need and setting.
        func names(_ key: DisclosurePattern.Key) -> [String] {
            [
                key.band.map { bands[$0] } ?? ResultFiles.all, key.need.map { needs[$0] } ?? ResultFiles.all,
                key.setting.map { settings[$0] } ?? ResultFiles.all,
            ]
        }

        func key(_ row: ResultRow) -> DisclosurePattern.Key? {
            func place(_ column: String, _ names: [String]) -> Int?? {
                row[column] == ResultFiles.all ? .some(nil) : names.firstIndex(of: row[column]).map { .some($0) }
            }
            guard let band = place("age_band", bands), let need = place("need", needs),
                let setting = place("setting", settings)
            else { return nil }
            return DisclosurePattern.Key(band: band, need: need, setting: setting)
        }
    }

    /// A table as it may be published; `nil` where it may not.
    private static func published(
        _ table: ResultTable, _ whole: ResultTables, _ heldBack: Set<DisclosurePattern.Key>, _ places: Places,
        _ threshold: Int, _ earlier: ResultTables?
    ) throws(UnusableData) -> Data? {
        let isPublished: (ResultRow) -> Bool
        switch table.disclosure {
        case .whole: return whole.data(whole.name(of: table))
        case .withheld: return nil
        case .pattern: return try counts(table, whole, heldBack, places)
        case .areas: return try AreaDisclosure(table, whole, threshold: threshold, beside: earlier).published()
        case .totals(let names): isPublished = { row in names.allSatisfy { row[$0] == ResultFiles.all } }
        case .rows(let isKept): isPublished = { row in isKept { row[$0] } }
        }
        var csv = CSVWriter(columns: whole.header(table))
        for row in try whole.rows(table) where isPublished(row) { csv.append(row.fields) }
        return csv.data
    }

    /// Counts by band, need and setting, with a mark for what is held back.
    private static func counts(
        _ table: ResultTable, _ whole: ResultTables, _ heldBack: Set<DisclosurePattern.Key>, _ places: Places
    ) throws(UnusableData) -> Data {
        let columns = whole.columns(table)
        let figures = Set(Column.statistics)
        var csv = CSVWriter(columns: whole.header(table))
        var seen: Set<String> = []
        for row in try whole.rows(table) {
            guard row["age"] == ResultFiles.all, let key = places.key(row), key.dimensions < 3 else { continue }
            seen.insert("\(row["scenario"]) \(row["january"]) \(key)")
            let isHeld = heldBack.contains(key)
            csv.append(zip(columns, row.fields).map { isHeld && figures.contains($0) && !$1.isEmpty ? mark : $1 })
        }
        // Rows that are zero in every run are left out of tables; one that is held back must not be known by that.
        for scenario in whole.manifest.scenarios {
            for january in whole.manifest.base...whole.manifest.last {
                for key in heldBack.sorted() where !seen.contains("\(scenario) \(january) \(key)") {
                    csv.append(
                        [scenario, String(january), ResultFiles.all] + places.names(key) + figures.map { _ in mark })
                }
            }
        }
        return csv.data
    }
}
