import Finance
import Formats
import Foundation
import Intake
import Projection
import Sampling
import Vocabulary

/// What is to be reached: a figure at most or at least so much.
package struct Target: Sendable {
    /// The figure.
    package let quantity: OutputQuantity
    /// Whether it is to be at most the amount.
    package let isAtMost: Bool
    /// The amount.
    package let amount: Double

    /// Reads a target such as `independent special <= 200 in 2031` or `spend <= 60m in 2030-31`.
    /// - Throws: ``UnusableData`` that says what was expected.
    package init(_ text: String, in study: PreparedStudy) throws(UnusableData) {
        let sign = text.contains("<=") ? "<=" : ">="
        let sides = text.components(separatedBy: sign)
        let words = sides.last?.components(separatedBy: " in ").first?.trimmingCharacters(in: .whitespaces) ?? ""
        let isNegative = words.hasPrefix("-") || words.hasPrefix("−")
        guard sides.count == 2, let size = Pounds.amount(isNegative ? String(words.dropFirst()) : words),
            sides[1].contains(" in ")
        else {
            throw UnusableData(
                column: "--target", "'\(text)' is not a target",
                remedy:
                    "Write 'independent special <= 200 in 2031', 'spend <= 60m in 2030-31', or 'balance >= -20m in 2027-28'."
            )
        }
        let year = sides[1].components(separatedBy: " in ").last ?? ""
        quantity = try OutputQuantity(
            "\(sides[0].trimmingCharacters(in: .whitespaces)) in \(year)", in: study, option: "--target")
        isAtMost = sign == "<="
        amount = isNegative ? -size : size
        if quantity.isSpend && size > 0 && size < Pounds.fewest {
            throw UnusableData(
                column: "--target", "'\(words)' is \(Numerals.pounds(size))", remedy: "Write '\(words)m' for millions.")
        }
    }

    func isMet(_ value: Double) -> Bool { isAtMost ? value <= amount : value >= amount }
}

/// The size of a lever that reaches a target in a share of the runs: bisection on paired runs.
package struct GoalSearch: Sendable {
    /// One size that was tried.
    package struct Trial: Sendable {
        /// The lever's size.
        package let size: Double
        /// The share of runs in which the target is met.
        package let share: Double
        /// What is reached with the confidence asked for.
        package let reached: Double
    }

    /// What was found.
    package enum Answer: Sendable {
        /// The target is met without the lever.
        case metAlready
        /// The smallest change that meets it.
        case size(Trial)
        /// Even the largest change does not.
        case unreachable(Trial)
    }

    /// The sizes that were tried, in order.
    package private(set) var trials: [Trial] = []
    /// What was found.
    package let answer: Answer

    /// Searches.
    /// - Parameters:
    ///   - others: scenarios that are in place beside the lever.
    ///   - confidence: the share of runs in which the target must be met.
    /// - Throws: ``UnusableData`` where the lever has no size to search.
    package init(
        _ runs: ScenarioRuns, lever: Scenario.Lever, beside others: Scenario?, target: Target, confidence: Double
    ) throws(UnusableData) {
        guard let range = lever.searchRange else {
            throw UnusableData(
                column: lever.name, "a size can be searched for 'multiply', 'add' and 'move' alone",
                remedy: "Name another lever.")
        }
        let attempts = Attempts(
            runs: runs, lever: lever, others: others, target: target, confidence: confidence,
            carried: try runs.carriedBudget())
        let first = try attempts.attempt(range.neutral)
        trials.append(first)
        if first.share >= confidence {
            answer = .metAlready
            return
        }
        let step = abs(range.limit - range.neutral) / Attempts.steps
        let furthest = try attempts.furthest(from: range.neutral, to: range.limit, step: step)
        trials.append(furthest)
        guard furthest.share >= confidence else {
            answer = .unreachable(furthest)
            return
        }
        var (short, enough) = (first, furthest)
        while abs(enough.size - short.size) > step {
            let middle = try attempts.attempt((short.size + enough.size) / 2)
            trials.append(middle)
            if middle.share >= confidence { enough = middle } else { short = middle }
        }
        answer = .size(enough)
    }

    /// What a search tries sizes with.
    private struct Attempts {
        let runs: ScenarioRuns
        let lever: Scenario.Lever
        let others: Scenario?
        let target: Target
        let confidence: Double
        let carried: Budget?

        /// How finely sizes are found: steps of the range.
        static let steps = 512.0

        func attempt(_ size: Double) throws(UnusableData) -> Trial {
            let levers = (others?.levers ?? []) + [lever.sized(size)]
            let scenario = Scenario(name: lever.name, titles: [lever.name], levers: levers)
            let outcome = try runs.people(scenario)
            let values = target.quantity.values(outcome, runs.study.budget(outcome, of: scenario, beside: carried))
            let sign = target.isAtMost ? 1.0 : -1
            let reached = sign * RankedFigures(values.map { sign * $0 }).quantile(confidence)
            return Trial(
                size: size, share: Double(values.count(where: target.isMet)) / Double(values.count),
                reached: reached)
        }

        /// The largest size that can be tried, or the first that is enough: beyond some size a rate may leave 0...1, and is refused.
        func furthest(from neutral: Double, to limit: Double, step: Double) throws(UnusableData) -> Trial {
            var limit = limit
            var found: Trial?
            var refused: Double?
            while found == nil {
                do {
                    found = try attempt(limit)
                } catch {
                    refused = limit
                    limit = (limit + neutral) / 2
                    if abs(limit - neutral) < step { throw error }
                }
            }
            while let last = found, last.share < confidence, let beyond = refused, abs(beyond - last.size) > step {
                let middle = (last.size + beyond) / 2
                if let further = try? attempt(middle) { found = further } else { refused = middle }
            }
            guard let found else { preconditionFailure("a size was tried") }
            return found
        }
    }
}
