import Formats
import Foundation
import Intake
import Projection
import Sampling
import Vocabulary

/// What it takes to reach a target by one way alone, year by year: fewer who start, shorter stays, or more who leave by one route.
package struct TargetWays: Sendable {
    /// A year of one way, or of doing nothing.
    package struct Year: Sendable {
        /// The January, or 31 March, that the year leads to.
        package let january: Int
        /// People on that day.
        package let people: Summary
        /// Who joined in the year, and who left.
        package let joined: Summary
        /// See ``joined``.
        package let left: Summary
        /// Who left by each route, in the order of ``TargetWays/routes``; means.
        package let byRoute: [Double]
        /// Months that those who leave have stayed on average, as many years of people over leavers: the mean of both ends of the year over
        /// those who left in it.
        package let stay: Summary
    }

    /// A way.
    package struct Way: Sendable {
        /// What is done.
        package let name: String
        /// The size that reaches the target, or what the largest comes to.
        package let answer: GoalSearch.Answer
        /// Year by year with that size; none where the target is met already or not reached.
        package let years: [Year]
    }

    /// Where leavers go; none where they are not distinguished.
    package let routes: [String]
    /// Year by year without any of it.
    package let baseline: [Year]
    /// Every way that was tried.
    package let ways: [Way]

    /// Tries the ways one after the other.
    /// - Parameters:
    ///   - levers: the ways; ``levers(_:starts:ramp:)`` makes those that every model has.
    ///   - others: scenarios that are in place as well.
    /// - Throws: ``UnusableData`` where a lever would take a rate out of 0...1 at every size.
    package init(
        _ runs: ScenarioRuns, levers: [Scenario.Lever], beside others: Scenario?, target: Target, confidence: Double
    ) throws(UnusableData) {
        routes = runs.study.routes
        baseline = Self.years(try runs.flows(others), routes.count)
        var ways: [Way] = []
        for lever in levers {
            let search = try GoalSearch(runs, lever: lever, beside: others, target: target, confidence: confidence)
            var years: [Year] = []
            if case .size(let trial) = search.answer {
                let all = (others?.levers ?? []) + [lever.sized(trial.size)]
                years = Self.years(
                    try runs.flows(Scenario(name: lever.name, titles: [lever.name], levers: all)), routes.count)
            }
            ways.append(Way(name: lever.name, answer: search.answer, years: years))
        }
        self.ways = ways
    }

    /// The routes by which nobody is helped to leave: their leavers are those who grow up, or any others.
    private static let grown = ["adult life", "other"]

    /// Fewer who start, more who leave, and more who leave by each route: levers of the size 1, which a search changes.
    /// - Parameters:
    ///   - starts: the first year, by its January or 31 March.
    ///   - ramp: years to full effect.
    /// - Throws: ``UnusableData`` where the model has no such years.
    package static func levers(
        _ study: PreparedStudy, starts: Int, ramp: Int
    ) throws(UnusableData) -> [Scenario.Lever] {
        let isOfCare = study.folder.space.service == .care
        func lever(_ name: String, _ what: String, _ by: Double, route: String? = nil) -> String {
            "  - {name: \(YAMLText.quoted(name)), multiply: \(what), by: \(by), starts: \(starts), ramp: \(ramp)"
                + (route.map { ", where: {route: \(YAMLText.quoted($0))}" } ?? "") + "}\n"
        }
        let routes = study.routes.filter { !grown.contains($0) }
        let text =
            "scenario: ways\nlevers:\n" + lever(isOfCare ? "fewer start" : "fewer plans begin", "joiners", 0.9)
            + lever(isOfCare ? "more leave, by every route" : "more plans end", "leavers", 1.1)
            + routes.map { lever("more leave: \($0)", "leavers", 1.1, route: $0) }.joined()
        let file = SourceFile(name: "ways.yaml", bytes: Data(text.utf8))
        return try study.scenario(ScenarioText.read(file)).levers
    }

    private static func years(_ outcome: Outcome, _ routes: Int) -> [Year] {
        (0..<outcome.model.horizon).map { step in
            let (before, after) = (people(outcome, step), people(outcome, step + 1))
            let (joined, left) = (flow(outcome, .joined, step), flow(outcome, .left, step))
            let months = left.indices.map { run in 6 * (before[run] + after[run]) / max(left[run], 1) }
            var byRoute = [Double](repeating: 0, count: outcome[.routed].series > 0 ? routes : 0)
            for series in 0..<(byRoute.isEmpty ? 0 : outcome[.routed].series) {
                byRoute[series % routes] += outcome[.routed].summary(step: step, series: series).mean
            }
            return Year(
                january: outcome.model.base.january + step + 1, people: Summary(of: after), joined: Summary(of: joined),
                left: Summary(of: left), byRoute: byRoute, stay: Summary(of: months))
        }
    }

    private static func people(_ outcome: Outcome, _ step: Int) -> [Double] {
        outcome.stocks.figures(step: step, series: 0)
    }

    private static func flow(_ outcome: Outcome, _ tally: Tally, _ step: Int) -> [Double] {
        guard let all = outcome.flowLayout.series(.all) else {
            preconditionFailure("ways to a target need flows in all")
        }
        return outcome[tally].figures(step: step, series: all.lowerBound)
    }
}
