import Foundation
import Oracles
import Testing

/// Children in care from the command line.
@Suite struct CareCommandTests {
    private func isSound(_ folder: TemporaryFolder, _ out: String) throws -> Bool {
        let checks = try String(contentsOfFile: folder.path("\(out)/checks.csv"), encoding: .utf8)
        return checks.contains("the same in every month") && !checks.contains(",fail,")
    }

    @Test func aShippedModelRunsWithScenariosAndSaysItsWords() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(
            "run", "models/surrey-care", "--runs", "32", "--scenario", "kinship-first", "--scenario",
            "residential-beds",
            "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        for word in ["31 March", "children", "placement", "reason"] { #expect(ending.output.contains(word)) }
        for word in ["January", "plans"] { #expect(!ending.output.contains(word), "\(ending.output)") }
        #expect(try isSound(folder, "out"))
        let children = try String(contentsOfFile: folder.path("out/children.csv"), encoding: .utf8)
        #expect(children.hasPrefix("scenario,march,age,age_band,reason,placement,mean"))
        let months = try String(contentsOfFile: folder.path("out/months.csv"), encoding: .utf8)
        #expect(months.contains("\nbaseline,2025-04,all,") && months.contains("\nbaseline,2030-03,all,"))
        let flows = try String(contentsOfFile: folder.path("out/flows.csv"), encoding: .utf8)
        for route in ["home", "kinship order", "adoption", "adult life"] { #expect(flows.contains(",all,\(route),")) }
        #expect(ending.output.contains("of them 19 to 21"))
        let leavers = try String(contentsOfFile: folder.path("out/care-leavers.csv"), encoding: .utf8)
        #expect(
            leavers.hasPrefix("scenario,march,age,accommodation,mean")
                && leavers.contains("\nkinship-first,2030,all,staying put,"))
        #expect(try Sendcast.run("compare", folder.path("out")).status == 0)
        let why = try Sendcast.run("explain", folder.path("out"), "--january", "2028", "--setting", "HOM")
        #expect(why.status == 0 && why.output.contains("children at the base"), "\(why.errors)")
        #expect(try Sendcast.run("check", "models/surrey-care").status == 0)
    }

    /// Every care model with every one of its scenarios, in few runs.
    @Test(arguments: ["derby-care", "leeds-care"]) func everyScenarioRuns(model: String) throws {
        let folder = try TemporaryFolder()
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Oracles.repository.appendingPathComponent("models/\(model)/scenarios").path
        ).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
        #expect(names.count >= 3)
        let words = ["run", "models/\(model)", "--runs", "16", "--out", folder.path("out")]
        let ending = try Sendcast.run(words + names.flatMap { ["--scenario", $0] })
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(try isSound(folder, "out"))
        let overlap = try String(contentsOfFile: folder.path("out/overlap.csv"), encoding: .utf8)
        for name in names { #expect(overlap.contains("\n\(name),2030,all,")) }
    }

    /// Report, workbook, statement and data package are made of care as of plans, in its own words.
    @Test func careIsReportedInItsWords() throws {
        let folder = try TemporaryFolder()
        let out = folder.path("out")
        let ending = try Sendcast.run(
            "run", "models/surrey-care", "--runs", "32", "--scenario", "kinship-first", "--out", out)
        #expect(ending.status == 0, "\(ending.errors)")
        let page = try String(contentsOfFile: "\(out)/report.html", encoding: .utf8)
        let statement = try String(contentsOfFile: "\(out)/assurance.md", encoding: .utf8)
        for word in [
            "children in care to 2030", "on 31 March 2030", "Children by placement", "Children by reason", "adult life",
            "Care leavers to 25", "staying put", "Support for care leavers",
        ] {
            #expect(page.contains(word), "\(word)")
        }
        // Sources of assumptions may speak of January; names within the page are those of plans.
        let body = page.components(separatedBy: "id=\"assumptions\"")[0]
            .replacing(/<script.*?<\/script>/.dotMatchesNewlines(), with: "").replacing(/<[^>]*>/, with: " ")
        for word in ["plans", "January"] { #expect(!body.contains(word), "\(word)") }
        #expect(statement.contains("by month of age, reason and placement"))
        #expect(FileManager.default.fileExists(atPath: "\(out)/workbook.xlsx"))
        #expect(try Sendcast.run("report", out).status == 0)
        #expect(try Sendcast.run("assumptions", out).status == 0)
        let package = try Sendcast.run("data", "models/surrey-care", "--runs", "16", "--out", folder.path("data"))
        #expect(package.status == 0, "\(package.errors)")
        let children = try String(contentsOfFile: folder.path("data/results/children.csv"), encoding: .utf8)
        #expect(children.hasPrefix("model,scenario,march,"))
        let mixed = try Sendcast.run(
            "data", "models/surrey-care", "models/demo", "--runs", "16", "--out", folder.path("mixed"))
        #expect(mixed.status == 1 && mixed.errors.contains("one package of models of plans"))
    }

    /// What is published of care holds counts below five back.
    @Test func smallCountsOfCareAreHeldBack() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(
            "run", "models/derby-care", "--runs", "16", "--suppress", "5", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        let children = try String(contentsOfFile: folder.path("out/children.csv"), encoding: .utf8)
        let rows = children.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let means = rows.filter { $0[0] == "baseline" && $0[1] == "2025" }.map { String($0[6]) }
        #expect(means.contains("c"))
        #expect(means.compactMap(Double.init).allSatisfy { $0 < 0.5 || $0 >= 4.5 })
    }

    @Test func aTargetIsFound() throws {
        let ending = try Sendcast.run(
            "goal", "models/leeds-care", "--runs", "64", "--lever", "turning-the-curve", "--target",
            "children <= 1350 in 2029", "--confidence", "0.7")
        #expect(ending.status == 0, "\(ending.errors)")
    }

    /// Of two years' returns with faults in every column nothing that tells who a child is is written or printed; answers silence the faults.
    @Test func nothingTellsWhoAChildIs() throws {
        let folder = try TemporaryFolder()
        var secrets: Set<String> = ["ZZ9 8ZZ", "Madeup", "Q999100200300"]
        for year in 2024...2025 {
            var header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
            var episodes =
                "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
            for number in 1...80 {
                let (child, upn) = ("KID-\(7_000 + number)-X", "Q99930040\(1_000 + number)")
                let born = "\(10 + number % 18)/0\(1 + number % 9)/\(2008 + number % 12)"
                secrets.formUnion([child, upn, born, born.split(separator: "/").reversed().joined(separator: "-")])
                header += "\(child),1,\(number == 3 ? "Madeup" : born),WBRI,\(upn),1,\(born)\n"
                // Some end in the wrong order, without a reason, with words for days and codes, or are in the header alone.
                if year == 2025 && number % 16 == 0 { continue }
                let days = "\(10 + number % 18)/0\(5 + number % 4)/2023"
                let ends = ["01/02/\(year),E4A", "01/02/\(year),", "Madeup,E4A", "01/02/2001,E4A", ",E4A"]
                let end = number % 8 < 5 && year == 2025 ? ends[number % 8] : ","
                let place = number % 11 == 0 ? "Q999100200300" : number % 13 == 0 ? "Madeup" : "U4"
                episodes += "\(child),\(days),S,C2,N1,\(place),PR1,\(end),,ZZ9 8ZZ,ZZ9 8ZZ,\n"
            }
            try FileManager.default.createDirectory(
                atPath: folder.path("returns/\(year)"), withIntermediateDirectories: true)
            try folder.write("returns/\(year)/header.csv", header)
            try folder.write("returns/\(year)/episodes.csv", episodes)
        }
        let new = ["new", "model", "--episodes", "returns", "--key", "keys/care.key"]
        let first = try Sendcast.run(new, in: folder.url)
        #expect(first.status == 0 && first.output.contains("rows in model/ssda903/findings.csv"), "\(first.errors)")
        let table = try String(contentsOfFile: folder.path("model/ssda903/findings.csv"), encoding: .utf8)
        let rights = try FileManager.default.attributesOfItem(atPath: folder.path("model/ssda903/findings.csv"))
        #expect(rights[.posixPermissions] as? Int == 0o600)
        let rows = table.split(separator: "\n").map { $0.components(separatedBy: ",") }
        let faults = Set(rows.map { $0[3] })
        for fault in ["E5-end", "E5-order", "R1-no-reason", "C1-code", "E8-only-in-header"] {
            #expect(faults.contains(fault), "\(fault): \(faults)")
        }
        // The returns alone, before they are sent.
        let alone = ["check", "--episodes", "returns", "--key", "keys/care.key", "--findings", "found.csv"]
        let sent = try Sendcast.run(alone, in: folder.url)
        #expect(sent.status == 0 && sent.output.contains("\(rows.count - 1) rows are in found.csv"), "\(sent.errors)")
        #expect(try String(contentsOfFile: folder.path("found.csv"), encoding: .utf8) == table)
        let owned = try FileManager.default.attributesOfItem(atPath: folder.path("found.csv"))
        #expect(owned[.posixPermissions] as? Int == 0o600)
        let refused = try Sendcast.run(alone, in: folder.url)
        #expect(refused.status == 1 && refused.errors.contains("a file stands there"), "\(refused.output)")
        let kept = rows.enumerated().map { ($0.offset == 0 ? $0.element : $0.element[..<9] + ["keep", "", ""]) }
        try folder.write("answers.csv", kept.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n")
        let again = try Sendcast.run(new + ["--force", "--corrections", "answers.csv"], in: folder.url)
        #expect(again.status == 0 && again.output.contains("\(rows.count - 1) answers were used"), "\(again.errors)")
        let left = try String(contentsOfFile: folder.path("model/ssda903/findings.csv"), encoding: .utf8)
        #expect(left.split(separator: "\n").count == 1, "\(left)")
        let check = try Sendcast.run("check", "model", in: folder.url)
        #expect(check.status == 0 && !check.output.contains("nothing reads"), "\(check.output)")
        let run = try Sendcast.run("run", "model", "--runs", "16", "--out", "out", in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let printed = [first, sent, refused, again, check, run].map { $0.output + $0.errors }.joined()
        for secret in secrets { #expect(!printed.contains(secret), "\(secret) is printed") }
        var files = 0
        for case let name as String in try #require(FileManager.default.enumerator(atPath: folder.url.path))
        where !name.hasPrefix("returns") {
            guard let bytes = FileManager.default.contents(atPath: folder.path(name)) else { continue }
            files += 1
            for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) is in \(name)") }
        }
        #expect(files > 20)
    }

    /// Returns of the statutory form become a model that runs, in which every month closes.
    @Test func episodesBecomeAModel() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("returns"), withIntermediateDirectories: true)
        var header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
        var episodes =
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        for child in 1...60 {
            header += "\(child),1,\(10 + child % 18)/0\(1 + child % 9)/\(2006 + child % 14),,,,\n"
            let place = ["U4,PR1", "U5,PR4", "K2,PR4", "U3,PR1"][child % 4]
            let ends = child % 3 == 0 ? "\(10 + child % 18)/11/2021,E4A" : ","
            episodes +=
                "\(child),\(10 + child % 18)/0\(5 + child % 4)/2021,S,C1,N\(1 + child % 8),\(place),\(ends),,,,\n"
        }
        try Data(header.utf8).write(to: URL(fileURLWithPath: folder.path("returns/header.csv")))
        try Data(episodes.utf8).write(to: URL(fileURLWithPath: folder.path("returns/episodes.csv")))
        let made = try Sendcast.run("new", folder.path("model"), "--episodes", folder.path("returns"))
        #expect(made.status == 0, "\(made.errors)")
        let ending = try Sendcast.run("run", folder.path("model"), "--runs", "32", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.contains(" 40         counted"))
        #expect(try isSound(folder, "out"))
    }

    /// Children whose placements have codes that came later, beside others whose next return leaves the reason of their end blank: known
    /// counts from returns to results.
    @Test func countsOfReturnsReachTheResults() throws {
        let folder = try TemporaryFolder()
        for year in [2024, 2025] {
            var header = ["CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"]
            var rows = [
                "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
            ]
            func add(_ child: Int, _ born: String, _ episodes: String...) {
                header.append("\(child),1,\(born),WBRI,UN1,,")
                rows += episodes.map { "\(child),\($0),,,," }
            }
            for child in 1000...1011 { add(child, "15/06/2012", "01/05/2021,S,C2,N1,U4,PR1,,") }
            for child in 2000...2005 {
                if year == 2024 {
                    add(child, "10/01/2008", "01/06/2022,S,C2,N1,U4,PR1,,")
                } else {
                    add(
                        child, "10/01/2008", "01/06/2022,S,C2,N1,U4,PR1,10/05/2024,X1",
                        "10/05/2024,P,C2,N1,\(child < 2004 ? "K3" : "Z11"),PR4,,")
                }
            }
            for child in 3000...3007 { add(child, "20/02/2013", "01/06/2022,S,V4,N2,K2,PR1,,") }
            for child in 9000...9004 {
                add(child, "20/02/2013", "01/06/2021,S,C2,N1,U4,PR1,\(year == 2024 ? "" : "10/11/2024"),")
            }
            for child in 0...1 {
                add(
                    50 * year + child, "20/02/2014", "1\(child)/04/\(year - 1),S,V2,N1,U6,PR1,1\(child)/03/\(year),E4A")
            }
            let place = URL(fileURLWithPath: folder.path("returns/\(year)"))
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try Data((header.joined(separator: "\n") + "\n").utf8).write(to: place.appendingPathComponent("header.csv"))
            try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: place.appendingPathComponent("episodes.csv"))
        }
        let made = try Sendcast.run("new", folder.path("model"), "--episodes", folder.path("returns"))
        #expect(made.status == 0, "\(made.errors)")
        let lines = made.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(
            lines.contains(["2024", "23", "2", "2"]) && lines.contains(["2025", "18", "2", "7"]), "\(made.output)")
        #expect(made.errors.contains("8 rows of 8 children are short breaks"))
        #expect(made.errors.contains("the day counts, the route is unknown (and 4 more rows)"))
        let ending = try Sendcast.run("run", folder.path("model"), "--runs", "16", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        let children = try String(contentsOfFile: folder.path("out/children.csv"), encoding: .utf8)
        for (cell, count) in [("all,all", 18), ("all,IHF", 12), ("all,SUP", 4), ("all,OTH", 2), ("DIS,all", 0)] {
            #expect(children.contains("\nbaseline,2025,all,all,\(cell),\(count),0,"), "\(cell)")
        }
        let history = try String(contentsOfFile: folder.path("model/history.csv"), encoding: .utf8)
        #expect(history.contains("2024,any,any,23,SSDA903 episodes"))
    }

    @Test func publicReturnsRunEndToEnd() throws {
        guard let returns = Oracles.publicFile("care-demo") else {
            return print("skipped, for public data are not at hand (SENDCAST_DATA)")
        }
        let folder = try TemporaryFolder()
        let made = try Sendcast.run("new", folder.path("model"), "--episodes", returns)
        #expect(made.status == 0 && made.errors.contains("it is taken to end then"))
        #expect(made.errors.contains("229 rows of 137 children are short breaks (V3, V4): they are left out"))
        let lines = made.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.contains(["2017", "535"]) && lines.contains(["2022", "75", "8", "55"]), "\(made.output)")
        #expect(try Sendcast.run("run", folder.path("model"), "--runs", "32", "--out", folder.path("out")).status == 0)
        #expect(try isSound(folder, "out"))
    }

    /// The growth that Derby prints, and what its counts say.
    @Test func printedGrowthIsChecked() throws {
        let ending = try Sendcast.run("funnel", "examples/funnels/derby-2011-2015")
        #expect(ending.status == 0)
        #expect(ending.output.contains("2 of 6 printed figures differ from the counts"))
        #expect(ending.output.contains("+33.9 %   differs") && ending.output.contains("+112.9 %   differs"))
        #expect(ending.output.contains("+25.2 %    agrees"))
    }

    /// Growth of a stage becomes a scenario, and starters in care grow with it.
    @Test func aStageOfAFunnelDrivesStarters() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("derby-care")
        func save(_ more: String...) throws -> Sendcast.Ending {
            try Sendcast.run(
                ["funnel", "examples/funnels/derby-2011-2015", "--save", "\(model)/scenarios/as-protection.yaml"] + more
            )
        }
        let wrong = try save("--stage", "Child protection plan")
        #expect(wrong.status == 1 && wrong.errors.contains("Did you mean 'Child protection plans'?"), "\(wrong.errors)")
        #expect(try save("--stage", "Child protection plans").status == 0)
        #expect(try save().errors.contains("there is such a file"))
        let ending = try Sendcast.run(
            "run", model, "--runs", "64", "--scenario", "as-protection", "--no-report", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.contains("As many more come as of: Child protection plans"), "\(ending.output)")
    }

