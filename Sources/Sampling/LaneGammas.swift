/// Logarithms of gamma variates with scale 1, of sixteen runs at a time: shapes are added, drawn together, and read by their place.
///
/// Marsaglia and Tsang (2000), with the boost `gamma(a) = gamma(a + 1) · u^(1/a)` for shapes below 1. All lanes of all shapes are
/// tried once; those that were refused, about one in thirty, are then tried again sixteen at a time, whatever their shape and run. A
/// run's attempts use up the indexes `index + attempt · 0x9E3779B9`, so they never touch another draw.
public final class LaneGammas {
    private let most: Int
    private var count = 0
    private var refusals = 0
    private let arena = Arena()
    private let shapes: UnsafeMutablePointer<Lanes>
    private let names: UnsafeMutablePointer<Name>
    private let trials: UnsafeMutablePointer<Trial>
    /// The words of the first attempt: what becomes a normal variate, whether that is accepted, and the boost.
    private let normals: UnsafeMutablePointer<LaneWords>
    private let chances: UnsafeMutablePointer<LaneWords>
    private let boosts: UnsafeMutablePointer<LaneWords>
    /// The logarithms of the cubes that were accepted.
    private let cubes: UnsafeMutablePointer<Lanes>
    /// Lanes that were refused: their place × 16 + the lane.
    private let refused: UnsafeMutablePointer<Int>

    /// What a draw decides.
    private struct Name {
        let subject: UInt32
        let state: UInt32
        let index: UInt32
    }

    /// Marsaglia's and Tsang's d, and c = 1 / √(9 d).
    private struct Trial {
        var d: Lanes
        var c: Lanes

        /// The logarithm of the cube that a normal variate gives, and whether it is accepted.
        @inline(__always)
        func cube(of x: Lanes, _ word: LaneWords) -> (logarithm: Lanes, isAccepted: LaneMask) {
            let root = c.times(x, plus: 1)
            let isPositive = root .> 0
            let v = (root * root * root).replacing(with: Lanes(repeating: 1), where: .!isPositive)
            let logarithm = LaneMath.logarithm(v)
            let bound = (x * x).times(Lanes(repeating: 0.5), plus: d * (logarithm + 1 - v))
            return (logarithm, isPositive .& (LaneMath.logarithm(word.asUniforms) .< bound))
        }
    }

    /// - Parameter most: how many shapes are drawn together at most.
    public init(most: Int) {
        self.most = most
        shapes = arena.lanes(most)
        names = arena.room(most)
        trials = arena.room(most)
        normals = arena.room(most)
        chances = arena.room(most)
        boosts = arena.room(most)
        cubes = arena.lanes(most)
        refused = arena.room(most * 16)
    }

    /// Begins with no shapes.
    public func clear() { count = 0 }

    /// Adds a shape; its place is the number of those before it.
    /// - Parameters:
    ///   - shape: at least 0; 0 gives about −10³⁰.
    ///   - subject: what its draw decides.
    ///   - state: the stable key of the state decided about.
    ///   - index: which of several draws of the subject it is.
    public func add(_ shape: Lanes, subject: UInt32, state: UInt32, index: UInt32) {
        precondition(count < most, "more than \(most) shapes")
        let d = shape.replacing(with: shape + 1, where: shape .< 1) - Float(1) / 3
        shapes[count] = shape
        names[count] = Name(subject: subject, state: state, index: index)
        trials[count] = Trial(d: d, c: 1 / (d * 9).root)
        count += 1
    }

    /// Draws variates of all shapes, once after ``clear()``.
    public func draw(_ stream: LaneStream) {
        refusals = 0
        for place in 0..<count {
            let name = names[place]
            let words = stream.words(subject: name.subject, state: name.state, index: name.index)
            (normals[place], chances[place], boosts[place]) = (words.0, words.1, words.2)
        }
        for place in 0..<count { cubes[place] = LaneMath.normalQuantile(normals[place].asUniforms) }
        for place in 0..<count {
            let (logarithm, isAccepted) = trials[place].cube(of: cubes[place], chances[place])
            cubes[place] = logarithm
            var left = (.!isAccepted).bits
            while left != 0 {
                refused[refusals] = place * 16 + left.trailingZeroBitCount
                refusals += 1
                left &= left - 1
            }
        }
        var attempt: UInt32 = 0
        while refusals > 0 {
            attempt &+= 0x9E37_79B9
            tryAgain(stream, attempt)
        }
        for place in 0..<count {
            cubes[place] += LaneMath.logarithm(trials[place].d)
            boost(place)
        }
    }

    /// Takes a variate of a shape above 1 to one of a shape below 1.
    @inline(__always)
    private func boost(_ place: Int) {
        let isSmall = shapes[place] .< 1
        if isSmall.isEmpty { return }
        let divisor = shapes[place].replacing(with: Lanes(repeating: 1e-30), where: shapes[place] .< 1e-30)
        let boosted = cubes[place] + LaneMath.logarithm(boosts[place].asUniforms) / divisor
        cubes[place] = cubes[place].replacing(with: boosted, where: isSmall)
    }

    /// Tries all refused lanes once more.
    private func tryAgain(_ stream: LaneStream, _ attempt: UInt32) {
        let tried = refusals
        refusals = 0
        for first in stride(from: 0, to: tried, by: 16) {
            let lanes = min(16, tried - first)
            var (runs, subjects, states, indexes) = (LaneWords(), LaneWords(), LaneWords(), LaneWords())
            var trial = Trial(d: Lanes(repeating: 1), c: Lanes(repeating: 1))
            for number in 0..<lanes {
                let (place, lane) = refused[first + number].quotientAndRemainder(dividingBy: 16)
                let name = names[place]
                runs[number] = UInt32(lane)
                subjects[number] = name.subject
                states[number] = name.state
                indexes[number] = name.index
                trial.d[number] = trials[place].d[lane]
                trial.c[number] = trials[place].c[lane]
            }
            let words = stream.words(runs: runs, subjects: subjects, states: states, indexes: indexes &+ attempt)
            let x = LaneMath.normalQuantile(words.0.asUniforms)
            let (logarithm, isAccepted) = trial.cube(of: x, words.1)
            let accepted = isAccepted.bits
            for number in 0..<lanes {
                let code = refused[first + number]
                cubes[code / 16][code % 16] = logarithm[number]
                refused[refusals] = code
                refusals += accepted >> UInt32(number) & 1 == 0 ? 1 : 0
            }
        }
    }

    /// The logarithm of a shape's variate, once it is drawn.
    public subscript(place: Int) -> Lanes {
        precondition((0..<count).contains(place), "place \(place)")
        return cubes[place]
    }
}
