import Finance
import Formats
import Intake
import Outputs
import Sampling
import Studies
import Vocabulary

/// What a business case says on a terminal of 80 characters.
enum TerminalAppraisal {
    private static let width = 80
    /// Columns of bars on each side of what is forecast.
    private static let bar = 19

    static func lines(_ business: BusinessCase, style: TerminalStyle) -> [String] {
        let words = AppraisalWords(business)
        let basis = Dictionary(words.basis, uniquingKeysWith: { $1 })
        let title = "\(business.study.title): \(business.scenario.titles.joined(separator: " + "))"
        let terms =
            "Present values over \(basis["period"] ?? ""); \(basis["discount rate"] ?? ""); prices \(basis["prices"] ?? "")."
        var lines = TerminalText.wrapped(title, to: width).map(style.bold)
        lines += TerminalText.wrapped(terms, to: width)
        lines += TerminalText.wrapped("Doing nothing is \(basis["doing nothing"] ?? "")", to: width)
        lines += [""] + parts(business, style) + [""] + worth(business, style)
        for headline in words.headlines { lines += [""] + TerminalText.wrapped(headline, to: width) }
        if !business.baseFirst.comparisons.isEmpty {
            lines += [""] + baseFirst(business, style)
            for sentence in words.baseFirst { lines += bullet(sentence) }
        }
        lines += [""] + reconciliation(business, style)
        lines += [""] + switching(business, words, style) + [""] + tornado(business, words, style) + [""]
        for belief in words.beliefs { lines += bullet(belief) }
        return lines + benchmarks(business)
    }

    private static func parts(_ business: BusinessCase, _ style: TerminalStyle) -> [String] {
        var table = TerminalTable(["against doing nothing", "places", "capital", "running", "transport", "fees"])
        for option in business.options {
            let running = [ValuePart.topUps, .places, .other, .opening].reduce(0) { $0 + option.value($1) }
            table.append(
                [option.name, Numerals.grouped(Double(option.places))]
                    + [option.value(.capital), running, option.value(.transport), option.value(.fees)].map(signed))
        }
        return table.lines(style)
    }

    private static func worth(_ business: BusinessCase, _ style: TerminalStyle) -> [String] {
        var table = TerminalTable(["option", "net value", "80 % interval", "above £0", "repaid", "a place"])
        for option in business.options where option.kind != .nothing {
            let (worth, range) = (option.worth, option.worth.overPeriod.interval80)
            let hasCapital = option.places > 0
            let payback = hasCapital ? worth.paybackMedian : nil
            table.append([
                option.name, signed(worth.overPeriod.mean),
                Numerals.pounds(range),
                Numerals.chance(worth.positive),
                payback.map { FinancialYear(starting: option.flows.first.starting + $0 - 1).description } ?? "–",
                worth.costPerPlace.map(Numerals.pounds) ?? "–",
            ])
        }
        return table.lines(style)
    }

    /// Each scheme of a special school, and the same places as bases.
    private static func baseFirst(_ business: BusinessCase, _ style: TerminalStyle) -> [String] {
        var table = TerminalTable(["base first", "places", "to build", "net value", "above £0", "served", "unmet"])
        for comparison in business.baseFirst.comparisons {
            for (name, side) in [(comparison.scheme.name, comparison.school), ("  as bases", comparison.bases)] {
                table.append([
                    name, Numerals.grouped(Double(side.option.places)),
                    Numerals.pounds(side.capital.mean), signed(side.option.worth.overPeriod.mean),
                    Numerals.chance(side.option.worth.positive), count(side.served.mean), count(-side.unmet.mean),
                ])
            }
        }
        let day = "\(business.study.folder.space.service.words.onDay) \(business.study.lastJanuary)"
        return table.lines(style)
            + TerminalText.wrapped(
                "(served: more children in specialist places \(day) than without it; unmet: more or fewer who are elsewhere and would have a place)",
                to: width - 2
            ).map { "  \($0)" }
    }

    private static func count(_ change: Double) -> String { Numerals.signed(change, Numerals.grouped) }

    private static func reconciliation(_ business: BusinessCase, _ style: TerminalStyle) -> [String] {
        var table = TerminalTable(["from spend to value", "cash", "projection", "years after", "in all"])
        let lines = ValuePart.allCases.flatMap { part in business.whole.lines.filter { $0.part == part } }
        for line in lines where line.cash != 0 || line.value != 0 {
            table.append(
                [line.name]
                    + [line.cash, line.projection, line.beyond, line.value].map(signed))
        }
        let sums = [lines.map(\.projection), lines.map(\.beyond), lines.map(\.value)].map { $0.reduce(0, +) }
        table.append(["net present value", ""] + sums.map(signed))
        return table.lines(style) + [
            "  (cash: avoided over the projection at the prices of each year; the rest is",
            "  discounted, and the years after the projection go on to the end of the period)",
        ]
    }

    private static func switching(
        _ business: BusinessCase, _ words: AppraisalWords, _ style: TerminalStyle
    ) -> [String] {
        var table = TerminalTable(["what it hangs on", "low to high", "at low", "at high", "£0 at"])
        for value in business.switching {
            let zero: String =
                switch value.answer {
                case .above, .below: words.zero(value)
                case .always, .never: "none"
                }
            table.append([
                words.name(value.statement.factor), words.range(value), signed(value.atLow.mean),
                signed(value.atHigh.mean), zero,
            ])
        }
        return table.lines(style)
    }

    private static func tornado(
        _ business: BusinessCase, _ words: AppraisalWords, _ style: TerminalStyle
    ) -> [String] {
        let forecast = business.whole.worth.overPeriod.mean
        let ends = business.switching.flatMap { [$0.atLow.mean, $0.atHigh.mean] }
        let widest = max(ends.map { abs($0 - forecast) }.max() ?? 1, 1)
        let middle = String(repeating: " ", count: bar - 6) + "as forecast"
        var table = TerminalTable(["net present value", "forecast", middle], leading: 3)
        for value in business.switching {
            func cells(_ figure: Double) -> Int { Int((abs(figure - forecast) / widest * Double(bar)).rounded()) }
            let (less, more) = (
                min(value.atLow.mean, value.atHigh.mean, forecast), max(value.atLow.mean, value.atHigh.mean, forecast)
            )
            table.append([
                words.name(value.statement.factor), words.forecast(value.statement),
                String(repeating: " ", count: bar - cells(less)) + String(repeating: "▒", count: cells(less)) + "│"
                    + String(repeating: "█", count: cells(more)),
            ])
        }
        return table.lines(style)
    }

    private static func benchmarks(_ business: BusinessCase) -> [String] {
        let costs = AppraisalWords.benchmarks(business).map(\.cost)
        guard let least = costs.min(), let most = costs.max(), let own = business.whole.worth.costPerPlace else {
            return []
        }
        return bullet(
            "A place costs \(Numerals.pounds(own)) to build, with overruns: more than \(costs.count { $0 < own }) of \(costs.count) published "
                + "costs, which are \(Numerals.pounds(least)) to \(Numerals.pounds(most)) at the prices of their years."
        )
    }

    private static func bullet(_ text: String) -> [String] {
        TerminalText.wrapped(text, to: width - 4).enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
    }

    private static func signed(_ pounds: Double) -> String { Numerals.signed(pounds, Numerals.pounds) }
}
