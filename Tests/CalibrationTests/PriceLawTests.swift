import Calibration
import Intake
import Oracles
import RealModule
import Testing

/// How prices go on, on rates of consumer prices of the years before those that the test of money scores.
@Suite struct PriceLawTests {
    /// Logarithms of yearly factors, 1989 to 2020.
    private func rates() throws -> [Double] {
        try Oracles.rows("consumer_prices").map { try Double.log(1 + #require(Double($0["rate"] ?? "")) / 100) }
    }

    /// The shipped persistence is the correlation of a year's rate with the next.
    @Test func persistenceIsThatOfConsumerPrices() throws {
        let rates = try rates()
        #expect(rates.count == 32)
        let mean = rates.reduce(0, +) / Double(rates.count)
        let apart = rates.map { $0 - mean }
        let squares = apart.reduce(0) { $0 + $1 * $1 }
        let products = zip(apart, apart.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        // As a correlation of pairs, of which there is one fewer than of years.
        let correlation = products / 31 / (squares / 32)
        #expect(abs(correlation - PriceLaw.persistence) < 0.03, "\(correlation)")
    }

    /// Three to seven known rates at a time, carried on: 80 % intervals hold the prices of one and two years later, and the mean rate
    /// alone would be farther off.
    @Test func intervalsHoldConsumerPrices() throws {
        let rates = try rates()
        for years in [1, 2] {
            var (held, count, error, simple) = (0, 0, 0.0, 0.0)
            for known in 3...7 {
                for end in known...rates.count - years {
                    let steps = rates[end - known..<end]
                    let law = try #require(PriceLaw(steps.map { Double.exp($0) }))
                    let happened = rates[end..<end + years].reduce(0, +)
                    let off = happened - law.rise(years)
                    held += abs(off) <= 1.2816 * law.deviation * Double(years) ? 1 : 0
                    count += 1
                    error += off * off
                    let mean = happened - Double(years) * steps.reduce(0, +) / Double(known)
                    simple += mean * mean
                }
            }
            let share = Double(held) / Double(count)
            print("consumer prices, \(years) years: \(held) of \(count) in 80 % intervals")
            #expect((0.72...0.9).contains(share), "\(years): \(share)")
            #expect(error < 0.7 * simple)
        }
    }

    /// Known 90 % points of Student's t over that of a normal distribution, 1.2816.
    @Test(arguments: [1.0: 3.078, 2: 1.886, 3: 1.638, 4: 1.533, 6: 1.440, 30: 1.310])
    func fewStepsWiden(freedom: Double, point: Double) {
        #expect(abs(PriceLaw.width(freedom: freedom) / (point / 1.2816) - 1) < (freedom == 1 ? 0.03 : 0.005))
    }

    /// Steps of 2, 4 and 6 %: those to come go from 6 % back to 4 %, the deviation is 2 % times the root of 4 ÷ 3 times 1.886 ÷ 1.2816.
    @Test func rowsGoBackToTheMean() throws {
        let law = try #require(PriceLaw([0.02, 0.04, 0.06].map { Double.exp($0) }))
        #expect(abs(law.deviation - 0.02 * (4.0 / 3).squareRoot() * 1.886 / 1.2816) < 0.0002)
        let rows = law.rows("fees", from: 2022, to: 2024)
        #expect(rows.map(\.year) == Array(2025...2032) && Set(rows.map(\.uncertainty)).count == 1)
        let steps = rows.map { Double.log($0.factor) }
        #expect(abs(steps[0] - (0.04 + 0.02 * PriceLaw.persistence)) < 1e-4 && abs(steps[7] - 0.04) < 1e-4)
        #expect(zip(steps, steps.dropFirst()).allSatisfy(>))
        #expect(
            rows[0].source.contains("6.2 % in 2024-25") && rows[0].source.contains("mean of 2022-23 to 2024-25, 4.1 %"))
        #expect(PriceLaw([1.02]) == nil)
    }
}
