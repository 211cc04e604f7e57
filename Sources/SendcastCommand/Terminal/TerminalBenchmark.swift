import Algorithms
import Calibration
import Formats
import Outputs
import Vocabulary

/// An authority beside others on the terminal.
enum TerminalBenchmark {
    private static let width = 78
    /// Characters of a title; those that a release says itself may be longer.
    private static let mostOfTitle = 29

    /// What stands out, a table for each topic and period, and what could not be compared.
    static func lines(_ benchmark: Benchmark, style: TerminalStyle) -> [String] {
        var lines = TerminalText.wrapped(title(benchmark), to: width).map(style.bold)
        let standing = BenchmarkFiles.standing(benchmark)
        if !standing.isEmpty { lines.append("") }
        for sentence in standing {
            let wrapped = TerminalText.wrapped(sentence, to: width - 2)
            lines += wrapped.enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
        }
        for topic in benchmark.lines.map(\.indicator.topic).uniqued() {
            lines += ["", style.bold(topic)]
            let own = benchmark.lines.filter { $0.indicator.topic == topic }
            for period in own.map(\.period).uniqued() {
                lines += table(period, own.filter { $0.period == period }, benchmark).lines(style)
            }
        }
        return lines + [""] + notes(benchmark).flatMap { TerminalText.wrapped($0, to: width) }
    }

    /// Whose figures stand beside whose.
    static func title(_ benchmark: Benchmark) -> String {
        let count = benchmark.neighbours.count
        let near = count == 0 ? nil : "\(count) statistical neighbour\(count == 1 ? "" : "s")"
        let region = benchmark.area.region.isEmpty ? nil : "its region (\(benchmark.area.region))"
        let others = [near, region, benchmark.area.isNational ? nil : "England"].compactMap { $0 }
        if others.isEmpty { return benchmark.area.name }
        let listed =
            others.count == 1
            ? others[0] : others.dropLast().joined(separator: ", ") + " and \(others[others.count - 1])"
        return "\(benchmark.area.name) beside \(listed)"
    }

    private static func table(_ period: String, _ lines: [Benchmark.Line], _ benchmark: Benchmark) -> TerminalTable {
        let hasNeighbours = !benchmark.neighbours.isEmpty
        var table = TerminalTable(
            [period, "here"] + (hasNeighbours ? ["neighbours"] : []) + ["region", "England", "rank"])
        for line in lines {
            let unit = line.indicator.unit
            func text(_ value: Double?) -> String { value.map(unit.text) ?? "–" }
            let rank = hasNeighbours ? line.amongNeighbours : line.amongAll
            table.append(
                [String(line.indicator.title.prefix(mostOfTitle)), text(line.figures.first?.value)]
                    + (hasNeighbours ? [text(line.middle)] : [])
                    + [
                        text(line.figure(.region)?.value), text(line.figure(.england)?.value),
                        rank.map { "\($0.place) of \($0.of)" } ?? "–",
                    ])
        }
        return table
    }

    /// What figures are, and what there is none of.
    static func notes(_ benchmark: Benchmark) -> [String] {
        var notes: [String] = []
        if benchmark.neighbours.isEmpty {
            if !benchmark.area.isNational {
                notes.append(
                    benchmark.knowsNeighbours
                        ? "The table of statistical neighbours does not have \(benchmark.area.name), so rank is among all authorities, 1 the highest."
                        : "Without statistical neighbours (--neighbours FILE) rank is among all authorities, 1 the highest."
                )
            }
        } else {
            let names = benchmark.neighbours.map(\.name).joined(separator: ", ")
            notes.append("Neighbours, the closest first: \(names). Theirs is the middle figure; rank 1 is the highest.")
        }
        if let most = benchmark.lines.map(\.inRegion).max(), most > 0 {
            notes.append("The region is its \(most) authorities together, as far as each figure is known.")
        }
        notes += benchmark.cautions.map { "Known of \(benchmark.area.name): \($0)." }
        if benchmark.lines.contains(where: \.isForecast) {
            notes.append(
                "Forecasts of others are those of the panel of all authorities; 80 % intervals are in the file.")
        }
        let absent = benchmark.absent.map { "\($0.topic.lowercased()): \($0.titles.joined(separator: ", "))" }
        if !absent.isEmpty {
            notes.append("Not in these files for \(benchmark.area.name): \(absent.joined(separator: "; ")).")
        }
        return notes
    }
}
