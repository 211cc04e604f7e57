import ArgumentParser
import Foundation
import Sendcast

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Makes the model folder of an authority from published tables.",
        discussion: """
            The national release "Education, health and care plans" (Department for Education) is read as it is downloaded; \
            population is that of the Office for National Statistics by single year of age. Every rate, count and assumption \
            is written with its source.
            """)

    @Argument(help: "The folder to make.")
    var out: String?
    @Option(help: "The authority: its name, ONS code or DfE number; England is one too.")
    var authority: String?
    @Option(
        help: "The national release on plans, zip file or folder; earlier ones beside it make longer series for growth."
    )
    var plans: [String]
    @Option(help: "Population by single year of age, estimates or projections; may be given more than once.")
    var population: [String] = []
    @Flag(help: "List the authorities, what data each has, and whether it can be calibrated.")
    var list = false
    @Option(help: "How many years to project.")
    var horizon = 10
    @Option(help: "The share that moves between provision groups for no net effect, at ages between phases.")
    var turnover = CalibratedAuthority.Choices().turnover
    @Option(help: "England's growth of joiners in the first year, as a factor (default: half the last year's).")
    var joinerGrowth: Double?
    @Option(help: "How joiners grow after the first year: panel (as all plans are forecast to), damped or none.")
    var growth = GrowthChoice.panel
    @Flag(help: "Replace a model that stands there already.")
    var force = false

    func validate() throws {
        if !list && (out == nil || authority == nil) {
            throw ValidationError("Name a folder and --authority, or ask for --list.")
        }
        if plans.isEmpty { throw ValidationError("--plans is needed.") }
        if !list && population.isEmpty { throw ValidationError("--population is needed: joiners come from people.") }
        if !(1...30).contains(horizon) { throw ValidationError("--horizon takes 1 to 30.") }
        if !(0...0.3).contains(turnover) { throw ValidationError("--turnover takes 0 to 0.3.") }
        if let joinerGrowth, !(0.2...5).contains(joinerGrowth) {
            throw ValidationError("--joiner-growth takes 0.2 to 5.")
        }
    }

    func run() throws {
        let started = Date()
        BLASBuild.useOneThread()
        do {
            var releases: [Checked<NationalRelease>] = []
            for path in plans { releases.append(try NationalRelease.read(path)) }
            releases.sort { $0.value.lastJanuary < $1.value.lastJanuary }
            let release = releases[releases.count - 1]
            Console.report(release.findings.filter { $0.severity != .note }, write: Console.printError)
            var choices = CalibratedAuthority.Choices()
            choices.horizon = horizon
            choices.turnover = turnover
            choices.nationalGrowth = joinerGrowth.map { log($0) }
            let calibrator = try Calibrator(release.value, choices: choices)
            let people = try PublishedPopulation.read(population)
            if list {
                for line in TerminalRelease.lines(calibrator, people.value, style: Console.style) { print(line) }
                print("\n\(String(format: "%.1f", Date().timeIntervalSince(started))) s.")
            } else if let out, let authority {
                let area = try release.value.area(authority)
                let output = try OutputFolder(out, mayReplace: force, kind: .model)
                let model = try calibrator.calibrate(area, population: people.value)
                let effect = try TurnoverEffect(model, release.value, choices: choices, population: people.value)
                let history = ReleaseHistory(releases.map(\.value), children: people.value)
                let path = growth == .panel ? JoinerFactors(model, history: history) : nil
                let files = CalibratedFiles(
                    model, of: release.value, turnover: effect, growth: growth.rawValue, path: path)
                try output.write(files.files(command: command(area, out)))
                Console.report(model.findings) { print($0) }
                for line in TerminalRelease.summary(of: model, effect) { print(line) }
                print("\nThe model is in \(out); try: sendcast run \(out)")
            }
        } catch let problem as UnusableData {
            Console.report(problem.findings, write: Console.printError)
            throw ExitCode(1)
        } catch let finding as Finding {
            Console.report([finding], write: Console.printError)
            throw ExitCode(1)
        } catch let refusal as OutputFolder.Refusal {
            Console.printError("error: \(refusal)")
            throw ExitCode(1)
        }
    }

    /// The command line that makes the model again, with names of files only.
    private func command(_ area: NationalRelease.Area, _ out: String) -> String {
        func quoted(_ word: String) -> String { word.contains(" ") ? "\"\(word)\"" : word }
        func name(_ path: String) -> String { quoted(URL(fileURLWithPath: path).lastPathComponent) }
        var words = ["sendcast", "new", quoted(out), "--authority", quoted(area.name)]
        words += plans.flatMap { ["--plans", name($0)] } + population.flatMap { ["--population", name($0)] }
        if horizon != 10 { words += ["--horizon", String(horizon)] }
        if growth != .panel { words += ["--growth", growth.rawValue] }
        if turnover != CalibratedAuthority.Choices().turnover { words += ["--turnover", String(turnover)] }
        if let joinerGrowth { words += ["--joiner-growth", String(joinerGrowth)] }
        return words.joined(separator: " ")
    }
}

/// How joiners grow after the first year.
enum GrowthChoice: String, ExpressibleByArgument, CaseIterable {
    case panel
    case damped
    case none
}
