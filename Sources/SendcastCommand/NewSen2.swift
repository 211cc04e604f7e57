import Calibration
import Foundation
import Intake
import Outputs
import Vocabulary

/// Makes the model of an authority from its own returns on plans.
struct NewSen2 {
    let register: String
    let command: NewCommand
    let out: String

    func run() throws {
        let output = try OutputFolder(
            out, mayReplace: command.force, kind: .model, hasOwnPrices: command.records.costs != nil)
        try FoundFaults.refuseToLose(answersIn: "\(out)/\(RecordedModel.folder)/findings.csv")
        let release = command.sources.plans.isEmpty ? nil : try ReleaseEditions.read(command.sources.plans).value.last
        let read = try Sen2Records.read(command.records.request(register: register, published: release))
        let records = read.value
        Console.report(read.findings, write: Console.printError)
        guard records.lookedBack.isEmpty || records.years.count > 1 || records.hasHistory else {
            throw UnusableData(
                "one return alone does not tell the January before, for placements that ended are not in it (R3-history)",
                remedy: "Give the return of the year before too, or answer keep to R3-history in findings.csv.")
        }
        let published = release?.areas.first { $0.number == records.authority }
        try checkName(records, release, published)
        let area = RecordedModel.Area(records, name: command.authority ?? published?.name)
        let horizon = command.usualHorizon
        let januaries = RecordedModel.januaries(records, horizon: horizon)
        guard !command.sources.population.isEmpty else {
            throw UnusableData(
                "--population is missing: new plans depend on the number of children",
                remedy:
                    "Give people by single year of age from mid-\(januaries.lowerBound - 1) on, with code \(area.code): "
                    + "estimates and projections of the Office for National Statistics, or a table with columns area_code, year, age, population."
            )
        }
        let people = try PublishedPopulation.read(command.sources.population)
        Console.report(people.findings.filter { $0.severity != .note }, write: Console.printError)
        let population = try JanuaryPopulation(people.value, of: area, januaries: januaries)
        let base = records.years.max() ?? 0
        let costs = release.flatMap { UnitCosts($0, through: min(published?.plans.keys.max() ?? base, base)) }
        let model = try RecordedModel(
            records, area, population: population, split: Set(command.splitArea),
            published: costs.flatMap { costs in published.map { (costs, $0) } })
        try output.write(
            model.data(command: line(area)).files + model.files, isPrivate: RecordedModel.isOfRecords)
        Console.report(model.findings) { print($0) }
        for line in TerminalSen2.lines(records, style: Console.style) { print(line) }
        print("")
        Console.report(read.uses + people.uses)
        print("")
        for line in TerminalSen2.ending(records, model: out) { print(line) }
        print("\nThe model is in \(out); try: sendcast run \(out)")
    }

    /// That the returns are of the authority that is named, as far as a release tells.
    private func checkName(
        _ records: Sen2Records, _ release: NationalRelease?, _ own: NationalRelease.Area?
    ) throws(UnusableData) {
        guard let name = command.authority, let meant = try? release?.area(name), meant.number != records.authority
        else { return }
        throw UnusableData(
            column: "--authority",
            "it names \(meant.name) (\(meant.number)), and the returns are of "
                + "\(own.map { "\($0.name) (\($0.number))" } ?? "authority \(records.authority)")",
            remedy: "Leave it out, or give the returns of \(meant.name).")
    }

    private func line(_ area: RecordedModel.Area) -> String {
        var recipe = Recipe(out)
        recipe.add("--authority", command.authority)
        recipe.add(words: command.records.words)
        recipe.add("--register", files: [register])
        recipe.add("--plans", files: command.sources.plans)
        recipe.add("--population", files: command.sources.population)
        if !command.splitArea.isEmpty { recipe.add("--split-area", command.splitArea.joined(separator: ",")) }
        recipe.add("--horizon", command.horizon)
        return recipe.description
    }
}
