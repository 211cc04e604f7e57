import Foundation
import Oracles
import Projection
import Studies
import Testing
import Vocabulary

/// What is asked of a model beside its forecast: how large a lever must be, and what a figure hangs on.
@Suite struct QuestionTests {
    @Test func goalsAreFoundOrSaidToBeOutOfReach() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/sunderland").path)
        let runs = ScenarioRuns(study, runs: 0..<160, seed: 2, threads: 2)
        let lever = try study.scenarios(["inclusion"])[0].scenario.levers[0]
        func search(_ text: String, _ confidence: Double) throws -> GoalSearch {
            try GoalSearch(runs, lever: lever, beside: nil, target: Target(text, in: study), confidence: confidence)
        }
        let free = try runs.people(nil)
        let target = try Target("SEMH <= 900 in 2032", in: study)
        let values = target.quantity.values(free, study.budget(free))
        #expect(values.count(where: { $0 <= 900 }) < 112)
        let found = try search("SEMH <= 900 in 2032", 0.7)
        guard case .size(let trial) = found.answer else {
            Issue.record("no size was found")
            return
        }
        #expect((0.01..<1).contains(trial.size) && trial.share >= 0.7)
        #expect(
            found.trials.filter { $0.size > trial.size }.allSatisfy { $0.share < 0.7 },
            "a smaller change does not reach it")
        guard case .unreachable(let furthest) = try search("SEMH <= 10 in 2032", 0.7).answer else {
            Issue.record("ten were reached")
            return
        }
        #expect(furthest.size == 0 && furthest.share == 0 && furthest.reached > 10)
        guard case .metAlready = try search("SEMH <= 9,000 in 2032", 0.7).answer else {
            Issue.record("nine thousand were not met")
            return
        }
        for text in ["SEMH 900", "SEMX <= 900 in 2032", "SEMH <= 900 in 1999", "spend <= 3m in 2030"] {
            #expect(throws: UnusableData.self) { try Target(text, in: study) }
        }
    }

    /// Derivatives against finite differences of the exact projection, and swings about what is expected.
    @Test func sensitivitiesAreExact() throws {
        let study = try PreparedStudy(folder: Oracles.repository.appendingPathComponent("models/sunderland").path)
            .withoutPlaces()
        let model = study.model(seed: 1, runs: 16)
        let quantity = try OutputQuantity("spend in 2030-31", in: study)
        let sensitivity = try Sensitivity(study, model, of: quantity)
        let weights = quantity.weights(study)
        func figure(_ rates: ExpectedRates) -> Double {
            let people = rates.expectedPeople(model, arrivals: model.arrivals)
            return quantity.januaries.reduce(0) { sum, part in
                sum + part.share * zip(people[part.january - 2025], weights).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        let rates = ExpectedRates(model.rates)
        #expect(abs(sensitivity.expected / figure(rates) - 1) < 1e-9)
        let space = study.folder.space
        for effect in sensitivity.rates.filter({ $0.name.hasPrefix("joining") }).prefix(3) {
            let words = effect.name.components(separatedBy: ", ")
            let cell = space.cell(
                age: Int(words[1].dropFirst(4)) ?? 0, need: try #require(space.need.position(of: words[2])),
                setting: try #require(space.setting.position(of: words[3])))
            // A small step to both sides: where settings follow shares, joiners of one make room for those of others.
            var (more, fewer) = (rates, rates)
            more.joining[cell] *= 1.001
            fewer.joining[cell] *= 0.999
            #expect(abs((figure(more) - figure(fewer)) / 0.02 / effect.tenth - 1) < 1e-5, "\(effect.name)")
        }
        #expect(
            sensitivity.swings.contains {
                $0.name == "new plans" && $0.low < sensitivity.expected && $0.high > sensitivity.expected
            })
        #expect(sensitivity.downside.together > sensitivity.downside.half)
        #expect(sensitivity.downside.half > sensitivity.downside.independent)
    }
}