    /// Plans and care side by side: no pound of a payer of both counts twice.
    @Test func aPayerOfBothCountsOnce() throws {
        let folder = try TemporaryFolder()
        #expect(
            try Sendcast.run("run", "models/surrey", "--runs", "16", "--no-report", "--out", folder.path("plans"))
                .status == 0)
        // One line of care follows no index.
        let model = try folder.copyModel("surrey-care")
        let costs = URL(fileURLWithPath: "\(model)/costs.csv")
        let text = try String(contentsOf: costs, encoding: .utf8)
        let level = text.replacingOccurrences(
            of: "(Secure homes,SEC,.*,2024-25),children's homes", with: "$1,", options: .regularExpression)
        try Data(level.utf8).write(to: costs)
        let care = try Sendcast.run("run", model, "--runs", "16", "--out", folder.path("care"))
        #expect(care.status == 0 && level != text)
        let checked = try Sendcast.run("check", model)
        #expect((checked.output + checked.errors).contains("a line costs in every year what 2024-25 did"))
        let joint = try Sendcast.run("joint", folder.path("plans"), folder.path("care"), "--year", "2027-28")
        #expect(joint.status == 0, "\(joint.errors)")
        func pounds(_ text: Substring) -> Double {
            let digits = Double(text.filter { $0.isNumber || $0 == "." || $0 == "-" }) ?? .nan
            return digits * (text.hasSuffix("m") ? 1e6 : text.hasSuffix("k") ? 1e3 : text.hasSuffix("bn") ? 1e9 : 1)
        }
        let rows = joint.output.split(separator: "\n").map { $0.split(separator: " ") }
        let grant = try #require(rows.first { $0.prefix(2) == ["high", "needs"] })
        // Of the high needs budget care adds nothing: what it pays for children in care is in the spend on plans.
        #expect(grant.count == 6 && grant[2] == grant[5] && grant[3] == grant[4] && pounds(grant[3]) > 1e5)
        let all = try #require(rows.first { $0.first == "all" && $0.count == 5 })
        #expect(abs(pounds(all[1]) + pounds(all[2]) - pounds(all[3]) - pounds(all[4])) < 0.002 * pounds(all[4]))
        #expect(joint.output.contains("Pounds are at the prices of 2027-28, of plans and of care."))
        let words = joint.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(
            words.contains("stays at prices of 2024-25, for no index carries it on: 'Secure homes'. Name one"),
            "\(joint.output)")
        #expect(joint.output.contains("employment pathway") && joint.output.contains("continuing healthcare"))
        let since = try Sendcast.run(
            "joint", folder.path("plans"), folder.path("care"), "--year", "2029-30", "--since", "2025-26")
        #expect(since.status == 0, "\(since.errors)")
        let purposes = since.output.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(purposes.contains { $0.prefix(3) == ["health", "mental", "health"] }, "\(since.output)")
        #expect(purposes.contains { $0.prefix(4) == ["health", "children", "in", "care"] && $0.last == "red" })
        #expect(!since.output.contains("Hope service"), "partners pay, and no fund")
        let wrong = try Sendcast.run("joint", folder.path("care"), folder.path("plans"), "--year", "2027-28")
        #expect(wrong.status == 1 && wrong.errors.contains("Name results of plans first"))
    }

    /// Of plans, a lever may name the reason why they end, where the model tells reasons apart.
    @Test func plansEndForReasonsThatLeversName() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("surrey")
        let text = """
            scenario: pathway
            levers:
              - multiply: leavers
                where: {reason: employment pathway, age: 19-24}
                by: 1.2
                starts: 2027
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(model)/scenarios/pathway.yaml"))
        let words = ["run", model, "--runs", "32", "--no-report", "--scenario", "pathway", "--out", folder.path("out")]
        let ending = try Sendcast.run(words)
        #expect(ending.status == 0, "\(ending.errors)")
        let flows = try String(contentsOfFile: folder.path("out/flows.csv"), encoding: .utf8).split(separator: "\n")
        func left(_ scenario: String, _ route: String) -> Double {
            flows.filter { $0.hasPrefix("\(scenario),2027,leave,") && $0.contains(",all,\(route),") }
                .reduce(0) { $0 + (Double($1.split(separator: ",")[8]) ?? 0) }
        }
        let (before, after) = (left("baseline", "employment pathway"), left("pathway", "employment pathway"))
        #expect(before > 50 && after > 1.05 * before, "\(before) to \(after)")
        #expect(abs(left("pathway", "adult social care") / left("baseline", "adult social care") - 1) < 0.1)
        let wrong = text.replacingOccurrences(of: "employment pathway", with: "employment path")
        try Data(wrong.utf8).write(to: URL(fileURLWithPath: "\(model)/scenarios/pathway.yaml"))
        let refused = try Sendcast.run(words + ["--force"])
        #expect(refused.status == 1 && refused.errors.contains("Did you mean 'employment pathway'?"))
    }
}
