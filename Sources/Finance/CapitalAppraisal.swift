import Projection
import Sampling
import Vocabulary

/// What a programme of schemes is worth: capital and revenue before opening against the spend that it avoids, run by run.
public struct CapitalAppraisal: Sendable {
    /// How money of different years is compared.
    public struct Terms: Sendable, Equatable {
        /// The real discount rate; 3.5 % in the Green Book of HM Treasury.
        public var rate = 0.035
        /// Years over which avoided spend counts, from the first projected financial year.
        public var years = 30
        /// What is left of the last projected year's effect in each year after it: 1 holds it, less fades it.
        public var persistence = 1.0
        /// The yearly factor of the deflator.
        public var deflator = 1.0
        /// What capital is multiplied by for optimism bias, in place of simulated overruns; `nil` for those.
        public var optimismBias: Double?

        /// The rate of interest at which capital is borrowed; `nil` where it is not.
        public var borrowing: Double?
        /// Years over which borrowed capital is set aside from revenue (minimum revenue provision).
        public var provisionYears = 40

        /// The usual terms.
        public init() {}
    }

    /// Net present value over the projection, and over the period of the terms.
    public let overProjection: Summary
    /// See ``overProjection``.
    public let overPeriod: Summary
    /// The share of runs in which the latter is above zero.
    public let positive: Double
    /// Financial years from the first until undiscounted savings have paid for capital; the runs in which they never do count as `nil`.
    public let paybackMedian: Int?
    /// Capital per place that opens, in pounds of the year of spend.
    public let costPerPlace: Double

    /// Pounds a year of interest and minimum revenue provision, as an annuity on all capital; apart from the present value. `nil` where
    /// nothing is borrowed.
    public let charge: Double?

    /// Appraises a programme.
    /// - Parameters:
    ///   - capital: pounds by financial year and run, without optimism bias.
    ///   - avoided: pounds of spend avoided by financial year and run, revenue before opening taken off.
    ///   - first: the year to which amounts are discounted.
    public init(
        capital: [FinancialYear: [Double]], avoided: [FinancialYear: [Double]], places: Int, first: FinancialYear,
        terms: Terms
    ) {
        let runs = avoided.values.first?.count ?? 1
        func present(_ year: FinancialYear) -> Double {
            var factor = 1.0
            for _ in first.starting..<max(year.starting, first.starting) {
                factor /= (1 + terms.rate) * terms.deflator
            }
            return factor
        }
        let bias = terms.optimismBias ?? 1
        var projected = [Double](repeating: 0, count: runs)
        // In the order of years, so that the same amounts give the same sum to the last digit.
        let (spending, savings) = (capital.sorted { $0.key < $1.key }, avoided.sorted { $0.key < $1.key })
        for (year, pounds) in spending {
            for run in projected.indices { projected[run] -= pounds[run] * bias * present(year) }
        }
        for (year, pounds) in savings {
            for run in projected.indices { projected[run] += pounds[run] * present(year) }
        }
        var period = projected
        if let last = avoided.keys.max(), let effect = avoided[last] {
            var left = 1.0
            var year = last.starting + 1
            while year < first.starting + terms.years {
                left *= terms.persistence
                // The effect keeps its real value.
                let factor = present(last) * left
                var discount = 1.0
                for _ in last.starting..<year { discount /= 1 + terms.rate }
                for run in period.indices { period[run] += effect[run] * factor * discount }
                year += 1
            }
        }
        overProjection = Summary(of: projected)
        overPeriod = Summary(of: period)
        positive = Double(period.count { $0 > 0 }) / Double(runs)
        paybackMedian = Self.payback(spending, avoided, first: first, runs: runs, bias: bias)
        let spent = spending.reduce(0) { $0 + Summary(of: $1.value).mean } * bias
        costPerPlace = places == 0 ? 0 : spent / Double(places)
        charge = terms.borrowing.map { rate in
            var left = 0.0
            for _ in 0..<terms.provisionYears { left = (left + 1) / (1 + rate) }
            return left > 0 ? spent / left : spent
        }
    }

    private static func payback(
        _ spending: [(key: FinancialYear, value: [Double])], _ avoided: [FinancialYear: [Double]],
        first: FinancialYear, runs: Int,
        bias: Double
    ) -> Int? {
        guard let last = avoided.keys.max() else { return nil }
        let years = (0..<runs).map { run -> Int in
            var sum = -spending.reduce(0) { $0 + $1.value[run] } * bias
            for year in first.starting...last.starting {
                sum += avoided[FinancialYear(starting: year)]?[run] ?? 0
                if sum >= 0 { return year - first.starting + 1 }
            }
            return .max
        }
        let middle = years.sorted()[runs / 2]
        return middle == .max ? nil : middle
    }
}
