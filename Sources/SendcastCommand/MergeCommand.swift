import ArgumentParser
import Foundation
import Outputs
import Sendcast

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Joins the parts of a run, with the same figures as one machine would give.",
        discussion: Help.text(
            """
            'sendcast run --part' simulates a share of the runs. Tables are byte for byte those of one run, whatever the number and order \
            of the parts. Parts of other models, seeds or scenarios are refused, and so are gaps.
            """,
            example: "sendcast merge part-1 part-2 --out results/sunderland",
            next: "Open report.html in the folder of results."))

    @Argument(help: "Folders written by 'sendcast run --part'.")
    var parts: [String]
    @Option(help: "The model folder (default: the one that the parts name).")
    var model: String?
    @Option(help: "The folder of results (default: results/NAME).")
    var out: String?
    @Option(help: "How many threads to use (default: one for each processor).", transform: DrawLimits.threads)
    var threads: Int?
    @OptionGroup var publish: PublishOptions

    func run() throws {
        let started = Date()
        try Console.explainingFailures {
            let options = try publish.options()
            let read = try parts.map { try PartFolder($0) }
            let question = read[0].question
            let folder = model ?? question.model
            let output = try OutputFolder(out ?? RunReport.usualOut(folder), mayReplace: publish.force)
            try output.refuseToLose()
            let interruption = Interruption { output.discard() }
            defer { interruption.end() }
            let whole = try Study(folder: folder, accepting: question.accepted)
            let study = question.isWithoutPlaces ? Study(whole.prepared.withoutPlaces()) : whole
            let results = try study.merge(read, paths: parts, threads: threads)
            try RunReport(results, folder: folder, options: options, started: started).write(to: output)
        }
    }
}
