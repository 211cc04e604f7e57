import ArgumentParser
import Foundation
import Studies
import Vocabulary

struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity", abstract: "Shows which rates and assumptions matter most for a figure.",
        discussion: Help.text(
            """
            Moves each assumption about whole flows from its low to its high end, one at a time and then all at once; prints exact \
            derivatives for every rate.
            """,
            example: "sendcast sensitivity models/sunderland --output \"IS in 2031\"",
            next: "'sendcast goal' finds how far a lever must go; 'sendcast assumptions' prints what figures rest on."))

    @Argument(help: "The model folder.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(
        help:
            "The figure, such as 'plans in 2031', 'IS in 2031', 'SEMH in 2030', 'spend in 2030-31' (default: all plans at the end)."
    )
    var output: String?
    @Option(help: "The seed of the draws from which rates are learnt.")
    var seed = 2026

    func validate() throws {
        if seed < 0 { throw ValidationError("--seed takes a whole number of at least 0.") }
    }

    func run() throws {
        try Console.explainingFailures {
            let whole = try PreparedStudy(folder: folder, accepting: accept.names)
            let study = whole.withoutPlaces()
            let quantity = try OutputQuantity(output ?? "plans in \(study.lastJanuary)", in: study)
            let sensitivity = try Sensitivity(study, study.model(seed: UInt64(seed), runs: 256), of: quantity)
            if whole.allocation != nil {
                print("Baseline \(PlacesBaseline.forecast.words)\n")
            }
            if quantity.isSpend {
                print("Spend is that on plans, without sums for a year, new plans and growth\nwithin the year.\n")
            }
            for line in TerminalSearch.lines(sensitivity, of: quantity, style: Console.style) { print(line) }
        }
    }
}
