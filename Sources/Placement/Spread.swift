import Sampling

/// Gives a share of many small counts to each of them in turn, so that the parts add up to the whole: systematic sampling with
/// one random start. Every child has the same chance, and one uniform number serves a whole queue.
struct Spread {
    private let ratio: Lanes
    private let start: Lanes
    private let most: Lanes
    private let total: Lanes
    private var seen = Lanes()
    private var given = Lanes()

    /// - Parameters:
    ///   - part: how many are given out, at most `total`.
    ///   - total: how many there are.
    ///   - uniform: in 0 to 1; where the first falls.
    init(_ part: Lanes, of total: Lanes, from uniform: Lanes) {
        let isNone = total .<= 0
        ratio = (part / total).replacing(with: Lanes(), where: isNone)
        most = part.replacing(with: Lanes(), where: isNone)
        self.total = total
        start = uniform
    }

    /// How many of the next count: never more than it.
    @inline(__always)
    mutating func take(of count: Lanes) -> Lanes {
        let taken = next(count).within(Lanes(), count)
        given += taken
        return taken
    }

    /// How many fall to the next weight.
    @inline(__always)
    mutating func part(of weight: Lanes) -> Lanes {
        let part = next(weight)
        given += part
        return part
    }

    @inline(__always)
    private mutating func next(_ weight: Lanes) -> Lanes {
        seen += weight
        return (seen * ratio + start).floored.replacing(with: most, where: seen .>= total) - given
    }
}
