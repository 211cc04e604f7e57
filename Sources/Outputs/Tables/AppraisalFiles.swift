import Finance
import Formats
import Foundation
import Intake
import Studies
import Vocabulary

/// A business case as files.
package enum AppraisalFiles {
    /// The item of the basis that is a headline.
    package static let headline = "headline"

    /// Options, lines, switching values, benchmarks and what they take for granted.
    package static func files(_ business: BusinessCase) -> [(name: String, data: Data)] {
        let words = AppraisalWords(business)
        return [
            options(business), lines(business, words), switching(business, words), benchmarks(business),
            ResultTable.appraisalBasis.file { table in
                for line in words.headlines { table.append(headline, line) }
                for (item, value) in words.basis { table.append(item, value) }
            },
        ]
    }

    private static func options(_ business: BusinessCase) -> (name: String, data: Data) {
        ResultTable.appraisalOptions.file { table in
            for option in business.options {
                let hasCapital = option.places > 0
                let payback = hasCapital ? option.worth.paybackMedian : nil
                table.append(
                    option.name, option.kind.rawValue, option.places, ValuePart.allCases.map(option.value),
                    option.worth.overPeriod, option.kind == .nothing ? nil : option.worth.positive,
                    payback.map { FinancialYear(starting: option.flows.first.starting + $0 - 1).description },
                    hasCapital ? option.worth.costPerPlace : nil)
            }
        }
    }

    private static func lines(_ business: BusinessCase, _ words: AppraisalWords) -> (name: String, data: Data) {
        ResultTable.appraisalLines.file { table in
            for option in business.options {
                for part in ValuePart.allCases {
                    for line in option.lines where line.part == part && (line.cash != 0 || line.value != 0) {
                        table.append(
                            option.name, words.name(line.part), line.name, line.payer, line.cash, line.projection,
                            line.beyond,
                            line.value)
                    }
                }
            }
        }
    }

    private static func switching(_ business: BusinessCase, _ words: AppraisalWords) -> (name: String, data: Data) {
        ResultTable.appraisalSwitching.file { table in
            for value in business.switching {
                let statement = value.statement
                let (zero, pays): (Double?, String) =
                    switch value.answer {
                    case .above(let zero): (zero, "above")
                    case .below(let zero): (zero, "below")
                    case .always: (nil, "always")
                    case .never: (nil, "never")
                    }
                let ends = [value.atLow, value.atHigh].flatMap {
                    [$0.mean, $0.interval80.lowerBound, $0.interval80.upperBound]
                }
                table.append(
                    words.name(statement.factor), [statement.low, statement.base, statement.high], ends, zero, pays,
                    statement.search.lowerBound, statement.search.upperBound, words.range(value), words.zero(value),
                    words.sentence(value), statement.isDrawn ? "yes" : "no", statement.source,
                    statement.quality?.rawValue)
            }
        }
    }

    private static func benchmarks(_ business: BusinessCase) -> (name: String, data: Data) {
        ResultTable.appraisalBenchmarks.file { table in
            for option in business.options where option.places > 0 {
                for cost in AppraisalWords.benchmarks(business) {
                    table.append(
                        option.name, option.worth.costPerPlace, cost.name, cost.places, cost.cost,
                        option.worth.costPerPlace / cost.cost - 1, cost.date, cost.source)
                }
            }
        }
    }
}
