import RealModule
import Sampling
import Vocabulary

/// Parts of one area, path by path and year by year; they add up to the path's whole.
public struct SharePaths: Sendable {
    /// How many parts.
    public let parts: Int
    /// How many years ahead.
    public let years: Int
    /// By path, year and part.
    fileprivate(set) var plans: [Double] = []

    /// How many paths.
    public var count: Int { plans.count / (parts * years) }

    /// Plans of a part in a year, path by path.
    /// - Parameter year: ahead, from 0.
    public func values(of part: Int, year: Int) -> [Double] {
        stride(from: year * parts + part, to: plans.count, by: years * parts).map { plans[$0] }
    }
}

/// Random paths of parts, with what every path does to all areas alike.
public struct ShareDraws: Sendable {
    /// What is left of a common shock after a year, and the size of a new one over its lasting size.
    static let persistence = 0.7
    /// Degrees of freedom of a common shock.
    static let freedom = 5
    /// The least that a part keeps of its share in a year of a path.
    static let leastKept = 0.1

    private let model: ShareModel
    private let seed: UInt64
    /// By path, year and part: logarithms.
    private let common: [Double]
    private let count: Int
    private var years: Int { model.years.count }
    private var parts: Int { model.parts.count }

    /// - Returns: `nil` where the model has no errors to draw from.
    public init?(_ model: ShareModel, count: Int, seed: UInt64) {
        guard !model.errors.vectors.isEmpty else { return nil }
        self.model = model
        self.seed = seed
        self.count = count
        let (years, parts) = (model.years.count, model.parts.count)
        var common = [Double](repeating: 0, count: count * years * parts)
        let national = DrawSeeds(seed: seed, service: "growth", area: "").national
        // A Student's t of standard deviation 1.
        let scale = (Double(Self.freedom - 2) / Double(Self.freedom)).squareRoot()
        for path in 0..<count {
            for (part, name) in model.parts.enumerated() {
                var stream = RandomStream(
                    seed: national, run: UInt32(path), year: model.origin, deciding: .growth, state: stableKey(name))
                var shock = 0.0
                for year in 0..<years {
                    let chi = (0..<Self.freedom).reduce(0.0) { sum, _ in
                        let z = stream.normal()
                        return sum + z * z
                    }
                    let t = stream.normal() / (chi / Double(Self.freedom)).squareRoot()
                    shock = Self.persistence * (shock + model.errors.common[part] * scale * t)
                    common[(path * years + year) * parts + part] = shock
                }
            }
        }
        self.common = common
    }

    /// Parts of an area; `nil` where its series are too short.
    /// - Parameter totals: of each path, the whole year by year.
    public func paths(_ area: Int, totals: [[Double]]) -> SharePaths? {
        guard let start = model.starts[area], let averaging = model.averaging(area) else { return nil }
        let local = DrawSeeds(seed: seed, service: "growth", area: start.id).local
        let key = stableKey(model.parts.joined(separator: ","))
        var paths = SharePaths(parts: parts, years: years)
        paths.plans.reserveCapacity(count * years * parts)
        var step = [Double](repeating: 0, count: parts)
        var plans = step
        for (path, totals) in totals.enumerated() {
            var stream = RandomStream(
                seed: local, run: UInt32(path), year: model.origin, deciding: .growth, state: key)
            var (state, deviation, level) = (start.state, start.path, start.plans)
            for year in 0..<years {
                let growth = totals[year] / level
                let rate = PanelModel.dot(model.whole.requests, deviation.features)
                deviation.move(by: PanelModel.growth(growth) - model.whole.national[year], requests: rate)
                model.years[year].step(state, growth: growth, into: &step)
                let vector = model.errors.vector(stream.uniform())
                for part in 0..<parts {
                    let size = model.errors.deviation(part, of: step[part] * level)
                    let own = min(max(vector[part] * size, -ShareErrors.largest), ShareErrors.largest)
                    step[part] *= Double.exp(own + common[(path * years + year) * parts + part])
                }
                let gap = model.years[year].gap
                gap.close(&step, to: growth) { Self.leastKept * state.shares[$0] * growth }
                for part in 0..<parts { plans[part] = step[part] * level * averaging[year][part] }
                gap.close(&plans, to: totals[year]) { _ in 0 }
                paths.plans.append(contentsOf: plans)
                state.move(to: step, growth: growth, whole: deviation.ofWhole)
                level = totals[year]
            }
        }
        return paths
    }

    /// Parts of all areas together, of which own errors average out: the shares that are expected, and common shocks.
    /// - Parameter totals: of each path, the whole year by year.
    public func nationalPaths(totals: [[Double]]) -> SharePaths {
        let shares = model.nationalShares
        var paths = SharePaths(parts: parts, years: years)
        for (path, totals) in totals.enumerated() {
            for year in 0..<years {
                let plans = (0..<parts).map {
                    shares[year][$0] * Double.exp(common[(path * years + year) * parts + $0])
                }
                let sum = plans.reduce(0, +)
                paths.plans += plans.map { $0 * totals[year] / sum }
            }
        }
        return paths
    }
}
