import Foundation
import Oracles
import Placement
import Projection
import Sampling
import Studies
import Testing
import Vocabulary

/// What a forecast takes for granted of places, and what follows for the gap.
@Suite struct PlacesBaselineTests {
    private static let surrey = Oracles.repository.appendingPathComponent("models/surrey").path

    private func study(_ files: [String: String]) throws -> PreparedStudy {
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("surrey")
        for (name, text) in files {
            let file = URL(fileURLWithPath: path).appendingPathComponent(name)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        return try PreparedStudy(folder: path)
    }

    private func people(_ outcome: Outcome, _ setting: String, step: Int) throws -> [Int32] {
        let first = try #require(outcome.stockLayout.series(.setting)).lowerBound
        let position = try #require(outcome.model.space.setting.position(of: setting))
        return outcome.stocks.values(step: step, series: first + position) { Array($0) }
    }

    /// Under the forecast every figure is that of a run without places, and places are counted beside.
    @Test func theForecastIsThatOfARunWithoutPlaces() throws {
        let study = try PreparedStudy(folder: Self.surrey)
        let (with, without) = (study.under(.forecast), study.withoutPlaces())
        let (counted, free) = (with.run(0..<32, seed: 5, threads: 2), without.run(0..<32, seed: 5, threads: 2))
        for series in 0..<free.stockLayout.count {
            for step in 0...10 {
                #expect(counted.stocks.isSame(as: free.stocks, step: step, series: series))
            }
        }
        let places = try #require(PlacesOutlook(counted))
        let special = try #require(places.row(.provision(0), january: 2035))
        let runs = try people(free, "SS", step: 10).map(Double.init)
        #expect(abs(special[.placed].mean - runs.reduce(0, +) / 32) < 1e-9)
        #expect(
            special[.places].mean == 3_532 && special[.places].standardDeviation == 0
                && special[.placed].standardDeviation > 100)
        #expect(places.rows.allSatisfy { $0[.displaced].mean == 0 })
        for row in places.rows { #expect(abs(row[.wanted].mean - row[.places].mean - row[.gap].mean) < 1e-6) }
    }

    /// Nothing is full in a forecast: schools for the same children go on having the shares of them that they have at the base, by who is on
    /// roll where the ledger says so, and nobody knows how many that will be; a school that opens draws children from the others.
    @Test func aForecastSharesChildrenAmongSchools() throws {
        let header = "provision,setting,needs,min_age,max_age,september,places,on_roll\n"
        let rest = "Bases,RP SU,any,0,25,2024,743,\n"
        func places(_ rows: String) throws -> PlacesOutlook {
            let study = try study(["places.csv": header + rows + rest])
            return try #require(PlacesOutlook(study.under(.forecast).run(0..<32, seed: 5, threads: 2)))
        }
        func placed(_ places: PlacesOutlook, _ number: Int, _ january: Int) throws -> Summary {
            try #require(places.row(.provision(number), january: january))[.placed]
        }
        let known = try places("North,SS,any,0,25,2020,1200,900\nSouth,SS,any,0,25,2020,2700,2632\n")
        #expect(try placed(known, 0, 2025).mean == 900 && placed(known, 1, 2025).mean == 2_632)
        for january in [2026, 2030, 2035] {
            let (north, south) = try (placed(known, 0, january), placed(known, 1, january))
            #expect(abs(north.mean / (north.mean + south.mean) - 900.0 / 3_532) < 0.01)
            #expect(north.standardDeviation > 10 && south.standardDeviation > 30)
        }
        // Where nobody says who is on roll, children are there as places are, and a narrow school keeps its share of its own.
        let unknown = try places(
            "North,SS,any,0,25,2020,1200,\nSouth,SS,any,0,25,2020,2192,\nAutism,SS,ASD,5,15,2020,100,\nLate,SS,SEMH,14,15,2020,40,\n"
        )
        #expect(try placed(unknown, 2, 2025).mean == 100 && placed(unknown, 3, 2025).mean == 40)
        #expect(try abs(placed(unknown, 0, 2025).mean / placed(unknown, 1, 2025).mean - 1_200.0 / 2_192) < 0.01)
        // A school for a part of a band of ages keeps its share of them.
        #expect(try (30...55).contains(placed(unknown, 3, 2026).mean))
        let autism = try placed(unknown, 2, 2030)
        #expect(autism.standardDeviation > 2 && autism.quantiles[1] < autism.quantiles[5])
        let opening = try places(
            "North,SS,any,0,25,2020,1200,\nSouth,SS,any,0,25,2020,2332,\nEast,SS,any,0,25,2027,800,\n")
        // Provisions stand in the order of their Septembers.
        #expect(try placed(opening, 3, 2027).mean == 0)
        let (north, east) = try (placed(opening, 0, 2028), placed(opening, 3, 2028))
        #expect(abs(east.mean / north.mean - 800.0 / 1_200) < 0.02)
        // Whoever sits where, all of them are there.
        for (places, count) in [(known, 2), (unknown, 4), (opening, 3)] {
            let all = try (0...count).reduce(0) { try $0 + placed(places, $1, 2030).mean }
            let whole = try #require(places.row(.children(need: nil, band: nil), january: 2030))[.placed].mean
            #expect(abs(all - whole) < 1e-6)
        }
    }

    /// Places bind under `committed` with the stated over-fill, and without any under `frozen`.
    @Test func committedPlacesAreOverfilledAndFrozenOnesAreNot() throws {
        let study = try study([
            "places.csv": "provision,setting,needs,min_age,max_age,september,places,overfill\n"
                + "Special,SS,any,0,25,2024,3532,\nSpecial,SS,any,0,25,2027,3700,0.05\nBases,RP SU,any,0,25,2024,743,0\n"
        ])
        func last(_ baseline: PlacesBaseline) throws -> PlacesOutlook.Row {
            let places = try #require(PlacesOutlook(study.under(baseline).run(0..<32, seed: 5, threads: 2)))
            return try #require(places.row(.provision(0), january: 2035))
        }
        let (committed, frozen) = (try last(.committed), try last(.frozen))
        #expect(committed[.places].mean == 3_700 && frozen[.places].mean == 3_532)
        #expect(committed[.placed].quantiles[6] <= 3_885 && committed[.placed].mean > 3_700)
        #expect(frozen[.placed].quantiles[6] <= 3_532 && frozen[.unmet].mean > committed[.unmet].mean)
        #expect(committed[.occupancy].mean > 100)
        let usual = try self.study([
            "places.csv": "provision,setting,needs,min_age,max_age,september,places\nSpecial,SS,any,0,25,2024,3532\n"
                + "Bases,RP SU,any,0,25,2024,743\n"
        ])
        let change = try #require(usual.allocation).provisions[0].tranches[0].changes[0]
        #expect(change.places == 3_532 && change.overfill == 423)
    }

    /// A forecast is one of shares; a scenario that changes places is compared with doing nothing; a model may say otherwise.
    @Test func theUsualBaselineDependsOnTheQuestion() throws {
        let study = try PreparedStudy(folder: Self.surrey)
        func usual(_ names: [String]) throws -> PlacesBaseline {
            study.usualBaseline(for: try study.scenarios(names).map(\.scenario))
        }
        #expect(try usual([]) == .forecast && usual(["inclusion"]) == .forecast)
        #expect(try usual(["inclusion", "bases"]) == .committed && usual(["capital-programme"]) == .committed)
        let text = try String(contentsOfFile: Self.surrey + "/model.yaml", encoding: .utf8)
        let stated = try self.study(["model.yaml": text + "places: {baseline: frozen, overfill: 0}\n"])
        #expect(stated.usualBaseline(for: []) == .frozen)
        #expect(stated.under(.committed).allocation?.provisions[0].tranches[0].changes[0].overfill == 0)
    }

    /// The other baseline is simulated beside the run's, on the same draws.
    @Test func theGapIsKnownUnderBoth() throws {
        let study = try PreparedStudy(folder: Self.surrey)
        func gap(_ places: PlacesOutlook) throws -> Double {
            try #require(places.row(.children(need: nil, band: nil), january: 2035))[.gap].mean
        }
        func both(_ baseline: PlacesBaseline) throws -> (mine: Double, other: Double, name: PlacesBaseline) {
            let runs = ScenarioRuns(study.under(baseline), runs: 0..<48, seed: 5, threads: 2)
            let result = try runs.results(of: []).baseline
            let other = try #require(result.otherBaseline)
            #expect(other.runs == 48)
            return (try gap(try #require(result.places)), try gap(other.places), other.baseline)
        }
        let (forecast, committed) = (try both(.forecast), try both(.committed))
        #expect(forecast.name == .committed && committed.name == .forecast)
        #expect(forecast.mine == committed.other && forecast.other == committed.mine)
        #expect(forecast.mine != committed.mine)
    }

    /// Schools that are full at the base, and whose places stay in step with what the flows ask for, send nobody more to independent
    /// schools than the flows say: those flows were observed while schools were full, and contain who was sent there.
    @Test func displacementIsNotCountedTwice() throws {
        let surrey = try PreparedStudy(folder: Self.surrey)
        let free = surrey.withoutPlaces().run(0..<96, seed: 5, threads: 2)
        func mean(_ values: [Int32]) -> Double { Double(values.reduce(0) { $0 + Int($1) }) / Double(values.count) }
        var rows = "provision,setting,needs,min_age,max_age,september,places,overfill\n"
        for setting in ["SS", "RP", "SU"] {
            for step in 0...10 {
                let children = mean(try people(free, setting, step: step))
                rows += "\(setting),\(setting),any,0,25,\(2024 + step),\(Int(children.rounded(.up))),0.12\n"
            }
        }
        let study = try study(["places.csv": rows])
        let bound = study.run(0..<96, seed: 5, threads: 2)
        for step in 1...10 {
            let (before, after) = (try people(free, "IS", step: step), try people(bound, "IS", step: step))
            #expect(mean(after) <= mean(before) * 1.01, "January \(2025 + step): \(mean(after)) of \(mean(before))")
        }
    }

    /// Uncertain shares of the displaced widen what independent schools get, around the same middle.
    @Test func sharesOfTheDisplacedAreUncertain() throws {
        func study(_ range: (String, String, String)) throws -> PreparedStudy {
            let (low, likely, high) = range
            return try self.study([
                "overflow.csv": "setting,need,age_band,order,to_setting,share,share_low,share_high\n"
                    + "SS,any,any,1,IS,\(likely),\(low),\(high)\nSS,any,any,1,MS,\(likely),\(low),\(high)\n"
                    + "RP,any,any,1,MS,1,,\nSU,any,any,1,MS,1,,\n"
            ])
        }
        func sent(_ study: PreparedStudy) throws -> [Double] {
            let outcome = study.run(0..<160, seed: 5, threads: 2)
            let space = outcome.model.space
            let (from, independent, mainstream) = (
                try #require(space.setting.position(of: "SS")), try #require(space.setting.position(of: "IS")),
                try #require(space.setting.position(of: "MS"))
            )
            func series(_ to: Int) -> [Double] {
                outcome[.displacements].values(step: 9, series: from * space.setting.count + to) { $0.map(Double.init) }
            }
            return zip(series(independent), series(mainstream)).filter { $0 + $1 > 200 }.map { $0 / ($0 + $1) }
        }
        let (known, uncertain) = (try sent(study(("0.5", "0.5", "0.5"))), try sent(study(("0.2", "0.5", "0.8"))))
        #expect(known.count > 60 && uncertain.count > 60)
        #expect(known.allSatisfy { abs($0 - 0.5) < 0.05 })
        #expect((uncertain.max() ?? 0) > 0.65 && (uncertain.min() ?? 1) < 0.35)
        #expect(uncertain.allSatisfy { (0.19...0.81).contains($0) })
        #expect(abs(uncertain.reduce(0, +) / Double(uncertain.count) - 0.5) < 0.03)
    }

    /// The table of a strategy has phases whose parts add up to the whole.
    @Test func phasesAddUp() throws {
        let study = try PreparedStudy(folder: Self.surrey).under(.forecast)
        let places = try #require(PlacesOutlook(study.run(0..<32, seed: 5, threads: 2)))
        #expect(places.phases.map(\.name) == ["primary", "secondary", "post-16"])
        for need in [nil] + study.folder.space.need.codes.indices.map(Optional.some) {
            let all = try #require(places.row(.children(need: need, band: nil), january: 2030))
            for measure in [PlacesOutlook.Measure.places, .wanted, .placed, .gap] {
                let parts = try places.phases.indices.map {
                    try #require(places.row(.phase(need: need, phase: $0), january: 2030))[measure].mean
                }
                #expect(abs(parts.reduce(0, +) - all[measure].mean) < 1e-6, "\(measure)")
            }
        }
    }
}
