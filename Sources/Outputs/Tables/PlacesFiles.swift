import Formats
import Foundation
import Studies
import Vocabulary

/// `places-outlook.csv` and `sufficiency.csv`: children against places.
enum PlacesFiles {
    static func files(_ results: [StudyResult]) -> [(name: String, data: Data)] {
        guard results.contains(where: { $0.places != nil }) else { return [] }
        return [outlook(results), sufficiency(results)]
    }

    private static func outlook(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.placesOutlook.file(results[0].study.folder.space.service) { table in
            for result in results {
                guard let places = result.places else { continue }
                for row in places.rows where row[.places].mean + row[.wanted].mean + row[.displaced].mean > 0 {
                    for measure in PlacesOutlook.Measure.allCases {
                        table.append(
                            result.name, row.january, names(row.subject, places), measure.rawValue, row[measure],
                            measure == .wanted ? row.shortfall : nil)
                    }
                }
            }
        }
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
    private static func sufficiency(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.sufficiency.file(results[0].study.folder.space.service) { table in
            for result in results {
                guard let places = result.places else { continue }
                let order = places.rows.filter {
                    if case .children = $0.subject { $0[.places].mean + $0[.wanted].mean > 0 } else { false }
                }
                for row in order.sorted(by: { (key($0.subject), $0.january) < (key($1.subject), $1.january) }) {
                    let name = names(row.subject, places)
                    let figures = [
                        row[.wanted].mean, row[.places].mean, row[.gap].mean, row[.gap].quantiles[1],
                        row[.gap].quantiles[5],
                    ]
                    table.append(
                        result.name, name[1], name[2], row.january, figures.map { $0.rounded() }, row.shortfall)
                }
            }
        }
    }

    private static func key(_ subject: PlacesOutlook.Subject) -> Int {
        if case .children(let need, let band) = subject { (need ?? -1) * 100 + (band ?? -1) } else { 0 }
    }
}
