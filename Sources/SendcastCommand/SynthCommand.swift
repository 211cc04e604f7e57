import ArgumentParser
import Calibration
import Formats
import Outputs

struct SynthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synth", abstract: "Makes the model of an authority that does not exist.",
        discussion: Help.text(
            """
            Draws its true rates from a stated prior about England's, so that what is learnt can be compared with them. With --sen2 it \
            makes its returns on plans instead, child by child, with a register of schools, a population and the truth.
            """,
            example: "sendcast synth my-authority --plans 500 --years 5",
            next: "'sendcast run my-authority'."))

    @Argument(help: "The folder to make.")
    var out: String
    @Option(help: "About how many plans it has at the end.")
    var plans = 2_000
    @Option(help: "How many pairs of Januaries are observed; with --sen2, how many returns there are.")
    var years = 5
    @Option(help: "The last January.")
    var base = 2026
    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 2026

    @Flag(help: "Make returns on plans (SEN2) of children who do not exist, not a model.")
    var sen2 = false
    @Option(help: "With --sen2, the share of people who have a fault, such as 0.01; truth/faults.csv lists them.")
    var faults = 0.0
    @Flag(help: "Overwrite what is there.")
    var force = false

    func validate() throws {
        if !(1...1_000_000).contains(plans) { throw ValidationError("--plans takes 1 to 1000000.") }
        if !(1...30).contains(years) { throw ValidationError("--years takes 1 to 30.") }
        if !(2_000...2_100).contains(base) { throw ValidationError("--base takes 2000 to 2100.") }
        if !sen2 && faults != 0 { throw ValidationError("--faults goes with --sen2.") }
        if !(0...0.5).contains(faults) { throw ValidationError("--faults takes 0 to 0.5.") }
        if sen2 && base - years < 2022 {
            throw ValidationError("--sen2 makes returns of 2023 and later: fewer --years.")
        }
    }

    func run() throws {
        do {
            let output = try OutputFolder(out, mayReplace: force, kind: sen2 ? .returns : .model)
            if sen2 { return try makeReturns(output) }
            let authority = SyntheticAuthority(plans: plans, years: years, base: base, seed: seed)
            let command = "sendcast synth \(out) --plans \(plans) --years \(years) --base \(base) --seed \(seed)"
            try output.write(authority.model(command: command).files)
            print("\(Numerals.grouped(Double(authority.steps.count))) transitions in \(out); try: sendcast run \(out)")
        } catch {
            Console.printError("error: \(error)")
            throw ExitCode(1)
        }
    }

    private func makeReturns(_ output: OutputFolder) throws {
        let made = SyntheticReturns(plans: plans, years: years, base: base, seed: seed, faults: faults)
        try output.write(made.files)
        let found = made.faults == 0 ? "" : ", \(Numerals.grouped(Double(made.faults))) faults"
        print(
            "\(made.years.count) returns in \(out), \(Numerals.grouped(Double(made.plans))) plans in January \(base)\(found); the truth is in \(out)/truth. Try:"
        )
        let returns = made.years.map { "--sen2 \(out)/\($0)" }.joined(separator: " ")
        print(
            "sendcast new my-model \(returns) --register \(out)/register.csv "
                + "--register-links \(out)/register-links.csv --population \(out)/population.csv")
    }
}
