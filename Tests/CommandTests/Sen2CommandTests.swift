import Foundation
import Oracles
import Testing

/// An authority's own returns on plans from the command line.
@Suite struct Sen2CommandTests {
    private static let returns = [
        "--sen2", "2025", "--sen2", "2026", "--register", "register.csv", "--register-links", "register-links.csv",
        "--key", "keys/pseudonyms.key",
    ]
    private static let new = ["new", "model"] + returns + ["--population", "population.csv"]

    private func made() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try MadeReturns().write(to: folder.url.path)
        return folder
    }

    @Test func returnsBecomeAModelThatRuns() throws {
        let folder = try made()
        let new = try Sendcast.run(Self.new, in: folder.url)
        #expect(new.status == 0, "\(new.errors)")
        #expect(new.output.contains("2026         4    1         1            0      1           1            0"))
        let check = try Sendcast.run("check", "model", in: folder.url)
        #expect(
            check.status == 0 && check.output.contains("model can be run: 4 plans in January 2026"), "\(check.output)")
        #expect(!check.output.contains("nothing reads this file"))
        let run = try Sendcast.run("run", "model", "--runs", "32", "--out", "out", in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        // Made again it is the same, byte for byte.
        let before = try Data(contentsOf: folder.url.appendingPathComponent("model/transitions.csv"))
        #expect(try Sendcast.run(Self.new + ["--force"], in: folder.url).status == 0)
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("model/transitions.csv")) == before)
    }

    /// No byte that is written, and nothing that is printed, tells who somebody is.
    @Test func nothingTellsWhoAPersonIs() throws {
        let folder = try made()
        var printed = ""
        for words in [
            Self.new, ["check"] + Self.returns + ["--findings", "found.csv"], ["check", "model"],
            ["run", "model", "--runs", "16", "--out", "out"],
        ] {
            let ending = try Sendcast.run(words, in: folder.url)
            #expect(ending.status == 0, "\(ending.errors)")
            printed += ending.output + ending.errors
        }
        // Given names of the example are words too, so that they are looked for as the returns have them.
        let secrets = MadeReturns().identifiers.filter { $0.count > 5 } + ["Made,One", "Made One"]
        for secret in secrets { #expect(!printed.contains(secret), "\(secret) is printed") }
        let inputs = ["2025", "2026", "register", "population"]
        var files = 0
        for case let name as String in try #require(FileManager.default.enumerator(atPath: folder.url.path)) {
            if inputs.contains(where: { name.hasPrefix($0) }) { continue }
            guard let bytes = FileManager.default.contents(atPath: folder.path(name)) else { continue }
            files += 1
            for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) is in \(name)") }
        }
        #expect(files > 20)
        for name in ["model/transitions.csv", "model/sen2/findings.csv", "found.csv", "keys/pseudonyms.key"] {
            let rights = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
            #expect(rights == 0o600, "\(name)")
        }
    }

    /// What is paid becomes prices with their spread; references are nowhere.
    @Test func aLedgerBecomesPrices() throws {
        let folder = try TemporaryFolder()
        var returns = MadeReturns()
        returns.addPeople(8)
        try returns.write(to: folder.url.path)
        let paid = (0..<8).map { "\(MadeReturns.upn(1_000 + $0)),\($0 < 4 ? 6_000 : 10_000),,Band \($0 % 2 + 1)" }
        let gone = MadeReturns.upn(77)
        try folder.write(
            "ledger.csv",
            (["reference,yearly_cost,payer,band"] + paid + ["\(gone),5000,,"]).joined(separator: "\n") + "\n")
        let new = try Sendcast.run(Self.new + ["--costs", "ledger.csv"], in: folder.url)
        #expect(new.status == 0, "\(new.errors)")
        #expect(new.errors.contains("C1-not-in-return") && new.errors.contains("C2-not-paid"))
        let costs = try String(contentsOfFile: folder.path("model/costs.csv"), encoding: .utf8)
        // Eight plans in mainstream schools: £8,000, and a standard deviation of £2,138 between children, over the root of 8.
        #expect(costs.contains("8000,plan-year,0.2673,0.0945,2025-26,"), "\(costs)")
        #expect(costs.contains("8 of 8 plans paid") && costs.contains(",green"))
        #expect(costs.contains("\"Other areas' average, SS\"") && costs.contains(",red"))
        let bands = try String(contentsOfFile: folder.path("model/sen2/ledger.csv"), encoding: .utf8)
        #expect(bands.contains("MS,,Band 1,4,8000,") && bands.contains("MS,,Band 2,4,8000,"))
        let found = try String(contentsOfFile: folder.path("model/sen2/findings.csv"), encoding: .utf8)
        let run = try Sendcast.run("run", "model", "--runs", "16", "--out", "out", in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let secrets = returns.identifiers.filter { $0.count > 5 }.union([gone])
        for secret in secrets {
            for text in [new.output, new.errors, run.output, run.errors, costs, bands, found] {
                #expect(!text.contains(secret), "\(secret)")
            }
        }
    }

    @Test func answersAreKeptAndUsed() throws {
        let folder = try made()
        #expect(try Sendcast.run(Self.new, in: folder.url).status == 0)
        let found = folder.path("model/sen2/findings.csv")
        let text = try String(contentsOfFile: found, encoding: .utf8)
        let rows = text.split(separator: "\n").map { $0.components(separatedBy: ",") }
        let answered = rows.enumerated().map { number, row in
            (number == 0 ? row : Array(row[..<9]) + ["keep", "", ""]).joined(separator: ",")
        }
        try Data((answered.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: found))
        let refused = try Sendcast.run(Self.new + ["--force"], in: folder.url)
        #expect(refused.status == 1 && refused.errors.contains("it has answers of yours"))
        try FileManager.default.moveItem(atPath: found, toPath: folder.path("answers.csv"))
        let again = try Sendcast.run(Self.new + ["--force", "--corrections", "answers.csv"], in: folder.url)
        #expect(again.status == 0 && again.output.contains("answers were used"), "\(again.errors)")
        #expect(try String(contentsOfFile: found, encoding: .utf8).split(separator: "\n").count == 1)
    }

    @Test func whatIsMissingIsNamed() throws {
        let folder = try made()
        let words = ["new", "model"] + Self.returns
        let ending = try Sendcast.run(words, in: folder.url)
        #expect(ending.status == 1 && ending.errors.contains("--population is missing"))
        #expect(ending.errors.contains("from mid-2025 on, with code E06000999"))
        let bare = try Sendcast.run("new", "model", "--sen2", "2025", in: folder.url)
        #expect(bare.status != 0 && bare.errors.contains("--sen2 needs --register"))
    }
}

/// The returns that ship as an example are those of the tests.
@Suite struct Sen2ExampleTests {
    @Test func theShippedReturnsAreTheExample() throws {
        let folder = try TemporaryFolder()
        try MadeReturns().write(to: folder.url.path)
        let shipped = Oracles.repository.appendingPathComponent("examples/sen2")
        if ProcessInfo.processInfo.environment["SENDCAST_EXAMPLES"] == "write" {
            try? FileManager.default.removeItem(at: shipped)
            try FileManager.default.copyItem(at: folder.url, to: shipped)
        }
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).filter { $0.contains(".csv") }
        #expect(names.count == 21)
        for name in names {
            let file = shipped.appendingPathComponent(name).path
            #expect(
                FileManager.default.contents(atPath: file) == FileManager.default.contents(atPath: folder.path(name)))
        }
    }
}
