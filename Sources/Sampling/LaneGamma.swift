/// Gamma variates of sixteen runs at a time, each named by what it decides.
public struct LaneStream: Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline let runs: LaneWords

    /// The streams of sixteen consecutive runs.
    @inlinable
    public init(seed: UInt64, firstRun: Int) {
        key = RandomStream.key(of: seed)
        runs = LaneWords(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) &+ UInt32(firstRun)
    }

    /// Four words a run for a subject (year, purpose and age), a state and an index.
    @inlinable @inline(__always)
    public func words(
        subject: UInt32, state: UInt32, index: UInt32
    ) -> (LaneWords, LaneWords, LaneWords, LaneWords) {
        Philox.lanes(runs, subject, state, index, key: key)
    }

    /// The logarithms of gamma variates with scale 1 (Marsaglia and Tsang 2000, with the boost for shapes below 1).
    ///
    /// A run's rejections use up indexes `index + attempt · 0x9E3779B9`, so they never touch another draw.
    /// - Parameter shape: each at least 0; 0 gives about −10³⁰.
    @inlinable @inline(never)
    public func logGamma(shape: Lanes, subject: UInt32, state: UInt32, index: UInt32) -> Lanes {
        let isSmall = shape .< 1
        let d = shape.replacing(with: shape + 1, where: isSmall) - 1 / 3
        let c = 1 / (d * 9).root
        var cube = Lanes(repeating: 1)
        var boost = LaneWords()
        var attempt: UInt32 = 0
        var isOpen = LaneCounts() .== LaneCounts()
        repeat {
            let (w0, w1, w2, _) = words(subject: subject, state: state, index: index &+ attempt &* 0x9E37_79B9)
            if attempt == 0 { boost = w2 }
            let x = LaneMath.normalQuantile(w0.asUniforms)
            let root = c * x + 1
            let v = root * root * root
            let isPositive = root .> 0
            let logV = LaneMath.logarithm(v.replacing(with: 1, where: .!isPositive))
            let bound = x * x * 0.5 + d - d * v + d * logV
            let isAccepted = isOpen .& isPositive .& (LaneMath.logarithm(w1.asUniforms) .< bound)
            cube = cube.replacing(with: v, where: isAccepted)
            isOpen = isOpen .& .!isAccepted
            attempt &+= 1
        } while !isOpen.isEmpty
        let value = LaneMath.logarithm(d * cube)
        if isSmall.isEmpty { return value }
        let tiny = shape.replacing(with: 1e-30, where: shape .< 1e-30)
        return value.replacing(with: value + LaneMath.logarithm(boost.asUniforms) / tiny, where: isSmall)
    }

    /// Beta variates: the share of the first of two gamma variates.
    @inlinable @inline(__always)
    public func beta(_ a: Lanes, _ b: Lanes, subject: UInt32, state: UInt32) -> Lanes {
        let first = logGamma(shape: a, subject: subject, state: state, index: 0)
        let second = logGamma(shape: b, subject: subject, state: state, index: 1)
        return 1 / (LaneMath.exponential(second - first) + 1)
    }
}
