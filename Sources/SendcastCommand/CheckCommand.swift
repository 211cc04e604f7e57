import ArgumentParser
import Calibration
import Formats
import Foundation
import Intake
import Outputs
import Projection
import Sendcast
import Studies
import Vocabulary

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a model folder and lists everything that was found.",
        discussion: Help.text(
            """
            Prints every finding with file, row and column, and what was used of each file. Exits with 0 if the model and its \
            scenarios can be run, with 1 if not. With --sen2 it checks returns on plans before they are sent, with --episodes returns on \
            children looked after (SSDA903), and makes no model.
            """,
            example: "sendcast check models/sunderland",
            next: "'sendcast run models/sunderland' makes a forecast."))

    @Argument(help: "The model: a folder or a workbook.")
    var folder: String?
    @OptionGroup var accept: AcceptOptions
    @OptionGroup var records: Sen2Options
    @Option(help: "With --sen2, the register of schools (edubasealldata…csv).")
    var register: String?
    @Option(help: "With --sen2, the national release on plans, which the returns are compared with.")
    var plans: [String] = []
    @Option(help: "Returns on children looked after (SSDA903): a folder, with a folder for each year.")
    var episodes: String?
    @Option(
        help:
            "With --sen2 or --episodes, where to write a row for every fault, for your answers; nothing may stand there."
    )
    var findings: String?

    func validate() throws {
        if [folder != nil, !records.sen2.isEmpty, episodes != nil].count(where: { $0 }) != 1 {
            throw ValidationError("Name a model folder, or returns with --sen2 or --episodes.")
        }
        if findings != nil && folder != nil { throw ValidationError("--findings goes with --sen2 or --episodes.") }
        if (register != nil || !plans.isEmpty) && records.sen2.isEmpty {
            throw ValidationError("--register and --plans go with --sen2.")
        }
        try records.validate(register: register, hasEpisodes: episodes != nil)
    }

    func run() throws {
        if let folder { return try check(folder) }
        if let register {
            try Console.explainingFailures {
                try CheckSen2(records: records, plans: plans, findings: findings).run(register: register)
            }
        }
        if let episodes {
            try Console.explainingFailures {
                try CheckEpisodes(records: records, findings: findings).run(episodes)
            }
        }
    }

    private func check(_ folder: String) throws {
        let study: PreparedStudy
        do throws(UnusableData) {
            study = try Study(folder: folder, accepting: accept.names).prepared
        } catch {
            Console.report(error.findings) { print($0) }
            print("")
            Console.report(error.uses, findings: error.findings)
            if !error.uses.isEmpty { print("") }
            print("\(folder) cannot be run (\(TerminalReport.summary(of: error.findings) ?? "")).")
            throw ExitCode(1)
        }
        Console.report(study.findings) { print($0) }
        let noticed = TerminalReport.summary(of: study.findings) ?? "nothing to report"
        let (faults, uses) = Self.scenarios(study)
        Console.report(faults) { print($0) }
        if !(study.findings + faults).isEmpty { print("") }
        Console.report(study.uses + uses)
        print("")
        let red = study.redRatings.map {
            "\($0.file) \(Numerals.grouped(Double($0.red))) of \(Numerals.grouped(Double($0.rated)))"
        }
        if !red.isEmpty {
            let words = "Rated red until you replace them, in rows: \(red.joined(separator: ", "))."
            for line in TerminalText.wrapped(words, to: 80) { print(line) }
            print("")
        }
        let service = study.folder.space.service
        let when = service == .plans ? "in January" : "on 31 March"
        print(
            "\(folder) can be run: \(Numerals.grouped(Double(study.base.total))) \(service.words.people) \(when) \(study.base.january), to "
                + "\(service.words.day) \(study.lastJanuary) (\(noticed)).")
        let scenarios = study.folder.scenarioNames
        if scenarios.isEmpty { return }
        print(
            !faults.containsErrors
                ? (scenarios.count == 1 ? "Its scenario can be run: " : "Its \(scenarios.count) scenarios can be run: ")
                    + scenarios.joined(separator: ", ")
                    + (TerminalReport.summary(of: faults).map { " (\($0))." } ?? ".")
                : "Not all of its scenarios can be run (\(TerminalReport.summary(of: faults) ?? "")).")
        if faults.containsErrors { throw ExitCode(1) }
    }

    /// What was noticed in the folder's scenarios, each tried against the expected rates, and whom their levers meet; and what was used
    /// of their files.
    private static func scenarios(_ study: PreparedStudy) -> (findings: [Finding], uses: [FileUse]) {
        if study.folder.scenarioNames.isEmpty { return ([], []) }
        let model = study.model(seed: 1, runs: 16)
        let simulation = Simulation(model, seed: 1)
        let reach = LeverReach(study, model)
        var findings: [Finding] = []
        var uses: [FileUse] = []
        for name in study.folder.scenarioNames {
            do throws(UnusableData) {
                for read in try study.scenarios([name]) {
                    let noticed = read.findings + read.scenario.findings + reach.findings(read.scenario)
                    findings += noticed
                    uses += read.uses.filter { use in !uses.contains { $0.file == use.file } }
                    if noticed.containsErrors { continue }
                    _ = try simulation.adjusted(by: read.scenario, in: study)
                }
            } catch {
                findings += error.findings
            }
        }
        return (findings.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, uses)
    }
}

/// Checks an authority's own returns on plans, and makes nothing of them.
private struct CheckSen2 {
    let records: Sen2Options
    let plans: [String]
    let findings: String?

    func run(register: String) throws {
        let published = plans.isEmpty ? nil : try ReleaseEditions.read(plans).value.last
        let read = try Sen2Records.read(records.request(register: register, published: published))
        Console.report(read.findings) { print($0) }
        if !read.findings.isEmpty { print("") }
        for line in TerminalSen2.lines(read.value, style: Console.style) { print(line) }
        print("")
        Console.report(read.uses)
        print("")
        try FoundFaults.deliver(
            read.value.findings, faults: read.value.faults, answered: read.value.answered, to: findings)
    }
}

/// Checks an authority's own returns on children looked after, and makes nothing of them.
private struct CheckEpisodes {
    let records: Sen2Options
    let findings: String?

    func run(_ returns: String) throws {
        let read = try CareEpisodes.read(returns, corrections: records.corrections, key: records.keyFile)
        Console.report(read.findings) { print($0) }
        if !read.findings.isEmpty { print("") }
        for line in TerminalCare.lines(CareObservation(read.value), style: Console.style) { print(line) }
        print("")
        Console.report(read.uses)
        print("")
        try FoundFaults.deliver(
            read.value.findings ?? Data(), faults: read.value.faults, answered: read.value.answered, to: findings)
    }
}
