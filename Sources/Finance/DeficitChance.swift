import Vocabulary

/// How likely a deficit beyond some pounds is at the end of a financial year.
package struct DeficitChance: Sendable, Equatable {
    /// The financial year; the balance is that of its 31 March.
    package let year: FinancialYear
    /// Pounds of deficit.
    package let pounds: Double
    /// Whether those are the reserves that could meet it.
    package let isReserves: Bool
    /// The share of runs in which the deficit is above them.
    package let share: Double
}

extension Budget {
    /// Deficits beyond zero and 1, 2, 5, 10 … million pounds, as far as any run goes, and beyond reserves.
    package var deficitChances: [DeficitChance] {
        let steps = (6...10).flatMap { power in
            [1.0, 2, 5].map { $0 * (0..<power).reduce(1) { sum, _ in sum * 10 } }
        }
        let stated = accounts.funding?.amounts[.reserves] ?? [:]
        return amounts(.balance).flatMap { amount -> [DeficitChance] in
            let runs = amount.runs
            func chance(_ pounds: Double, isReserves: Bool = false) -> DeficitChance {
                let share = Double(runs.count { -$0 > pounds }) / Double(max(runs.count, 1))
                return DeficitChance(year: amount.year, pounds: pounds, isReserves: isReserves, share: share)
            }
            let worst = -(runs.min() ?? 0)
            // Those of the year, or the last stated before it; the first stated where the year is before all.
            let lastStated = stated.keys.filter { $0 <= amount.year }.max() ?? stated.keys.min()
            let reserves = lastStated.flatMap { stated[$0] }
            let chances = [chance(0)] + steps.filter { $0 < worst }.map { chance($0) }
            return chances + (reserves.map { [chance($0, isReserves: true)] } ?? [])
        }
    }

    /// The first year at whose end the deficit is more likely than not above reserves; `nil` where none are stated or they last.
    package var reservesRunOut: FinancialYear? {
        deficitChances.first { $0.isReserves && $0.share > 0.5 }?.year
    }
}
