import Foundation
import Oracles
import Testing

/// Homes and carers as places, months of levers, and what returns say beside placements.
@Suite struct CarePlacesCommandTests {
    private func means(_ folder: TemporaryFolder, _ out: String, _ march: Int) throws -> [String: Double] {
        let text = try String(contentsOfFile: folder.path("\(out)/children.csv"), encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        let whole = rows.filter { $0.count > 6 && $0[1] == String(march) && $0[2...5].allSatisfy { $0 == "all" } }
        return Dictionary(uniqueKeysWithValues: whole.map { ($0[0], Double($0[6]) ?? .nan) })
    }

    private func lever(_ name: String, _ starts: String) -> String {
        "scenario: \(name)\nlevers:\n  - {multiply: joiners, by: 0.2, starts: \(starts), source: a test}\n"
    }

    /// A lever from October does half in its first year, and one of plans begins with a January.
    @Test func leversBeginInAnyMonth() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("leeds-care")
        for (name, starts) in [("april", "2027"), ("october", "2026-10"), ("march", "2027-03")] {
            try folder.write("model/scenarios/\(name).yaml", lever(name, starts))
        }
        let names = ["april", "october", "march"].flatMap { ["--scenario", $0] }
        let ending = try Sendcast.run(
            ["run", model, "--runs", "16", "--no-report", "--out", folder.path("out")] + names)
        #expect(ending.status == 0, "\(ending.errors)")
        let (before, after) = (try means(folder, "out", 2026), try means(folder, "out", 2027))
        #expect(Set(before.values).count == 1)
        let fewer = ["april", "october", "march"].map { (after["baseline"] ?? .nan) - (after[$0] ?? .nan) }
        #expect(fewer[0] > fewer[1] && fewer[1] > fewer[2] && fewer[2] > 0, "\(fewer)")
        #expect(abs(fewer[1] / fewer[0] - 0.5) < 0.15, "\(fewer)")
        let levers = try String(contentsOfFile: folder.path("out/scenarios.csv"), encoding: .utf8)
        #expect(levers.contains("2026-10"))
        let other = try TemporaryFolder()
        let plans = try other.copyModel("sunderland")
        try other.write("model/scenarios/october.yaml", lever("october", "2026-10"))
        let refused = try Sendcast.run(
            "run", plans, "--runs", "16", "--scenario", "october", "--out", folder.path("no"))
        #expect(refused.status == 1 && refused.errors.contains("Write 2027, the first January after October 2026"))
    }

    /// Carers are places by year; homes open once they are registered, and not every bed can be filled.
    @Test func carersAndHomesArePlaces() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("surrey-care")
        let ending = try Sendcast.run(
            "run", model, "--runs", "32", "--scenario", "residential-beds", "--scenario", "more-carers", "--out",
            folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(!ending.errors.contains("published costs are"))
        let ledger = try String(contentsOfFile: folder.path("out/provisions.csv"), encoding: .utf8)
        let places = ledger.split(separator: "\n").filter { $0.hasPrefix("Own foster carers,") }
            .compactMap { Int($0.split(separator: ",", omittingEmptySubsequences: false)[7]) }
        #expect(places.first == 426 && places == places.sorted(by: >), "\(ledger)")
        let checks = try String(contentsOfFile: folder.path("out/checks.csv"), encoding: .utf8)
        #expect(!checks.contains(",fail,"))
        let page = try String(contentsOfFile: folder.path("out/report.html"), encoding: .utf8)
        #expect(page.contains("Health, distance, provider and kind of placement") && page.contains("beyond 20 miles"))
        let appraised = try Sendcast.run(
            "appraise", model, "--scenario", "residential-beds", "--runs", "16", "--out", folder.path("case"))
        #expect(appraised.status == 0, "\(appraised.errors)")
        #expect(appraised.output.contains("fill of new places") && appraised.output.contains("delay of opening"))
        #expect(!appraised.output.contains("January") && !appraised.output.contains("September"))
        let carers = try String(contentsOfFile: "\(model)/carers.csv", encoding: .utf8)
        try folder.write("model/carers.csv", carers.replacingOccurrences(of: ",IHF,45,", with: ",IHF,47,"))
        let gap = try Sendcast.run("check", model)
        #expect(gap.status == 1 && (gap.output + gap.errors).contains("ends at 44, so 45 was expected"))
    }

    /// Distance, provider, unaccompanied children and care leavers are counted in an authority's own returns.
    @Test func returnsSayMoreThanPlacements() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("returns/2025"), withIntermediateDirectories: true)
        var header = "CHILD,SEX,DOB\n"
        var episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,URN,PL_LOCATION,PL_DISTANCE\n"
        for child in 1...80 {
            header += "\(child),1,15/06/\(2009 + child % 10)\n"
            let isHome = child % 4 == 0
            let end = child % 20 == 1 ? "10/03/2025,E4A" : ","
            episodes += "\(child),01/06/2023,S,C2,\(child <= 8 ? "N8" : "N1"),"
            episodes += isHome ? "K2,PR4,\(end),\(100 + child / 8),OUT,31.5\n" : "U4,PR1,\(end),,IN,3\n"
        }
        try folder.write("returns/2025/header.csv", header)
        try folder.write("returns/2025/episodes.csv", episodes)
        try folder.write(
            "returns/2025/uasc.csv", "CHILD,SEX,DOB,DUC\n2,1,15/06/2011,15/06/2029\n3,1,15/06/2012,01/01/2025\n")
        let leavers = (1...10).map { "L\($0),1,15/06/\($0 < 6 ? 2005 : 2004),\($0 < 5 ? "U1" : "Z2")\n" }.joined()
        try folder.write("returns/2025/oc3.csv", "CHILD,SEX,DOB,ACCOM\n" + leavers + "L11,1,15/06/2005,Q9\n")
        let made = try Sendcast.run("new", "model", "--episodes", "returns", in: folder.url)
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.errors.contains("'Q' is not a code of accommodation"))
        let shares = try String(contentsOfFile: folder.path("model/prevalence.csv"), encoding: .utf8)
        for row in [
            "beyond 20 miles,model,any,any,263.2,", "own provision,model,any,any,736.8,",
            "\"beyond 20 miles: Children's homes, external\",model,any,any,1000,",
            "unaccompanied asylum seekers,model,any,ABS,142.9,",
        ] {
            #expect(shares.contains("\n\(row)"), "\(row) in \(shares)")
        }
        let people = try String(contentsOfFile: folder.path("model/care-leavers.csv"), encoding: .utf8)
        #expect(people.contains("\n19,6,") && people.contains("\n20,5,"), "\(people)")
        let homes = try String(contentsOfFile: folder.path("model/accommodation.csv"), encoding: .utf8)
        #expect(homes.contains("\nindependent living,19,20,0.3636,"), "\(homes)")
        let ending = try Sendcast.run("run", "model", "--runs", "16", "--out", "out", in: folder.url)
        #expect(ending.status == 0, "\(ending.errors)")
    }

    @Test func sensitivityOfCareNeedsNoFigure() throws {
        let ending = try Sendcast.run("sensitivity", "models/derby-care", "--runs", "16")
        #expect(ending.status == 0 && ending.output.contains("children in 2030"), "\(ending.errors)")
    }
}
