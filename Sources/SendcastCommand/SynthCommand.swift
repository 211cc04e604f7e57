import ArgumentParser
import Calibration
import Outputs

struct SynthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synth", abstract: "Makes the model of an authority that does not exist.",
        discussion: Help.text(
            """
            Draws its true rates from a stated prior about England's, so that what is learnt can be compared with them.
            """,
            example: "sendcast synth my-authority --plans 500 --years 5",
            next: "'sendcast run my-authority'."))

    @Argument(help: "The folder to make.")
    var out: String
    @Option(help: "About how many plans it has at the end.")
    var plans = 2_000
    @Option(help: "How many pairs of Januaries are observed.")
    var years = 5
    @Option(help: "The last January.")
    var base = 2026
    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 2026

    func validate() throws {
        if !(1...1_000_000).contains(plans) { throw ValidationError("--plans takes 1 to 1000000.") }
        if !(1...30).contains(years) { throw ValidationError("--years takes 1 to 30.") }
        if !(2_000...2_100).contains(base) { throw ValidationError("--base takes 2000 to 2100.") }
    }

    func run() throws {
        do {
            let output = try OutputFolder(out, mayReplace: false)
            let authority = SyntheticAuthority(plans: plans, years: years, base: base, seed: seed)
            let command = "sendcast synth \(out) --plans \(plans) --years \(years) --base \(base) --seed \(seed)"
            try output.write(authority.model(command: command).files)
            print("\(authority.steps.count) transitions in \(out); try: sendcast run \(out)")
        } catch {
            Console.printError("error: \(error)")
            throw ExitCode(1)
        }
    }
}
