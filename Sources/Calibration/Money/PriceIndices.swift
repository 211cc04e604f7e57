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
    /// How each index goes on; none with fewer than two steps.
    let laws: [String: PriceLaw]
    /// What a price of all settings rose by, at the mix of the year of prices: England's spend over what children of the year would have cost.
    let all: [Int: Double]

    /// - Parameters:
    ///   - structure: England's prices of a year.
    ///   - besides: pounds of that year that no line has, in line 1.2.3 and elsewhere.
    ///   - children: England's children by financial year.
    init(
        _ structure: PriceStructure, besides: (independent: Double, state: Double), _ children: [Int: YearChildren],
        _ england: EnglandFinance
    ) {
        var levels: [String: [Int: Double]] = [:]
        var whole: [Int: Double] = [:]
        for (year, children) in children {
            let cost = structure.cost(children)
            guard let independent = england.amount("independent", in: year),
                let all = england.amount("high_needs", in: year)
            else { continue }
            levels["independent", default: [:]][year] = independent / (cost.independent + besides.independent)
            levels["state special", default: [:]][year] = (all - independent) / (cost.state + besides.state)
            whole[year] = all / (cost.independent + besides.independent + cost.state + besides.state)
            if let transport = england.amount("transport", in: year) {
                levels["transport", default: [:]][year] = transport / children[Self.transported]
            }
        }
        steps = levels.mapValues { levels in
            levels.keys.sorted().compactMap { year in
                levels[year - 1].map { Step(year: year, factor: (levels[year] ?? $0) / $0) }
            }
        }
        let odd = Set(england.figures("transport").filter { $0.quality == .red }.map(\.year))
        laws = Dictionary(
            uniqueKeysWithValues: steps.compactMap { index, steps in
                PriceLaw(Self.levelled(steps, over: index == "transport" ? odd : [])).map { (index, $0) }
            })
        all = whole.reduce(into: [:]) { steps, level in
            if let before = whole[level.key - 1] { steps[level.key] = level.value / before }
        }
    }

    /// Steps for a law: those to and from a year whose spend is rated red, for it is not that of usual prices, count as two equal ones.
    private static func levelled(_ steps: [Step], over odd: Set<Int>) -> [Double] {
        steps.enumerated().map { place, step in
            let other =
                odd.contains(step.year)
                ? steps.dropFirst(place + 1).first : odd.contains(step.year - 1) ? steps.prefix(place).last : nil
            return other.map { (step.factor * $0.factor).squareRoot() } ?? step.factor
        }
    }

    /// What prices of one year are multiplied by to be those of a later one.
    func factor(_ index: String, from: Int, to: Int) -> Double {
        if from > to { return 1 / factor(index, from: to, to: from) }
        let known = steps[index] ?? []
        return (from..<to).reduce(1) { product, year in
            if let step = known.first(where: { $0.year == year + 1 }) { return product * step.factor }
            guard let last = known.last?.year, let law = laws[index], year >= last else { return product }
            return product * Double.exp(law.step(year + 1 - last))
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
            guard let first = steps[index]?.first, let law = laws[index] else { continue }
            rows += law.rows(index, from: first.year, to: last)
        }
        return rows
    }
}
