import Sendcast

/// What a scenario saves, and how likely it is: for a model folder, a scenario of it and a folder to write to.
let words = CommandLine.arguments.dropFirst()
guard words.count == 3 else { fatalError("usage: CapitalScenario MODEL SCENARIO OUT") }
let (folder, name, out) = (words[1], words[2], words[3])

let study: Study
do {
    study = try Study(folder: folder)
} catch {
    for finding in error.findings { print(finding) }
    fatalError("\(folder) cannot be run")
}
let results = try study.run(scenarios: [name], runs: 32, seed: 2026)
let scenario = results[name]
print("\(study.title), \(name), scenario less baseline")
for year in scenario.financialYears {
    let spend = scenario.difference.spend(in: year)
    print(
        "  spend in \(year): \(Int(spend.mean)) (80 %: \(Int(spend.interval(0.8).lowerBound)) to \(Int(spend.interval(0.8).upperBound)))"
    )
}
for january in scenario.januaries {
    print("  plans in \(january): \(scenario.difference.plans(in: january))")
}
try results.write(to: out, replacing: true)
