import Foundation
import Oracles
import Testing

/// Every command of the README runs, and its sample of output is what the program prints.
@Suite struct ReadmeTests {
    private let text =
        (try? String(contentsOf: Oracles.repository.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""

    @Test func everyCommandRuns() throws {
        let folder = try TemporaryFolder()
        for name in ["models", "examples"] {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appendingPathComponent(name),
                withDestinationURL: Oracles.repository.appendingPathComponent(name))
        }
        let blocks = text.components(separatedBy: "```sh\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        let commands = blocks.joined().split(separator: "\n").filter { $0.hasPrefix("sendcast ") }
        #expect(commands.count >= 5)
        let published = [
            "ehcp_2022.zip": "dfe-ehcp/ehcp_2022.zip", "ehcp_2025.zip": "dfe-ehcp/ehcp_2025.zip",
            "children.csv": "population/ons_mid-year_population_estimates_2012_to_2024.csv",
            "projections.csv": "population/ons_snpp2022_based_age0_25.csv", "care": "care", "care-demo": "care-demo",
        ]
        let atHand = published.filter { name, file in
            guard let path = Oracles.publicFile(file) else { return false }
            try? FileManager.default.createSymbolicLink(
                at: folder.url.appendingPathComponent(name), withDestinationURL: URL(fileURLWithPath: path))
            return true
        }
        let needsPublished = commands.filter { command in
            ["ehcp_2025.zip", "my-leeds", "--care", "care-demo", "OUT-published"].contains { command.contains($0) }
        }
        if atHand.count < published.count {
            print("skipped, for public data are not at hand (SENDCAST_DATA): \(needsPublished)")
        }
        for command in commands where atHand.count == published.count || !needsPublished.contains(command) {
            let words = Array(Self.words(command).dropFirst())
            let started = try Sendcast.start(words, in: folder.url)
            _ = started.output.fileHandleForReading.readDataToEndOfFile()
            started.process.waitUntilExit()
            #expect(started.process.terminationStatus == 0, "\(command)")
        }
    }

    /// The words and the layout; figures may differ in the last digit between processors, and have golden values.
    @Test func theSampleLooksLikeWhatIsPrinted() throws {
        let folder = try TemporaryFolder()
        let output = try Sendcast.run("run", "models/sunderland", "--out", folder.path("out")).output
        let sample = text.components(separatedBy: "$ sendcast run models/sunderland\n").last?.components(
            separatedBy: "```")[
                0]
        let printed = Set(shapes(output))
        let lines = shapes(sample ?? "")
        #expect(lines.count > 20)
        for line in lines { #expect(printed.contains(line), "\(line)") }
    }

    /// The words of a command; those in quotes stay together.
    private static func words(_ command: Substring) -> [String] {
        command.split(separator: "\"", omittingEmptySubsequences: false).enumerated().flatMap { place, part in
            place.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
        }
    }

    /// Lines with numbers and the spaces around them made alike.
    private func shapes(_ text: String) -> [String] {
        text.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map { $0.filter { !"0123456789,.".contains($0) } }
            return words.filter { !$0.isEmpty }.joined(separator: " ")
        }
    }
}
