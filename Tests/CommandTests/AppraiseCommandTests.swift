import Foundation
import Oracles
import Testing

@Suite struct AppraiseCommandTests {
    @Test func aBusinessCaseIsPrintedAndWritten() throws {
        let folder = try TemporaryFolder()
        let words = [
            "appraise", "models/sunderland", "--scenario", "bases", "--runs", "16", "--out", folder.path("out"),
        ]
        let ending = try Sendcast.run(words)
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(ending.output.split(separator: "\n").allSatisfy { $0.count <= 80 || $0.contains("Business case in") })
        for text in ["from spend to value", "what it hangs on", "its other levers", "share going independent"] {
            #expect(ending.output.contains(text), "\(text)")
        }
        let names = ["options", "lines", "switching", "benchmarks", "basis"].map { "appraisal-\($0).csv" }
        let present = try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
        #expect(present.sorted() == (names + ["business-case.html"]).sorted())
        let page = try String(contentsOfFile: folder.path("out/business-case.html"), encoding: .utf8)
        #expect(page.contains("What must be believed for it to be worth more than £0"))
        #expect(page.contains("On average it is worth more than £0 only if"))
        let switching = try String(contentsOfFile: folder.path("out/appraisal-switching.csv"), encoding: .utf8)
        #expect(switching.contains("latent demand,0,1,2,"))
        let again = try Sendcast.run(words)
        #expect(again.status == 1 && again.errors.contains("a business case is there already"))
    }

    @Test func whatCannotBeAppraisedIsSaid() throws {
        let folder = try TemporaryFolder()
        for (scenario, text) in [("bses", "bses"), ("inclusion", "opens no capital scheme")] {
            let ending = try Sendcast.run(
                "appraise", "models/sunderland", "--scenario", scenario, "--out", folder.path("out"))
            #expect(ending.status == 1 && ending.errors.contains(text), "\(ending.errors)")
        }
        #expect(folder.contents.isEmpty)
    }
}
