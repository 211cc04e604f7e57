import Finance
import Intake
import Placement
import Projection
import Sampling
import Vocabulary

/// The business case of a capital programme: doing nothing against all that a scenario does, its schemes, and each scheme alone, on paired
/// runs over one period, and what must be believed for it to pay.
package struct BusinessCase: Sendable {
    /// What is studied, under the baseline `committed`.
    package let study: PreparedStudy
    /// The scenario.
    package let scenario: Scenario
    /// Doing nothing, the whole scenario, its schemes together and other levers where there are some, each scheme alone, and the schemes of
    /// special schools as specialist bases.
    package let options: [AppraisalOption]
    /// Schemes of special schools beside the same places as specialist bases.
    package let baseFirst: BaseFirst
    /// The option on which the switching values are: the whole scenario.
    package let whole: AppraisalOption
    /// What the whole hangs on, the widest swing first.
    package let switching: [SwitchingValue]
    /// The share of runs in which the whole is worth more than nothing, with every factor drawn between its low and high value.
    package let positiveWithAll: Double
    /// How many runs there were.
    package let runs: Range<Int>
    /// The seed of the draws.
    package let seed: UInt64

    /// Simulates and appraises.
    /// - Parameter progress: told what is being done.
    /// - Throws: ``UnusableData`` where the scenario opens no scheme, or the model has no places or no prices.
    package init(
        _ study: PreparedStudy, _ scenario: Scenario, runs: Range<Int>, seed: UInt64, threads: Int,
        progress: (String) -> Void = { _ in }
    ) throws(UnusableData) {
        try Self.check(study, scenario)
        let study = study.under(.committed)
        let paired = ScenarioRuns(study, runs: runs, seed: seed, threads: threads)
        (self.study, self.scenario, self.runs, self.seed) = (study, scenario, runs, seed)
        progress("simulating the options")
        let options = try AppraisalOption.simulate(paired, scenario)
        progress("simulating the same places as specialist bases")
        baseFirst = try BaseFirst(paired, scenario.schemes, baseline: options.baseline)
        self.options = options.all + baseFirst.comparisons.map(\.bases.option)
        whole = options.whole
        progress("simulating what the answer hangs on")
        let trials = FactorTrials(
            paired, scenario, baseline: options.baseline, central: options.whole.flows)
        let statements = FactorStatement.all(study, paired.model, scenario.schemes)
        try trials.simulate(statements.flatMap { [($0.factor, $0.low), ($0.factor, $0.high)] })
        var switching: [SwitchingValue] = []
        for statement in statements { switching.append(try SwitchingValue(statement, trials)) }
        self.switching = switching.sorted { $0.width > $1.width }
        positiveWithAll = try FactorDraws(statements, trials, runs: runs, seed: seed).positive
    }

    /// That there is something to appraise.
    private static func check(_ study: PreparedStudy, _ scenario: Scenario) throws(UnusableData) {
        var findings: [Finding] = []
        if scenario.schemes.isEmpty {
            findings.append(
                Finding(
                    .error, column: "--scenario",
                    "'\(scenario.name)' opens no capital scheme, so there is nothing to appraise",
                    remedy: "Name a scenario with a lever 'open'; 'sendcast run' compares scenarios without capital."))
        } else if scenario.schemes.allSatisfy({ $0.cost == 0 }) {
            findings.append(
                Finding(
                    .error, column: "--scenario", "the schemes of '\(scenario.name)' cost nothing to build",
                    remedy: "State their capital in the table of schemes."))
        }
        let words = study.folder.space.service.words
        for scheme in scenario.schemes {
            let opens = opening(of: scheme, delayed: scheme.delay.likely, in: study)
            guard opens + 1 >= study.lastJanuary else { continue }
            findings.append(
                Finding(
                    .error, file: "model.yaml", column: "horizon",
                    "'\(scheme.name)' opens in \(words.opening) \(opens), and the projection ends \(words.onDay) \(study.lastJanuary): "
                        + "its capital would count, and what it saves would not",
                    remedy:
                        "Project to \(words.day) \(opens + 2) or later: 'sendcast new … --horizon \(opens + 2 - study.base.january)'."
                ))
        }
        if study.accounts.lines.allSatisfy({ $0.pounds.values.allSatisfy { $0 == 0 } }) {
            findings.append(
                Finding(
                    .error, file: "costs.csv", "the model has no prices, so a scheme avoids no spend",
                    remedy: "Add costs.csv; 'sendcast new' makes one for any authority."))
        }
        if !findings.isEmpty { throw UnusableData(findings) }
    }

    /// The years of a scheme's working life below which a case says that it is cut short.
    private static let fewestYears = 7

    /// The September in which the last places of a scheme open, some years late.
    private static func opening(of scheme: Scheme, delayed years: Double, in study: PreparedStudy) -> Int {
        let half = 0.5 / Double(study.folder.space.stepsPerYear)
        return (scheme.phases.map(\.opens).max() ?? 0) + Int((years + half).rounded(.down))
    }

    /// That the projection ends soon after schemes open, or before one that is late.
    package var shortness: [String] {
        let late = scenario.schemes.filter {
            Self.opening(of: $0, delayed: $0.delay.high, in: study) + 1 > study.lastJanuary
        }
        let missed =
            "the projection ends \(study.folder.space.service.words.onDay) \(study.lastJanuary), and in runs in which "
            + late.map(\.name).joined(separator: ", ")
            + " opens later than that its capital counts, and what it saves does not"
        let years = Self.yearsSeen(scenario.schemes, study).map {
            "the projection ends \($0) after the first scheme opens, and later years are taken to save as much as its last"
        }
        return (late.isEmpty ? [] : [missed]) + [years].compactMap { $0 }
    }

    /// How long after the first of some schemes opens a projection ends, in words; `nil` where it is long enough to judge them by.
    package static func yearsSeen(_ schemes: [Scheme], _ study: PreparedStudy) -> String? {
        let opens = schemes.flatMap { $0.phases.map(\.opens) }.min() ?? study.lastJanuary
        let years = study.lastJanuary - opens
        return years < fewestYears ? (years == 1 ? "1 year" : "\(years) years") : nil
    }

    /// What stops nobody and should be known.
    package var findings: [Finding] {
        var findings: [Finding] = []
        let free = scenario.schemes.filter { $0.cost == 0 }.map(\.name)
        if !free.isEmpty {
            findings.append(
                Finding(
                    .warning, column: "--scenario", "no capital is stated for \(free.joined(separator: ", "))",
                    remedy: "State it in the table of schemes."))
        }
        findings += shortness.map {
            Finding(
                .warning, file: "model.yaml", column: "horizon", $0,
                remedy:
                    "Make the model with 'sendcast new … --horizon 10' or longer; beyond five years forecasts are untested."
            )
        }
        if let reason = baseFirst.reason {
            findings.append(Finding(.note, "special-school places are not compared with bases: \(reason)"))
        }
        findings += baseFirst.comparisons.compactMap(leftOut)
        let isOfCare = study.folder.space.service == .care
        for factor in AppraisalFactor.allCases
        where !(isOfCare && [.transport, .latent].contains(factor))
            && !switching.contains(where: { $0.statement.factor == factor })
        {
            findings.append(
                Finding(.note, "there is no switching value for '\(factor.rawValue)': \(reason(factor))"))
        }
        return findings
    }

    /// Needs of a special school whose children are in no base.
    private func leftOut(_ comparison: BaseFirst.Comparison) -> Finding? {
        let codes = study.folder.space.need.codes
        let missing = comparison.school.needs.filter { !comparison.bases.needs.contains($0) }.map { codes[$0] }
        if missing.isEmpty { return nil }
        return Finding(
            .note,
            "\(comparison.bases.option.name): no child with \(missing.joined(separator: ", ")) is in a base today, so "
                + "bases have no places for them, and more for the other needs of the scheme")
    }

    private func reason(_ factor: AppraisalFactor) -> String {
        let bought = study.folder.space.service == .care ? "bought placements" : "independent schools"
        return switch factor {
        case .overflow: "overflow.csv sends nobody either to \(bought) or elsewhere"
        case .latent:
            "latent.csv says of nobody that they would be elsewhere today if there were a place, so new places look less useful than "
                + "they are"
        case .fee: "no line of costs.csv is for \(bought) alone"
        case .demand: "plans follow a stated total"
        case .transport: "no line of spend is tagged 'transport'; transport.csv makes some"
        case .fill, .delay, .overrun, .persistence, .rate: "the model does not have it"
        }
    }
}
