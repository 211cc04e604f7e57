import Formats
import Intake
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

/// How England's prices of care changed from year to year, and how they go on (``PriceLaw``).
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
            guard let law = PriceLaw(steps.map(\.factor)) else { return past }
            let (first, last) = (steps[0], steps[steps.count - 1])
            return past
                + law.rows(
                    index.rawValue, from: first.year, to: last.year,
                    detail: ", \(pounds(first.from)) to \(pounds(last.to)) \(unit)")
        }
    }
}
