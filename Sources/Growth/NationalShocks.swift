import Sampling

/// By how much England's growth is too high or too low on each path: one shock a path, for it is out for years.
///
/// Areas that are forecast from one January with one seed have the same, so that they can be added up path by path.
public struct NationalShocks: Sendable {
    /// Degrees of freedom of a shock, which is a Student's t.
    static let freedom = 5

    let origin: Int
    let seed: UInt64
    /// By path.
    let t: [Double]

    /// Draws shocks.
    /// - Parameters:
    ///   - origin: the January that areas are forecast from.
    ///   - count: how many paths.
    ///   - seed: that of the forecasts.
    public init(origin: Int, count: Int, seed: UInt64) {
        self.origin = origin
        self.seed = seed
        let national = DrawSeeds(seed: seed, service: "growth", area: "").national
        t = (0..<count).map { path in
            var stream = RandomStream(seed: national, run: UInt32(path), year: origin, deciding: .growth)
            let chi = (0..<Self.freedom).reduce(0.0) { sum, _ in
                let z = stream.normal()
                return sum + z * z
            }
            return stream.normal() / (chi / Double(Self.freedom)).squareRoot()
        }
    }
}
