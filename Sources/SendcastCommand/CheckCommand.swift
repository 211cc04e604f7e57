import ArgumentParser
import Projection
import Sendcast
import Studies
import Vocabulary

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a model folder and lists everything that was found.",
        discussion: Help.text(
            """
            Prints every finding with file, row and column, and what was used of each file. Exits with 0 if the model and its \
            scenarios can be run, with 1 if not.
            """,
            example: "sendcast check models/sunderland",
            next: "'sendcast run models/sunderland' makes a forecast."))

    @Argument(help: "The model folder.")
    var folder: String
    @OptionGroup var accept: AcceptOptions

    func run() throws {
        let study: PreparedStudy
        do {
            study = try Study(folder: folder, accepting: accept.names).prepared
        } catch {
            Console.report(error.findings) { print($0) }
            print("")
            Console.report(error.uses, findings: error.findings)
            if !error.uses.isEmpty { print("") }
            print("\(folder) cannot be run (\(TerminalReport.summary(of: error.findings) ?? "")).")
            throw ExitCode(1)
        }
        Console.report(study.findings) { print($0) }
        let noticed = TerminalReport.summary(of: study.findings) ?? "nothing to report"
        let (faults, uses) = Self.scenarios(study)
        Console.report(faults) { print($0) }
        if !(study.findings + faults).isEmpty { print("") }
        Console.report(study.uses + uses)
        print("")
        let service = study.folder.space.service
        let when = service == .plans ? "in January" : "on 31 March"
        print(
            "\(folder) can be run: \(study.base.total) \(service.words.people) \(when) \(study.base.january), to "
                + "\(service.words.day) \(study.lastJanuary) (\(noticed)).")
        let scenarios = study.folder.scenarioNames
        if scenarios.isEmpty { return }
        print(
            !faults.containsErrors
                ? "Its \(scenarios.count) scenarios can be run: \(scenarios.joined(separator: ", "))"
                    + (TerminalReport.summary(of: faults).map { " (\($0))." } ?? ".")
                : "Not all of its scenarios can be run (\(TerminalReport.summary(of: faults) ?? "")).")
        if faults.containsErrors { throw ExitCode(1) }
    }

    /// What was noticed in the folder's scenarios, each tried against the expected rates, and whom their levers meet; and what was used
    /// of their files.
    private static func scenarios(_ study: PreparedStudy) -> (findings: [Finding], uses: [FileUse]) {
        if study.folder.scenarioNames.isEmpty { return ([], []) }
        let model = study.model(seed: 1, runs: 16)
        let simulation = Simulation(model, seed: 1)
        let reach = LeverReach(study, model)
        var (findings, uses) = ([Finding](), [FileUse]())
        for name in study.folder.scenarioNames {
            do throws(UnusableData) {
                for read in try study.scenarios([name]) {
                    let noticed = read.findings + read.scenario.findings + reach.findings(read.scenario)
                    findings += noticed
                    uses += read.uses.filter { use in !uses.contains { $0.file == use.file } }
                    if noticed.containsErrors { continue }
                    _ = try simulation.adjusted(by: read.scenario, in: study)
                }
            } catch {
                findings += error.findings
            }
        }
        return (findings.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, uses)
    }
}
