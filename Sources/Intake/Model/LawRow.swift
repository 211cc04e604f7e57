import Formats
import Foundation
import Vocabulary

/// A decision that parents and young people may dispute.
public enum LawDecision: String, CaseIterable, Sendable {
    /// Whether to assess.
    case assessment
    /// Whether to issue a plan after an assessment.
    case plan
    /// What stands in a plan.
    case contents

    /// What disputes are about, in words.
    package var words: String {
        switch self {
        case .assessment: "refusals to assess"
        case .plan: "refusals of a plan"
        case .contents: "contents of plans"
        }
    }
}

/// A row of `law.csv`: what becomes of requests that are refused, and of disputes.
public struct LawRow: Sourced, Sendable, Equatable {
    /// What is stated.
    public enum Rate: String, CaseIterable, Sendable {
        /// The share of decisions on requests that refuse to assess.
        case refused
        /// Mediations for each refusal; of contents, for each plan in force in a year.
        case mediated
        /// Appeals registered for each refusal, those after mediation among them; of contents, for each plan in force in a year.
        case appealed
        /// The share of mediations after which the authority does what it had refused.
        case agreed
        /// The share of appeals that end with what was asked for, ordered or conceded; of contents, of those about the placement.
        case granted
        /// The share of appeals about contents that are about the placement (section I).
        case placement
        /// The share of plans that follow a dispute whose contents are appealed against too.
        case appealedAgain = "appealed-again"
        /// Weeks from the request to the refusal.
        case refusalWeeks = "refusal-weeks"
        /// Weeks from the refusal to the mediation.
        case mediationWeeks = "mediation-weeks"
        /// Weeks from the refusal until an appeal is registered.
        case appealWeeks = "appeal-weeks"
        /// Weeks from then until it ends.
        case orderWeeks = "order-weeks"
        /// Weeks from an order or agreement to the plan.
        case planWeeks = "plan-weeks"
        /// What the authority spends on a mediation, in pounds.
        case mediationCost = "mediation-cost"
        /// What the authority spends on an appeal, in pounds.
        case appealCost = "appeal-cost"

        /// What its numbers are.
        package enum Unit: Sendable { case share, weeks, pounds }

        /// What its numbers are.
        package var unit: Unit {
            switch self {
            case .refused, .mediated, .appealed, .agreed, .granted, .placement, .appealedAgain: .share
            case .refusalWeeks, .mediationWeeks, .appealWeeks, .orderWeeks, .planWeeks: .weeks
            case .mediationCost, .appealCost: .pounds
            }
        }

        /// The decisions of which it can be stated; of all together where there are none.
        package var decisions: [LawDecision] {
            switch self {
            case .refused: [.assessment]
            case .mediated, .appealed, .granted: LawDecision.allCases
            case .agreed, .refusalWeeks, .mediationWeeks, .appealWeeks, .orderWeeks, .planWeeks: [.assessment, .plan]
            case .placement, .appealedAgain: [.contents]
            case .mediationCost, .appealCost: []
            }
        }

        /// What it says, in words.
        package var statement: String {
            switch self {
            case .refused: "the share of decisions on requests that refuse to assess"
            case .mediated: "mediations for each refusal; of contents, for each plan in force in a year"
            case .appealed: "appeals for each refusal; of contents, for each plan in force in a year"
            case .agreed: "the share of mediations after which the authority does what it had refused"
            case .granted:
                "the share of appeals that end with what was asked for; of contents, of those about the placement"
            case .placement: "the share of appeals about contents that are about the placement"
            case .appealedAgain: "the share of plans after a dispute whose contents are appealed against too"
            case .refusalWeeks: "weeks from the request to the refusal"
            case .mediationWeeks: "weeks from the refusal to the mediation"
            case .appealWeeks: "weeks from the refusal until an appeal is registered"
            case .orderWeeks: "weeks from then until the appeal ends"
            case .planWeeks: "weeks from an order or agreement to the plan"
            case .mediationCost: "pounds for a mediation, of the authority"
            case .appealCost: "pounds for an appeal, of the authority"
            }
        }
    }

    /// The decision; `nil` for what is the same of all.
    public var decision: LawDecision? { LawDecision(rawValue: decisionName) }
    /// Its word; empty for what is the same of all.
    var decisionName = ""
    /// What is stated.
    public internal(set) var rate = Rate.refused
    /// The least.
    public internal(set) var low = 0.0
    /// The likeliest.
    public internal(set) var likely = 0.0
    /// The most.
    public internal(set) var high = 0.0
    /// Where its figures are from.
    public internal(set) var origin = Origin()

    /// States a rate.
    public init(
        _ rate: Rate, of decision: LawDecision?, low: Double, likely: Double, high: Double, source: String,
        date: String, quality: AssumptionQuality
    ) {
        (self.rate, decisionName) = (rate, decision?.rawValue ?? "")
        (self.low, self.likely, self.high) = (low, likely, high)
        origin = Origin(source, date, quality)
    }

    private init() {}

    static var columns: [TableColumn<LawRow>] {
        .of(
            [
                .part("decision", \.decisionName, LawDecision.allCases.map(\.rawValue)), .choice("rate", \.rate),
                .number("low", \.low, .count), .number("likely", \.likely, .count), .number("high", \.high, .count),
            ], .origin(\.origin))
    }

    /// Those that ship with Sendcast: England's.
    public static let shipped = ShippedTable("law-rates.csv", PackageResources.law_rates_csv).sound(Self.read)

    static func read(_ file: SourceFile) -> Checked<[LawRow]> {
        var lines: [String: Int] = [:]
        return TableReader.rows(file, columns, LawRow()) { row, line, findings in
            if let fault = row.fault {
                findings.add(.error, line: line, column: fault.column, fault.message, remedy: fault.remedy)
            } else {
                findings.take("\(row.rate)/\(row.decisionName)", line: line, of: &lines)
            }
        }
    }

    /// The most weeks that a step can take: five years.
    private static let mostWeeks = 260.0

    /// What is wrong with the row by itself.
    private var fault: (column: String, message: String, remedy: String)? {
        let known = rate.decisions
        if known.isEmpty != (decision == nil) || decision.map({ !known.contains($0) }) ?? false {
            let words = known.isEmpty ? ["any"] : known.map(\.rawValue)
            return (
                "decision", "'\(rate.rawValue)' is stated of \(words.listed(with: "or"))",
                "Write \(words.listed(with: "or"))."
            )
        }
        if !(low <= likely && likely <= high) {
            return ("likely", "low, likely and high are not in order", "Correct them.")
        }
        if rate.unit == .share, case .fault(let expected, let remedy) = Quantity.share.read(high) {
            return ("high", "'\(Quantity.plain(high))': \(expected)", remedy)
        }
        if rate.unit == .weeks, high > Self.mostWeeks {
            return (
                "high", "'\(Quantity.plain(high))': weeks from 0 to \(Quantity.plain(Self.mostWeeks)) were expected", ""
            )
        }
        return nil
    }
}
