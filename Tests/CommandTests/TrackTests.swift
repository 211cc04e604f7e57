import Foundation
import Oracles
import Testing

/// `benchmarks/check` lets a version pass, or says what is worse.
@Suite struct TrackTests {
    private static let measures = [
        ("W, 2,000 plans", "instructions a run", 100.0), ("check: memory", "MB", 50),
        ("check: time", "s of processor", 1),
        ("backtest, 3 years ahead: MAPE", "%", 7),
    ]

    /// What is printed where each measure is multiplied by a factor, and whether it passes.
    private func check(_ factors: [Double], changelog: String = "# Changes\n\n## 2\n\n## 1\n") throws -> (Bool, String)
    {
        let folder = try TemporaryFolder()
        for (name, factors) in [("base.json", [1, 1, 1, 1]), ("new.json", factors)] {
            let measures = zip(Self.measures, factors).map { measure, factor in
                #"{"name": "\#(measure.0)", "unit": "\#(measure.1)", "value": \#(measure.2 * factor)}"#
            }
            try folder.write(name, "[\(measures.joined(separator: ","))]")
        }
        try folder.write("CHANGELOG.md", changelog)
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = Oracles.repository.appendingPathComponent("benchmarks/check")
        process.arguments = ["base.json", "new.json", "--changelog", "CHANGELOG.md"].map {
            $0.hasPrefix("--") ? $0 : folder.path($0)
        }
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus == 0, said)
    }

    @Test func aLittleMoreIsAllowedAndTimeIsOnlyPrinted() throws {
        let (passes, said) = try check([1.029, 1.09, 3, 7.04 / 7])
        #expect(passes && said.contains("check: time: 1 to 3 s of processor (+200.0 %)"), "\(said)")
    }

    @Test(arguments: [([1.031, 1, 1, 1], 0), ([1, 1.11, 1, 1], 1), ([1, 1, 1, 7.06 / 7], 3)] as [([Double], Int)])
    func whatIsWorseIsNamed(factors: [Double], measure: Int) throws {
        let name = Self.measures[measure].0
        let (passes, said) = try check(factors)
        #expect(!passes && said.contains("\(name) is worse than is allowed"), "\(said)")
        #expect(try check(factors, changelog: "# Changes\n\n## 2\n\n- \(name) is worse because …\n\n## 1\n").0)
        #expect(try !check(factors, changelog: "# Changes\n\n## 2\n\n## 1\n\n- \(name) is worse because …\n").0)
    }

    @Test func aMeasureThatIsGoneIsAFault() throws {
        let (passes, said) = try check([1])
        #expect(!passes && said.contains("check: memory is not measured any more"), "\(said)")
        #expect(!said.contains("MAPE is not measured any more"), "it needs public data")
    }
}
