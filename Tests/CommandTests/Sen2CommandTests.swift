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

    /// Other areas' prices are rated red, and reports name needs and settings.
    @Test func borrowedPricesAreRatedAndCodesAreNamed() throws {
        let folder = try made()
        #expect(try Sendcast.run(Self.new, in: folder.url).status == 0)
        let costs = try String(contentsOfFile: folder.path("model/costs.csv"), encoding: .utf8)
        let rows = costs.split(separator: "\n").dropFirst()
        #expect(!rows.isEmpty && rows.allSatisfy { $0.hasPrefix("\"Other areas' average") && $0.hasSuffix(",red") })
        let run = try Sendcast.run("run", "model", "--runs", "16", "--out", "out", in: folder.url)
        #expect(run.output.contains("mainstream schools"))
        let needs = try String(contentsOfFile: folder.path("out/needs.csv"), encoding: .utf8)
        #expect(needs.contains("ASD,Autistic spectrum disorder"))
    }

    /// What shapes published rates does nothing to those of returns, and another authority's name does not make them its returns.
    @Test func whatDoesNotFitReturnsIsRefused() throws {
        let folder = try made()
        let shaped = try Sendcast.run(Self.new + ["--growth", "damped", "--turnover", "0.1"], in: folder.url)
        #expect(shaped.status == 64 && shaped.errors.contains("--growth and --turnover"), "\(shaped.errors)")
        guard let plans = Oracles.publicFile("dfe-ehcp/ehcp_2025.zip") else { return }
        let named = try Sendcast.run(Self.new + ["--plans", plans, "--authority", "Leeds"], in: folder.url)
        #expect(named.status != 0 && named.errors.contains("Leeds (383)"), "\(named.errors)")
    }

    /// With the release, prices and income are those that the authority published.
    @Test func publishedPricesStandBesideReturns() throws {
        guard let plans = Oracles.publicFile("dfe-ehcp/ehcp_2025.zip") else { return }
        let folder = try TemporaryFolder()
        let made = try Sendcast.run(
            "synth", "made", "--sen2", "--plans", "300", "--years", "2", "--base", "2025", "--seed", "4", in: folder.url
        )
        #expect(made.status == 0, "\(made.errors)")
        for case let name as String in try #require(FileManager.default.enumerator(atPath: folder.path("made")))
        where name.hasSuffix(".csv") {
            let text = try String(contentsOfFile: folder.path("made/\(name)"), encoding: .utf8)
            let moved = text.replacing(/\b999\b/.wordBoundaryKind(.simple), with: "394").replacing(
                "E06000999", with: "E08000024")
            try folder.write("made/\(name)", moved)
        }
        let new = try Sendcast.run(
            [
                "new", "model", "--sen2", "made/2024", "--sen2", "made/2025", "--register", "made/register.csv",
                "--population", "made/population.csv", "--key", "key", "--plans", plans,
            ], in: folder.url)
        #expect(new.status == 0, "\(new.errors)")
        let costs = try String(contentsOfFile: folder.path("model/costs.csv"), encoding: .utf8)
        #expect(costs.contains("State special top-ups") && costs.contains("section 251 outturn"))
        #expect(
            try String(contentsOfFile: folder.path("model/model.yaml"), encoding: .utf8).contains("title: Sunderland"))
        for file in ["funding.csv", "inflation.csv", "transport.csv"] {
            #expect(FileManager.default.fileExists(atPath: folder.path("model/\(file)")), "\(file)")
        }
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
        #expect(new.errors.contains("C2-nothing-paid"))
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

    /// What a plan costs of which nothing is paid follows from its setting: worked by hand.
    @Test func unpaidPlansCountWhereTheyMayBeFree() throws {
        let folder = try TemporaryFolder()
        var returns = MadeReturns()
        // Ten plans in a mainstream school, six of them paid at £5,000; eight in a special school, five of them at £10,000 to £18,000.
        returns.addPeople(10)
        returns.addPeople(8, from: 2_000, born: "2013-05-04", school: "900004")
        try returns.write(to: folder.url.path)
        let paid =
            (0..<6).map { "\(MadeReturns.upn(1_000 + $0)),5000" }
            + (0..<5).map { "\(MadeReturns.upn(2_000 + $0)),\(10_000 + 2_000 * $0)" }
        try folder.write("ledger.csv", (["reference,yearly_cost"] + paid).joined(separator: "\n") + "\n")
        let words = Self.new + ["--costs", "ledger.csv"]
        let new = try Sendcast.run(words, in: folder.url)
        #expect(new.status == 0, "\(new.errors)")
        let costs = try String(contentsOfFile: folder.path("model/costs.csv"), encoding: .utf8)
        // Mainstream: 6 × £5,000 over 10 plans; the deviation of six times 5,000 and four times 0 is £2,582, 0.8607 of the mean, over √10.
        #expect(costs.contains("3000,plan-year,0.8607,0.2722,2025-26,"), "\(costs)")
        #expect(costs.contains("6 of 10 plans paid; 4 cost £0 (without them it would be £5,000)"))
        // Special, with One of the example: £70,000 over the five paid for; the deviation is £3,162, 0.2259 of the mean, over √5.
        #expect(costs.contains("14000,plan-year,0.2259,0.101,2025-26,"), "\(costs)")
        #expect(costs.contains("5 of 9 plans paid; 4 without a payment do not count (at £0 each it would be £7,778)"))
        #expect(costs.contains("amber"))
        #expect(new.output.contains("warning: ledger.csv: the price of SS is £14,000 a plan"))
        #expect(new.output.contains("note: ledger.csv: the price of MS is £3,000 a plan"))
        // Whoever knows that nothing is paid says so, and the plan counts.
        let rows = try String(contentsOfFile: folder.path("model/sen2/findings.csv"), encoding: .utf8)
            .split(separator: "\n").map { $0.components(separatedBy: ",") }
        let answers = rows.filter { $0[3] == "C2-not-paid" && $0[8] == "SS" }
        #expect(answers.count == 4)
        try folder.write(
            "answers.csv",
            ([rows[0]] + answers.map { Array($0[..<9]) + ["keep", "", ""] })
                .map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n")
        let again = try Sendcast.run(words + ["--force", "--corrections", "answers.csv"], in: folder.url)
        #expect(again.status == 0, "\(again.errors)")
        let kept = try String(contentsOfFile: folder.path("model/costs.csv"), encoding: .utf8)
        #expect(kept.contains("7777.78,plan-year,") && kept.contains("4 cost £0 (without them it would be £14,000)"))
    }

    /// A lookup of postcodes becomes areas.csv, and no postcode is written or printed.
    @Test func postcodesBecomeAreas() throws {
        let folder = try TemporaryFolder()
        var returns = MadeReturns()
        returns.addPeople(8)
        returns.addPeople(6, from: 2_000, born: "2013-05-04", school: "900004", postcode: "ZZ3 3ZZ")
        returns.addPeople(1, from: 3_000, postcode: "ZZ4 4ZZ")
        try returns.write(to: folder.url.path)
        try folder.write(
            "postcodes.csv", "pcds,ward,quarter\nZZ1 1ZZ,Elm,North\nZZ2 2ZZ,Oak,North\nZZ3 3ZZ,Elm,South\n")
        let new = try Sendcast.run(
            Self.new + ["--postcodes", "postcodes.csv", "--areas", "quarter,ward"], in: folder.url)
        #expect(new.status == 0, "\(new.errors)")
        #expect(new.output.contains("18 of them have an area by quarter, of which there are 2."))
        #expect(new.errors.contains("A2-not-found: the postcode is not in the lookup"))
        let areas = try String(contentsOfFile: folder.path("model/areas.csv"), encoding: .utf8)
        // Six of eleven to fifteen with SLCN in the south, none in the north; 18 of 19 plans are 95 %, less than is green.
        let known = "\"own return, 15/01/2026, by postcodes.csv: the area is known of 18 of 19 plans\""
        let source = "\(known),15/01/2026,amber"
        for row in ["quarter,South,11,15,SLCN,\(source),6", "quarter,North,11,15,SLCN,\(source),0"] {
            #expect(areas.contains("\n\(row)\n"), "\(row)")
        }
        #expect(areas.contains("\nward,Oak,5,10,SLCN,\(source),8\n"))
        let rights = try FileManager.default.attributesOfItem(atPath: folder.path("model/areas.csv"))
        #expect(rights[.posixPermissions] as? Int == 0o600)
        let run = try Sendcast.run("run", "model", "--runs", "16", "--out", "out", in: folder.url)
        #expect(run.status == 0 && run.output.contains("quarter"), "\(run.errors)")
        let printed = new.output + new.errors + run.output + run.errors
        for case let name as String in try #require(FileManager.default.enumerator(atPath: folder.url.path))
        where name.hasPrefix("model") || name.hasPrefix("out") {
            let bytes = FileManager.default.contents(atPath: folder.path(name)) ?? Data()
            for number in 1...4 {
                for secret in ["ZZ\(number) \(number)ZZ", "ZZ\(number)\(number)ZZ"] {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil && !printed.contains(secret), "\(name)")
                }
            }
        }
        let half = try Sendcast.run(Self.new + ["--postcodes", "postcodes.csv"], in: folder.url)
        #expect(half.status != 0 && half.errors.contains("--postcodes and --areas go together"))
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
