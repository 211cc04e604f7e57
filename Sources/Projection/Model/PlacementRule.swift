import Sampling

/// What may happen each January to the people who ask for a place: declared here, decided by the target `Placement`.
///
/// It is asked once a step for sixteen runs together, never for a cell or a child.
public protocol PlacementRule: Sendable {
    /// How many totals are kept of each January.
    var seriesCount: Int { get }

    /// Whether anybody may be put elsewhere than rates say; where nobody is, places are counted alone.
    var movesPeople: Bool { get }

    /// The working memory of one worker.
    /// - Parameter usesMeanRates: whether uncertain dates and sizes are held at their middle.
    func worker(seeds: DrawSeeds, usesMeanRates: Bool) -> any PlacementWorker
}
