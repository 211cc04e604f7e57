import Sampling

/// What may happen each January to the people who ask for a place: declared here, decided by the target `Placement`.
///
/// It is asked once a year for sixteen runs together, never for a cell or a child.
public protocol PlacementRule: Sendable {
    /// How many totals are kept of each January.
    var seriesCount: Int { get }

    /// The working memory of one worker.
    /// - Parameter usesMeanRates: whether uncertain dates and sizes are held at their middle.
    func worker(seed: UInt64, usesMeanRates: Bool) -> any PlacementWorker
}

/// Places the people of sixteen runs at a time.
public protocol PlacementWorker: AnyObject {
    /// Begins a block of sixteen runs at the base January: everybody keeps the place that they have.
    func begin(firstRun: Int, _ january: PlacementJanuary)
    /// Decides who gets the place asked for, and where the others go.
    func place(_ january: PlacementJanuary)
}

/// The people of sixteen runs in a January, before and after places are given out; all arrays are by cell unless said otherwise.
public struct PlacementJanuary {
    /// The calendar year, or that of the next day of counting where a step is a part of a year.
    public let january: Int
    /// The number of the step, which draws are named by; the calendar year where a step is a year.
    public let date: Int
    /// People where they ask to be; afterwards, where they are.
    public let people: UnsafeMutablePointer<LaneCounts>
    /// Those of them who were in the cell's need and setting a year before, and may stay; a rule may lower them.
    public let sitting: UnsafeMutablePointer<LaneCounts>
    /// People a year before, by the cell that they were in then.
    public let before: UnsafePointer<LaneCounts>
    /// People without the place that they ask for, by the cell asked for.
    public let displaced: UnsafeMutablePointer<LaneCounts>
    /// People who get a place that they have wished for, by the cell that they leave.
    public let returned: UnsafeMutablePointer<LaneCounts>
    /// The same from setting × to setting.
    public let displacements: UnsafeMutablePointer<LaneCounts>
    /// See ``displacements``.
    public let returns: UnsafeMutablePointer<LaneCounts>
    /// The January's totals, by series.
    public let totals: UnsafeMutablePointer<LaneCounts>
}
