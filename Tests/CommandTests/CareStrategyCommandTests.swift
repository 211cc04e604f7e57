import Foundation
import Oracles
import Testing

/// The tables of a placement sufficiency strategy, own homes and carers where nobody states them, and the way into care.
@Suite struct CareStrategyCommandTests {
    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// The twelve tables that the page on care lists are in the report of one command, for an authority of which only published tables are
    /// known; each from the file that the page names.
    @Test func theTablesOfAStrategyComeFromOneCommand() throws {
        let page = try text(
            Oracles.repository.appendingPathComponent("Sources/Sendcast/Sendcast.docc/Care.md").path)
        let rows = page.split(separator: "\n").map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }.filter { $0.count == 3 && Int($0[0]) != nil }
        #expect(rows.map { $0[0] } == (1...12).map(String.init))
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run("run", "models/derby-care", "--runs", "16", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        let report = try text(folder.path("out/report.html")).replacing(/&[a-z]+;/, with: "'")
        for row in rows {
            let title = row[1].replacing("`", with: "")
            #expect(report.contains("<caption>\(title)"), "\(title)")
            for file in row[2].split(separator: ",").map({ $0.trimmingCharacters(in: ["`", " "]) }) {
                #expect(FileManager.default.fileExists(atPath: folder.path("out/\(file)")), "\(file)")
            }
        }
        // The parts of a table are all of it.
        let byAge = report.components(separatedBy: "<caption>Children by placement and age, 31 March 2025")[1]
            .components(separatedBy: "</table>")[0]
        let figures = byAge.components(separatedBy: "<tr>").dropFirst(2).map { row in
            row.matches(of: /<td[^>]*>([\d,]+)<\/td>/).compactMap { Int($0.output.1.filter(\.isNumber)) }
        }
        #expect(figures.reduce(0) { $0 + $1[0] } == 545)
        for row in figures { #expect(row[0] == row.dropFirst().reduce(0, +)) }
    }

    /// A lever on referrals takes cases of later stages away, and children who start months later; nothing of earlier stages.
    @Test func earlyHelpReachesCareWithItsDelay() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(
            "run", "models/derby-care", "--runs", "64", "--scenario", "front-door", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.contains("year to 31 March, difference") && ending.output.contains("staff days"))
        let rows = try text(folder.path("out/front-door-outlook.csv")).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        func cases(_ stage: String, _ year: Int, _ scenario: String) -> Double {
            let row = rows.first {
                $0[0] == scenario && $0[1] == String(year) && $0[2] == stage && $0[3] == "cases"
            }
            return row.flatMap { Double($0[4]) } ?? .nan
        }
        func part(_ stage: String, _ year: Int) -> Double {
            cases(stage, year, "front-door") / cases(stage, year, "baseline") - 1
        }
        #expect(part("Contacts", 2030) == 0 && part("Referrals", 2026) == 0)
        // Half of its size in the first year, all of it from the second.
        let full = part("Referrals", 2030)
        #expect(abs(part("Referrals", 2027) / full - 0.5) < 0.01 && full < -0.08 && full > -0.15)
        let later = ["Referrals", "Children in need", "Protection conferences", "Start to be looked after"].map {
            part($0, 2027)
        }
        #expect(later == later.sorted() && later[3] > -0.03, "\(later)")
        // Three in ten of the conferences that are fewer would have started, whatever the number of starters that the model forecasts.
        func fewer(_ stage: String) -> Double { cases(stage, 2030, "front-door") - cases(stage, 2030, "baseline") }
        let passed = fewer("Start to be looked after") / fewer("Protection conferences")
        #expect(passed > 0.24 && passed < 0.33, "\(passed)")
        let children = try text(folder.path("out/differences.csv"))
        #expect(children.contains("front-door"))
        let report = try text(folder.path("out/report.html"))
        #expect(report.contains("The way into care") && report.contains("beyond the baseline, stage by stage"))
    }

