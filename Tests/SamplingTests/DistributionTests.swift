import Foundation
import Oracles
import Sampling
import Testing

@Suite struct DistributionTests {
    private struct Case: Hashable {
        let name: String
        let (a, b, c): (Double, Double, Double)

        static func == (one: Case, other: Case) -> Bool {
            one.name == other.name && one.a == other.a && one.b == other.b && one.c == other.c
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(a)
            hasher.combine(b)
        }

        func draw(_ stream: inout RandomStream) -> Double {
            switch name {
            case "uniform": stream.uniform()
            case "normal": stream.normal()
            case "logNormal": RandomStream.logNormal(of: stream.normal(), location: a, scale: b)
            case "gamma": stream.gamma(shape: a, scale: b)
            case "beta": stream.beta(a, b)
            case "binomial": Double(stream.binomial(Int(a), b))
            case "poisson": Double(stream.poisson(a))
            case "multinomial": Double(stream.multinomial(Int(a), [b, 0, 0.5 - b, 0.5])[0])
            default: .nan
            }
        }
    }

    /// Counts of draws in intervals against SciPy's probabilities, by chi-square.
    @Test func drawsFallWhereSciPySaysTheyDo() throws {
        var intervals: [Case: [(upper: Double, probability: Double)]] = [:]
        for row in try Oracles.rows("distributions") {
            func number(_ column: String) -> Double { Double(row[column] ?? "") ?? .nan }
            let distribution = Case(name: row["distribution"] ?? "", a: number("a"), b: number("b"), c: number("c"))
            intervals[distribution, default: []].append((number("upper"), number("probability")))
        }
        #expect(intervals.count >= 30)
        let draws = 40_000
        for (number, (distribution, cells)) in intervals.sorted(by: { $0.key.name < $1.key.name }).enumerated() {
            var stream = RandomStream(seed: 11, deciding: .other, state: UInt32(number))
            var counts = [Int](repeating: 0, count: cells.count)
            for _ in 0..<draws {
                let value = distribution.draw(&stream)
                counts[cells.firstIndex { value <= $0.upper } ?? cells.count - 1] += 1
            }
            let chiSquare = zip(counts, cells).reduce(0.0) { sum, pair in
                let expected = Double(draws) * pair.1.probability
                return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
            }
            // About the 99.999th percentile (Wilson and Hilferty): 41 distributions are tested.
            let freedom = Double(max(cells.count - 1, 1))
            let limit = freedom * pow(1 - 2 / (9 * freedom) + 4.26 * (2 / (9 * freedom)).squareRoot(), 3)
            #expect(chiSquare < limit, "\(distribution): \(counts)")
        }
    }

    @Test func edgesAreExact() {
        var stream = RandomStream(seed: 5, deciding: .other)
        #expect(stream.binomial(0, 0.5) == 0 && stream.binomial(10, 0) == 0 && stream.binomial(10, 1) == 10)
        #expect(stream.poisson(0) == 0 && stream.gamma(shape: 0) == 0)
        #expect(stream.beta(0, 3) == 0 && stream.beta(3, 0) == 1)
        #expect(stream.multinomial(9, [0, 1, 0]) == [0, 9, 0])
        #expect(stream.dirichlet([0, 2, 0]) == [0, 1, 0])
        for _ in 0..<2_000 {
            let share = stream.beta(0.001, 0.001)
            #expect(share >= 0 && share <= 1)
            let shares = stream.dirichlet([0.0005, 0.0002, 0.0009])
            #expect(shares.allSatisfy { $0 >= 0 } && abs(shares.reduce(0, +) - 1) < 1e-12)
            #expect((0...1_000_000_000_000).contains(stream.binomial(1_000_000_000_000, 0.25)))
            #expect(stream.multinomial(1_000, [1e-300, 3, 1e-9]).reduce(0, +) == 1_000)
        }
    }

    /// Sixteen runs at once draw what each draws by itself, and a triangle has its mean.
    @Test func uncertainNumbersAreDrawnOnceARun() {
        let number = UncertainNumber(low: 1, likely: 2, high: 6, key: 77)
        let draws = number.draws(0..<20_000, seed: 5, deciding: .levers, atMedian: false)
        let error = (draws.reduce(0, +) / 20_000 - 3).magnitude
        let standardError = (7.0 / 6 / 20_000).squareRoot()
        #expect(error < 4.5 * standardError)
        let lanes = number.draws(LaneStream(seed: 5, firstRun: 32), deciding: .levers, atMedian: false)
        for lane in 0..<16 { #expect(lanes[lane] == Float(draws[32 + lane])) }
        #expect(Set(number.draws(0..<9, seed: 5, deciding: .levers, atMedian: true)) == [number.quantile(0.5)])
        #expect(number.quantile(0) == 1 && number.quantile(1) == 6 && UncertainNumber.exactly(3).quantile(0.2) == 3)
    }
}
