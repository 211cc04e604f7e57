import ArgumentParser
import Sendcast

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads a model folder and lists everything that was noticed.",
        discussion: "Exits with 0 where the model can be run, with 1 where it cannot.")

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
        print(
            "\(folder) can be run: \(study.base.total) plans in January \(study.base.january), to January "
                + "\(study.lastJanuary) (\(noticed)).")
    }
}