    /// What is wrong with a way into care is said with its row; levers name its stages; a model of plans has none.
    @Test func aWayIntoCareIsChecked() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("derby-care")
        let stages = try text("\(model)/front-door.csv")
        try folder.write(
            "model/front-door.csv", stages.replacingOccurrences(of: ",0.131,0.127,0.159,", with: ",0.3,0.127,0.4,"))
        let more = try Sendcast.run("check", model)
        #expect(
            more.status == 1
                && (more.output + more.errors).contains("753 would go on from 'Children in need' in a year"))
        try folder.write("model/front-door.csv", stages.replacingOccurrences(of: ",0.65,0.6,0.67,", with: ",,,,"))
        let none = try Sendcast.run("check", model)
        #expect(
            (none.output + none.errors).contains("'Referrals' does not say which share goes on to 'Children in need'"))
        try folder.write("model/front-door.csv", stages)
        try folder.write(
            "model/scenarios/x.yaml",
            "scenario: x\nlevers:\n  - {multiply: front_door, where: {stage: Referal}, by: 0.9}\n"
                + "  - {multiply: front_door, where: {age: 5-9}, by: 0.9}\n")
        let wrong = try Sendcast.run("run", model, "--runs", "16", "--scenario", "x", "--out", folder.path("x"))
        #expect(wrong.status == 1 && wrong.errors.contains("'Referal' is not a stage of front-door.csv"))
        #expect(wrong.errors.contains("Did you mean 'Referrals'?"))
        #expect(wrong.errors.contains("the front door is not distinguished by age"))
        let other = try TemporaryFolder()
        let plans = try other.copyModel("sunderland")
        try other.write("model/front-door.csv", stages)
        let refused = try Sendcast.run("check", plans)
        #expect(refused.status == 1 && (refused.output + refused.errors).contains("this is a model of plans"))
    }

    /// Levers on what only plans have say what there is instead, and name no file that would be of no help.
    @Test func leversOfPlansSayWhatCareHasInstead() throws {
        let folder = try TemporaryFolder()
        let model = try folder.copyModel("leeds-care")
        for verb in ["support", "requests", "refusals", "funding"] {
            try folder.write(
                "model/scenarios/x.yaml", "scenario: x\nlevers:\n  - {multiply: \(verb), by: 1.1, starts: 2027}\n")
            let ending = try Sendcast.run("run", model, "--runs", "16", "--scenario", "x", "--out", folder.path("x"))
            #expect(ending.status == 1 && ending.errors.contains("'\(verb)' belongs to EHC plans"), "\(ending.errors)")
            #expect(!ending.errors.contains(".csv"), "\(ending.errors)")
        }
        let sensitivity = try Sendcast.run("sensitivity", model, "--runs", "16")
        #expect(sensitivity.output.contains("children who start") && !sensitivity.output.contains("new plans"))
    }

    /// A year of care that has begun: children counted by placement at the end of a month move what their lines will have cost.
    @Test func aYearOfCareIsMonitored() throws {
        let folder = try TemporaryFolder()
        let months = ["April", "May", "June"].map { "2025-26,\($0),Agency fostering,1300000\n" }.joined()
        try folder.write("spend.csv", "financial_year,month,line,spend\n" + months)
        func units(_ children: Int) throws -> Double {
            try folder.write("children.csv", "placement,date,children\nAGF,2025-06-30,\(children)\n")
            let ending = try Sendcast.run(
                "monitor", "models/surrey-care", "--outturn", folder.path("spend.csv"), "--caseload",
                folder.path("children.csv"), "--runs", "64", "--out", folder.path("year"), "--force")
            #expect(ending.status == 0, "\(ending.errors)")
            let rows = try text(folder.path("year/monitor.csv")).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let mean = try #require(rows[0].firstIndex(of: "mean"))
            return Double(try #require(rows.first { $0.contains("Agency fostering") })[mean]) ?? .nan
        }
        #expect(try units(300) > 1.05 * units(250))
        try folder.write("children.csv", "placement,reason,date,children\nAGF,ABU,2025-06-30,100\n")
        let byReason = try Sendcast.run(
            "monitor", "models/surrey-care", "--outturn", folder.path("spend.csv"), "--caseload",
            folder.path("children.csv"), "--runs", "16", "--out", folder.path("no"))
        #expect(byReason.status == 1 && byReason.errors.contains("forecast by placement, not by reason"))
    }

    /// In own returns children of one reason leave sooner than those of another, and rates say so.
    @Test func reasonsDifferWhereReturnsSaySo() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("returns/2025"), withIntermediateDirectories: true)
        var header = "CHILD,SEX,DOB\n"
        var episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
        for child in 1...400 {
            header += "\(child),1,15/06/2013\n"
            let (isSoon, ends) = (child % 2 == 0, child % 4 == 0)
            episodes += "\(child),01/06/2023,S,C2,\(isSoon ? "N1" : "N2"),U4,PR1,"
            episodes += isSoon && ends ? "1\(child % 10)/11/2024,E4A\n" : ",\n"
        }
        try folder.write("returns/2025/header.csv", header)
        try folder.write("returns/2025/episodes.csv", episodes)
        let made = try Sendcast.run("new", "model", "--episodes", "returns", in: folder.url)
        #expect(made.status == 0, "\(made.errors)")
        let rows = try text(folder.path("model/rates/leavers.csv")).split(separator: "\n").map {
            $0.split(separator: ",").map(String.init)
        }
        func rate(_ reason: String) -> Double {
            rows.first { $0[0] == "11" && $0[1] == reason && $0[2] == "IHF" }.flatMap { Double($0[3]) } ?? .nan
        }
        #expect(rate("ABU") > 3 * rate("DIS"), "\(rate("ABU")) \(rate("DIS"))")
        let run = try Sendcast.run("run", "model", "--runs", "16", "--no-report", "--out", "out", in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
    }

    /// Own carers and homes of an authority are pools that its children fill, with what is published of carers; what a user states stays.
    @Test func publishedTablesMakePlacesOfCare() throws {
        guard let care = Oracles.publicFile("care"),
            let people = Oracles.publicFile("population/ons_snpp2022_based_age0_25.csv")
        else { return print("skipped, for public data are not at hand (SENDCAST_DATA)") }
        let folder = try TemporaryFolder()
        let new = [
            "new", folder.path("model"), "--authority", "Leeds", "--care", care, "--population", people, "--force",
        ]
        let made = try Sendcast.run(new)
        #expect(made.status == 0 && made.output.contains("no list of homes and carers is published"), "\(made.errors)")
        let places = try text(folder.path("model/places.csv"))
        #expect(places.contains("In-house fostering,IHF,any,0,17,2024,470,pool,970,"), "\(places)")
        #expect(places.contains("530 of them filled"))
        let run = try Sendcast.run(
            "run", folder.path("model"), "--runs", "16", "--no-report", "--out", folder.path("out"))
        #expect(run.status == 0 && run.output.contains("Baseline forecast"), "\(run.errors)")
        try folder.write(
            "model/places.csv",
            "provision,placement,reasons,min_age,max_age,april,places\nOur home,HIH,any,5,17,2024,30\n")
        #expect(try Sendcast.run(new).status == 0)
        #expect(try text(folder.path("model/places.csv")).contains("Our home"))
        let stated = try Sendcast.run(
            "run", folder.path("model"), "--runs", "16", "--no-report", "--out", folder.path("out"), "--force")
        #expect(stated.status == 0 && stated.output.contains("Baseline committed"), "\(stated.errors)")
    }
}
