import Projection
import RealModule
import Sampling
import Vocabulary

/// Pounds a unit, run by run: as the line states them, at the prices of the year, as uncertain as it says, and as levers change them.
struct Prices {
    private let outcome: Outcome
    private let accounts: Accounts
    private let changes: [(change: CostChange, sizes: [Double])]
    private let deviations: IndexDeviations
    /// Two standard normal variates of every run by line: for what is not known, and for chance.
    private let variates: [String: [(known: Double, chance: Double)]]

    init(_ outcome: Outcome, _ accounts: Accounts, _ changes: [CostChange]) {
        self.outcome = outcome
        self.accounts = accounts
        deviations = IndexDeviations(outcome, accounts)
        self.changes = changes.map { ($0, outcome.sizes(of: $0.effect)) }
        let uncertain =
            outcome.uncertainty == .chance
            ? [] : (accounts.lines + accounts.services).filter { $0.spread > 0 || $0.uncertainty > 0 }
        variates = Dictionary(
            uncertain.map { ($0.name, Self.variates($0, outcome)) }, uniquingKeysWith: { first, _ in first })
    }

    private static func variates(_ line: CostLine, _ outcome: Outcome) -> [(known: Double, chance: Double)] {
        let (key, seed) = (stableKey(line.name), outcome.seeds.local(.prices))
        return outcome.runs.map { run in
            var stream = RandomStream(seed: seed, run: UInt32(run), deciding: .prices, state: key)
            return (stream.normal(), stream.normal())
        }
    }

    /// Pounds of a line for a need and setting: one figure where no lever acts, else one for each run.
    func pounds(_ line: CostLine, need: Int, setting: Int, _ year: FinancialYear) -> [Double] {
        pounds(line, need: need, year) { $0.acts(on: line, need: need, setting: setting, in: year) }
    }

    /// Pounds of a line that is not paid for people of a need and setting, as ``pounds(_:need:setting:_:)``.
    func pounds(ofWhole line: CostLine, _ year: FinancialYear) -> [Double] {
        pounds(line, need: line.pounds.keys.min() ?? 0, year) { $0.acts(onWhole: line, in: year) }
    }

    private func pounds(
        _ line: CostLine, need: Int, _ year: FinancialYear, where acts: (CostChange) -> Bool
    ) -> [Double] {
        let base = accounts.price(of: line, need: need, in: year)
        let active = changes.filter { acts($0.change) }
        guard let first = active.first else { return [base] }
        return first.sizes.indices.map { run in
            active.reduce(base) { max($1.change.effect.changed($0, size: $1.sizes[run], in: year.starting), 0) }
        }
    }

    /// How far each run's average lies from the stated price: as uncertain as the line says, and as its index.
    func factors(_ line: CostLine, units: [Double], _ year: FinancialYear) -> [Double]? {
        let (own, indexed) = (factors(line, units: units), deviations.factors(of: line, in: year))
        guard let own, let indexed else { return own ?? indexed }
        return zip(own, indexed).map(*)
    }

    /// How far each run's average lies from the stated one, log-normal with mean 1: one part for what is not known, one for the chance
    /// that few children are dear, which shrinks with the root of their number. Both last all years.
    private func factors(_ line: CostLine, units: [Double]) -> [Double]? {
        guard let variates = variates[line.name] else { return nil }
        func factor(_ variation: Double, _ variate: Double) -> Double {
            let variance = Double.log(1 + variation * variation)
            return RandomStream.logNormal(of: variate, location: -variance / 2, scale: variance.squareRoot())
        }
        return zip(units, variates).map { units, variates in
            factor(line.uncertainty, variates.known)
                * factor(line.spread / max(units, 1).squareRoot(), variates.chance)
        }
    }
}

extension Outcome {
    /// How large the effect of a lever is in every run.
    package func sizes(of effect: Effect) -> [Double] {
        effect.size.draws(runs, seed: seeds.national(.levers), deciding: .levers, atMedian: uncertainty == .chance)
    }
}
