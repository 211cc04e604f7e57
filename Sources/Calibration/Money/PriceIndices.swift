import Formats
import Intake
import RealModule
import Vocabulary

/// How England's prices changed from year to year: spend that is published over what children of the year would have cost at the
/// prices of one year, so that more children and another mix do not count as prices.
struct PriceIndices: Sendable {
    /// A yearly step.
    struct Step: Sendable, Equatable {
        let year: Int
        let factor: Double
    }

    /// The settings whose children most journeys are for.
    private static let transported = ["SS", "IS", "NM"]

    /// Steps by index, in order of years.
    let steps: [String: [Step]]
    /// The mean step of each index, for the years to come.
    let mean: [String: Double]
    /// How far a step of the years to come may lie from it: the standard deviation of the logarithm, the mean's own included.
    let deviation: [String: Double]

    /// - Parameters:
    ///   - structure: England's prices of a year.
    ///   - besides: pounds of that year that no line has, in line 1.2.3 and elsewhere.
    ///   - children: England's children by financial year.
    init(
        _ structure: PriceStructure, besides: (independent: Double, state: Double), _ children: [Int: YearChildren],
        _ england: EnglandFinance
    ) {
        var levels: [String: [Int: Double]] = [:]
        for (year, children) in children {
            let cost = structure.cost(children)
            guard let independent = england.amount("independent", in: year),
                let all = england.amount("high_needs", in: year)
            else { continue }
            levels["independent", default: [:]][year] = independent / (cost.independent + besides.independent)
            levels["state special", default: [:]][year] = (all - independent) / (cost.state + besides.state)
            if let transport = england.amount("transport", in: year) {
                levels["transport", default: [:]][year] = transport / children[Self.transported]
            }
        }
        steps = levels.mapValues { levels in
            levels.keys.sorted().compactMap { year in
                levels[year - 1].map { Step(year: year, factor: (levels[year] ?? $0) / $0) }
            }
        }
        mean = steps.mapValues { steps in
            guard let first = steps.first, let last = steps.last, first.year < last.year else { return 1 }
            let product = steps.reduce(1) { $0 * $1.factor }
            return product.root(steps.count)
        }
        deviation = steps.mapValues { steps in
            guard steps.count > 1 else { return 0 }
            let logarithms = steps.map { Double.log($0.factor) }
            let mean = logarithms.reduce(0, +) / Double(steps.count)
            let variance = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(steps.count - 1)
            return (variance * (1 + 1 / Double(steps.count))).squareRoot()
        }
    }

    /// What prices of one year are multiplied by to be those of a later one.
    func factor(_ index: String, from: Int, to: Int) -> Double {
        if from > to { return 1 / factor(index, from: to, to: from) }
        return (from..<to).reduce(1) { product, year in
            product * (steps[index]?.first { $0.year == year + 1 }?.factor ?? mean[index] ?? 1)
        }
    }
}

extension PriceIndices {
    /// The rows of `inflation.csv`.
    /// - Parameter own: what the authority's own spend rose by beside England's from the year of levels to that of totals; `nil` where it is
    ///   not its own.
    func rows(_ years: UnitCosts.Years, own: (factor: Double, isHeld: Bool)?) -> [InflationRow] {
        func name(_ year: Int) -> String { FinancialYear(starting: year).description }
        var rows: [InflationRow] = []
        for index in ["state special", "independent", "transport"] {
            let isTransport = index == "transport"
            let last = isTransport ? years.transport : years.total
            let source =
                isTransport
                ? "England's line 2.1.4 over children of the year in special schools"
                : "England's outturn over children of the year at the prices of \(name(years.detail))"
            for step in steps[index] ?? [] where step.year <= last {
                guard let own, step.year > years.level, !isTransport else {
                    rows.append(InflationRow(index, step.year, Numerals.rounded(step.factor, decimals: 4), source))
                    continue
                }
                let rise = Double.pow(own.factor, 1 / Double(years.total - years.level))
                let against = own.isHeld ? ", held at the farthest from England that is believed" : ""
                rows.append(
                    InflationRow(
                        index, step.year, Numerals.rounded(step.factor * rise, decimals: 4),
                        "\(source), \(Numerals.fixed(step.factor, decimals: 4)), times \(Numerals.fixed(rise, decimals: 4)) for the "
                            + "authority's own outturn\(against)"))
            }
            guard let first = steps[index]?.first else { continue }
            rows.append(
                InflationRow(
                    index, last + 1, Numerals.rounded(mean[index] ?? 1, decimals: 4),
                    uncertainty: Numerals.rounded(deviation[index] ?? 0, decimals: 4),
                    "England's mean of \(name(first.year)) to \(name(last)) and how far its years lie apart; later years as this one, "
                        + "rated red"))
        }
        return rows
    }
}

extension Double {
    fileprivate func root(_ degree: Int) -> Double { Double.pow(self, 1 / Double(degree)) }
}
