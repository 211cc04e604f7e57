import Sampling

/// The rates of one row in sixteen runs, as a projection has them in a year.
struct RowRates {
    /// The probability of leaving.
    let leaving: Lanes
    /// The probability of remaining and moving.
    let moving: Lanes
    /// What sums of ``shares`` are multiplied by; the last sum becomes ``moving``.
    let scale: Lanes
    /// Weights of destinations, in the order of ``order``.
    let shares: UnsafePointer<Lanes>
    /// The settings moved to, likeliest first.
    let order: UnsafePointer<UInt8>
    /// How many there are.
    let count: Int
}
