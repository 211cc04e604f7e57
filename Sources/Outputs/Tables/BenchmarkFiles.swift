import Calibration
import Formats
import Foundation
import Intake
import Vocabulary

/// An authority beside others as a file and in words.
package enum BenchmarkFiles {
    /// `benchmark.csv`: a row for each indicator and area.
    package static func file(_ benchmarks: [(service: Service, benchmark: Benchmark)]) -> (name: String, data: Data) {
        ResultTable.benchmark.file { table in
            for (service, benchmark) in benchmarks {
                for line in benchmark.lines {
                    for figure in line.figures { append(figure, of: line, service, to: &table) }
                }
            }
        }
    }

    private static func append(
        _ figure: Benchmark.Figure, of line: Benchmark.Line, _ service: Service, to table: inout Table
    ) {
        let indicator = line.indicator
        let isOwn = figure.role == .area
        let (near, all) = isOwn ? (line.amongNeighbours, line.amongAll) : (nil, nil)
        table.append(
            service.rawValue, indicator.topic, indicator.id, indicator.title, indicator.about,
            indicator.unit.rawValue, line.period, line.isForecast ? "forecast" : "counted", figure.role.rawValue,
            figure.number, figure.name, figure.value, figure.range?.lowerBound, figure.range?.upperBound, figure.over,
            figure.under, near?.place, near?.of, all?.place, all?.of, all?.quarter, line.source)
    }

    /// How many neighbours a figure needs for being the highest or lowest of them to mean anything.
    private static let fewestNeighbours = 6
    private static let mostSentences = 6

    /// Where an area is the highest or the lowest of its neighbours by more than chance, in sentences, the farthest from them first.
    package static func standing(_ benchmark: Benchmark) -> [String] {
        let found = benchmark.lines.compactMap { line -> (distance: Double, text: String)? in
            guard !line.isForecast, let rank = line.amongNeighbours, rank.of > fewestNeighbours,
                rank.place == 1 || rank.place == rank.of, let own = line.figures.first, let middle = line.middle,
                own.range.map({ !$0.contains(middle) }) ?? true
            else { return nil }
            let unit = line.indicator.unit
            let spread = line.neighbours.map { abs($0.value - middle) }.sorted()
            let distance = abs(own.value - middle) / max(spread[spread.count / 2], 1e-9)
            let end = rank.place == 1 ? "Highest" : "Lowest"
            let text =
                "\(end) of \(rank.of): \(line.indicator.topic.lowercased()), \(line.indicator.title), "
                + "\(unit.text(own.value)) (\(line.period)); the median of its neighbours is \(unit.text(middle))."
            return (distance, text)
        }
        return found.sorted { $0.distance > $1.distance }.prefix(mostSentences).map(\.text)
    }
}

extension BenchmarkIndicator.Unit {
    /// A figure for people.
    package func text(_ value: Double) -> String {
        switch self {
        case .perThousand, .perTenThousand, .weeks: Numerals.fixed(value, decimals: 1)
        case .share, .publishedShare: "\(Numerals.fixed(100 * value, decimals: 1)) %"
        case .growth: Numerals.change(from: 1, to: 1 + value)
        case .pounds: Numerals.wholePounds(value)
        }
    }
}
