/// Random words and gamma variates of sixteen runs at a time, each named by what it decides.
public struct LaneStream: Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline let runs: LaneProduct

    /// The streams of sixteen consecutive runs.
    @inlinable
    public init(seed: UInt64, firstRun: Int) {
        key = RandomStream.key(of: seed)
        runs = Philox.ready(LaneWords(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) &+ UInt32(firstRun))
    }

    /// Four words a run for a subject (year, purpose and age), a state and an index.
    @inlinable @inline(__always)
    public func words(
        subject: UInt32, state: UInt32, index: UInt32
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        Philox.lanes(runs, subject, state, index, key: key)
    }

    /// Replaces gamma shapes by the logarithms of gamma variates with scale 1.
    ///
    /// Marsaglia and Tsang (2000), with the boost `gamma(a) = gamma(a + 1) · u^(1/a)` for shapes below 1. Two shapes are
    /// in hand at a time, so that neither waits for the other. A run's rejections use up the indexes
    /// `index + attempt · 0x9E3779B9`, so they never touch another draw.
    /// - Parameters:
    ///   - values: shapes, each at least 0; 0 gives about −10³⁰.
    ///   - count: how many there are.
    ///   - indexes: the index of each.
    @inlinable @inline(never)
    public func logGammas(
        _ values: UnsafeMutablePointer<Lanes>, count: Int, subject: UInt32, state: UInt32,
        indexes: UnsafePointer<UInt32>
    ) {
        var one = GammaTrial(values, 0, count, indexes)
        var other = GammaTrial(values, 1, count, indexes)
        var next = 2
        while one.isOpen || other.isOpen {
            one.attempt(words(subject: subject, state: state, index: one.index))
            other.attempt(words(subject: subject, state: state, index: other.index))
            if one.isSettled {
                values[one.place] = one.logarithm
                one = GammaTrial(values, next, count, indexes)
                next += 1
            }
            if other.isSettled {
                values[other.place] = other.logarithm
                other = GammaTrial(values, next, count, indexes)
                next += 1
            }
        }
    }
}

/// A gamma variate of each lane that is being tried for.
@usableFromInline
struct GammaTrial {
    @usableFromInline let place: Int
    @usableFromInline let isOpen: Bool
    @usableFromInline let shape: Lanes
    @usableFromInline let isSmall: SIMDMask<SIMD16<Int32>>
    @usableFromInline let d: Lanes
    @usableFromInline let c: Lanes
    @usableFromInline var index: UInt32
    @usableFromInline var logCube = Lanes()
    @usableFromInline var boost = LaneWords()
    @usableFromInline var attempts: UInt32 = 0
    @usableFromInline var openLanes: SIMDMask<SIMD16<Int32>>

    /// The trial for one shape; beyond the last there is nothing to settle.
    @inlinable @inline(__always)
    init(_ shapes: UnsafeMutablePointer<Lanes>, _ place: Int, _ count: Int, _ indexes: UnsafePointer<UInt32>) {
        self.place = place
        isOpen = place < count
        shape = isOpen ? shapes[place] : Lanes(repeating: 1)
        index = isOpen ? indexes[place] : 0
        isSmall = shape .< 1
        d = shape.replacing(with: shape + 1, where: isSmall) - Float(1) / 3
        c = 1 / (d * 9).root
        openLanes = LaneCounts() .== LaneCounts()
    }

    /// Whether the trial is one that must be settled and every lane has been accepted.
    @inlinable @inline(__always)
    var isSettled: Bool { isOpen && openLanes.isEmpty }

    /// Tries once, with four words a lane.
    @inlinable @inline(__always)
    mutating func attempt(_ words: (LaneWords, LaneWords, LaneWords, LaneWords)) {
        if attempts == 0 { boost = words.2 }
        attempts &+= 1
        index &+= 0x9E37_79B9
        let (logV, isAccepted) = Self.cube(c: c, d: d, words.0, words.1)
        logCube = logCube.replacing(with: logV, where: openLanes .& isAccepted)
        openLanes = openLanes .& .!isAccepted
    }

    /// The logarithm of the cube of a candidate, and whether it is accepted.
    @inlinable @inline(__always)
    static func cube(
        c: Lanes, d: Lanes, _ first: LaneWords, _ second: LaneWords
    ) -> (Lanes, SIMDMask<SIMD16<Int32>>) {
        let x = LaneMath.normalQuantile(first.asUniforms)
        let root = c.times(x, plus: 1)
        let isPositive = root .> 0
        let v = (root * root * root).replacing(with: Lanes(repeating: 1), where: .!isPositive)
        let logV = LaneMath.logarithm(v)
        let bound = (x * x).times(Lanes(repeating: 0.5), plus: d * (logV + 1 - v))
        return (logV, isPositive .& (LaneMath.logarithm(second.asUniforms) .< bound))
    }

    /// The logarithm of the variate, once every lane has been accepted.
    @inlinable @inline(__always)
    var logarithm: Lanes {
        let value = LaneMath.logarithm(d) + logCube
        if isSmall.isEmpty { return value }
        let divisor = shape.replacing(with: Lanes(repeating: 1e-30), where: shape .< 1e-30)
        return value.replacing(with: value + LaneMath.logarithm(boost.asUniforms) / divisor, where: isSmall)
    }
}
