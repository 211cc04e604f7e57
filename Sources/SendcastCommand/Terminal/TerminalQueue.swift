import Formats
import Queues
import Sampling
import Studies

/// What a simulated service does, on the terminal.
enum TerminalQueue {
    /// Lines for a terminal of 80 columns.
    static func lines(
        _ outcome: QueueOutcome, _ description: QueueDescription, _ demand: QueueDemand, style: TerminalStyle
    ) -> [String] {
        let queue = outcome.queue
        var lines =
            TerminalText.wrapped(description.name, to: 78).map(style.bold) + [
                "\(Numerals.grouped(Double(outcome.runs))) runs of \(queue.months) months, waits in working days"
            ]
        let shown = Array(Set([0, 5, 11, 23, 35, queue.months - 1].filter { $0 < queue.months })).sorted()
        for (number, stage) in queue.stages.enumerated() {
            var table = TerminalTable([
                stage.name, "arrive", "seen", "give up", "waiting", "80 % interval", "staff busy",
            ])
            for month in shown {
                func mean(_ measure: QueueOutcome.Measure) -> Double {
                    outcome.figure(measure, stage: number, month: month).mean
                }
                let waiting = outcome.figure(.waiting, stage: number, month: month)
                let range = waiting.interval80
                table.append([
                    "month \(month + 1)", Numerals.grouped(mean(.arrived)), Numerals.grouped(mean(.started)),
                    Numerals.grouped(mean(.gaveUp)), Numerals.grouped(waiting.mean),
                    Numerals.grouped(range),
                    "\(Numerals.fixed(mean(.busy) * 100, decimals: 0)) %",
                ])
            }
            lines += [""] + table.lines(style)
            var waits = TerminalTable(["waits", "seen", "mean", "half within", "nine tenths", "within standard"])
            for (place, priority) in queue.priorities.enumerated() {
                let wait = outcome.waits(stage: number, priority: place)
                waits.append([
                    priority.name, Numerals.grouped(wait.children), Numerals.grouped(wait.mean),
                    Numerals.grouped(wait.median), Numerals.grouped(wait.ninth),
                    wait.withinTarget.map { "\(Numerals.fixed($0 * 100, decimals: 0)) %" } ?? "–",
                ])
            }
            lines += [""] + waits.lines(style)
            let load = queue.load(stage: number, month: queue.months - 1)
            if load > 1 {
                let asked = Numerals.fixed(load * 100, decimals: 0)
                let trend =
                    outcome.grows(stage: number) ? "the queue grows." : "it grows if fewer give up."
                lines.append("  Arrivals ask for \(asked) % of staff time at the end: \(trend)")
            }
        }
        for stage in demand.stages { lines += [""] + arrivals(stage, outcome.queue, style) }
        for held in demand.held { lines += [""] + plans(held, outcome.queue, style) }
        let red = description.stages.filter { $0.quality == .red }.map(\.name)
        if !red.isEmpty { lines += ["", "Rated red: \(red.joined(separator: "; "))."] }
        return lines
    }

    /// What becomes of plans that wait for a stage.
    private static func plans(
        _ held: QueueDemand.HeldPlans, _ queue: ServiceQueue, _ style: TerminalStyle
    ) -> [String] {
        var table = TerminalTable(["January", "plans", "if they wait", "fewer", "80 % interval", "waiting"])
        for row in held.januaries {
            table.append([
                String(row.january), Numerals.grouped(row.free.mean), Numerals.grouped(row.free.mean - row.fewer.mean),
                Numerals.grouped(row.fewer.mean), Numerals.grouped(row.fewer.interval80),
                Numerals.grouped(row.waiting.mean),
            ])
        }
        let note =
            "No more plans begin in a year than staff of \(queue.stages[held.stage].name) can assess; others wait."
        return table.lines(style) + TerminalText.wrapped(note, to: 77).map { "  \($0)" }
    }

    /// What a model forecasts to arrive, year by year.
    private static func arrivals(
        _ stage: QueueDemand.Stage, _ queue: ServiceQueue, _ style: TerminalStyle
    ) -> [String] {
        let subjects = stage.demand.subjects
        let name = subjects.count == 1 ? subjects[0] : queue.stages[stage.stage].name
        var table = TerminalTable([name, "a year", "80 % interval"])
        for (year, arrivals) in stage.years.prefix((queue.months + 11) / 12) {
            let range = arrivals.interval80
            table.append([
                String(year), Numerals.grouped(arrivals.mean),
                Numerals.grouped(range),
            ])
        }
        return table.lines(style)
            + ["  Arrivals of \(queue.stages[stage.stage].name) are those of \(stage.model), run by run."]
    }
}
