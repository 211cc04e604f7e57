import Foundation
import Studies
import Testing
import Vocabulary

/// The toy of ``BusinessCaseTests``: sixty children find no place, and half of them go to independent schools.
@Suite struct PlacesSensitivityTests {
    private func sensitivity(_ baseline: PlacesBaseline, _ files: [String: String?] = [:]) throws -> PlacesSensitivity {
        let model = try ToyModel(BusinessCaseTests.files.merging(files) { $1 })
        defer { withExtendedLifetime(model) {} }
        let study = try PreparedStudy(folder: model.url.path).under(baseline)
        let runs = ScenarioRuns(study, runs: 0..<32, seed: 1, threads: 2)
        let quantity = try OutputQuantity("IS in 2028", in: study)
        let placed = try PlacesSensitivity(runs, of: quantity)
        let run = try runs.result()
        #expect(placed.figure.mean == quantity.values(run.outcome, run.budget).mean, "it agrees with a run")
        return placed
    }

    @Test func placesSwingWhereTheyBind() throws {
        let placed = try sensitivity(.committed)
        #expect(placed.figure.mean == 30 && placed.runs == 32)
        let overflow = try #require(placed.swings.first)
        #expect(overflow.name.hasPrefix("overflow") && overflow.low == 0 && overflow.high == 60)
        #expect(placed.swings.map(\.name).contains("over-fill") && placed.swings.map(\.name).contains("new plans"))
        // Six places beyond the sixty, or twice six, take as many of the sixty children; half of the others go.
        let places = "provision,setting,needs,min_age,max_age,september,places,overfill\nOld,SS,any,0,25,2020,60,0.1\n"
        let overfilled = try sensitivity(.committed, ["places.csv": places])
        let overfill = try #require(overfilled.swings.first { $0.name == "over-fill" })
        #expect(overfilled.figure.mean == 27 && overfill.low == 30 && overfill.high == 24)
    }

    @Test func nothingSwingsWhereNothingIsFull() throws {
        let placed = try sensitivity(.forecast)
        #expect(placed.swings.isEmpty && placed.figure.mean == 0)
    }
}
