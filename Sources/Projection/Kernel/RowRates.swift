import Sampling

/// The rates of one row in sixteen runs, as a projection has them in a year.
struct RowRates {
    /// The probability of leaving.
    let leaving: Lanes
    /// The probability of remaining and moving.
    let moving: Lanes
    /// What sums of ``shares`` times ``tilts`` are multiplied by; the last sum becomes ``moving``. Where ``isTilted``, known after
    /// ``BlockRates/drawShares(row:of:)``.
    var scale: Lanes
    /// Weights of destinations, in the order of ``order``.
    let shares: UnsafePointer<Lanes>
    /// The settings moved to, likeliest first.
    let order: UnsafePointer<UInt8>
    /// How many there are.
    let count: Int
    /// What the year multiplies a destination's weight by, by setting.
    let tilts: UnsafePointer<Float>
    /// Whether ``tilts`` are other than 1.
    let isTilted: Bool

    /// The weight of a destination in the year, by its place in ``order``.
    @inline(__always)
    func weight(_ index: Int) -> Lanes { shares[index] * Lanes(repeating: tilts[Int(order[index])]) }
}
