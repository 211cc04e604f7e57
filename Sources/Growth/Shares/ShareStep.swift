/// What an area is like in a January, as its shares answer to it.
struct ShareState {
    /// The parts' shares, which add up to 1.
    var shares: [Double]
    /// Their change in the year before.
    var change: [Double]
    /// Of the whole, each less its mean over areas: log plans per child, last log growth, net requests per plan.
    var whole: SIMD3<Double>

    /// What a part's share is regressed on: itself, its change, the other parts but the last, the whole.
    func features(of part: Int) -> [Double] {
        let others = shares.indices.filter { $0 != part }.dropLast()
        return [shares[part], change[part]] + others.map { shares[$0] } + [whole.x, whole.y, whole.z]
    }
}

/// What a year does to one part's share, as a straight line in an area's state.
struct SharePull {
    private var constant = 0.0
    private var ofShares: [Double]
    private var ofChange = 0.0
    private var ofWhole = SIMD3<Double>()
    /// How far the part can be trusted: the robust variance of what the line leaves.
    private(set) var variance = 0.0

    /// No pull: the part keeps its share.
    init(parts: Int) {
        ofShares = Array(repeating: 0, count: parts)
    }

    init(_ regression: ShareRegression, part: Int, of parts: Int) {
        self.init(parts: parts)
        let slopes = regression.coefficients
        constant = regression.intercept
        ofChange = slopes[1]
        ofShares[part] = slopes[0]
        for (place, other) in (0..<parts).filter({ $0 != part }).dropLast().enumerated() {
            ofShares[other] = slopes[2 + place]
        }
        let last = Array(slopes.suffix(3))
        ofWhole = SIMD3(last[0], last[1], last[2])
        variance = regression.deviation * regression.deviation
    }

    /// The pull on a part in a state.
    func value(_ state: ShareState, part: Int) -> Double {
        var pull = constant + ofChange * state.change[part] + (ofWhole * state.whole).sum()
        for (slope, share) in zip(ofShares, state.shares) { pull += slope * share }
        return pull
    }
}

/// How parts give way so that they add up to their whole: each as far as its share is ill known, and by its size against the mean of
/// areas.
struct ShareGap {
    /// How far each part can be trusted, over its mean size.
    let weights: [Double]

    init(variances: [Double], means: [Double]) {
        weights = zip(variances, means).map { $1 > 0 ? $0 / $1 : 0 }
    }

    private init(weights: [Double]) {
        self.weights = weights
    }

    /// The same with the weights of some parts changed.
    func times(_ factors: [Double]) -> ShareGap { ShareGap(weights: zip(weights, factors).map(*)) }

    /// Closes the gap between parts and whole; no part falls below its floor by it.
    func close(_ parts: inout [Double], to whole: Double, floors: (Int) -> Double) {
        var (sum, give) = (0.0, 0.0)
        for part in parts.indices {
            sum += parts[part]
            give += weights[part] * parts[part]
        }
        if give > 0 {
            let gap = (whole - sum) / give
            for part in parts.indices { parts[part] += gap * weights[part] * parts[part] }
        }
        sum = 0
        for part in parts.indices {
            parts[part] = max(parts[part], floors(part))
            sum += parts[part]
        }
        guard sum > 0 else { return }
        for part in parts.indices { parts[part] *= whole / sum }
    }
}

/// What a year does to every area's shares: the pulls of all parts, and what is taken over all areas.
struct ShareYear {
    /// The least that a part keeps of its share in a year.
    static let leastKept = 0.3

    let gap: ShareGap
    private let pulls: [SharePull]
    /// Subtracted from pulls; `nil` where pulls are on shares that do not stay by themselves.
    private let centres: [Double]?

    /// - Parameters:
    ///   - states: of all areas.
    ///   - growth: the factors by which their wholes grow.
    init(_ pulls: [SharePull], keepsNationalShares: Bool, states: [ShareState], growth: [Double]) {
        self.pulls = pulls
        let parts = pulls.indices
        let count = Double(max(states.count, 1))
        let centres =
            keepsNationalShares
            ? parts.map { part in states.reduce(0) { $0 + pulls[part].value($1, part: part) } / count } : nil
        self.centres = centres
        var sums = [Double](repeating: 0, count: pulls.count)
        var one = sums
        for (state, growth) in zip(states, growth) {
            Self.pull(state, growth, pulls, centres, &one)
            for part in parts { sums[part] += one[part] }
        }
        gap = ShareGap(variances: pulls.map(\.variance), means: sums.map { $0 / count })
    }

    /// The parts a year on, over the whole of the year before: they add up to its growth.
    func step(_ state: ShareState, growth: Double, into parts: inout [Double]) {
        Self.pull(state, growth, pulls, centres, &parts)
        gap.close(&parts, to: growth) { Self.leastKept * state.shares[$0] * growth }
    }

    private static func pull(
        _ state: ShareState, _ growth: Double, _ pulls: [SharePull], _ centres: [Double]?, _ parts: inout [Double]
    ) {
        for part in pulls.indices {
            let kept = state.shares[part] * (centres == nil ? 1 : growth)
            let pulled = kept + pulls[part].value(state, part: part) - (centres?[part] ?? 0)
            parts[part] = max(pulled, leastKept * state.shares[part])
        }
    }
}
