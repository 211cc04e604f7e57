import ArgumentParser
import Formats
import Foundation
import Outputs
import Publishing
import Sendcast
import Studies
import Vocabulary

struct GoalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "goal", abstract: "Finds how large a lever must be to reach a target.",
        discussion: Help.text(
            """
            Tries sizes of the lever on the same draws, and prints the smallest change that meets the target in the share of runs \
            asked for, or how far the largest gets.
            """,
            example: "sendcast goal models/sunderland --lever inclusion --target \"SEMH <= 1000 in 2035\" --runs 200",
            next: "put the size into the scenario, then 'sendcast run models/sunderland --scenario inclusion'."))

    @Argument(help: "The model: a folder or a workbook.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(
        help: """
            The name of a lever in one of the folder's scenarios, or of a scenario with one lever. Without it each way alone is tried: fewer \
            who start, more who leave, and more by each route.
            """)
    var lever: String?
    @Option(help: "Without --lever: the years to full effect.")
    var ramp = 3
    @Option(help: "Without --lever: a folder for the ways year by year, as a table and a page with charts.")
    var out: String?
    @Flag(help: "Overwrite what is there.")
    var force = false
    @Option(
        help:
            "The target, such as 'independent special <= 200 in 2031', 'SEMH <= 700 in 2030', 'spend <= 60m in 2030-31'."
    )
    var target: String
    @Option(help: "The share of runs in which the target must be met.", transform: Self.share)
    var confidence = 0.8
    @Option(help: "A scenario that is in place as well, or several as a+b.")
    var scenario: String?
    @Option(
        help:
            "What is taken for granted of places: forecast, committed or frozen (default: as 'sendcast run' with the same levers)."
    )
    var baseline: PlacesBaseline?
    @Option(help: "How many runs.", transform: DrawLimits.estimatingRuns)
    var runs = 1_000
    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 2026

    func validate() throws {
        try ModelName.refuseSwapped(folder, scenario)
        if lever != nil && out != nil { throw ValidationError("--out is for ways: leave --lever out.") }
        if !(1...10).contains(ramp) { throw ValidationError("--ramp takes 1 to 10.") }
    }

    func run() throws {
        try Console.explainingFailures {
            let read = try PreparedStudy(folder: folder, accepting: accept.names)
            let wanted = try Target(target, in: read)
            guard let name = lever else { return try tryWays(read, wanted) }
            let found = try find(name, read)
            let others = try scenario.map { name throws(UnusableData) in try read.scenarios([name])[0].scenario }
            let lever = Scenario(name: found.name, titles: [found.name], levers: [found])
            let usual = read.usualBaseline(for: [lever] + (others.map { [$0] } ?? []))
            let study = read.under(baseline ?? usual)
            let paired = ScenarioRuns(
                study, runs: 0..<runs, seed: seed, threads: DrawLimits.processors)
            let reach = LeverReach(study, paired.model).findings(lever)
            guard !reach.containsErrors else { throw UnusableData(reach) }
            Console.report(reach, write: Console.printError)
            let search = try GoalSearch(paired, lever: found, beside: others, target: wanted, confidence: confidence)
            let lines = TerminalSearch.lines(
                search, lever: found.text, target: wanted, confidence: confidence, runs: runs,
                style: Console.style)
            if let baseline = study.baseline { print("Baseline \(baseline.words)\n") }
            for line in lines { print(line) }
        }
    }

    /// Every way by itself.
    private func tryWays(_ read: PreparedStudy, _ wanted: Target) throws {
        let output = try out.map { try OutputFolder($0, mayReplace: force, kind: .ways) }
        let others = try scenario.map { name throws(UnusableData) in try read.scenarios([name])[0].scenario }
        let study = read.under(baseline ?? read.usualBaseline(for: others.map { [$0] } ?? []))
        let levers = try TargetWays.levers(study, starts: study.base.january + 1, ramp: ramp)
        let runs = ScenarioRuns(study, runs: 0..<runs, seed: seed, threads: DrawLimits.processors)
        let ways = try TargetWays(runs, levers: levers, beside: others, target: wanted, confidence: confidence)
        if let baseline = study.baseline { print("Baseline \(baseline.words)\n") }
        let lines = TerminalWays.lines(ways, target: wanted, confidence: confidence, in: study, style: Console.style)
        for line in lines { print(line) }
        guard let output else { return }
        let file = WaysFile.file(ways, target: wanted, study.folder.space.service)
        let page = try WaysPage(
            file, title: "\(study.title): \(target)", confidence: confidence, words: study.folder.space.service.words,
            version: sendcastVersion)
        try output.write([file, page.file])
        print("\nTable and charts are in \(output.path): \(WaysPage.name) opens in a browser.")
    }

    private static func share(_ text: String) throws -> Double {
        let number = Double(text.hasSuffix("%") ? text.dropLast().trimmingCharacters(in: .whitespaces) : text)
        if let number, (0.01...0.99).contains(number), !text.hasSuffix("%") { return number }
        let meant = number.flatMap {
            (1...99).contains($0) ? " Write \(Numerals.plain($0 / 100)) for \(Numerals.plain($0)) %." : nil
        }
        throw ValidationError("--confidence takes 0.01 to 0.99.\(meant ?? "")")
    }

    private func find(_ lever: String, _ study: PreparedStudy) throws(UnusableData) -> Scenario.Lever {
        let scenarios = try study.scenarios(study.folder.scenarioNames).map(\.scenario)
        let levers = scenarios.flatMap { scenario in
            scenario.levers.map {
                (names: scenario.levers.count == 1 ? [$0.name, scenario.name] : [$0.name], lever: $0)
            }
        }
        if let found = levers.first(where: { $0.names.contains(lever) }) { return found.lever }
        let names = levers.flatMap(\.names)
        throw UnusableData(
            file: "\(folder)/scenarios", "there is no lever '\(lever)'",
            remedy: suggestion(
                for: lever, among: names, otherwise: "There are: \(names.map { "'\($0)'" }.joined(separator: ", "))."))
    }
}
