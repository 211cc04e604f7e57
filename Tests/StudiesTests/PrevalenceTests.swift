import Finance
import Foundation
import Oracles
import Queues
import Studies
import Testing
import Vocabulary

/// Rates for 1,000 people or plans, and services whose arrivals a model forecasts.
@Suite struct PrevalenceTests {
    private static let header = "name,of,age_band,need,per_1000,low,high,agency,source,date,quality\n"
    private static let rows =
        "ill,people,5-15,any,100,100,100,health,x,2020,amber\npupils of boys,model,any,any,700,600,800,,x,2020,red\n"
        + "therapy,model,5 to 10,ASD,500,500,500,health,x,2020,red\n"

    private func result(_ rows: String, runs: Int = 2_000) throws -> StudyResult {
        let toy = try ToyModel(["prevalence.csv": Self.header + rows])
        let study = try PreparedStudy(folder: toy.url.path)
        return StudyResult(study, study.run(0..<runs, seed: 4, threads: 2))
    }

    /// 11,000 people of 5 to 15; 120 plans.
    @Test func ratesAreOfPeopleOrPlans() throws {
        let found = try result(Self.rows).prevalence
        let means = found.map { $0.counts[1].mean }
        #expect(abs(means[0] - 1_100) < 4 && abs(means[1] - 84) < 2 && abs(means[2] - 60) < 1)
        #expect(abs(found[0].counts[1].standardDeviation - 1_100.0.squareRoot()) < 2, "chance alone")
        let wider = found[1].counts[1].standardDeviation
        #expect(wider > (84.0).squareRoot() * 1.02, "chance, and a rate that is not known")
    }

    @Test(arguments: [
        ("a,people,5-15,ASD,1,,,,x,2020,red\n", "people is not distinguished by need"),
        ("a,support,5-11,any,1,,,,x,2020,red\n", "pupils with SEN support are counted by phase"),
        ("a,support,5-10,any,1,,,,x,2020,red\n", "Add support.csv"),
        ("a,people,5-15,any,1,,,,x,2020,red,north\n", "there is no areas.csv"),
        ("a,model,any,any,1,,,,x,2020,red,north\n", "model is not distinguished by area"),
        ("a,model,6-12,ASD,1,,,,x,2020,red\n", "with a need, ages are whole bands"),
        ("a,people,5-15,any,1,2,3,,x,2020,red\n", "not in order"),
        ("a,people,5-15,any,1,,3,,x,2020,red\n", "one of the two ends is missing"),
        ("a,people,5-15,any,1,,,,x,2020,red\na,people,any,any,1,,,,x,2020,red\n", "row 2 has the same name"),
        ("a,adults,5-15,any,1,,,,x,2020,red\n", "people, model, support"),
    ]) func faultsAreNamed(rows: String, words: String) throws {
        let header =
            rows.contains(",north")
            ? Self.header.replacingOccurrences(of: "quality\n", with: "quality,area\n") : Self.header
        let found = try ToyModel(["prevalence.csv": header + rows]).findings()
        #expect(found.contains { $0.severity == .error && "\($0)".contains(words) }, "\(found)")
    }

    /// A rate of people in one area of two is of those who live there: 7 in 10.
    @Test func aRateMayBeOfAnArea() throws {
        let areas =
            "area_set,area,min_age,max_age,need,share,source,date,quality\nhalf,north,0,25,any,0.7,x,2020,green\n"
            + "half,south,0,25,any,0.3,x,2020,green\ntown,a,0,25,any,0.5,x,2020,green\ntown,b,0,25,any,0.5,x,2020,green\n"
        let header = Self.header.replacingOccurrences(of: "quality\n", with: "quality,area\n")
        func toy(_ area: String) throws -> ToyModel {
            try ToyModel([
                "areas.csv": areas,
                "prevalence.csv": header + "ill,people,5-15,any,100,,,health,x,2020,amber,\(area)\n",
            ])
        }
        func mean(_ area: String) throws -> Double {
            let toy = try toy(area)
            let study = try PreparedStudy(folder: toy.url.path)
            return StudyResult(study, study.run(0..<400, seed: 4, threads: 2)).prevalence[0].counts[1].mean
        }
        let (north, south, both, all) = try (mean("north"), mean("south"), mean("north; south"), mean(""))
        #expect(abs(north - 770) < 15 && abs(south - 330) < 15)
        #expect(abs(both - 1_100) < 10 && abs(all - 1_100) < 10)
        for (area, words) in [("nort", "Did you mean 'north'?"), ("north; a", "Name areas of one set")] {
            let found = try toy(area).findings()
            #expect(found.contains { $0.severity == .error && "\($0)".contains(words) }, "\(found)")
        }
    }

