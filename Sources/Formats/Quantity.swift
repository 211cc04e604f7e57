import Foundation
import Vocabulary

/// What a number of a file is: its unit, the range that real figures have, and how it is written. The ranges are a data file that
/// ships with Sendcast, `quantities.csv`.
///
/// A rise of 5 % is `1.05` where something is multiplied, `0.05` where growth or a share is stated, and 5 nowhere. A number that is out
/// of its range by one of these confusions is refused with the number that was meant.
package enum Quantity: String, Sendable, CaseIterable {
    case priceFactor = "price-factor"
    case joinerFactor = "joiner-factor"
    case tilt, overrun, deflator, growth
    case printedGrowth = "printed-growth"
    case share, rate
    case transferRate = "transfer-rate"
    case discountRate = "discount-rate"
    case perThousand = "per-thousand"
    case prevalence, variation, uncertainty, deviation, weight, count
    case funnelCount = "funnel-count"
    case planYear = "plan-year"
    case planWeek = "plan-week"
    case placeYear = "place-year"
    case newPlan = "new-plan"
    case careLeaverWeek = "care-leaver-week"
    case careLeavers = "care-leavers"
    case request, assessment, year, income, balance, deduction, mark, capital, delay, months, arrivals, staff
    case monthlySpend = "monthly-spend"
    case poundsUncertainty = "pounds-uncertainty"
    case serviceDays = "service-days"
    case patienceDays = "patience-days"
    case waitingDays = "waiting-days"
    case leverFactor = "lever-factor"
    case leverShare = "lever-share"
    case leverChange = "lever-change"
    case leverPeople = "lever-people"
    case leverMorePeople = "lever-more-people"
    case leverPrice = "lever-price"
    case leverMorePrice = "lever-more-price"
    case leverIncome = "lever-income"
    case leverMoreIncome = "lever-more-income"

    /// How a number is written, which tells what was meant by another.
    private enum Way: String {
        /// 1.05 for a rise of 5 %.
        case factor
        /// 0.05 for a rise of 5 %.
        case growth
        /// 0.05 for 5 %.
        case share
        /// Whole pounds.
        case pounds
        /// Whole pounds that are taken off, without a sign.
        case deduction
        case plain
    }

    private struct Description: Sendable {
        let words: String
        let range: ClosedRange<Double>
        let way: Way
    }

    private static let descriptions: [Quantity: Description] = {
        let columns = ["quantity", "words", "least", "most", "way"]
        let descriptions = ShippedTable("quantities.csv", PackageResources.quantities_csv)
            .rows(columns) { row, _ -> (Quantity, Description)? in
                guard let quantity = Quantity(rawValue: row.text(0)), let way = Way(rawValue: row.text(4)),
                    let least = Double(row.text(2)), let most = Double(row.text(3))
                else { return nil }
                return (quantity, Description(words: row.text(1), range: least...most, way: way))
            }
        return Dictionary(uniqueKeysWithValues: descriptions)
    }()

    private var description: Description {
        guard let description = Self.descriptions[self] else { preconditionFailure("\(rawValue) has no row") }
        return description
    }

    /// The range of real figures.
    package var range: ClosedRange<Double> { description.range }

    /// A number that a file states, or what was expected and what to do.
    package enum Reading: Equatable {
        case number(Double)
        case fault(expected: String, remedy: String)
    }

    /// Pounds below which an amount for a year is thought to be of thousands or millions.
    private static let fewestPounds = 100.0

    /// Reads a field.
    package func read(_ text: String) -> Reading {
        guard let number = Double(text), number.isFinite else {
            return .fault(expected: expected, remedy: remedy(for: text))
        }
        return read(number)
    }

    /// Whether a number is one of this quantity.
    package func read(_ number: Double) -> Reading {
        let isSmallChange =
            [.pounds, .deduction].contains(description.way) && number != 0 && abs(number) < Self.fewestPounds
        if range.contains(number) && !isSmallChange { return .number(number) }
        return .fault(expected: expected, remedy: remedy(for: number))
    }

    private var expected: String {
        "\(description.words) from \(Self.grouped(range.lowerBound)) to \(Self.grouped(range.upperBound)) was expected"
    }

    /// What to do with text that is no number: the number that it was meant for.
    private func remedy(for text: String) -> String {
        if text.contains("%") {
            let percent = Double(text.filter { !"£, %".contains($0) }).flatMap { $0.isFinite ? $0 : nil }
            return percent.flatMap { remedy(percent: $0) } ?? ""
        }
        guard let amount = WrittenAmount.value(text), range.contains(amount) else { return "" }
        return "Write \(Self.plain(amount))."
    }

    private func remedy(for number: Double) -> String {
        switch description.way {
        case .factor:
            let percent = abs(number) < 1 ? number * 100 : number
            return remedy(percent: percent) ?? "A rise of 5 % is 1.05."
        case .growth:
            let percent = (0.5...1.5).contains(number) ? (number - 1) * 100 : number
            return remedy(percent: percent) ?? "A rise of 5 % is 0.05."
        case .share: return number > 1 ? remedy(percent: number) ?? "5 % is 0.05." : ""
        case .pounds: return abs(number) < Self.fewestPounds ? "Write pounds, not thousands or millions." : ""
        case .deduction:
            if number < 0 { return "It is taken off anyhow: write \(Self.plain(-number))." }
            return number < Self.fewestPounds ? "Write pounds, not thousands or millions." : ""
        case .plain: return ""
        }
    }

    /// How a percentage is written; `nil` where it cannot be meant.
    private func remedy(percent: Double) -> String? {
        let change = percent < 0 ? "a fall" : "a rise"
        let size = Self.plain(abs(percent))
        let (number, what) =
            switch description.way {
            case .factor: (1 + percent / 100, "\(change) of \(size) %")
            case .growth: (percent / 100, "\(change) of \(size) %")
            default: (percent / 100, "\(Self.plain(percent)) %")
            }
        guard range.contains(number), description.way != .plain, description.way != .pounds else { return nil }
        return "Write \(what) as \(Self.plain(number))."
    }

    /// The same with commas between thousands, for people.
    private static func grouped(_ number: Double) -> String {
        guard abs(number) >= 10_000 else { return plain(number) }
        let groups = plain(abs(number)).reversed().enumerated().map {
            $0 > 0 && $0.isMultiple(of: 3) ? "\($1)," : "\($1)"
        }
        return (number < 0 ? "-" : "") + groups.reversed().joined()
    }

    /// A number with at most six decimals, as a table would have it.
    package static func plain(_ number: Double) -> String {
        guard abs(number) < 1e15 else { return String(number) }
        let rounded = (number * 1e6).rounded() / 1e6
        if rounded == rounded.rounded() { return String(Int(rounded)) }
        if abs(rounded) >= 1e-4 { return String(rounded) }
        return String(format: "%.6f", rounded)
    }
}

extension Quantity {
    /// What the price of a line is.
    package init(price unit: PriceUnit) {
        self =
            switch unit {
            case .planYear: .planYear
            case .planWeek: .planWeek
            case .placeYear: .placeYear
            case .newPlan: .newPlan
            case .request: .request
            case .assessment: .assessment
            case .year: .year
            case .careLeaverWeek: .careLeaverWeek
            case .counted: .planYear
            }
    }

    /// What the amount of an item of `funding.csv` is.
    package init(funding item: FundingItem) {
        self =
            switch item {
            case .growth: .growth
            case .stabilityShare, .stabilityApproved: .share
            case .overrideEnds: .mark
            case .recoupment: .deduction
            case .block, .other, .reserves: .income
            case .transfer, .importExport, .opening: .balance
            }
    }
}
