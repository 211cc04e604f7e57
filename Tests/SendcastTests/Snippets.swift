// Made by 'make snippets' from the Swift blocks of the documentation; they are compiled here, and not run.
import Sendcast

// swift-format-ignore-file

func pageREADME1() throws {
    let study = try Study(folder: "models/sunderland")
    let results = try study.run(scenarios: ["bases", "inclusion"], runs: 1_000, seed: 2026)
    let autism = results["bases"].plans(need: "ASD", in: 2031)
    print(autism.mean, autism.interval(0.8), results["bases"].spend(in: "2030-31").mean)
    print(results["bases"].difference.plans(setting: "IS", in: 2031).interval(0.8))
    try results.write(to: "results/sunderland")
}

func commentDifferenceForecast1(study: Study, results: Results) throws {
    let difference = results["bases"].difference
    print(difference.plans(setting: "IS", in: 2031).interval(0.8))
}

func commentForecast1(study: Study, results: Results) throws {
    let plans = results.baseline.plans(in: 2031)
    print(plans.mean, plans.median, plans.interval(0.8))
}

func commentResults1(study: Study) throws {
    let results = try study.run(scenarios: ["bases"], runs: 1_000)
    print(results["bases"].plans(setting: "IS", in: 2031).mean)
    print(results["bases"].difference.spend(in: "2030-31").interval(0.8))
    try results.write(to: "results/sunderland")
}

func commentScenarioForecast1(study: Study, results: Results) throws {
    let baseline = results.baseline
    print(baseline.plans(need: "ASD", in: 2031).interval(0.8))
    print(baseline.spend(in: "2030-31").mean)
}

func pageCapitalScenario1() throws {
    let study = try Study(folder: "models/sunderland")
    let results = try study.run(scenarios: ["bases"], runs: 1_000, seed: 2026)
    let bases = results["bases"]
    print("independent schools in 2031:", bases.difference.plans(setting: "IS", in: 2031))
    print("spend in 2030-31:", bases.difference.spend(in: "2030-31").interval(0.8))
    if let waiting = bases.withoutPlace(in: 2031) { print("without a place:", waiting.mean) }
    if let gap = bases.gap(in: 2031) { print("wanted beyond the places there are:", gap.interval(0.8)) }
    if let value = bases.netPresentValue, let chance = bases.chanceOfValue {
        print("net present value:", value.mean, value.interval(0.8), "above £0 in", chance)
    }
    if let chance = bases.chanceOfDeficit(in: "2026-27") { print("deficit on 31 March 2027 in", chance) }
}

func pageFirstRun1() throws {
    let study = try Study(folder: "models/sunderland")
    let results = try study.run(scenarios: ["bases"], runs: 1_000, seed: 2026)
    print(results.baseline.plans(in: 2031))
    try results.write(to: "results/from-swift")
}

func pageSendcast1() throws {
    let study = try Study(folder: "models/demo")
    let results = try study.run(runs: 1_000, seed: 2026)
    print(results.baseline.plans(in: 2031).interval(0.8))
}

func commentSendcast1(study: Study) throws {
    let results = try study.run(runs: 200, baseline: .committed)
    print(results.baseline.spend(in: "2030-31").mean)
}

func commentSendcast2(study: Study, results: Results) throws {
    for finding in study.findings where finding.severity == .warning { print(finding) }
}

func commentSendcast3(results: Results) throws {
    do {
        let study = try Study(folder: "models/mine")
        print(study.title)
    } catch {
        for finding in error.findings { print(finding) }
    }
}

func commentStudy1() throws {
    let study = try Study(folder: "models/sunderland")
    print(study.title, study.scenarioNames)
    let results = try study.run(scenarios: ["bases"], runs: 1_000, seed: 2026)
    print(results["bases"].plans(need: "ASD", in: 2031).interval(0.8))
}
