import Foundation
import Oracles
import Placement
import Projection
import Studies
import Testing
import Vocabulary

/// Places of a need and phase stay what they are unless a row says otherwise.
@Suite struct KeptPlacesTests {
    private static let models = Oracles.repository.appendingPathComponent("models")

    /// The Septembers in which some row of a model, or of a scenario's schemes, opens or closes places.
    private func septembers(_ places: Allocation, _ scenario: Scenario?) -> Set<Int> {
        var years = Set(places.provisions.flatMap(\.tranches).flatMap(\.changes).map(\.september))
        for scheme in scenario?.schemes ?? [] {
            for phase in scheme.phases {
                years.formUnion(phase.opens...phase.opens + Int(scheme.delay.high.rounded(.up)))
            }
        }
        return years
    }

    /// Neither where children sit nor who asks for a place moves the table of places, in the baseline or in a scenario.
    @Test(arguments: ["surrey", "sunderland", "surrey-care"])
    func placesMoveOnlyWhereARowSaysSo(model: String) throws {
        let study = try PreparedStudy(folder: Self.models.appendingPathComponent(model).path)
        let runs = ScenarioRuns(study, runs: 0..<32, seed: 3, threads: 2)
        let names = study.folder.scenarioNames
        let scenarios = [nil] + (try study.scenarios(names).map { Optional($0.scenario) })
        #expect(scenarios.count > 1)
        for scenario in scenarios {
            let places = try #require(try runs.result(scenario).places)
            let moving = septembers(places.allocation, scenario)
            var (still, moved) = (0, 0)
            for row in places.rows {
                guard let before = places.row(row.subject, january: row.january - 1) else { continue }
                if moving.contains(row.january - 1) {
                    moved += 1
                } else {
                    still += 1
                    #expect(before[.places].mean == row[.places].mean, "\(scenario?.name ?? "baseline"): \(row)")
                    #expect(before[.places].quantiles == row[.places].quantiles)
                }
            }
            // Surrey's carers stop and begin in every year.
            #expect((still > 0 || model == "surrey-care") && (scenario?.schemes.isEmpty ?? true || moved > 0))
        }
    }

    /// What is kept at the base is who sits there: of each need and band, in proportion where a base is over-full.
    @Test func placesAreKeptForThoseWhoSitThere() throws {
        let study = try PreparedStudy(folder: Self.models.appendingPathComponent("surrey").path)
        let places = try #require(StudyResult(study, study.run(0..<16, seed: 3, threads: 2)).places)
        for row in places.rows where row.january == study.base.january {
            guard case .children(let need?, let band?) = row.subject else { continue }
            #expect(row[.places].mean == row[.placed].mean, "\(need), \(band)")
        }
        let autism = try #require(study.folder.space.need.position(of: "ASD"))
        let primary = try #require(places.allocation.bands.firstIndex { $0.ages == 5...10 })
        func kept(in january: Int) throws -> Double {
            try #require(places.row(.children(need: autism, band: primary), january: january))[.places].mean
        }
        #expect(try kept(in: 2025) == kept(in: 2035))
    }

    /// Children of a need take the places of another only as far as places are flexible.
    @Test func aNeedTakesAnothersPlacesWithinTheFlexibility() throws {
        func placed(flexibility: Double) throws -> [(autism: Double, others: Double)] {
            let folder = try TemporaryFolder()
            let path = try folder.copyModel("sunderland")
            let file = URL(fileURLWithPath: path).appendingPathComponent("model.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try (text + "places: {flexibility: \(flexibility)}\n").write(to: file, atomically: true, encoding: .utf8)
            let study = try PreparedStudy(folder: path)
            let places = try #require(StudyResult(study, study.run(0..<48, seed: 3, threads: 2)).places)
            let autism = try #require(study.folder.space.need.position(of: "ASD"))
            return try [2025, 2035].map { january in
                let all = try #require(places.row(.children(need: nil, band: nil), january: january))
                let some = try #require(places.row(.children(need: autism, band: nil), january: january))
                return (some[.placed].mean, all[.placed].mean - some[.placed].mean)
            }
        }
        let growth = try [0, 0.1, 1].map { flexibility in
            let figures = try placed(flexibility: flexibility)
            return figures[1].autism / figures[0].autism
        }
        #expect(growth[0] < growth[1] && growth[1] < growth[2], "\(growth)")
    }
}
