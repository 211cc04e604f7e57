/// Logarithms of gamma variates with scale 1, of sixteen runs at a time: shapes are added, drawn together, and read by their place.
///
/// Marsaglia and Tsang (2000), with the boost `gamma(a) = gamma(a + 1) · u^(1/a)` for shapes below 1. What is done, is done for all
/// shapes before what comes next, so that none waits for its own results. A run's rejections use up the indexes
/// `index + attempt · 0x9E3779B9`, so they never touch another draw.
public final class LaneGammas {
    private let most: Int
    private var count = 0
    private let arena = Arena()
    private let shapes: UnsafeMutablePointer<Lanes>
    private let subjects: UnsafeMutablePointer<UInt32>
    private let indexes: UnsafeMutablePointer<UInt32>
    /// Marsaglia's and Tsang's d, and c = 1 / √(9 d).
    private let d: UnsafeMutablePointer<Lanes>
    private let c: UnsafeMutablePointer<Lanes>
    private let boosts: UnsafeMutablePointer<LaneWords>
    /// The logarithms of the cubes that were accepted, and −1 in the lanes in which none was.
    private let cubes: UnsafeMutablePointer<Lanes>
    private let refused: UnsafeMutablePointer<LaneCounts>
    /// The places that are tried for, and by their order the words of the attempt, the second as logarithms.
    private let tried: UnsafeMutablePointer<Int>
    private let first: UnsafeMutablePointer<LaneWords>
    private let second: UnsafeMutablePointer<Lanes>

    /// - Parameter most: how many shapes are drawn together at most.
    public init(most: Int) {
        self.most = most
        shapes = arena.lanes(most)
        subjects = arena.array(most, of: 0)
        indexes = arena.array(most, of: 0)
        d = arena.lanes(most)
        c = arena.lanes(most)
        boosts = arena.room(most)
        cubes = arena.lanes(most)
        refused = arena.room(most)
        tried = arena.array(most, of: 0)
        first = arena.room(most)
        second = arena.lanes(most)
    }

    /// Begins with no shapes.
    public func clear() { count = 0 }

    /// Whether there are no shapes.
    public var isEmpty: Bool { count == 0 }

    /// Adds a shape; its place is the number of those before it.
    /// - Parameters:
    ///   - shape: at least 0; 0 gives about −10³⁰.
    ///   - subject: what its draw decides.
    ///   - index: which of several draws of the subject it is.
    public func add(_ shape: Lanes, subject: UInt32, index: UInt32) {
        precondition(count < most, "more than \(most) shapes")
        shapes[count] = shape
        subjects[count] = subject
        indexes[count] = index
        d[count] = shape.replacing(with: shape + 1, where: shape .< 1) - Float(1) / 3
        c[count] = 1 / (d[count] * 9).root
        refused[count] = LaneCounts(repeating: -1)
        tried[count] = count
        count += 1
    }

    /// Draws variates of all shapes, once after ``clear()``.
    public func draw(_ stream: LaneStream, state: UInt32) {
        var (waiting, attempt) = (count, UInt32(0))
        while waiting > 0 {
            for number in 0..<waiting {
                let place = tried[number]
                let words = stream.words(subject: subjects[place], state: state, index: indexes[place] &+ attempt)
                first[number] = words.0
                second[number] = LaneMath.logarithm(words.1.asUniforms)
                if attempt == 0 { boosts[place] = words.2 }
            }
            waiting = accept(waiting)
            attempt &+= 0x9E37_79B9
        }
    }

    /// Tries the words at hand, and gives back how many places have lanes in which they were refused.
    private func accept(_ waiting: Int) -> Int {
        var rest = 0
        for number in 0..<waiting {
            let place = tried[number]
            let x = LaneMath.normalQuantile(first[number].asUniforms)
            let root = c[place].times(x, plus: 1)
            let isPositive = root .> 0
            let v = (root * root * root).replacing(with: Lanes(repeating: 1), where: .!isPositive)
            let logarithm = LaneMath.logarithm(v)
            let bound = (x * x).times(Lanes(repeating: 0.5), plus: d[place] * (logarithm + 1 - v))
            let isAccepted = isPositive .& (second[number] .< bound)
            cubes[place] = cubes[place].replacing(with: logarithm, where: (refused[place] .< 0) .& isAccepted)
            refused[place] = refused[place].replacing(with: LaneCounts(), where: isAccepted)
            tried[rest] = place
            rest += refused[place].isNought ? 0 : 1
        }
        return rest
    }

    /// The logarithm of a shape's variate, once it is drawn.
    public subscript(place: Int) -> Lanes {
        precondition((0..<count).contains(place), "place \(place)")
        let value = LaneMath.logarithm(d[place]) + cubes[place]
        let isSmall = shapes[place] .< 1
        if isSmall.isEmpty { return value }
        let divisor = shapes[place].replacing(with: Lanes(repeating: 1e-30), where: shapes[place] .< 1e-30)
        return value.replacing(with: value + LaneMath.logarithm(boosts[place].asUniforms) / divisor, where: isSmall)
    }
}
