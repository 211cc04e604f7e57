import Formats
import Intake
import RealModule
import Vocabulary

/// The indices that prices of care follow.
enum CareIndex: String, CaseIterable {
    /// What a week in a children's home costs; other bought placements are taken to follow it.
    case homes = "children's homes"
    /// What a week of fostering costs; other services are taken to follow it.
    case fostering
    /// What a care leaver costs for a year.
    case careLeavers = "care leavers"
}

/// How England's prices of care changed from year to year, and how far they may in years to come: the mean of the published years, and how far
/// these lie apart.
struct CareInflation {
    private let levels: [CareIndex: [Int: Double]]

    /// - Parameter england: England's figures; no index without them.
    init(_ england: CareRelease.Area?) {
        var leavers: [Int: Double] = [:]
        for (year, pounds) in england?.spend["leaving care"] ?? [:] {
            // Care leavers are counted over the year to the 31 March in which the financial year ends.
            if let people = england?.careLeavers[year + 1], people > 0 { leavers[year] = pounds / people }
        }
        levels = [
            .homes: england?.weekly["homes"] ?? [:], .fostering: england?.weekly["fostering"] ?? [:],
            .careLeavers: leavers,
        ]
    }

    /// Whether an index has two years or more.
    func has(_ index: CareIndex) -> Bool { steps(index).count > 1 }

    private func steps(_ index: CareIndex) -> [(year: Int, factor: Double, from: Double, to: Double)] {
        let levels = levels[index] ?? [:]
        return levels.keys.sorted().compactMap { year in
            guard let before = levels[year - 1], let now = levels[year], before > 0 else { return nil }
            return (year, now / before, before, now)
        }
    }

    /// The rows of `inflation.csv`.
    var rows: [InflationRow] {
        CareIndex.allCases.filter(has).flatMap { index -> [InflationRow] in
            let steps = steps(index)
            func pounds(_ amount: Double) -> String { "£\(Numerals.grouped(amount))" }
            let unit = index == .careLeavers ? "a care leaver of 19 to 21 and year" : "a week of \(index.rawValue)"
            let past = steps.map { step in
                InflationRow(
                    index.rawValue, step.year, Numerals.rounded(step.factor, decimals: 4),
                    "England, \(unit): \(pounds(step.from)) to \(pounds(step.to)). Local authority interactive tool")
            }
            let logarithms = steps.map { Double.log($0.factor) }
            let mean = logarithms.reduce(0, +) / Double(steps.count)
            let variance = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(steps.count - 1)
            let deviation = (variance * (1 + 1 / Double(steps.count))).squareRoot()
            let (first, last) = (steps[0].year, steps[steps.count - 1].year)
            return past + [
                InflationRow(
                    index.rawValue, last + 1, Numerals.rounded(Double.exp(mean), decimals: 4),
                    uncertainty: Numerals.rounded(deviation, decimals: 4),
                    "England's mean of \(FinancialYear(starting: first)) to \(FinancialYear(starting: last)), \(pounds(steps[0].from)) to "
                        + "\(pounds(steps[steps.count - 1].to)) \(unit), and how far its years lie apart; later years as this one, rated red"
                )
            ]
        }
    }
}
