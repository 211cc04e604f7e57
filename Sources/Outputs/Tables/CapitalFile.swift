import Formats
import Foundation
import Studies

/// `capital.csv`: what schemes cost and when they open, and what they are worth together and one by one.
enum CapitalFile {
    static func data(_ scenarios: [ScenarioResult]) -> Data {
        var csv = CSVWriter(columns: ["scenario", "scheme", "places", "opens", "measure"] + ResultFiles.statistics)
        for scenario in scenarios {
            func append(_ place: [String], _ measure: String, _ figures: [String]) {
                let blanks = Array(repeating: "", count: ResultFiles.statistics.count - figures.count)
                csv.append([scenario.result.name] + place + [measure] + figures + blanks)
            }
            for outlook in scenario.result.schemes {
                let scheme = outlook.scheme
                let opens = scheme.phases.map(\.opens).min().map(String.init) ?? ""
                let place = [scheme.name, String(scheme.places), opens]
                append(place, "capital, £", ResultFiles.fields(outlook.capital))
                for spend in scheme.capital {
                    append(place, "of it planned for \(spend.year), £", [Numerals.plain(spend.pounds)])
                }
                append(place, "delay, years", ResultFiles.fields(outlook.delay))
            }
            for appraisal in scenario.appraisals {
                let opens = appraisal.scheme?.phases.map(\.opens).min().map(String.init) ?? ""
                let place = [appraisal.scheme?.name ?? ResultFiles.all, String(appraisal.places), opens]
                for (measure, figures) in rows(appraisal) { append(place, measure, figures) }
            }
        }
        return csv.data
    }

    private static func rows(_ appraisal: SchemeAppraisal) -> [(measure: String, figures: [String])] {
        let worth = appraisal.worth
        var rows = [
            ("net present value over the projection, £", ResultFiles.fields(worth.overProjection)),
            ("net present value over the period, £", ResultFiles.fields(worth.overPeriod)),
            ("probability of a net present value above 0 over the period", [Numerals.plain(worth.positive)]),
            ("cost per place, £", [Numerals.plain(worth.costPerPlace)]),
            ("payback, years (median)", worth.paybackMedian.map { [String($0)] } ?? [""]),
        ]
        if let charge = worth.charge {
            rows.append(("interest and minimum revenue provision, £ a year", [Numerals.plain(charge)]))
        }
        if let independent = appraisal.independent {
            rows.append(("independent plan-years avoided over the projection", ResultFiles.fields(independent.plans)))
            rows.append(("independent fees avoided over the projection, £", ResultFiles.fields(independent.fees)))
        }
        return rows
    }
}
