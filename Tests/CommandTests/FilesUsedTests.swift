import Foundation
import Oracles
import Testing

/// What the program says of each input file, whatever saved it.
@Suite struct FilesUsedTests {
    private static let clean = [
        "cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,60\n",
        "costs.csv": "need,setting,cost\nany,MS,1000\nany,SS,10000.5\n",
        "model.yaml": "title: Toy\nbase: 2026\nhorizon: 2\nruns: 16\nseed: 1\ngrowth: none\n",
        "needs.csv": "need,name,dsg,reform\nASD,ASD,,\n",
        "population.csv": "january,age,population\n"
            + (2025...2028).flatMap { january in (0...25).map { "\(january),\($0),1000\n" } }.joined(),
        "rates/entry.csv": "age,need,setting,share,weight,source\nany,any,MS,1,1000000,toy\n",
        "rates/joiners.csv": "age,need,rate,weight,source\nany,any,0.001,1000000,toy\n",
        "rates/leavers.csv": "age,need,setting,rate,weight,source\nany,any,any,0.05,1000000,toy\n",
        "rates/movers.csv": "age,need,setting,to_setting,rate,weight,source\nany,any,MS,SS,0.1,1000000,toy\n",
        "settings.csv": """
        setting,name,group,min_age,max_age,in_area,scap,dsg,reform
        MS,Mainstream,mainstream,0,25,yes,,,
        SS,Special,state special,0,25,yes,SS,,

        """,
    ]

    private func model(_ changes: [String: String] = [:], encoding: String.Encoding = .utf8) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["rates", "scenarios"] {
            try FileManager.default.createDirectory(
                at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        for (name, text) in Self.clean.merging(changes, uniquingKeysWith: { $1 }) {
            let encoding = changes[name] == nil ? .utf8 : encoding
            let mark = encoding == .utf8 ? "" : "\u{FEFF}"
            let bytes = try #require((mark + text).data(using: encoding))
            try bytes.write(to: folder.url.appendingPathComponent(name))
        }
        return folder
    }

    private func check(_ changes: [String: String]) throws -> Sendcast.Ending {
        let folder = try model(changes)
        return try withExtendedLifetime(folder) { try Sendcast.run("check", folder.path("")) }
    }

    private func results(_ folder: TemporaryFolder) throws -> [String] {
        let ended = try Sendcast.run("run", folder.path(""), "--no-report", "--out", folder.path("out"))
        #expect(ended.status == 0, "\(ended.errors)")
        return try ["plans.csv", "cost-per-plan.csv"].map {
            try String(contentsOf: folder.url.appendingPathComponent("out/\($0)"), encoding: .utf8)
        }
    }

    /// The same model figures come out, however the tables were saved.
    @Test(arguments: [
        ["cohort.csv": "age;need;setting;plans\n6;ASD;SS;60\n6;ASD;MS;60\n"],
        ["cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,60\n,,,\n,,,\n,,,\n"],
        ["cohort.csv": "Cohort of January 2026,,,\nage,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,60\n"],
        ["cohort.csv": "age,need,setting,plans,,\n6,ASD,SS,60,,\n6,ASD,MS,60,,\n"],
        ["cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,60\nTotal,,,120\n"],
        ["cohort.csv": "age\tneed\tsetting\tplans\n6\tASD\tSS\t60\n6\tASD\tMS\t60\n"],
        ["costs.csv": "need;setting;cost\nany;MS;1000\nany;SS;10000,5\n"],
        ["costs.csv": "Prices,,\n,,\nneed,setting,cost\nany,MS,\"1,000\"\nany,SS,\"10,000.50\"\n"],
        [
            "rates/leavers.csv": "age;need;setting;rate;weight;source\nany;any;any;0,05;1000000;toy\n",
            "rates/movers.csv": "age|need|setting|to_setting|rate|weight|source\nany|any|MS|SS|0.1|1 000 000|toy\n",
        ],
    ]) func figuresAreThoseOfTheCleanFile(changes: [String: String]) throws {
        let expected = try results(try model())
        #expect(expected[0].split(separator: "\n").count > 3)
        #expect(try results(try model(changes)) == expected)
        #expect(try results(try model(changes, encoding: .utf16LittleEndian)) == expected)
        let checked = try check(changes)
        #expect(checked.status == 0)
        #expect(
            checked.output.contains("note: ") && checked.output.contains("saved it: ")
                || checked.output.contains("set apart"))
    }

    /// Endings of a band of ages stray by themselves; a band that there is not is named with the nearest.
    @Test func endingsOfABandMayStray() throws {
        let header = "flow,group,sd,source\n"
        let runs = try ["leavers,,0,x\n", "leavers,,0,x\nleavers,16 to 19,0.8,x\n"].map {
            try results(
                try model([
                    "cohort.csv": "age,need,setting,plans\n16,ASD,SS,300\n16,ASD,MS,300\n",
                    "rates/deviations.csv": header + $0,
                ]))
        }
        let isSame = runs[0] == runs[1]
        #expect(!isSame)
        let checked = try check(["rates/deviations.csv": header + "leavers,16 to 20,0.8,x\n"])
        let said = checked.output + checked.errors
        #expect(checked.status != 0)
        #expect(said.contains("deviations.csv, row 2, column group: '16 to 20' is not one of this model"), "\(said)")
        #expect(said.contains("Did you mean '16 to 19'?"), "\(said)")
    }

