import Sampling

/// Summaries of figures that come stretch by stretch (``Outcome/stretches``), always in the same order: they are known with the last.
package final class RunSummaries {
    private let runs: Int
    private let columns: RunColumns?
    private var stretch = 0..<0
    private var number = 0

    /// - Parameter outcome: whose stretches they are of.
    package init(_ outcome: Outcome) {
        runs = outcome.runs.count
        columns = outcome.isLong ? RunColumns(runs: runs) : nil
    }

    /// Whether there is one stretch alone.
    package var areOfAllRuns: Bool { columns == nil }

    /// Begins the figures of a stretch, by the places of its runs among all.
    package func begin(_ stretch: Range<Int>) { (self.stretch, number) = (stretch, 0) }

    /// The summary of a figure over all runs; with a stretch before the last it stands for nothing.
    package func callAsFunction(_ values: [Double]) -> Summary {
        guard let columns else { return Summary(of: values) }
        defer { number += 1 }
        columns.add(values, to: number, from: stretch.lowerBound)
        return stretch.upperBound == runs ? Summary(of: columns.values(of: number)) : Summary(always: 0)
    }

    /// The same of whole numbers.
    package func callAsFunction(_ values: [Int32]) -> Summary {
        columns == nil ? Summary(of: values) : self(values.map(Double.init))
    }
}