    /// From January 2028 on half as many are ill, and so are paid for from the summer of 2027-28; nothing else changes.
    @Test func aLeverChangesARateAndWhatIsPaidForIt() throws {
        let toy = try ToyModel([
            "prevalence.csv": Self.header + Self.rows,
            "costs.csv": "line,setting,cost,unit,payer,tag\nTop-ups,SS,5000,plan-year,,special\n"
                + "ill,any,300,counted,health,mental health\n",
            "scenarios/s.yaml":
                "scenario: s\nlevers:\n  - {multiply: prevalence, where: {line: ill}, by: 0.5, starts: 2028}\n",
        ])
        let study = try PreparedStudy(folder: toy.url.path)
        let results = try ScenarioRuns(study, runs: 0..<400, seed: 4, threads: 2).results(
            of: study.scenarios(["s"]).map(\.scenario))
        let (before, after) = (results.baseline, results.scenarios[0].result)
        for (was, now) in zip(before.prevalence, after.prevalence) {
            for step in was.counts.indices {
                let half = was.row.name == "ill" && step > 1
                #expect(half ? abs(now.counts[step].mean - 550) < 3 : now.counts[step].mean == was.counts[step].mean)
            }
        }
        func paid(_ result: StudyResult, _ kind: Budget.Kind) -> [Double] { result.budget.amounts(kind).map(\.mean) }
        #expect(paid(before, .spend) == paid(after, .spend))
        let saved = zip(paid(before, .services), paid(after, .services)).map { $0 - $1 }
        let full = 550.0 * 300
        for (one, expected) in zip(saved, [0, full * 7 / 12, full, full]) { #expect(abs(one - expected) < 2_000) }
    }

    @Test(arguments: [
        ("where: {line: il}", "Did you mean 'ill'"), ("where: {line: ill, need: ASD}", "a rate changes for all"),
    ]) func leversThatMeanNothing(scope: String, words: String) throws {
        let found = try ToyModel(["prevalence.csv": Self.header + Self.rows])
            .findings(ofLever: "multiply: prevalence\n    by: 0.5\n    \(scope)")
        #expect(found.contains { $0.severity == .error && "\($0)".contains(words) }, "\(found)")
    }

    private func demand(of subject: String, months: Int = 24, arrivals: Double = 550) throws -> QueueDemand {
        let toy = try ToyModel(["prevalence.csv": Self.header + Self.rows])
        let file = toy.url.appendingPathComponent("queue.yaml")
        try
            ("queue: q\nmonths: \(months)\nstages:\n  - {name: a, staff: 200, days: 20, demand: {model: ., of: \(subject), per_one: 0.5}}\n")
            .write(to: file, atomically: true, encoding: .utf8)
        let description = try QueueDescription.read(file.path).value
        let demand = try QueueDemand(description, ServiceQueue(description), runs: 40, seed: 4, threads: 2)
        let queue = demand.applied(to: ServiceQueue(description))
        let outcome = queue.run(runs: 40, seed: 4)
        let arrived = (0..<12).reduce(0) { $0 + outcome.figure(.arrived, stage: 0, month: $1).mean }
        #expect(abs(arrived - arrivals) < 20, "half of all in a year, and not \(arrived)")
        #expect(outcome.isConserved)
        return demand
    }

    @Test func arrivalsAreThoseOfTheModel() throws {
        let stage = try #require(try demand(of: "ill").stages.first)
        #expect(stage.model == "Toy" && stage.years.map(\.year) == Array(2026..<2030))
        #expect(abs((stage.years.first?.arrivals.mean ?? 0) - 550) < 10)
    }

    /// Half of 1,100 who are ill, and of 60 of 120 plans.
    @Test func severalArriveTogether() throws {
        let stage = try #require(try demand(of: "[ill, therapy]", arrivals: 580).stages.first)
        #expect(abs((stage.years.first?.arrivals.mean ?? 0) - 580) < 10)
    }

    @Test(arguments: [
        ("il", 24, "Did you mean 'ill'"), ("requests", 24, "does not say what becomes of requests"),
        ("ill", 60, "the queue has 60 months, and the model forecasts 4 years"),
    ]) func demandThatIsNotThere(subject: String, months: Int, words: String) throws {
        #expect {
            _ = try demand(of: subject, months: months)
        } throws: { error in
            "\(error)".contains(words)
        }
    }
}
