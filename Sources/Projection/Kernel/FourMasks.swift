import Sampling

/// What holds of four children of each of sixteen runs.
struct FourMasks {
    let first: LaneMask
    let second: LaneMask
    let third: LaneMask
    let fourth: LaneMask

    @inline(__always)
    init(_ first: LaneMask, _ second: LaneMask, _ third: LaneMask, _ fourth: LaneMask) {
        (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
    }

    /// What holds of the words of each.
    @inline(__always)
    init(_ words: (LaneWords, LaneWords, LaneWords, LaneWords), _ holds: (LaneWords) -> LaneMask) {
        self.init(holds(words.0), holds(words.1), holds(words.2), holds(words.3))
    }

    /// What holds of four children from one on.
    @inline(__always)
    init(from child: Int32, _ holds: (Int32) -> LaneMask) {
        self.init(holds(child), holds(child &+ 1), holds(child &+ 2), holds(child &+ 3))
    }

    @inline(__always)
    static func .& (one: Self, other: Self) -> Self {
        Self(
            one.first .& other.first, one.second .& other.second, one.third .& other.third, one.fourth .& other.fourth)
    }

    @inline(__always)
    func without(_ other: Self) -> Self {
        Self(
            first .& .!other.first, second .& .!other.second, third .& .!other.third, fourth .& .!other.fourth)
    }

    @inline(__always)
    var isEmpty: Bool { (first .| second .| third .| fourth).isEmpty }

    /// Of how many children of each run it holds.
    @inline(__always)
    var total: LaneCounts { first.ones &+ second.ones &+ third.ones &+ fourth.ones }
}
