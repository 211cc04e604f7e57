import Foundation
import Oracles
import Testing

/// The help of every command ends what it says with an example that runs, and names the command to try next.
@Suite struct HelpTests {
    private static let published = [
        "ehcp_2022.zip": "dfe-ehcp/ehcp_2022.zip", "ehcp_2025.zip": "dfe-ehcp/ehcp_2025.zip",
        "children.csv": "population/ons_mid-year_population_estimates_2012_to_2024.csv",
        "projections.csv": "population/ons_snpp2022_based_age0_25.csv",
    ]

    /// The help of a command, not broken into lines of a terminal.
    private func help(_ words: String...) throws -> String {
        try Sendcast.run(words + ["--help"], environment: ["COLUMNS": "1000"]).output
    }

    private func commands() throws -> [String] {
        let listed = try #require(try help().components(separatedBy: "SUBCOMMANDS:\n").last)
        let lines = listed.components(separatedBy: "\n\n")[0].split(separator: "\n")
        return lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    @Test func everyCommandHasAnExampleThatRuns() throws {
        let folder = try TemporaryFolder()
        for name in ["models", "examples"] {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appendingPathComponent(name),
                withDestinationURL: Oracles.repository.appendingPathComponent(name))
        }
        let missing = Self.published.filter { name, file in
            guard let path = Oracles.publicFile(file) else { return true }
            try? FileManager.default.createSymbolicLink(
                at: folder.url.appendingPathComponent(name), withDestinationURL: URL(fileURLWithPath: path))
            return false
        }
        // Results that examples read.
        for model in ["sunderland", "surrey", "surrey-care"] {
            let made = try Sendcast.run("run", "models/\(model)", "--runs", "20", "--no-report", in: folder.url)
            #expect(made.status == 0, "\(made.errors)")
        }
        for number in 1...2 {
            let words = [
                "run", "models/sunderland", "--runs", "32", "--part", "\(number)/2", "--out", "part-\(number)",
            ]
            #expect(try Sendcast.run(words, in: folder.url).status == 0)
        }
        let commands = try commands()
        #expect(commands.count >= 18)
        for command in commands {
            let text = try help(command)
            let example = try #require(
                text.firstMatch(of: /Example:\n  (sendcast .+)\n/)?.output.1, "\(command) has no example")
            #expect(example.hasPrefix("sendcast \(command) "))
            let next = try #require(text.firstMatch(of: /\nNext: (.+)\n/)?.output.1, "\(command) names no next step")
            for named in next.matches(of: /sendcast ([a-z]+)/) { #expect(commands.contains("\(named.output.1)")) }
            if missing.keys.contains(where: example.contains) {
                print("skipped, for public data are not at hand (SENDCAST_DATA): \(example)")
                continue
            }
            let words = ReadmeTests.words(example) + (["run", "merge"].contains(command) ? ["--force"] : [])
            let ending = try Sendcast.run(words, in: folder.url)
            #expect(ending.status == 0, "\(example): \(ending.errors)")
        }
    }

    @Test func theProgramItselfSaysWhereToStart() throws {
        let text = try help()
        #expect(text.contains("Example:\n  sendcast run models/sunderland\n"))
        #expect(text.contains("Next: "))
    }
}
