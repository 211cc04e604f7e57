import Foundation
import Oracles
import Testing

/// Every command of the README, of the guide for contributors and of the documentation runs, and prints what is shown.
@Suite struct ReadmeTests {
    private static let catalogue = "Sources/Sendcast/Sendcast.docc"
    private static let pages: [String] = {
        let folder = Oracles.repository.appendingPathComponent(catalogue).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return ["README.md", "CONTRIBUTING.md"]
            + names.filter { $0.hasSuffix(".md") }.sorted().map { "\(catalogue)/\($0)" }
    }()

    /// Take minutes, and are run where `SENDCAST_SLOW` is set.
    private static let slow = [
        "backtest --care care --runs 64",
        "national --region North East --plans ehcp_2025.zip --population projections.csv --runs 16 --out north-east",
        "backtest --plans ehcp_2022.zip --plans ehcp_2025.zip --models --origins 2021-2022 --horizons 1,2,3 --runs 100",
    ]

    @Test(arguments: pages) func commandsRunAndPrintWhatIsShown(page: String) throws {
        let text = try String(contentsOf: Oracles.repository.appendingPathComponent(page), encoding: .utf8)
        let folder = try PageFolder()
        var missing = folder.missing
        for shown in Self.commands(in: text) {
            if !missing.isDisjoint(with: shown.words) {
                print("skipped, for public data are not at hand (SENDCAST_DATA): \(shown.words.joined(separator: " "))")
                missing.formUnion(shown.words.filter { $0.hasPrefix("my-") || $0.hasPrefix("own-") })
                continue
            }
            let isSlow = Self.slow.contains(shown.words.joined(separator: " "))
            if isSlow && ProcessInfo.processInfo.environment["SENDCAST_SLOW"] == nil { continue }
            let ending = try folder.run(shown.words)
            #expect(ending.status == 0, "\(shown.words): \(ending.errors)")
            let printed = ending.output.split(separator: "\n").map { Line($0) }
            for line in shown.lines {
                let isPrinted = printed.contains { $0.agrees(with: Line(line)) }
                #expect(isPrinted, "\(shown.words.joined(separator: " ")) does not print:\n\(line)")
            }
        }
    }

    @Test func pagesShowWhatTheySay() throws {
        #expect(Self.pages.count >= 12)
        let readme = try String(contentsOf: Oracles.repository.appendingPathComponent("README.md"), encoding: .utf8)
        #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
        #expect(Self.commands(in: readme).contains { $0.lines.count > 20 })
    }

    /// A changed figure or word is seen, the last digit of another processor is not.
    @Test func linesAgree() {
        #expect(Line("  2026  3,153   3,044 to 3,270").agrees(with: Line("  2026  3,153  3,044 to 3,269")))
        #expect(!Line("  2026  3,153   3,044 to 3,270").agrees(with: Line("  2026  3,353  3,044 to 3,270")))
        #expect(!Line("  2026  −3,153").agrees(with: Line("  2026  3,153")))
        #expect(!Line("special  4.4").agrees(with: Line("mainstream  4.4")))
        #expect(!Line("special  4.4  3.6").agrees(with: Line("special  4.4")))
        #expect(Line("147 authorities, 6.4 s.").agrees(with: Line("147 authorities, 19.8 s.")))
    }

    /// A command, and the lines that a page shows of what it prints.
    private struct Shown {
        let words: [String]
        let lines: [Substring]
    }

    /// Commands in the order of the page: each line of a block of the shell, and the first line of a sample.
    private static func commands(in text: String) -> [Shown] {
        let fenced = text.components(separatedBy: "\n```").enumerated().filter { !$0.offset.isMultiple(of: 2) }
        return fenced.flatMap { _, block -> [Shown] in
            let lines = block.split(separator: "\n", omittingEmptySubsequences: false)
            if lines[0] == "sh" {
                return lines.filter { $0.hasPrefix(program) }.map { Shown(words: words($0), lines: []) }
            }
            guard lines.count > 1, lines[1].hasPrefix("$ \(program)") else { return [] }
            return [Shown(words: words(lines[1].dropFirst(2)), lines: lines.dropFirst(2).filter { !$0.isEmpty })]
        }
    }

    private static let program = "sendcast "

    /// The words of a command after its name; those in quotes stay together.
    static func words(_ command: Substring) -> [String] {
        let parts = command.dropFirst(program.count).split(separator: "\"", omittingEmptySubsequences: false)
        return parts.enumerated().flatMap { place, part in
            place.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
        }
    }
}

/// A printed line as its words and its numbers.
private struct Line {
    let words: [String]
    let numbers: [(value: Double, step: Double)]

    init(_ text: some StringProtocol) {
        let untimed = String(text).replacing(/[\d.,]+ m?s\b/, with: "TIME")
        words = untimed.replacing(/[\d.,]*\d/, with: "#").split(separator: " ").map(String.init)
        numbers = untimed.matches(of: /[\d.,]*\d/).map { match in
            let digits = match.output.replacing(",", with: "")
            let decimals = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.count ?? 0
            return (Double(digits) ?? 0, (0..<decimals).reduce(1) { step, _ in step / 10 })
        }
    }

    /// Whether the words are the same, and each number but for a step of its last digit.
    func agrees(with other: Line) -> Bool {
        words == other.words && numbers.count == other.numbers.count
            && zip(numbers, other.numbers).allSatisfy { abs($0.value - $1.value) <= 1.001 * max($0.step, $1.step) }
    }
}
