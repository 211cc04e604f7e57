import Finance
import Sampling
import Testing

/// How a financial year ends, from its first months and a model.
@Suite struct InYearForecastTests {
    private static let even = [Double](repeating: 1 / 12, count: 12)

    private func forecast(
        _ spent: [Double], model: [Double], shares: [Double] = even, usual: Double = 0, seed: UInt64 = 1
    ) -> InYearForecast {
        InYearForecast(
            spent: spent, shares: shares, model: model, scatter: InYearForecast.Scatter(usual: usual),
            variates: model.indices.map { run in
                var stream = RandomStream(seed: seed, run: UInt32(run), deciding: .months)
                return (stream.normal(), stream.normal())
            })
    }

    /// £110 a month for six months, and a model of £1,200: spend so far says £1,320, with three quarters of the weight.
    @Test func spendSoFarCountsAsMuchAsIsKnown() {
        let half = forecast(Array(repeating: 110, count: 6), model: [1_200])
        #expect(abs(half.runs[0] - (0.75 * 1_320 + 0.25 * 1_200)) < 1e-9)
        #expect(half.spent == 660 && abs(half.modelled - 600) < 1e-9)
        #expect(InYearForecast.weightOfModel(known: 0.5) == 0.25)
        // Nothing known: the model. All known: spend.
        #expect(forecast([], model: [1_200, 1_300]).runs == [1_200, 1_300])
        #expect(abs(forecast(Array(repeating: 90, count: 12), model: [1_200]).runs[0] - 1_080) < 1e-9)
        // A model that is right stays right after any number of months.
        for months in 1...12 {
            let right = forecast(Array(repeating: 100, count: months), model: [1_200])
            #expect(abs(right.runs[0] - 1_200) < 1e-9)
        }
    }

    /// Fees that are paid by term: a heavy April says nothing of the rest once a year's shares are known.
    @Test func sharesOfMonthsAreKnown() {
        let terms = [4.0, 0, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0].map { $0 / 12 }
        let first = forecast([400], model: [1_200], shares: terms)
        #expect(abs(first.runs[0] - 1_200) < 1e-9)
        let evenly = forecast([400], model: [1_200])
        #expect(evenly.runs[0] > 1_700)
        // Months in which nothing is ever paid leave the model as it is.
        let none = forecast([0, 0], model: [1_200], shares: [0, 0] + Array(repeating: 0.1, count: 10))
        #expect(none.runs == [1_200])
    }

    /// A line that spends nothing and is modelled to spend nothing ends at nothing, for certain.
    @Test func nothingIsForecastOfNothing() {
        #expect(forecast([0, 0, 0], model: [0, 0], usual: 0.3).runs == [0, 0])
    }

    /// Months to come that turn out one standard deviation dearer end the year higher by the root of their number: £100 a month that scatters by
    /// 30 %, eleven to go.
    @Test func dearMonthsToComeEndTheYearHigher() {
        let variates = [(known: 0.0, coming: 1.0), (known: 0, coming: 0)]
        let ends = InYearForecast(
            spent: [100], shares: Self.even, model: [1_200, 1_200], scatter: .init(usual: 0.3), variates: variates)
        #expect(abs(ends.runs[0] - ends.runs[1] - 30 * 11.0.squareRoot()) < 1e-9)
    }

    /// Months of equal means that scatter by 30 %: eight of ten years end within the interval.
    @Test(arguments: [3, 6, 9]) func intervalsHold(months: Int) {
        var held = 0
        let years = 600
        for year in 0..<years {
            var stream = RandomStream(seed: 77, run: UInt32(year), deciding: .other)
            // A model whose year is uncertain by 8 %, and the true year one of its runs.
            let model = (0..<200).map { _ in 1_200 * (1 + 0.08 * stream.normal()) }
            let mean = 100 * (1 + 0.08 * stream.normal())
            let spent = (0..<12).map { _ in mean + 30 * stream.normal() }
            let ends = Summary(
                of: forecast(Array(spent.prefix(months)), model: model, usual: 0.3, seed: UInt64(year)).runs)
            if ends.interval80.contains(spent.reduce(0, +)) { held += 1 }
        }
        let share = Double(held) / Double(years)
        #expect(share > 0.74 && share < 0.9, "\(share)")
    }

    /// A line whose months scatter more than is usual has a wider interval.
    @Test func scatterIsLearnt() {
        let model = [Double](repeating: 1_200, count: 400)
        let calm = forecast([100, 101, 99, 100, 100, 100], model: model, usual: 0.3)
        let wild = forecast([10, 190, 20, 180, 5, 195], model: model, usual: 0.3)
        #expect(Summary(of: wild.runs).standardDeviation > 2 * Summary(of: calm.runs).standardDeviation)
        #expect(Summary(of: calm.runs).standardDeviation > 0)
    }
}
