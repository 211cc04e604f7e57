import Projection
import RealModule
import Sampling
import Vocabulary

/// Of what the interval of a figure is made: the share of its variance that each source of what is not known explains by itself, and
/// with all that it acts together with.
///
/// Sobol's indices (Sobol, Mathematics and Computers in Simulation 55, 2001) on the draws of a run, for draws are named by what they
/// decide: one source can be drawn anew while all else stays. Of figures A, of B with every source drawn anew, and of Aᵢ with source
/// i alone, the share by itself is mean(B · (Aᵢ − A)) ÷ variance (Saltelli and others, Computer Physics Communications 181, 2010),
/// and with others mean((A − Aᵢ)²) ÷ (2 · variance) (Jansen, Computer Physics Communications 117, 1999). What every source has is
/// what a run has, so places, money and chance are in it; a design of quasi-random numbers, which would want numbers in place of
/// names, is not used.
package struct VarianceShares: Sendable {
    /// A share, and its standard error.
    package struct Estimate: Sendable {
        /// The share.
        package let share: Double
        /// Its standard error.
        package let error: Double

        /// The mean of one value a run.
        fileprivate init(_ values: [Double]) {
            let summary = Summary(of: values)
            share = summary.mean
            error = summary.standardDeviation / Double(values.count).squareRoot()
        }
    }

    /// What one source explains.
    package struct Part: Sendable {
        /// Where it comes from.
        package let source: DrawSource
        /// How much of the variance would go if it alone were known.
        package let byItself: Estimate
        /// How much of the variance would be left if all else were known.
        package let withOthers: Estimate
    }

    /// The figure over the runs.
    package let figure: Summary
    /// The largest share with others first; without sources that the figure does not hang on.
    package let parts: [Part]
    /// How many runs there were.
    package let runs: Int

    /// Simulates the figure with every source as it is and drawn anew, one at a time and all together.
    /// - Throws: ``UnusableData`` where the figure has no spread.
    package init(_ runs: ScenarioRuns, of quantity: OutputQuantity) throws(UnusableData) {
        func values(redrawing sources: Set<DrawSource>) -> [Double] {
            let outcome = runs.people(redrawing: sources)
            return quantity.values(outcome, runs.study.budget(outcome))
        }
        let drawn = values(redrawing: [])
        let others = values(redrawing: Set(DrawSource.allCases))
        figure = Summary(of: drawn)
        self.runs = drawn.count
        let middle = Summary(of: drawn + others)
        let variance = middle.standardDeviation * middle.standardDeviation
        guard variance > 0 else {
            throw UnusableData(
                column: quantity.text, "every run has the same figure, so nothing explains its spread",
                remedy: "Ask for a figure that is not certain.")
        }
        parts = DrawSource.allCases.compactMap { source in
            let redrawn = values(redrawing: [source])
            if redrawn == drawn { return nil }
            let byItself = drawn.indices.map { run in
                (others[run] - middle.mean) * (redrawn[run] - drawn[run]) / variance
            }
            let withOthers = drawn.indices.map { run in
                let change = drawn[run] - redrawn[run]
                return change * change / (2 * variance)
            }
            return Part(source: source, byItself: Estimate(byItself), withOthers: Estimate(withOthers))
        }.sorted { $0.withOthers.share > $1.withOthers.share }
    }
}
