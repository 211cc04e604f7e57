import Finance
import Formats
import Foundation
import Intake
import Sampling
import Studies
import Vocabulary

/// A business case as files.
package enum AppraisalFiles {
    /// The item of the basis that is a headline.
    package static let headline = "headline"
    /// The item of the basis that says what must be believed.
    package static let belief = "must be believed"
    /// The item of the basis that is about special schools and bases.
    package static let baseFirst = "base first"

    /// The items of the basis that are sentences of the page.
    package static let sentences = [headline, belief, baseFirst]

    /// Options, lines, switching values, benchmarks and what they take for granted.
    package static func files(_ business: BusinessCase) -> [(name: String, data: Data)] {
        let words = AppraisalWords(business)
        return [
            options(business), lines(business, words), switching(business, words), benchmarks(business),
        ] + comparisons(business) + [
            ResultTable.appraisalBasis.file { table in
                for line in words.headlines { table.append(headline, line) }
                for line in words.beliefs { table.append(belief, line) }
                for line in words.baseFirst { table.append(baseFirst, line) }
                for (item, value) in words.basis { table.append(item, value) }
            }
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
                    option.worth.costPerPlace)
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
                    statement.search.lowerBound, statement.search.upperBound, words.forecast(statement),
                    words.range(value),
                    words.zero(value), words.sentence(value), statement.isDrawn ? "yes" : "no", statement.source,
                    statement.quality?.rawValue)
            }
        }
    }

    /// What a special school is built as.
    package static let (school, bases) = ("special school", "specialist bases")

    /// Nothing where no scheme builds places in a special school.
    private static func comparisons(_ business: BusinessCase) -> [(name: String, data: Data)] {
        let comparisons = business.baseFirst.comparisons
        if comparisons.isEmpty { return [] }
        let space = business.study.folder.space
        let file = ResultTable.appraisalBaseFirst.file { table in
            for comparison in comparisons {
                for (name, side) in [(school, comparison.school), (bases, comparison.bases)] {
                    let needs =
                        side.needs.count == space.need.count
                        ? "any" : side.needs.map { space.need.codes[$0] }.joined(separator: " ")
                    table.append(
                        comparison.scheme.name, name,
                        side.settings.map { space.setting.codes[$0] }.joined(separator: " "), needs,
                        comparison.scheme.phases.map(\.opens).min(), side.option.places, side.capital.mean,
                        side.source, side.quality?.rawValue, side.option.worth.overPeriod, side.option.worth.positive,
                        ends(side.served), ends(side.unmet))
                }
            }
        }
        return [file]
    }

    /// Mean, and the ends of the 80 % interval.
    private static func ends(_ summary: Summary) -> [Double] {
        [summary.mean, summary.interval80.lowerBound, summary.interval80.upperBound]
    }

    private static func benchmarks(_ business: BusinessCase) -> (name: String, data: Data) {
        ResultTable.appraisalBenchmarks.file { table in
            for option in business.options {
                guard let own = option.worth.costPerPlace else { continue }
                for cost in AppraisalWords.benchmarks(business) {
                    table.append(
                        option.name, own, cost.name, cost.places, cost.cost, own / cost.cost - 1, cost.date,
                        cost.source)
                }
            }
        }
    }
}
