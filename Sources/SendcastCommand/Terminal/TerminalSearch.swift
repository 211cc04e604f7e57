import Formats
import Intake
import Sampling
import Studies
import Vocabulary

/// What searches and sensitivities say on the terminal.
enum TerminalSearch {
    /// The sizes that were tried, and the answer.
    static func lines(
        _ search: GoalSearch, lever: ScenarioText.Lever, target: Target, confidence: Double, runs: Int,
        style: TerminalStyle
    ) -> [String] {
        let amount = text(target.quantity)
        let wanted = "\(target.quantity.text) \(target.isAtMost ? "at most" : "at least") \(amount(target.amount))"
        let percent = Numerals.fixed(100 * confidence, decimals: 0)
        var table = TerminalTable([
            "size", "runs that meet it", "in \(percent) % of runs \(target.isAtMost ? "at most" : "at least")",
        ])
        for trial in search.trials {
            table.append([
                Numerals.fixed(trial.size, decimals: 3), Numerals.fixed(100 * trial.share, decimals: 1) + " %",
                amount(trial.reached),
            ])
        }
        let lines =
            [style.bold("\(wanted), in \(percent) % of runs"), "  \(lever.name)", ""] + table.lines(style) + [""]
        switch search.answer {
        case .metAlready: return lines + ["The target is met without the lever."]
        case .size(let trial):
            return lines
                + TerminalText.wrapped(
                    "A size of \(size(trial, lever)) reaches it.\(beyond(trial, lever)) \(precision(confidence, runs))",
                    to: 80)
        case .unreachable(let trial):
            let sentence =
                "It cannot be reached: the lever at its strongest, \(size(trial, lever)), meets it in "
                + "\(Numerals.fixed(100 * trial.share, decimals: 1)) % of runs, and gets to \(amount(trial.reached)) in \(percent) %."
            return lines + TerminalText.wrapped(sentence, to: 80)
        }
    }

    /// That a size lies outside what the lever itself states; empty where it does not, or where the lever states one size.
    private static func beyond(_ trial: GoalSearch.Trial, _ lever: ScenarioText.Lever) -> String {
        guard let low = lever.size.min(), let high = lever.size.max(), low < high, !(low...high).contains(trial.size)
        else { return "" }
        return
            " That is outside what the lever states, \(Numerals.plain(low)) to \(Numerals.plain(high)): nobody has said that it can be so strong."
    }

    /// How well a share of runs is known.
    private static func precision(_ confidence: Double, _ runs: Int) -> String {
        let points = 2 * (confidence * (1 - confidence) / Double(runs)).squareRoot() * 100
        return
            "In \(Numerals.grouped(Double(runs))) runs a share is known to \(Numerals.fixed(max(points, 1), decimals: 0)) points either way."
    }

    /// A size, and of a factor and a share what it leaves or takes.
    private static func size(_ trial: GoalSearch.Trial, _ lever: ScenarioText.Lever) -> String {
        let number = Numerals.fixed(trial.size, decimals: 3)
        let percent = "\(Numerals.plain(100 * trial.size, decimals: 1)) %"
        return switch lever.verb {
        case .multiply:
            "\(number) (\(percent) of what there would be without the lever\(trial.size == 0 ? ": nothing is left" : ""))"
        case .move: "\(number) (\(percent) of those whom the lever names)"
        default: number
        }
    }

    private static func text(_ quantity: OutputQuantity) -> (Double) -> String {
        { value in quantity.isSpend ? Numerals.pounds(value) : Numerals.grouped(value) }
    }

    /// How many rates are shown.
    private static let most = 12
    /// Columns of bars on each side.
    private static let width = 8

    /// A tornado of assumptions, the rates that matter most, and downsides.
    static func lines(
        _ sensitivity: Sensitivity, of quantity: OutputQuantity, style: TerminalStyle
    ) -> [String] {
        let amount = text(quantity)
        let expected = sensitivity.expected
        let tornado = tornado(sensitivity.swings, about: expected, amount)
        var rates = TerminalTable(["rate", "value", "a tenth more"])
        for effect in sensitivity.rates.prefix(most) {
            let change = abs(effect.tenth)
            let precise = quantity.isSpend ? amount(change) : Numerals.fixed(change, decimals: 1)
            rates.append([
                effect.name, Numerals.plain(effect.rate, decimals: 4), (effect.tenth < 0 ? "−" : "+") + precise,
            ])
        }
        let downside = sensitivity.downside
        return [style.bold("\(quantity.text): \(amount(expected)) expected"), ""] + tornado.lines(style) + [
            "  One at a time: deviations from their 10 % to their 90 % point, a tenth where the",
            "  model states none, and growth by its yearly step or one point.", "",
            "  With every assumption at the end that raises the figure: \(amount(downside.together)).",
            "  Were they correlated by one half: \(amount(downside.half)); were they independent: "
                + "\(amount(downside.independent)).",
            "",
        ] + rates.lines(style) + [
            "  Exact derivatives of all \(Numerals.grouped(Double(sensitivity.rates.count))) rates."
        ]
    }

    /// The figure as 'run' has it, and where places bind a tornado of what is taken for granted of them.
    static func lines(
        _ places: PlacesSensitivity, of quantity: OutputQuantity, style: TerminalStyle
    ) -> [String] {
        let amount = text(quantity)
        let lines = run(places.figure, runs: places.runs, of: quantity)
        if places.swings.isEmpty { return lines }
        return lines + [""] + tornado(places.swings, about: places.figure.mean, amount).lines(style) + [
            "  One at a time, on paired runs in which places bind."
        ]
    }

    /// The figure as 'run' has it.
    static func run(_ figure: Summary, runs: Int, of quantity: OutputQuantity) -> [String] {
        let (amount, range) = (text(quantity), figure.interval80)
        return TerminalText.wrapped(
            "\(quantity.text) as 'run' counts it: \(amount(figure.mean)), 80 % interval \(amount(range.lowerBound)) to "
                + "\(amount(range.upperBound)), in \(Numerals.grouped(Double(runs))) runs.", to: 80)
    }

    private static func tornado(
        _ swings: [Sensitivity.Swing], about expected: Double, _ amount: (Double) -> String
    ) -> TerminalTable {
        var table = TerminalTable(["assumption", "swing", "low", "high", ""])
        let widest = swings.map { max(abs($0.low - expected), abs($0.high - expected)) }.max() ?? 1
        for swing in swings where swing.width > 0 {
            func cells(_ value: Double) -> Int {
                Int((abs(value - expected) / max(widest, 1e-9) * Double(width)).rounded())
            }
            let (left, right) = (min(swing.low, swing.high), max(swing.low, swing.high))
            let bar =
                String(repeating: " ", count: width - (left < expected ? cells(left) : 0))
                + String(repeating: "▒", count: left < expected ? cells(left) : 0) + "│"
                + String(repeating: "█", count: right > expected ? cells(right) : 0)
                + String(repeating: " ", count: width - (right > expected ? cells(right) : 0))
            table.append([swing.name, swing.range, amount(swing.low), amount(swing.high), bar])
        }
        return table
    }
}
