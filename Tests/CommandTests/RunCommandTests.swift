import Foundation
import Oracles
import Testing

@Suite struct RunCommandTests {
    /// What was printed did not arrive: the command says so and fails.
    @Test func aFullStandardOutputIsAFailure() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let ending = try Sendcast.run(["run", "models/demo", "--exact"], printingTo: "/dev/full")
        #expect(ending.status == 1 && ending.errors.contains("standard output cannot be written"), "\(ending.errors)")
    }

    @Test(arguments: ["--runs 0", "--runs 1000001", "--threads 0", "--seed -1", "--runs ten"])
    func numbersOutOfRangeAreRefused(option: String) throws {
        let words = option.split(separator: " ").map(String.init)
        for command in ["run", "data"] {
            let ending = try Sendcast.run([command, "models/demo"] + words)
            #expect(ending.status == 64 && ending.errors.contains(words[0]), "\(command) \(words): \(ending.errors)")
        }
    }

    private let files = [
        "bridge.csv", "budget.csv", "causes.csv", "checks.csv", "cost-per-plan.csv", "flows.csv", "manifest.json",
        "plans.csv",
    ]

    private func tables(_ folder: TemporaryFolder, _ name: String) throws -> [Data] {
        try files.filter { $0.hasSuffix(".csv") }.map {
            try Data(contentsOf: folder.url.appendingPathComponent(name).appendingPathComponent($0))
        }
    }

    @Test func aModelRunsEndToEnd() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run("run", "models/demo", "--runs", "64", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.contains("January") && ending.output.contains("80 % interval"))
        #expect(ending.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("Results in") })
        #expect(!ending.output.contains("\u{1B}") && ending.errors.isEmpty, "plain where it is piped")
        let present = try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
        let others = [
            "assumptions.csv", "assurance.md", "charts", "needs.csv", "payers.csv", "people.csv", "report.html",
            "journeys.csv", "settings.csv", "stays.csv", "tables.xlsx", "workbook.xlsx",
        ]
        #expect(present.sorted() == (files + others).sorted())
        #expect(folder.contents == ["out"])
        let checks = try String(contentsOfFile: folder.path("out/checks.csv"), encoding: .utf8)
        #expect(checks.contains(",pass,") && !checks.contains(",fail,"))
    }

    @Test func theManifestSaysWhatMadeTheResults() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(
            "run", "models/demo", "--runs", "16", "--seed", "5", "--out", folder.path("out"))
        #expect(ending.output.contains("Intervals rest on 16 runs alone, their ends on one of them"))
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("out/manifest.json")))
        let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let request = try #require(manifest["request"] as? [String: Any])
        #expect(request["seed"] as? Int == 5)
        #expect(manifest["runs"] as? [Int] == [0, 16])
        #expect(manifest["base"] as? Int == 2026)
        let inputs = try #require(manifest["inputs"] as? [[String: Any]])
        #expect(inputs.count == 5 && inputs.allSatisfy { ($0["sha256"] as? String)?.count == 64 })
        let program = try #require(manifest["program"] as? [String: String])
        #expect(program["blas"]?.contains("OpenBLAS") == true)
        #expect(program["generator"] == "ARS-7")
    }

    /// What is taken for granted of places is said, kept, and chosen by the question.
    @Test func theBaselineOfPlacesIsNamed() throws {
        let folder = try TemporaryFolder()
        for (options, baseline) in [
            ([], "forecast"), (["--scenario", "bases"], "committed"), (["--baseline", "frozen"], "frozen"),
        ] {
            let arguments = ["run", "models/sunderland", "--runs", "16", "--no-report", "--out", folder.path(baseline)]
            let ending = try Sendcast.run(arguments + options)
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(ending.output.contains("Baseline \(baseline): "))
            #expect(ending.output.contains("Under '\(baseline == "forecast" ? "committed" : "forecast")' (16 runs)"))
            let manifest = try String(contentsOfFile: folder.path("\(baseline)/manifest.json"), encoding: .utf8)
            #expect(manifest.contains("\"baseline\" : \"\(baseline)\""))
        }
        let idle = try Sendcast.run([
            "run", "models/sunderland", "--runs", "16", "--no-report", "--out", folder.path("idle"), "--scenario",
            "bases",
            "--baseline", "forecast",
        ])
        #expect(idle.errors.contains("'bases' changes places, and nothing is full"))
    }

    @Test func threadsDoNotChangeABit() throws {
        let folder = try TemporaryFolder()
        for threads in ["1", "2", "3"] {
            let ending = try Sendcast.run(
                "run", "models/demo", "--runs", "100", "--threads", threads, "--out", folder.path(threads))
            #expect(ending.status == 0)
        }
        #expect(try tables(folder, "1") == tables(folder, "2"))
        #expect(try tables(folder, "1") == tables(folder, "3"))
        try Sendcast.run("run", "models/demo", "--runs", "100", "--seed", "1", "--out", folder.path("other"))
        #expect(try tables(folder, "1").last != tables(folder, "other").last)
    }

    /// Run 17 alone has the figures that it has among others: its mean is the mean of 18 runs less that of 17.
    @Test func aRunReplaysAlone() throws {
        let folder = try TemporaryFolder()
        func means(_ name: String, _ arguments: String...) throws -> [String: Double] {
            let ending = try Sendcast.run("run", "models/demo", "--out", folder.path(name), arguments[0], arguments[1])
            #expect(ending.status == 0)
            let text = try String(contentsOfFile: folder.path("\(name)/plans.csv"), encoding: .utf8)
            let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
            return Dictionary(
                uniqueKeysWithValues: rows.map { ($0[0..<6].joined(separator: ","), Double($0[6]) ?? .nan) })
        }
        let alone = try means("alone", "--only-run", "17")
        let (with, without) = (try means("18", "--runs", "18"), try means("17", "--runs", "17"))
        for (label, mean) in alone {
            let expected = 18 * (with[label] ?? 0) - 17 * (without[label] ?? 0)
            #expect(abs(mean - expected) < 0.02, "\(label)")
        }
    }

    /// Neither a temporary folder nor a home is needed.
    @Test func withoutTemporaryFolderAndHomeResultsAreWhole() throws {
        let folder = try TemporaryFolder()
        let bare = ["TMPDIR": "/nonexistent", "HOME": "", "XDG_CONFIG_HOME": ""]
        let words = ["run", "models/demo", "--runs", "16", "--out", folder.path("out")]
        let ending = try Sendcast.run(words, environment: bare)
        #expect(ending.status == 0 && !ending.errors.contains("ERROR"), "\(ending.errors)")
        let whole = try Sendcast.run(words.dropLast() + [folder.path("whole")])
        #expect(whole.status == 0)
        func files(_ name: String) throws -> Set<String> {
            Set(try FileManager.default.subpathsOfDirectory(atPath: folder.path(name)))
        }
        #expect(try files("out") == files("whole") && files("out").contains("workbook.xlsx"))
        let book = try Sendcast.run(
            ["workbook", "models/demo", "--out", folder.path("demo.xlsx")], environment: bare)
        #expect(book.status == 0, "\(book.errors)")
    }

    @Test func resultsAreReplacedOnlyWhenAsked() throws {
        let folder = try TemporaryFolder()
        let out = folder.path("out")
        #expect(try Sendcast.run("run", "models/demo", "--runs", "16", "--out", out).status == 0)
        let refused = try Sendcast.run("run", "models/demo", "--runs", "16", "--out", out)
        #expect(refused.status == 1 && refused.errors.contains("add --force"))
        #expect(try Sendcast.run("run", "models/demo", "--runs", "16", "--out", out, "--force").status == 0)
        #expect(folder.contents == ["out"])
    }

    @Test func foldersThatAreNotResultsAreNeverReplaced() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("work"), withIntermediateDirectories: true)
        try Data("precious".utf8).write(to: URL(fileURLWithPath: folder.path("work/thesis.txt")))
        let refused = try Sendcast.run("run", "models/demo", "--runs", "16", "--out", folder.path("work"), "--force")
        #expect(refused.status == 1 && refused.errors.contains("not results"))
        #expect(FileManager.default.fileExists(atPath: folder.path("work/thesis.txt")))
        let file = try Sendcast.run("run", "models/demo", "--out", folder.path("work/thesis.txt"), "--force")
        #expect(file.status == 1 && file.errors.contains("a file stands there"))
    }

    @Test(arguments: [SIGINT, SIGTERM]) func interruptedRunsLeaveNothing(signal: Int32) throws {
        let folder = try TemporaryFolder()
        let started = try Sendcast.start(
            ["run", "models/demo", "--runs", "100000", "--threads", "1", "--out", folder.path("out")])
        Thread.sleep(forTimeInterval: 1)
        #expect(started.process.isRunning)
        kill(started.process.processIdentifier, signal)
        started.process.waitUntilExit()
        #expect(started.process.terminationStatus == 128 + signal)
        #expect(folder.contents.isEmpty)
    }

    @Test(arguments: [
        ["run"], ["run", "models/demo", "--runs", "0"], ["run", "models/demo", "--runs", "many"],
        ["run", "models/demo", "--threads", "0"], ["run", "models/demo", "--seed=-1"], ["fly"], ["check"],
        ["run", "models/demo", "--only-run=-3"], ["synth", "/tmp/x", "--plans", "0"],
    ]) func misuseIsExplained(arguments: [String]) throws {
        let started = try Sendcast.start(arguments)
        started.process.waitUntilExit()
        #expect(started.process.terminationStatus == 64)
        #expect(!started.errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }

    /// The only public transitions file of real children: 2,153 plans in January 2017.
    @Test(.enabled(if: Oracles.publicData != nil, "needs a folder of public data: set SENDCAST_DATA"))
    func realTransitionsRunAsTheyAre() throws {
        let data = try #require(Oracles.publicData).appendingPathComponent("transitions-demo").path
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run("run", data, "--runs", "1000", "--threads", "2", "--out", folder.path("out"))
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.contains("2017      2,153"))
        #expect(ending.output.contains("January 2017 to January 2022"))
        let checks = try String(contentsOfFile: folder.path("out/checks.csv"), encoding: .utf8)
        #expect(!checks.contains("fail"))
    }

    /// What a newcomer gets wrong first: each ends with status 1 or 64 and one message, and nothing is written.
    @Test func newExplainsWhatIsMissing() throws {
        let folder = try TemporaryFolder()
        try Data("not a release".utf8).write(to: URL(fileURLWithPath: folder.path("some.csv")))
        let (out, none) = (folder.path("model"), folder.path("none.zip"))
        let missing = try Sendcast.run("new", out, "--authority", "Leeds", "--plans", none, "--population", none)
        #expect(missing.status == 1 && missing.errors.contains("there is no such file"))
        let other = try Sendcast.run(
            "new", out, "--authority", "Leeds", "--plans", folder.path("some.csv"), "--population", none)
        #expect(other.status == 1 && other.errors.contains("no table of the national release"))
        let bare = try Sendcast.run("new", "--plans", none)
        #expect(bare.status == 64 && bare.errors.contains("--authority"))
        #expect(folder.contents == ["some.csv"])
    }

    /// Scenarios beside the baseline: lines fit the terminal, finished runs compare, and other seeds are refused with the reason.
    @Test func scenariosAreComparedOnTheSameDraws() throws {
        let folder = try TemporaryFolder()
        func run(
            _ name: String, _ seed: String, _ scenario: [String], _ baseline: String? = nil
        ) throws -> Sendcast.Ending {
            try Sendcast.run(
                ["run", "models/sunderland", "--runs", "32", "--seed", seed, "--out", folder.path(name)]
                    + scenario.flatMap { ["--scenario", $0] } + (baseline.map { ["--baseline", $0] } ?? []))
        }
        let plain = try run("plain", "3", [], "committed")
        let both = try run("both", "3", ["inclusion", "bases+fee-bands"])
        #expect(plain.status == 0 && both.status == 0, "\(both.errors)")
        #expect(both.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("Results in") })
        func baseline(_ name: String) throws -> [Substring] {
            try String(contentsOfFile: folder.path("\(name)/plans.csv"), encoding: .utf8).split(separator: "\n")
                .filter { $0.hasPrefix("baseline,") }
        }
        #expect(try baseline("plain") == baseline("both"), "levers change nothing of the baseline")
        let compared = try Sendcast.run(["compare", folder.path("plain"), folder.path("both")])
        #expect(compared.status == 0 && compared.output.contains("both: bases+fee-bands"), "\(compared.errors)")
        _ = try run("shares", "3", [])
        let mixed = try Sendcast.run(["compare", folder.path("shares"), folder.path("both")])
        #expect(mixed.status == 1 && mixed.errors.contains("baseline committed, not forecast"), "\(mixed.errors)")
        _ = try run("other", "4", [], "committed")
        let refused = try Sendcast.run(["compare", folder.path("plain"), folder.path("other")])
        #expect(refused.status == 1 && refused.errors.contains("seed 4, not 3"))
        let unknown = try run("never", "3", ["inclusoin"])
        #expect(unknown.status == 1 && unknown.errors.contains("Did you mean 'inclusion'?"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("never")))
    }

    /// A run makes report, workbook and returns; made again, nothing else in the folder is lost, and what people signed stays.
    @Test func reportsAreMadeAgain() throws {
        let folder = try TemporaryFolder()
        let out = folder.path("out")
        let run = try Sendcast.run(
            "run", "models/sunderland", "--runs", "32", "--draws", "--scenario", "inclusion", "--out", out)
        #expect(run.status == 0, "\(run.errors)")
        let manager = FileManager.default
        for name in [
            "report.html", "workbook.xlsx", "tables.xlsx", "assurance.md", "returns/returns.xlsx",
            "charts/plans.vl.json",
            "draws.csv.gz",
        ] {
            #expect(manager.fileExists(atPath: "\(out)/\(name)"), "\(name)")
        }
        let page = try Data(contentsOf: URL(fileURLWithPath: "\(out)/report.html"))
        let signed = try Sendcast.run("assumptions", out)
        #expect(signed.status == 0 && signed.output.contains("Rated red"), "\(signed.errors)")
        #expect(signed.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("qa-log.csv") })
        let log = URL(fileURLWithPath: "\(out)/qa-log.csv")
        try (Data(contentsOf: log) + Data("signed,,,A. Person,,,\n".utf8)).write(to: log)
        let notes = URL(fileURLWithPath: "\(out)/returns/notes.txt")
        try Data("mine".utf8).write(to: notes)
        let again = try Sendcast.run("report", out, "--mitigated", "inclusion")
        #expect(manager.fileExists(atPath: notes.path))
        #expect(again.status == 0, "\(again.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(out)/report.html")) == page)
        #expect(try Sendcast.run("assumptions", out).output.contains("is kept as it is"))
        #expect(try String(contentsOf: log, encoding: .utf8).contains("A. Person"))
        #expect(manager.fileExists(atPath: "\(out)/draws.csv.gz"))
        let lost = try Sendcast.run("run", "models/sunderland", "--runs", "32", "--out", out, "--force")
        #expect(
            lost.status == 1 && lost.errors.contains("qa-log.csv") && lost.errors.contains("would be lost"),
            "\(lost.errors)")
        let pictures = try Sendcast.run(["report", out, "--pictures"], environment: ["PATH": "/nowhere"])
        #expect(pictures.status == 0 || pictures.errors.contains("vl-convert-python"), "\(pictures.errors)")
    }

    /// What is held back stays out of every file, whichever command writes; what would tell it is refused.
    @Test func smallCountsAreHeldBack() throws {
        let folder = try TemporaryFolder()
        let (out, published) = (folder.path("out"), folder.path("published"))
        let run = try Sendcast.run("run", "models/sunderland", "--runs", "32", "--suppress", "5", "--out", published)
        #expect(run.status == 0, "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: "\(published)/returns"))
        let plans = try String(contentsOfFile: "\(published)/plans.csv", encoding: .utf8)
        #expect(plans.contains(",c,c,"))
        for word in ["--draws", "--no-report"] {
            let refused = try Sendcast.run("run", "models/sunderland", "--suppress", "5", word, "--out", out)
            #expect(refused.status == 64 && refused.errors.contains("suppressed counts"), "\(refused.errors)")
        }
        #expect(try Sendcast.run("run", "models/sunderland", "--runs", "32", "--out", out).status == 0)
        let alone = try Sendcast.run("report", out, "--suppress", "5")
        #expect(alone.status == 64 && alone.errors.contains("--out"))
        let own = try Sendcast.run("report", out, "--suppress", "5", "--out", out + "/../out", "--force")
        #expect(own.status == 64 && own.errors.contains("would be lost"))
        let other = folder.path("other")
        #expect(try Sendcast.run("report", out, "--suppress", "5", "--out", other).status == 0)
        let second = try Sendcast.run(
            "report", out, "--suppress", "5", "--beside", published, "--out", out + "/../second")
        #expect(second.status == 0, "\(second.errors)")
        let whole = try Sendcast.run("report", out, "--suppress", "5", "--beside", out, "--out", out + "/../third")
        #expect(whole.status == 1 && whole.errors.contains("hold nothing back"), "\(whole.errors)")
        for command in ["report", "run"] { #expect(try Sendcast.run(command, out, "--beside", published).status == 64) }
        // Before anything is simulated.
        let words = ["run", "models/sunderland", "--runs", "32", "--suppress", "5", "--out", folder.path("fourth")]
        let early = try Sendcast.run(words + ["--beside", out])
        #expect(early.status == 1 && early.errors.contains("hold nothing back"), "\(early.errors)")
        #expect(try Sendcast.run(words + ["--beside", published]).status == 0)
        #expect(try String(contentsOfFile: folder.path("fourth/plans.csv"), encoding: .utf8) == plans)
        #expect(try String(contentsOfFile: "\(other)/plans.csv", encoding: .utf8) == plans)
        let unknown = try Sendcast.run("report", folder.path("none"))
        #expect(unknown.status == 1 && unknown.errors.contains("there are no results here"))
    }

    /// A queue prints within the terminal and writes its tables; a faulty file says everything that is wrong, with lines.
    @Test func queuesRunAndFaultsAreSaid() throws {
        let folder = try TemporaryFolder()
        for name in ["surrey-mental-health", "surrey-continuing-care", "sunderland-assessments"] {
            let ending = try Sendcast.run(
                "queue", "examples/queues/\(name).yaml", "--runs", "20", "--out", folder.path(name))
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(ending.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("Results in") })
            #expect(ending.output.contains("Rated red"))
        }
        let waits = try String(contentsOfFile: folder.path("surrey-mental-health/waits.csv"), encoding: .utf8)
        #expect(waits.split(separator: "\n").count == 5)
        let ten = folder.path("ten.yaml")
        let stage = "arrivals: 0, staff: 1, days: 20, variation: 0, waiting: 10, waited: 0, in_service: 0"
        try Data("queue: Ten\nmonths: 14\nstages:\n  - {name: assessment, \(stage)}\n".utf8).write(
            to: URL(fileURLWithPath: ten))
        #expect(try Sendcast.run("queue", ten, "--runs", "20", "--out", folder.path("ten")).status == 0)
        let tenWaits = try String(contentsOfFile: folder.path("ten/waits.csv"), encoding: .utf8)
        #expect(tenWaits.contains("\nassessment,all,10,90,80,160,"), "\(tenWaits)")
        let faulty = folder.path("faulty.yaml")
        let text = """
            queue: x
            stages:
              - name: a
                arivals: 3
                staff: -1
            priorities:
              - {name: b, share: 0.4}
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: faulty))
        let refused = try Sendcast.run("queue", faulty)
        #expect(refused.status == 1)
        for word in ["arivals", "Did you mean 'arrivals'?", "staff", "days", "0.4, not 1"] {
            #expect(refused.errors.contains(word), "\(word): \(refused.errors)")
        }
        let unknown = try Sendcast.run("queue", "examples/queues/surrey-continuing-care.yaml", "--staff", "decisoin=3")
        #expect(unknown.status == 1 && unknown.errors.contains("Did you mean 'decision'?"))
    }
}
