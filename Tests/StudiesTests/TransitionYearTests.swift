import Foundation
import Studies
import Testing
import Vocabulary

/// Whole and incomplete years of transitions: what stops a run, what is a warning, and what may be accepted.
@Suite struct TransitionYearTests {
    /// What to leave out of a year's rows: joiners, leavers, movers, or all but some.
    private struct Cut {
        var year: Int
        var flow = ""
        var keeping = Int.max
    }

    /// Four years of 300 plans: each year 30 begin, 30 end, 24 move, the others stay.
    private func model(_ cuts: [Cut] = [], years: ClosedRange<Int> = 2021...2024, more: String = "") throws -> ToyModel
    {
        var rows: [String] = []
        for year in years {
            let cut = cuts.first { $0.year == year }
            var own: [String] = []
            for person in 0..<330 {
                let age = 6 + person % 6
                let (flow, before, after) =
                    switch person {
                    case 0..<30: ("joiners", "NONSEND,NONSEND", "MS,ASD")
                    case 30..<60: ("leavers", "SS,ASD", "NONSEND,NONSEND")
                    case 60..<84: ("movers", "MS,ASD", "SS,ASD")
                    default:
                        (
                            "", person.isMultiple(of: 2) ? "MS,ASD" : "SS,ASD",
                            person.isMultiple(of: 2) ? "MS,ASD" : "SS,ASD"
                        )
                    }
                if let cut, !flow.isEmpty, cut.flow == flow, cut.keeping == .max { continue }
                own.append("\(year),\(before),\(age),\(after),\(age + 1)")
            }
            if let cut, cut.keeping < .max {
                let isOfFlow: (String) -> Bool = { row in
                    cut.flow == "joiners" ? row.contains(",NONSEND,NONSEND,") && row.hasPrefix("\(year),NONSEND") : true
                }
                let kept = own.filter(isOfFlow).prefix(cut.keeping)
                own = cut.flow.isEmpty ? Array(kept) : own.filter { !isOfFlow($0) } + kept
            }
            rows += own
        }
        let people = (2022...2028).flatMap { year in (-4...21).map { "\(year),\($0),1000\n" } }.joined()
        return try ToyModel([
            "cohort.csv": nil, "inflation.csv": nil, "funding.csv": nil, "settings.csv": nil, "needs.csv": nil,
            "rates/entry.csv": nil, "rates/joiners.csv": nil, "rates/leavers.csv": nil, "rates/movers.csv": nil,
            "model.yaml": "title: Invented\nhorizon: 3\nruns: 100\nseed: 1\n\(more)",
            "costs.csv": "need,setting,cost\nASD,MS,5000\nASD,SS,20000\n",
            "valid-states.csv":
                "setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting\n"
                + "MS,mainstream,-1,13,\"ASD\",\"SS\"\nSS,special,-1,13,\"ASD\",\"MS\"\n",
            "population.csv": "calendar-year,academic-year,population\n" + people,
            "transitions.csv":
                "calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2\n"
                + rows.joined(separator: "\n") + "\n",
        ])
    }

    @Test func wholeYearsSayNothing() throws {
        let findings = try model().findings()
        #expect(findings.isEmpty, "\(findings)")
    }

    /// The last year, flow by flow: an error with a name, which makes a warning of it.
    @Test(arguments: [
        ("joiners", "no plan begins between January 2024 and January 2025", "no-joiners-2025"),
        ("leavers", "no plan ends between January 2024 and January 2025", "no-leavers-2025"),
        ("movers", "no plan moves between January 2024 and January 2025", "no-movers-2025"),
    ]) func theLastYear(flow: String, words: String, name: String) throws {
        let model = try model([Cut(year: 2024, flow: flow)])
        let errors = model.findings().filter { $0.severity == .error }
        let found = try #require(errors.first { $0.message.contains(words) }, "\(errors)")
        #expect(found.acceptance == name && found.description.contains("--accept \(name)"))
        #expect(found.description.contains("base: 2024"))
        let names = errors.compactMap(\.acceptance)
        #expect(names.count == errors.count, "\(errors)")
        let study = try PreparedStudy(folder: model.url.path, accepting: names)
        #expect(study.accepted.contains(name))
        #expect(study.findings.contains { $0.severity == .warning && $0.description.contains("accepted: \(name)") })
        #expect(throws: UnusableData.self) { try PreparedStudy(folder: model.url.path, accepting: ["no-joiners-1999"]) }
    }

    /// Earlier years are warnings that name the flow and the weight that leaves the year out.
    @Test(arguments: [
        ("joiners", 2022, "no plan begins between January 2022"),
        ("leavers", 2021, "no plan ends between January 2021"),
        ("movers", 2023, "no plan moves between January 2023"), ("leavers", 2023, "no plan ends between January 2023"),
        ("joiners", 2021, "no plan begins between January 2021"),
    ]) func earlierYears(flow: String, year: Int, words: String) throws {
        let cuts = [Cut(year: year, flow: flow)]
        let found = try model(cuts).findings()
        #expect(!found.containsErrors, "\(found)")
        let warning = try #require(found.first { $0.severity == .warning && $0.message.contains(words) }, "\(found)")
        #expect(warning.remedy.contains("weights: {\(year): 0}"))
        let left = try model(cuts, more: "weights: {\(year): 0}\n").findings()
        #expect(!left.contains { $0.message.contains(words) }, "a year that counts for nothing")
    }

    /// A part of the last year: the base is small, or a flow nearly missing.
    @Test func partsOfTheLastYear() throws {
        let part = try model([Cut(year: 2024, keeping: 100)]).findings()
        let small = try #require(part.first { $0.acceptance == "small-base-2025" }, "\(part)")
        #expect(small.message.contains("less than nine tenths of the 300 of January 2024"))
        let few = try model([Cut(year: 2024, flow: "joiners", keeping: 3)]).findings()
        #expect(few.contains { $0.acceptance == "few-joiners-2025" && $0.message.contains("(3)") }, "\(few)")
        let most = try model([Cut(year: 2024, flow: "joiners", keeping: 25)]).findings()
        #expect(!most.containsErrors, "chance may do so: \(most)")
    }

    /// A base of an earlier January is of the year before it.
    @Test func anEarlierBase() throws {
        let cuts = [Cut(year: 2024, flow: "joiners")]
        #expect(!(try model(cuts, more: "base: 2024\n").findings().containsErrors))
        let found = try model([Cut(year: 2023, flow: "joiners")], more: "base: 2024\n").findings()
        #expect(found.contains { $0.acceptance == "no-joiners-2024" }, "\(found)")
    }

    /// A single year has nothing to be held against, and few people may do nothing by chance.
    @Test func noOtherYears() throws {
        #expect(!(try model([Cut(year: 2024, flow: "joiners")], years: 2024...2024).findings().containsErrors))
    }
}
