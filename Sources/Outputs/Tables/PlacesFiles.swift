import Formats
import Foundation
import Intake
import Studies
import Vocabulary

/// `places-outlook.csv`, `sufficiency.csv` and `provisions.csv`: children against places, and the ledger of places.
enum PlacesFiles {
    static func files(_ results: [StudyResult]) -> [(name: String, data: Data)] {
        guard results.contains(where: { $0.places != nil }) else { return [] }
        return [outlook(results), sufficiency(results), provisions(results[0].study)] + carers(results[0].study)
    }

    /// Own foster carers by age; nothing where none are stated.
    private static func carers(_ study: PreparedStudy) -> [(name: String, data: Data)] {
        let (base, rows) = (study.base.january, study.folder.places?.carers ?? [])
        guard !rows.isEmpty else { return [] }
        return [
            ResultTable.carersOutlook.file(study.folder.space.service) { table in
                for group in CarerRow.outlook(rows, years: study.lastJanuary - base) {
                    for (year, households) in group.households.enumerated() {
                        table.append(
                            group.provision, group.ages ?? ResultFiles.all, base + year, households.likely,
                            households.low, households.high, group.approved[year])
                    }
                }
            }
        ]
    }

    private static func provisions(_ study: PreparedStudy) -> (name: String, data: Data) {
        let space = study.folder.space
        return ResultTable.provisions.file(space.service) { table in
            let years = study.lastJanuary - study.base.january
            for row in study.folder.places?.all(base: study.base.january, years: years, space) ?? [] {
                let needs =
                    row.needs.count == space.need.count
                    ? "any" : row.needs.map { space.need.codes[$0] }.joined(separator: " ")
                table.append(
                    row.provision, row.kind?.rawValue,
                    row.settings.map { space.setting.codes[$0] }.joined(separator: " "),
                    needs, row.ages.lowerBound, row.ages.upperBound, row.september, row.places, row.heldByOthers,
                    row.capacity, row.onRoll, row.area, row.source, row.quality?.rawValue)
            }
        }
    }

    private static func outlook(_ results: [StudyResult]) -> (name: String, data: Data) {
        ResultTable.placesOutlook.file(results[0].study.folder.space.service) { table in
            for result in results {
                guard let places = result.places else { continue }
                for row in places.rows where row[.places].mean + row[.wanted].mean + row[.displaced].mean > 0 {
                    guard let names = Self.names(row.subject, places) else { continue }
                    for measure in PlacesOutlook.Measure.allCases {
                        table.append(
                            result.name, row.january, names, measure.rawValue, row[measure],
                            measure == .wanted ? row.shortfall : nil)
                    }
                }
            }
        }
    }

    /// The provision, need and band of a subject; `nil` where it is a phase.
    private static func names(_ subject: PlacesOutlook.Subject, _ places: PlacesOutlook) -> [String]? {
        let all = ResultFiles.all
        switch subject {
        case .provision(let number): return [places.allocation.provisions[number].name, all, all]
        case .children(let need, let band):
            return [
                all, need.map { places.allocation.space.need.codes[$0] } ?? all,
                band.map { places.allocation.bands[$0].name } ?? all,
            ]
        case .phase: return nil
        }
    }

    /// The table that strategies print: a need and phase a row, whole numbers.
    private static func sufficiency(_ results: [StudyResult]) -> (name: String, data: Data) {
        let other = results[0].otherBaseline.map { [(ResultFiles.name(of: $0.baseline), $0.places)] } ?? []
        let outlooks = results.compactMap { result in result.places.map { (result.name, $0) } } + other
        return ResultTable.sufficiency.file(results[0].study.folder.space.service) { table in
            for (scenario, places) in outlooks {
                let needs = [nil] + places.allocation.space.need.codes.indices.map(Optional.some)
                for need in needs {
                    let code = need.map { places.allocation.space.need.codes[$0] } ?? ResultFiles.all
                    let whole = PlacesOutlook.Subject.children(need: need, band: nil)
                    let phases = places.phases.indices.map { PlacesOutlook.Subject.phase(need: need, phase: $0) }
                    for (subject, phase) in zip([whole] + phases, [ResultFiles.all] + places.phases.map(\.name)) {
                        append(places.rows.filter { $0.subject == subject }, [scenario, code, phase], to: &table)
                    }
                }
            }
        }
    }

    /// A need's and phase's Januaries, the base first.
    private static func append(_ rows: [PlacesOutlook.Row], _ names: [String], to table: inout Table) {
        guard let base = rows.first else { return }
        for row in rows where row[.places].mean + row[.wanted].mean > 0 {
            let figures = [
                row[.wanted].mean, row[.places].mean, row[.gap].mean, row[.gap].quantiles[1], row[.gap].quantiles[5],
            ]
            let more = [
                row[.placed].mean, row[.occupancy].mean, row[.wanted].quantiles[1], row[.wanted].quantiles[5],
                row[.places].mean - base[.places].mean,
            ]
            table.append(
                names[0], names[1], names[2], row.january, figures.map { $0.rounded() }, row.shortfall,
                more.map { $0.rounded() })
        }
    }
}
