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
    /// - Parameter threshold: the smallest count of children that may be known.
    /// - Throws: ``UnusableData`` where a table is damaged.
    static func published(_ whole: ResultTables, threshold: Int) throws(UnusableData) -> ResultTables {
        if whole.manifest.disclosure != nil {
            throw UnusableData([
                Finding(
                    .error, column: "--suppress", "these results hold counts back already",
                    remedy: "Name the whole results that they were made of.")
            ])
        }
        let data = try ReportData(whole)
        let plans = try whole.rows("plans.csv", where: ["age": [ReportData.all]])
        let places = Places(data)
        var small: Set<DisclosurePattern.Key> = []
        var counts: [DisclosurePattern.Key: Double] = [:]
        for row in plans {
            guard let key = places.key(row), key.dimensions < 3, let mean = row.number("mean") else { continue }
            // What would be read as one child or more.
            if mean >= 0.5 && mean < Double(threshold) - 0.5 { small.insert(key) }
            if row["scenario"] == ReportData.baseline && row["january"] == String(whole.manifest.base) {
                counts[key] = mean
            }
        }
        let pattern = DisclosurePattern(
            bands: data.bands.count, needs: data.needs.count, settings: data.settings.count, counts: counts,
            small: small,
            threshold: Double(threshold))
        var manifest = whole.manifest
        manifest.disclosure =
            "For publication: counts of children below \(threshold), and others from which they could be worked out, are held back and shown as "
            + "‘\(Self.mark)’ (\(pattern.heldBack.count) of \(counts.count) groups). Statutory returns are not made."
        var files: [(name: String, data: Data)] = []
        for name in whole.names {
            if let kept = try published(name, whole, pattern.heldBack, places) { files.append((name, kept)) }
        }
        return ResultTables(files, manifest)
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
                key.band.map { bands[$0] } ?? ReportData.all, key.need.map { needs[$0] } ?? ReportData.all,
                key.setting.map { settings[$0] } ?? ReportData.all,
            ]
        }

        func key(_ row: ResultRow) -> DisclosurePattern.Key? {
            func place(_ column: String, _ names: [String]) -> Int?? {
                row[column] == ReportData.all ? .some(nil) : names.firstIndex(of: row[column]).map { .some($0) }
            }
            guard let band = place("age_band", bands), let need = place("need", needs),
                let setting = place("setting", settings)
            else { return nil }
            return DisclosurePattern.Key(band: band, need: need, setting: setting)
        }
    }

    /// Files that hold no counts of small groups.
    private static let unchanged: Set<String> = [
        "assumptions.csv", "backtest.csv", "checks.csv", "deficits.csv", "bridge.csv", "needs.csv", "settings.csv",
        "scenarios.csv",
        "spend-causes.csv",
    ]

    /// A file as it may be published; `nil` where it may not.
    private static func published(
        _ name: String, _ whole: ResultTables, _ heldBack: Set<DisclosurePattern.Key>, _ places: Places
    ) throws(UnusableData) -> Data? {
        if unchanged.contains(name) { return whole.data(name) }
        let columns = whole.columns(name)
        var csv = CSVWriter(columns: columns)
        func blank(_ row: ResultRow, _ blanked: Set<String>, _ mark: String) -> [String] {
            zip(columns, row.fields).map { blanked.contains($0) && !$1.isEmpty ? mark : $1 }
        }
        func isAll(_ row: ResultRow, _ names: [String]) -> Bool { names.allSatisfy { row[$0] == ReportData.all } }
        let figures = Set(ResultFiles.statistics)
        var seen: Set<String> = []
        for row in try whole.rows(name) {
            switch name {
            case "plans.csv":
                guard row["age"] == ReportData.all, let key = places.key(row), key.dimensions < 3 else { continue }
                seen.insert("\(row["scenario"]) \(row["january"]) \(key)")
                csv.append(heldBack.contains(key) ? blank(row, figures, mark) : row.fields)
            case "flows.csv":
                if isAll(row, ["age", "need", "setting", "to_need", "to_setting"]) { csv.append(row.fields) }
            case "differences.csv":
                let isTotal = isAll(row, ["age", "age_band", "need", "setting"])
                if isTotal
                    && (row["measure"].hasPrefix("spend, ") || !row["measure"].hasSuffix(", £")
                        || row["measure"] == "balance, £")
                {
                    csv.append(row.fields)
                }
            case "assessments.csv": if isAll(row, ["age_band"]) { csv.append(row.fields) }
            case "history.csv": if isAll(row, ["need", "setting"]) { csv.append(row.fields) }
            case "sufficiency.csv":
                if isAll(row, ["need", "phase"]) { csv.append(row.fields) }
            case "budget.csv":
                // Prices are published, so that spend of a part can tell how many children are in it.
                let isGrant = row["tag"] == ReportData.all && row["line"] != "spend"
                if isGrant || isAll(row, ["payer", "tag"]) { csv.append(row.fields) }
            case "capital.csv": if !row["measure"].hasPrefix("independent plan-years") { csv.append(row.fields) }
            default: return nil
            }
        }
        if name == "plans.csv" {
            // Rows that are nought in every run are left out of tables; one that is held back must not be known by that.
            for scenario in whole.manifest.scenarios {
                for january in whole.manifest.base...whole.manifest.last {
                    for key in heldBack.sorted() where !seen.contains("\(scenario) \(january) \(key)") {
                        csv.append(
                            [scenario, String(january), ReportData.all] + places.names(key) + figures.map { _ in mark })
                    }
                }
            }
        }
        return csv.data
    }
}
