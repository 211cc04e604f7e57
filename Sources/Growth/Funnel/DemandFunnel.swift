import Algorithms
import Vocabulary

/// A funnel of demand: what each stage counts, how it grows, what share comes to the next, and whether printed growth is that of the counts.
public struct DemandFunnel: Sendable {
    /// A stage.
    public struct Stage: Sendable {
        /// What is counted.
        public let name: String
        /// By the April in which the financial year begins.
        public let counts: [Int: Double]
        /// Whether it stands beside the funnel.
        public let isBeside: Bool
    }

    /// Growth that a document prints, beside that of its counts.
    public struct Check: Sendable {
        /// What is printed.
        public let printed: FunnelFolder.Printed
        /// Growth of the counts, as a share.
        public let recomputed: Double

        /// Whether the printed figure is the recomputed one, to the nearest whole per cent or the next lower one.
        public var isReproduced: Bool {
            let (one, other) = (100 * printed.growth, 100 * recomputed)
            return abs(one.rounded() - other.rounded()) < 0.5 || abs(one.rounded() - other.rounded(.down)) < 0.5
        }
    }

    /// The stages, in order.
    public let stages: [Stage]
    /// The years counted.
    public let years: [Int]
    /// Printed growth.
    public let checks: [Check]
    /// Growth, learnt from all stages together.
    public let series: ShortSeries

    /// Takes a funnel's counts apart.
    public init(_ folder: FunnelFolder) {
        let names = Array(folder.rows.map(\.stage).uniqued())
        let stages = names.map { name in
            Stage(
                name: name,
                counts: Dictionary(
                    folder.rows.filter { $0.stage == name }.map { ($0.year, $0.count) }, uniquingKeysWith: { $1 }),
                isBeside: folder.rows.contains { $0.stage == name && $0.isBeside })
        }
        self.stages = stages
        years = Set(folder.rows.map(\.year)).sorted()
        checks = folder.printed.compactMap { printed in
            guard let counts = stages.first(where: { $0.name == printed.stage })?.counts,
                let from = counts[printed.from],
                let to = counts[printed.to]
            else { return nil }
            return Check(printed: printed, recomputed: to / from - 1)
        }
        series = ShortSeries(stages.map(\.counts))
    }

    /// What share of a stage's count the next stage's is, in a year.
    public func conversion(_ stage: Int, year: Int) -> Double? {
        guard stages.indices.contains(stage + 1), let all = stages[stage].counts[year],
            let next = stages[stage + 1].counts[year], !stages[stage].isBeside, !stages[stage + 1].isBeside
        else { return nil }
        return next / all
    }
}
