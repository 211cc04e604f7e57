import ArgumentParser
import Calibration
import Outputs
import Vocabulary

struct GrowthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth",
        abstract: "Forecasts the growth of an authority's plans, in total and by need, and says why.",
        discussion: Help.text(
            """
            Prints history, forecasts with intervals, and how much of the growth is due to population, entry rates, plans that last longer, and \
            changes of need. Writes figures, causes and a chart (Vega-Lite) to a folder.
            """,
            example:
                "sendcast growth --authority Sunderland --plans ehcp_2022.zip --plans ehcp_2025.zip --population projections.csv --population children.csv",
            next: "'sendcast new' makes a model with this growth; 'sendcast backtest --origins' tests it."))

    @OptionGroup var sources: ReleaseOptions
    @Option(help: "The authority: its name, ONS code or DfE number; England is one too.")
    var authority: String
    @Option(help: "Needs to forecast, such as SEMH,ASD.")
    var need = "SEMH,ASD"
    @Option(help: "How many years ahead.")
    var horizon = 5
    @Option(help: "The folder of results (default: results/growth-NAME).")
    var out: String?
    @Flag(help: "Overwrite existing results.")
    var force = false
    @Option(help: "How many runs.", transform: DrawLimits.estimatingRuns)
    var runs = 1_000
    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 2026

    func validate() throws {
        if !(1...10).contains(horizon) { throw ValidationError("--horizon takes 1 to 10.") }
    }

    func run() throws {
        try Console.explainingFailures {
            let loaded = try sources.load()
            Console.report(loaded.uses.compactMap(\.finding), write: Console.printError)
            let area = try loaded.latest.area(authority)
            let name = area.name.lowercased().split { !$0.isLetter }.joined(separator: "-")
            let output = try OutputFolder(out ?? "results/growth-\(name)", mayReplace: force, kind: .growth)
            var choices = CalibratedAuthority.Choices()
            choices.horizon = horizon
            let calibrator = try Calibrator(loaded.latest, history: loaded.history, choices: choices)
            let isKnown = loaded.people.hasSingleAges
            let model = try calibrator.calibrate(area, population: isKnown ? loaded.people : nil)
            let forecast = GrowthForecast(
                model, needs: try needs(of: model), history: loaded.history, knowsPopulation: isKnown, runs: runs,
                seed: seed, threads: DrawLimits.processors)
            try output.write(GrowthFiles.files(forecast))
            for line in TerminalGrowth.lines(forecast, style: Console.style) { print(line) }
            print("\nFigures, causes and the chart growth.vl.json are in \(output.path).")
        }
    }

    private func needs(of model: CalibratedAuthority) throws(UnusableData) -> [String] {
        var wanted: [String] = []
        for word in need.split(separator: ",") {
            let code = word.trimmingCharacters(in: .whitespaces).uppercased()
            guard model.space.need.position(of: code) != nil else {
                let codes = model.space.need.codes
                throw UnusableData(
                    column: "--need", "'\(code)' is not a need; they are \(codes.joined(separator: ", "))",
                    remedy: suggestion(for: code, among: codes, otherwise: ""))
            }
            if !wanted.contains(code) { wanted.append(code) }
        }
        return wanted
    }
}