    /// People that are not published up to the base are a warning of `check`, and a line of `run`.
    @Test func peopleOfEarlierYearsAreSaid() throws {
        let log =
            "assumptions:\n  - id: population\n    statement: People by age.\n    value: published to mid-2020\n    source: x\n"
            + "    date: \"2026\"\n    quality: red\n"
        let folder = try model(["assumptions.yaml": log])
        let words = "published to mid-2020, and the base is January 2026"
        #expect(try Sendcast.run("check", folder.path("")).output.contains(words))
        let ran = try Sendcast.run("run", folder.path(""), "--no-report", "--out", folder.path("out"))
        #expect(ran.output.replacing("\n  ", with: " ").contains(words), "\(ran.output)")
    }

    @Test func checkSaysWhatWasUsedOfEachFile() throws {
        let folder = try model(["scenarios/more.yaml": "scenario: more\nlevers:\n  - multiply: joiners\n    by: 1.1\n"])
        let output = try Sendcast.run("check", folder.path("")).output
        let block = output.components(separatedBy: "What was used of each file\n").last ?? ""
        for expected in [
            "    model.yaml           read", "    cohort.csv           all 2 rows used",
            "    population.csv       78 of 104 rows used; 2026 to 2028; left out: 26 from",
            "    scenarios/more.yaml  read",
            "    rates/movers.csv     1 row used",
        ] {
            #expect(block.contains(expected), "\(expected)\n\(output)")
        }
        let lines = block.components(separatedBy: "\n\n")[0].components(separatedBy: "\n")
        #expect(lines.count > 11 && lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("  /") })
    }

    @Test func theManifestSaysItToo() throws {
        let folder = try model()
        _ = try results(folder)
        let data = try Data(contentsOf: folder.url.appendingPathComponent("out/manifest.json"))
        let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let inputs = try #require(manifest["inputs"] as? [[String: Any]])
        let population = try #require(inputs.first { ($0["file"] as? String)?.hasSuffix("population.csv") == true })
        #expect(population["rows"] as? Int == 104 && population["used"] as? Int == 78)
        #expect(population["years"] as? [Int] == [2026, 2028])
        #expect(population["left_out"] as? [String: Int] == ["from before the base": 26])
        let yaml = try #require(inputs.first { ($0["file"] as? String)?.hasSuffix("model.yaml") == true })
        #expect(yaml["rows"] == nil && yaml["sha256"] != nil)
    }

    @Test(arguments: [
        ("popluation.csv", "nothing reads this file. population.csv is read: is this a copy?"),
        ("costs (1).csv", "costs.csv is read: is this a copy?"), ("cohort - Copy.csv", "cohort.csv is read"),
        ("growht.csv", "nothing reads this file. Did you mean 'growth.csv'?"),
        ("places.xlsx", "Did you mean 'places.csv'?"),
        ("model.yml", "model.yaml is read"), ("rates/leaver.csv", "rates/leavers.csv is read"),
        ("scenarios/more.yml", "Scenarios are files that end in .yaml"),
        ("scenarios/levers.xlsx", "Scenarios are files"),
        ("minutes.csv", "Move it elsewhere, or correct its name."),
    ]) func filesThatNothingReadsAreWarnedOf(name: String, expected: String) throws {
        let output = try check([name: "a,b\n1,2\n"]).output
        #expect(output.contains("warning: ") && output.contains("/\(name): nothing reads this file"), "\(output)")
        #expect(output.contains(expected), "\(output)")
    }

    @Test(arguments: [
        "README.md", "readme.csv", "costs.csv.bak", "costs.csv~", "~$costs.xlsx", ".costs.csv", "scenarios/schemes.csv",
    ])
    func filesThatAreNoDataAreNot(name: String) throws {
        let ended = try check([name: "a,b\n1,2\n"])
        #expect(ended.status == 0 && !ended.output.contains("nothing reads"), "\(ended.output)")
    }

    /// The misspelt name is told beside the missing one.
    @Test func aMisspeltNameIsToldBesideTheMissingOne() throws {
        let folder = try model(["popluation.csv": Self.clean["population.csv"] ?? ""])
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("population.csv"))
        let ended = try Sendcast.run("check", folder.path(""))
        #expect(ended.status == 1)
        #expect(
            ended.output.contains("popluation.csv: nothing reads this file. Did you mean 'population.csv'?"),
            "\(ended.output)")
        #expect(ended.output.contains("What was used of each file"))
    }

    @Test func queuesAndFunnelsSayWhatTheyRead() throws {
        let queue = try Sendcast.run("queue", "examples/queues/sunderland-assessments.yaml", "--runs", "4").output
        #expect(queue.contains("What was used of each file") && queue.contains("sunderland-assessments.yaml"))
        let funnel = try Sendcast.run("funnel", "examples/funnels/derby-2011-2015").output
        #expect(funnel.contains("series.csv") && funnel.contains("rows used; 2011 to 201"), "\(funnel)")
    }
}
