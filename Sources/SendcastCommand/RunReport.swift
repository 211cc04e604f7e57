import ArgumentParser
import Foundation
import Outputs
import Sendcast
import Studies
import Vocabulary

/// What a run writes and prints at its end.
struct RunReport {
    private let results: Results
    private let folder: String
    private let options: Results.WritingOptions
    private let started: Date

    /// - Parameter folder: the model's, as the user named it.
    init(_ results: Results, folder: String, options: Results.WritingOptions, started: Date) {
        (self.results, self.folder, self.options, self.started) = (results, folder, options, started)
    }

    /// Where results of a model go if nobody says.
    static func usualOut(_ folder: String) -> String {
        "results/\(ModelName.of(folder))"
    }

    /// Writes the results, and prints what they come to.
    /// - Throws: an exit status of 1 where stock and flow do not close.
    func write(to output: OutputFolder) throws {
        Console.report(
            results.noticed + results.study.findings.filter { $0.acceptance != nil }, write: Console.printError)
        let files = try results.write(to: output, options, program: Build.program)
        print(output, files)
        if !results.isConserved {
            Console.printError("error: stock and flow do not close; see \(output.path)/\(ResultTable.checks.name)")
            throw ExitCode(1)
        }
    }

    private func print(_ output: OutputFolder, _ files: [String]) {
        let baseline = results.baselineResult
        var style = Console.style
        style.isOfOneRun = baseline.outcome.runs.count == 1
        var lines = TerminalReport.lines(baseline, style: style)
        for scenario in results.scenarioResults {
            lines += TerminalScenario.lines(scenario, against: baseline, style: style)
        }
        lines.append("")
        if let noticed = TerminalReport.summary(of: baseline.study.findings) {
            lines.append("\(noticed) in the model: sendcast check \(folder)")
        }
        let seconds = String(format: "%.2f", Date().timeIntervalSince(started))
        lines.append("Results in \(output.path) after \(seconds) s.")
        if options.smallestCount != nil {
            lines.append("This screen shows counts that the folder holds back: it is not for publication.")
        }
        if files.contains(ResultCatalogue.report) {
            let returns = files.contains { $0.hasPrefix("returns/") } ? ["returns/"] : []
            lines.append("To read: \((ResultCatalogue.readable + returns).joined(separator: ", ")).")
        }
        for line in lines { Swift.print(line) }
    }
}
