import Projection
import Sampling
import Vocabulary

/// What a programme of schemes is worth: capital and revenue before opening against the spend that it avoids, run by run.
package struct CapitalAppraisal: Sendable {
    /// How money of different years is compared.
    package struct Terms: Sendable, Equatable {
        /// The real discount rate; 3.5 % in the Green Book of HM Treasury.
        package var rate = 0.035
        /// Years over which avoided spend counts, from the first projected financial year.
        package var years = 30
        /// What is left of the last projected year's effect in each year after it: 1 holds it, less fades it.
        package var persistence = 1.0
        /// The yearly factor of the deflator.
        package var deflator = 1.0
        /// What capital is multiplied by for optimism bias, in place of simulated overruns; `nil` for those.
        package var optimismBias: Double?

        /// The rate of interest at which capital is borrowed; `nil` where it is not.
        package var borrowing: Double?
        /// Years over which borrowed capital is set aside from revenue (minimum revenue provision).
        package var provisionYears = 40

        /// The usual terms.
        package init() {}
    }

    /// Net present value over the projection, and over the period of the terms.
    package let overProjection: Summary
    /// See ``overProjection``.
    package let overPeriod: Summary
    /// The share of runs in which the latter is above zero.
    package let positive: Double
    /// Financial years from the first until undiscounted savings have paid for capital; the runs in which they never do count as `nil`.
    package let paybackMedian: Int?
    /// Capital per place that opens, in pounds of the year of spend; `nil` where none opens.
    package let costPerPlace: Double?

    /// Pounds a year of interest and minimum revenue provision, as an annuity on all capital; apart from the present value. `nil` where
    /// nothing is borrowed.
    package let charge: Double?

    /// Appraises flows of cash.
    package init(_ flows: CashFlows, places: Int, terms: Terms) {
        var projected = [Double](repeating: 0, count: flows.runs)
        var period = projected
        for part in flows.parts {
            let value = flows.presentValue(part, terms)
            for run in period.indices {
                projected[run] += value.projection[run]
                period[run] += value.projection[run] + value.beyond[run]
            }
        }
        overProjection = Summary(of: projected)
        overPeriod = Summary(of: period)
        positive = Double(period.count { $0 > 0 }) / Double(flows.runs)
        paybackMedian = Self.payback(flows, bias: terms.optimismBias ?? 1)
        let capital = -flows.undiscounted { $0 == .capital }.mean * (terms.optimismBias ?? 1)
        costPerPlace = places > 0 ? capital / Double(places) : nil
        charge = terms.borrowing.map { rate in
            var left = 0.0
            for _ in 0..<terms.provisionYears { left = (left + 1) / (1 + rate) }
            return left > 0 ? capital / left : capital
        }
    }

    private static func payback(_ flows: CashFlows, bias: Double) -> Int? {
        guard let last = flows.last else { return nil }
        var reached = flows.undiscounted { $0 == .capital }.map { $0 * bias }
        var years = [Int](repeating: .max, count: flows.runs)
        for year in flows.first.starting...last.starting {
            let more = flows.undiscounted(in: FinancialYear(starting: year)) { $0 != .capital }
            for run in reached.indices {
                reached[run] += more[run]
                if reached[run] >= 0 { years[run] = min(years[run], year - flows.first.starting + 1) }
            }
        }
        let middle = years.sorted()[flows.runs / 2]
        return middle == .max ? nil : middle
    }
}
