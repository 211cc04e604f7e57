import ArgumentParser
import Foundation
import Intake
import Sendcast
import Studies
import Vocabulary

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Chooses which capital schemes to build, and when, within an envelope.",
        discussion: Help.text(
            """
            Simulates every scheme alone, chooses by mixed-integer programming, and compares the choice with doing nothing and with \
            a greedy choice, on the same draws.
            """,
            example: "sendcast plan models/surrey --schemes candidates.csv --envelope 40m --runs 50",
            next: "'--save NAME' keeps the choice; then 'sendcast run models/surrey --scenario NAME'."))

    @Argument(help: "The model: a folder or a workbook; it needs places.csv.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(help: "A table of schemes: its name in the folder of scenarios, or a path.")
    var schemes: String
    @Option(help: "The capital that may be spent, such as 80m.")
    var envelope: String
    @Option(help: "What a year of a child without a place counts as, in pounds, on top of what it costs.")
    var unmetPrice = "20k"
    @Option(help: "By how many years schemes may open later than the table says, 0 to 5.")
    var later = 0
    @Option(help: "How many runs.", transform: DrawLimits.runs)
    var runs = 200
    @Option(help: "The seed of the draws (default: the model's, or 2026).")
    var seed: UInt64?
    @Option(help: "How many threads to use (default: one for each processor).", transform: DrawLimits.threads)
    var threads: Int?
    @Option(help: "Save the choice as a scenario of the model under this name.")
    var save: String?

    func validate() throws {
        if !(0...5).contains(later) { throw ValidationError("--later takes 0 to 5.") }
        guard let pounds = Pounds.amount(envelope) else {
            throw ValidationError("--envelope takes an amount such as 80m.")
        }
        if pounds > 0 && pounds < Pounds.fewest {
            throw ValidationError(
                "--envelope \(envelope) is less than a scheme costs: write \(envelope)m for millions.")
        }
        if Pounds.amount(unmetPrice) == nil { throw ValidationError("--unmet-price takes an amount such as 20k.") }
        if let save, save == StudyResult.baseline || !PlainName.isScenario(save) || !save.allSatisfy(Self.isOfName) {
            throw ValidationError(
                "--save takes a name of letters, digits, '-' and '_', 40 at most, that begins with a letter or digit and is not 'baseline'."
            )
        }
        if save != nil && schemes.contains("/") {
            throw ValidationError(
                "--save needs the table of schemes in the folder of scenarios, named without its path.")
        }
    }

    private static func isOfName(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
    }

    func run() throws {
        try Console.explainingFailures {
            let path = save.map { "\(folder)/scenarios/\($0).yaml" }
            if let path, FileManager.default.fileExists(atPath: path) {
                throw UnusableData(
                    file: path, "a scenario of that name already exists", remedy: "Choose another name.")
            }
            let study = try PreparedStudy(folder: folder, accepting: accept.names)
            let candidates = try study.schemes(table: schemes)
            let question = CapitalProgramme.Question(
                envelope: Pounds.amount(envelope) ?? 0, unmetPrice: Pounds.amount(unmetPrice) ?? 0, latest: later)
            let scenarioRuns = ScenarioRuns(
                study, runs: 0..<runs, seed: seed ?? Study(study).defaultSeed,
                threads: threads ?? DrawLimits.processors)
            let progress = ProgressLine()
            let plan = try CapitalProgramme(scenarioRuns, schemes: candidates, question) { progress.show($0) }
            progress.clear()
            for line in TerminalPlan.lines(plan, of: study, style: Console.style) { print(line) }
            guard let path, let save else { return }
            if plan.best.schemes.isEmpty { return print("\nNothing is chosen, so no scenario is written.") }
            try SavedScenario.text(plan, named: save, table: schemes)
                .write(toFile: path, atomically: true, encoding: .utf8)
            print("\nWritten to \(path): sendcast run \(folder) --scenario \(save)")
        }
    }
}
