import ArgumentParser
import Sendcast

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads a model folder and lists everything that was noticed.",
        discussion: "Exits with 0 where the model and its scenarios can be run, with 1 where they cannot.")

    @Argument(help: "The model folder.")
    var folder: String
    @OptionGroup var accept: AcceptOptions

    func run() throws {
        let study: Study
        do {
            study = try Study(folder: folder, accepting: accept.names)
        } catch {
            Console.report(error.findings) { print($0) }
            print("\(folder) cannot be run (\(TerminalReport.summary(of: error.findings) ?? "")).")
            throw ExitCode(1)
        }
        Console.report(study.findings) { print($0) }
        let noticed = TerminalReport.summary(of: study.findings) ?? "nothing to report"
        let faults = Self.faults(study)
        Console.report(faults) { print($0) }
        let service = study.folder.space.service
        let when = service == .plans ? "in January" : "on 31 March"
        print(
            "\(folder) can be run: \(study.base.total) \(service.people) \(when) \(study.base.january), to "
                + "\(service.day) \(study.lastJanuary) (\(noticed)).")
        let scenarios = study.folder.scenarioNames
        if scenarios.isEmpty { return }
        print(
            !faults.containsErrors
                ? "Its \(scenarios.count) scenarios can be run: \(scenarios.joined(separator: ", "))"
                    + (TerminalReport.summary(of: faults).map { " (\($0))." } ?? ".")
                : "Not all of its scenarios can be run (\(TerminalReport.summary(of: faults) ?? "")).")
        if faults.containsErrors { throw ExitCode(1) }
    }

    /// What is wrong with the folder's scenarios, each tried against the expected rates, and whom their levers meet.
    private static func faults(_ study: Study) -> [Finding] {
        if study.folder.scenarioNames.isEmpty { return [] }
        let model = study.model(seed: 1, runs: 16)
        let simulation = Simulation(model, seed: 1)
        let reach = LeverReach(study, model)
        return study.folder.scenarioNames.flatMap { name -> [Finding] in
            do throws(UnusableData) {
                var findings: [Finding] = []
                for scenario in try study.scenarios([name]).map(\.scenario) {
                    findings += scenario.findings + reach.findings(scenario)
                    if findings.containsErrors { continue }
                    _ = try simulation.adjusted(by: scenario, in: study)
                }
                return findings
            } catch {
                return error.findings
            }
        }
    }
}
