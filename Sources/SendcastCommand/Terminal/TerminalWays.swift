import Formats
import Intake
import Outputs
import Sampling
import Studies
import Vocabulary

/// What the terminal says of the ways to a target.
enum TerminalWays {
    /// What each way needs, then year by year.
    static func lines(
        _ ways: TargetWays, target: Target, confidence: Double, in study: PreparedStudy, style: TerminalStyle
    ) -> [String] {
        let percent = Numerals.fixed(100 * confidence, decimals: 0)
        func amount(_ value: Double) -> String {
            target.quantity.isSpend ? Numerals.pounds(value) : Numerals.grouped(value)
        }
        let wanted = "\(target.quantity.text) \(target.isAtMost ? "at most" : "at least") \(amount(target.amount))"
        var table = TerminalTable(["one way alone", "factor", "in \(percent) % of runs", "runs that meet it"])
        for way in ways.ways {
            switch way.answer {
            case .metAlready: table.append([way.name, "–", "met without it", ""])
            case .size(let trial): table.append([way.name] + cells(trial, amount))
            case .unreachable(let trial):
                table.append(["\(way.name): not enough"] + cells(trial, amount))
            }
        }
        let reached = ways.ways.filter { !$0.years.isEmpty }
        return [style.bold("\(wanted), in \(percent) % of runs"), ""] + table.lines(style)
            + years("as it is", ways.baseline, ways, study, style)
            + reached.flatMap { years($0.name, $0.years, ways, study, style) } + note(study)
    }

    private static func cells(_ trial: GoalSearch.Trial, _ amount: (Double) -> String) -> [String] {
        [
            Numerals.fixed(trial.size, decimals: 3), amount(trial.reached),
            Numerals.fixed(100 * trial.share, decimals: 1) + " %",
        ]
    }

    private static func years(
        _ name: String, _ years: [TargetWays.Year], _ ways: TargetWays, _ study: PreparedStudy, _ style: TerminalStyle
    ) -> [String] {
        let words = study.folder.space.service.words
        var table = TerminalTable([name] + years.map { String($0.january) })
        func append(_ label: String, _ figures: [Double]) {
            table.append([label] + figures.map { Numerals.grouped($0) })
        }
        append(words.people, years.map(\.people.mean))
        append(words == .care ? "started" : "began", years.map(\.joined.mean))
        append(words == .care ? "left" : "ended", years.map(\.left.mean))
        for (place, route) in ways.routes.enumerated() where years.allSatisfy({ place < $0.byRoute.count }) {
            append("  \(route)", years.map { $0.byRoute[place] })
        }
        append("months of stay", years.map(\.stay.mean))
        return [""] + table.lines(style)
    }

    private static func note(_ study: PreparedStudy) -> [String] {
        let words = study.folder.space.service.words
        return TerminalText.wrapped(
            "(means of the year to each \(words.day); months of stay: \(words.people) of an average day over those who leave)",
            to: 77
        ).map { "  \($0)" } + comparators(study.folder.indicators)
    }

    /// Starters of 0 to 4 for 10,000 children beside those of others.
    private static func comparators(_ rows: [IndicatorRow]) -> [String] {
        let mine = rows.filter { $0.indicator == .startersAged0To4 }
        guard let last = mine.map(\.year).max() else { return [] }
        let now = mine.filter { $0.year == last }.map { "\($0.category) \(Numerals.fixed($0.value, decimals: 1))" }
        let source = mine.first?.source ?? ""
        return [""]
            + TerminalText.wrapped(
                "Started at 0 to 4 in the year to 31 March \(last), for 10,000 children: \(now.joined(separator: ", ")). \(source).",
                to: 78
            ).map { "  \($0)" }
    }
}
