import Formats
import Foundation
import Studies
import Vocabulary

/// `places-outlook.csv` and `sufficiency.csv`: children against places.
enum PlacesFiles {
    static func files(_ results: [StudyResult]) -> [(name: String, data: Data)] {
        guard results.contains(where: { $0.places != nil }) else { return [] }
        return [("places-outlook.csv", outlook(results)), ("sufficiency.csv", sufficiency(results))]
    }

    private static func outlook(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(
            columns: ["scenario", "january", "provision", "need", "age_band", "measure"] + ResultFiles.statistics
                + ["p_shortfall"])
        for result in results {
            guard let places = result.places else { continue }
            for row in places.rows where row[.places].mean + row[.wanted].mean + row[.displaced].mean > 0 {
                for measure in PlacesOutlook.Measure.allCases {
                    csv.append(
                        [result.name, String(row.january)] + names(row.subject, places) + [measure.rawValue],
                        row[measure], [measure == .wanted ? Numerals.plain(row.shortfall) : ""])
                }
            }
        }
        return csv.data
    }

    /// The provision, need and band of a subject.
    private static func names(_ subject: PlacesOutlook.Subject, _ places: PlacesOutlook) -> [String] {
        let all = ResultFiles.all
        switch subject {
        case .provision(let number): return [places.allocation.provisions[number].name, all, all]
        case .children(let need, let band):
            return [
                all, need.map { places.allocation.space.need.codes[$0] } ?? all,
                band.map { places.allocation.bands[$0].name } ?? all,
            ]
        }
    }

    /// The table that strategies print: a need and phase a row, whole numbers.
    private static func sufficiency(_ results: [StudyResult]) -> Data {
        var csv = CSVWriter(
            columns: [
                "scenario", "need", "phase", "january", "demand", "places", "gap", "gap_p10", "gap_p90", "p_shortfall",
            ])
        for result in results {
            guard let places = result.places else { continue }
            let order = places.rows.filter {
                if case .children = $0.subject { $0[.places].mean + $0[.wanted].mean > 0 } else { false }
            }
            for row in order.sorted(by: { (key($0.subject), $0.january) < (key($1.subject), $1.january) }) {
                let name = names(row.subject, places)
                csv.append(
                    [
                        result.name, name[1], name[2], String(row.january), whole(row[.wanted].mean),
                        whole(row[.places].mean), whole(row[.gap].mean), whole(row[.gap].quantiles[1]),
                        whole(row[.gap].quantiles[5]), Numerals.plain(row.shortfall),
                    ])
            }
        }
        return csv.data
    }

    private static func key(_ subject: PlacesOutlook.Subject) -> Int {
        if case .children(let need, let band) = subject { (need ?? -1) * 100 + (band ?? -1) } else { 0 }
    }

    private static func whole(_ value: Double) -> String { String(Int(value.rounded())) }
}
