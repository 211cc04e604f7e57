import ArgumentParser
import Sendcast

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads a model folder and lists everything that was noticed.",
        discussion: "Exits with 0 where the model and its scenarios can be run, with 1 where they cannot.")

    @Argument(help: "The model folder.")
    var folder: String

    func run() throws {
        let study: Study
        do {
            study = try Study(folder: folder)
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
            faults.isEmpty
                ? "Its \(scenarios.count) scenarios can be run: \(scenarios.joined(separator: ", "))."
                : "Not all of its scenarios can be run (\(TerminalReport.summary(of: faults) ?? "")).")
        if !faults.isEmpty { throw ExitCode(1) }
    }

    /// What is wrong with the folder's scenarios, each tried against the expected rates.
    private static func faults(_ study: Study) -> [Finding] {
        let simulation = study.simulation(seed: 1, runs: 16)
        return study.folder.scenarioNames.flatMap { name -> [Finding] in
            do throws(UnusableData) {
                for scenario in try study.scenarios([name]) {
                    _ = try simulation.adjusted(by: scenario.scenario, in: study)
                }
                return []
            } catch {
                return error.findings
            }
        }
    }
}
