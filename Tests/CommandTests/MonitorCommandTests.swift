import Foundation
import Oracles
import Testing

@Suite struct MonitorCommandTests {
    @Test func aYearIsMonitored() throws {
        let folder = try TemporaryFolder()
        let files = ["outturn", "caseload", "budget"].flatMap { ["--\($0)", "examples/monitoring/\($0).csv"] }
        let words = ["monitor", "models/sunderland"] + files + ["--runs", "40", "--out", folder.path("out")]
        let ending = try Sendcast.run(words)
        #expect(ending.status == 0, "\(ending.errors)")
        let lines = ending.output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 || $0.contains("Tables in") || $0.contains("examples/") })
        for text in ["2025-26 after 6 months (April to September)", "not accruals", "all from high needs", "volume"] {
            #expect(ending.output.contains(text), "\(text)")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
        #expect(names.sorted() == ["monitor-variance.csv", "monitor.csv"])
        let again = try Sendcast.run(words)
        #expect(again.status == 1 && again.errors.contains("the monitoring of a year is there already"))
    }

    @Test func aFileOfAnotherKindIsRefused() throws {
        let ending = try Sendcast.run(
            "monitor", "models/sunderland", "--outturn", "models/sunderland/funding.csv", "--runs", "4")
        #expect(ending.status == 1 && ending.errors.contains("month") && !ending.isCrash, "\(ending.errors)")
    }
}
