import ArgumentParser
import Studies
import Vocabulary

struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity", abstract: "Shows which rates and assumptions matter most for a figure.",
        discussion: Help.text(
            """
            Moves each assumption about whole flows from its low to its high end, one at a time and then all at once; prints exact \
            derivatives for every rate. With --global it takes the interval of a run apart instead: what share of it comes from \
            growth, from rates, from prices and from chance.
            """,
            example: "sendcast sensitivity models/sunderland --output \"IS in 2031\"",
            next: "'sendcast goal' finds how far a lever must go; 'sendcast assumptions' prints what figures rest on."))

    @Argument(help: "The model: a folder or a workbook.")
    var folder: String
    @OptionGroup var accept: AcceptOptions
    @Option(
        help:
            "The figure, such as 'plans in 2031', 'IS in 2031', 'children in 2030', 'spend in 2030-31' (default: all at the end)."
    )
    var output: String?
    @Option(
        help:
            "What is taken for granted of places: forecast, committed or frozen (default: the model's, else forecast).")
    var baseline: PlacesBaseline?
    @Flag(name: .customLong("global"), help: "Share the spread of the figure out among all that is not known.")
    var isGlobal = false
    @Option(
        help:
            "How many paired runs say how the figure hangs on places, and what 'run' says of it (default: 200; 1,000 with --global).",
        transform: DrawLimits.runs)
    var runs: Int?
    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 2026

    func run() throws {
        try Console.explainingFailures {
            let whole = try PreparedStudy(folder: folder, accepting: accept.names)
            let people = whole.folder.space.service.words.people
            let quantity = try OutputQuantity(output ?? "\(people) in \(whole.lastJanuary)", in: whole)
            let study = whole.under(baseline ?? whole.usualBaseline(for: []))
            let paired = ScenarioRuns(
                study, runs: 0..<(runs ?? (isGlobal ? 1_000 : 200)), seed: seed, threads: DrawLimits.processors)
            if let baseline = study.baseline { print("Baseline \(baseline.words)\n") }
            if isGlobal {
                let shares = try VarianceShares(paired, of: quantity)
                for line in TerminalVariance.lines(shares, of: quantity, study.folder.space.service, Console.style) {
                    print(line)
                }
                return
            }
            let placed = try PlacesSensitivity(paired, of: quantity)
            if placed.swings.isEmpty {
                let plain = study.withoutPlaces()
                let exact = try Sensitivity(plain, plain.model(seed: seed, runs: 256), of: quantity)
                if quantity.isSpend {
                    print(
                        "Spend is that on \(people), without sums for a year, new \(people) and growth\nwithin the year.\n"
                    )
                }
                for line in TerminalSearch.lines(exact, of: quantity, style: Console.style) { print(line) }
                print("")
            }
            for line in TerminalSearch.lines(placed, of: quantity, style: Console.style) { print(line) }
            if quantity.isSpend {
                print("\nPrices, inflation and journeys are not moved here: --global has their share of the spread.")
            }
        }
    }
}
