import Formats
import Foundation
import Sampling
import Studies

/// `capital.csv`: what schemes cost and when they open, and what they are worth together and one by one.
enum CapitalFile {
    /// How likely a scheme is worth more than it costs.
    static let chance = "probability of a net present value above 0 over the period"
    /// Independent placements avoided, in years.
    static let independentPlans = "independent plan-years avoided over the projection"

    /// What those would have cost; with prices at hand it tells how many there were.
    static let independentFees = "independent fees avoided over the projection, £"

    static func file(_ scenarios: [ScenarioResult]) -> (name: String, data: Data) {
        ResultTable.capital.file { table in
            for scenario in scenarios {
                func append(_ name: String, _ places: Int, _ opens: Int?, _ measure: String, _ figure: any TableValue) {
                    table.append(scenario.result.name, name, places, opens, measure, figure)
                }
                for outlook in scenario.result.schemes {
                    let scheme = outlook.scheme
                    let opens = scheme.phases.map(\.opens).min()
                    append(scheme.name, scheme.places, opens, "capital, £", outlook.capital)
                    for spend in scheme.capital {
                        append(
                            scheme.name, scheme.places, opens, "of it planned for \(spend.year), £", mean(spend.pounds))
                    }
                    append(scheme.name, scheme.places, opens, "delay, years", outlook.delay)
                }
                for appraisal in scenario.appraisals {
                    let opens = appraisal.scheme?.phases.map(\.opens).min()
                    for (measure, figure) in rows(appraisal) {
                        append(
                            appraisal.scheme?.name ?? ResultFiles.all, appraisal.places, opens, measure, figure)
                    }
                }
            }
        }
    }

    /// A figure that is the same in every run, or of which one is known: the other statistics are empty.
    private static func mean(_ value: Double?) -> [Double?] {
        [value] + Array(repeating: nil, count: Column.statistics.count - 1)
    }

    private static func rows(_ appraisal: SchemeAppraisal) -> [(measure: String, figure: any TableValue)] {
        let worth = appraisal.worth
        var rows: [(String, any TableValue)] = [
            ("net present value over the projection, £", worth.overProjection),
            ("net present value over the period, £", worth.overPeriod), (chance, mean(worth.positive)),
            ("cost per place, £", mean(worth.costPerPlace)),
            ("payback, years (median)", mean(worth.paybackMedian.map { Double($0) })),
        ]
        if let charge = worth.charge {
            rows.append(("interest and minimum revenue provision, £ a year", mean(charge)))
        }
        if let independent = appraisal.independent {
            rows.append((independentPlans, independent.plans))
            rows.append((independentFees, independent.fees))
        }
        return rows
    }
}
