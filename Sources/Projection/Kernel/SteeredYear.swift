import Sampling

/// What steered the joiners of sixteen runs in a year.
struct SteeredYear {
    var factor = Lanes(repeating: 1)
    /// What of the factor is for want of capacity.
    var limit = Lanes(repeating: 1)
    /// Plans that wait at the end of the year.
    var waiting = Lanes()
    /// 1 where the plans that went on were above the total to be followed.
    var missed = LaneCounts()
}
