import Foundation
import Studies
import Vocabulary

/// `places-outlook.csv`, `sufficiency.csv` and `capital.csv`: children against places, and what schemes cost.
enum PlacesFiles {
    static func files(
        _ results: [StudyResult], _ differences: [ScenarioDifference]
    ) -> [(name: String, data: Data)] {
        guard results.contains(where: { $0.places != nil }) else { return [] }
        var files = [("places-outlook.csv", outlook(results)), ("sufficiency.csv", sufficiency(results))]
        if results.contains(where: { !$0.schemes.isEmpty }) {
            files.append(("capital.csv", capital(results, differences)))
        }
        return files
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
                        [result.name, String(row.january)] + names(row.subject, places) + [measure.rawValue]
                            + ResultFiles.fields(row[measure])
                            + [measure == .wanted ? Numerals.plain(row.shortfall) : ""])
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

    private static func capital(_ results: [StudyResult], _ differences: [ScenarioDifference]) -> Data {
        var csv = CSVWriter(
            columns: ["scenario", "scheme", "places", "opens", "measure"] + ResultFiles.statistics)
        for result in results {
            for outlook in result.schemes {
                let scheme = outlook.scheme
                let opens = scheme.phases.map(\.opens).min().map(String.init) ?? ""
                func append(_ measure: String, _ figures: [String]) {
                    let blanks = Array(repeating: "", count: ResultFiles.statistics.count - figures.count)
                    csv.append([result.name, scheme.name, String(scheme.places), opens, measure] + figures + blanks)
                }
                append("capital, £", ResultFiles.fields(outlook.capital))
                for spend in scheme.capital {
                    let name = "of it planned for \(spend.year), £"
                    append(name, [Numerals.plain(spend.pounds)])
                }
                append("delay, years", ResultFiles.fields(outlook.delay))
            }
            guard let appraisal = differences.first(where: { $0.name == result.name })?.appraisal else { continue }
            let places = result.schemes.reduce(0) { $0 + $1.scheme.places }
            func append(_ measure: String, _ figures: [String]) {
                let blanks = Array(repeating: "", count: ResultFiles.statistics.count - figures.count)
                csv.append([result.name, ResultFiles.all, String(places), "", measure] + figures + blanks)
            }
            append("net present value over the projection, £", ResultFiles.fields(appraisal.overProjection))
            append("net present value over the period, £", ResultFiles.fields(appraisal.overPeriod))
            append("probability of a net present value above 0 over the period", [Numerals.plain(appraisal.positive)])
            append("cost per place, £", [Numerals.plain(appraisal.costPerPlace)])
            if let charge = appraisal.charge {
                append("interest and minimum revenue provision, £ a year", [Numerals.plain(charge)])
            }
            append("payback, years (median)", appraisal.paybackMedian.map { [String($0)] } ?? [""])
        }
        return csv.data
    }
}
