import Calibration
import Foundation
import Intake
import Outputs
import Vocabulary

/// Makes the model of an area's children in care.
struct NewCare {
    let tables: String
    let horizon: Int
    let mayReplace: Bool

    func run(_ command: NewCommand) throws {
        let read = try CareRelease.read(tables)
        let population = try PublishedPopulation.read(command.sources.population)
        let uses = read.uses + population.uses
        Console.report(
            read.findings + population.findings + uses.compactMap(\.finding), write: Console.printError)
        let (release, people) = (read.value, population.value)
        if command.list {
            for line in TerminalCare.lines(release, people, style: Console.style) { print(line) }
        } else if let out = command.out, let name = command.authority {
            try make(out, try release.area(name), release, people, population: command.sources.population)
            print("")
            Console.report(uses)
        }
    }

    private func make(
        _ out: String, _ area: CareRelease.Area, _ release: CareRelease, _ people: PublishedPopulation,
        population paths: [String]
    ) throws {
        let output = try OutputFolder(out, mayReplace: mayReplace, kind: .model)
        var care = try CareCalibrator(release).calibrate(area)
        let marches = care.base...care.base + horizon
        let published = try JanuaryPopulation(people, of: area, januaries: marches, service: .care)
        let population = care.levelled(published.people)
        Console.report(published.findings + [care.findingOfPeople].compactMap { $0 }) { print($0) }
        let balance = CareBalance(care, population: marches.compactMap { population[$0] }, england: release.england)
        let made = CareModel(balance.care, population: population, levels: balance.levels)
        var data = made.data(sources: release.sources, command: line(area, out, paths))
        Console.report(data.keepPlaces(of: output, otherwise: made)) { print($0) }
        try output.write(data.files)
        for text in TerminalCare.summary(of: care) + TerminalCare.summary(of: data) { print(text) }
        print("\nThe model is in \(out); try: sendcast run \(out)")
    }

    /// The command line that makes the model again, with names of files only.
    private func line(_ area: CareRelease.Area, _ out: String, _ paths: [String]) -> String {
        var recipe = Recipe(out)
        recipe.add("--authority", area.name)
        recipe.add("--care", files: [tables])
        recipe.add("--population", files: paths)
        if horizon != 5 { recipe.add("--horizon", horizon) }
        return recipe.description
    }
}

/// Makes the model of children in care from their episodes.
struct NewCareFromEpisodes {
    let returns: String
    let command: NewCommand
    /// Rates are those of the last years: practice changes.
    private static let usualYears = 3

    func run() throws {
        let findings = "\(CareModel.folderOfRecords)/findings.csv"
        if let out = command.out { try FoundFaults.refuseToLose(answersIn: "\(out)/\(findings)") }
        let records = command.records
        let read = try CareEpisodes.read(returns, corrections: records.corrections, key: records.keyFile)
        let given = try PublishedPopulation.read(command.sources.population)
        let uses = read.uses + given.uses
        Console.report(read.findings + given.findings + uses.compactMap(\.finding), write: Console.printError)
        let observation = CareObservation(read.value, years: command.years ?? Self.usualYears)
        let care = observation.calibrated(name: command.authority ?? "from episodes")
        guard let out = command.out else { return }
        let output = try OutputFolder(out, mayReplace: command.force, kind: .model)
        let horizon = command.usualHorizon
        let population = try people(care, horizon, given.value)
        Console.report(population.findings) { print($0) }
        let made = CareModel(care, population: population.people)
        let table = read.value.findings.map { [(name: findings, data: $0)] } ?? []
        var data = made.data(sources: read.value.sources, command: line(out))
        Console.report(data.keepPlaces(of: output, otherwise: made)) { print($0) }
        try output.write(data.files + table, isPrivate: { $0 == findings })
        let seen = TerminalCare.lines(observation, style: Console.style)
        for text in seen + TerminalCare.summary(of: care) { print(text) }
        print("")
        Console.report(uses)
        print("")
        let ending = FoundFaults.lines(
            read.value.faults, answered: read.value.answered, in: "\(out)/\(findings)")
        for text in ending { print(text) }
        if read.value.faults > 0 { print("It is a record of children, which only you can read: not for publication.") }
        print("The model is in \(out); try: sendcast run \(out)")
    }

    /// People of the area where it is named and they are given; else as many of every age and year, so that starters stay as many.
    private func people(
        _ care: CalibratedCare, _ horizon: Int, _ given: PublishedPopulation
    ) throws -> JanuaryPopulation {
        let marches = care.base...care.base + horizon
        guard let code = command.authority, !command.sources.population.isEmpty else {
            return JanuaryPopulation(levelIn: marches)
        }
        let area = CareRelease.Area(name: code, code: code)
        return try JanuaryPopulation(given, of: area, januaries: marches, service: .care)
    }

    /// The command line that makes the model again, with names of files only.
    private func line(_ out: String) -> String {
        var recipe = Recipe(out)
        recipe.add("--episodes", files: [returns])
        recipe.add("--corrections", files: command.records.corrections.map { [$0] } ?? [])
        recipe.add("--authority", command.authority)
        recipe.add("--population", files: command.sources.population)
        recipe.add("--years", command.years)
        recipe.add("--horizon", command.horizon)
        return recipe.description
    }
}

extension ModelData {
    /// Leaves places out where files of the user's say them.
    /// - Returns: what is to be said of places that are taken to be full.
    fileprivate mutating func keepPlaces(of output: OutputFolder, otherwise made: CareModel) -> [Finding] {
        if output.keptPlaces(hasRegister: false).isEmpty { return made.places?.findings ?? [] }
        places = nil
        return []
    }
}
