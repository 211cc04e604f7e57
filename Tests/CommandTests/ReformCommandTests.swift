import Foundation
import Intake
import Oracles
import Testing

/// The reform's parts with a model that `new` has just made.
@Suite struct ReformCommandTests {
    @Test func everyPartRunsWithANewModel() throws {
        let folder = try TemporaryFolder()
        try MadeRelease(.of2026).write(to: folder.url)
        // A row above the years, years above the first of their columns, and a region.
        try folder.write(
            "data/appeal-rate.csv",
            """
            "SEND Appeal rate, by local authorities in England",,,,,,,
            Local Authority,LA code,2024,,,2025,,
            ,,Appeals registered,Decisions,Rate,Appeals registered,Decisions,Rate
            NORTH EAST,,,,,,,
            Town 5,505,400,"20,000",1.50%,500,"21,000",1.70%
            Town 6,506, - ,400,0.00%,~,400,~

            """)
        let model = folder.path("model")
        let made = try Sendcast.run([
            "new", model, "--authority", "Town 5", "--plans", folder.url.path, "--population",
            folder.path("population.csv"),
        ])
        #expect(made.status == 0, "\(made.errors)")
        let law = try String(contentsOfFile: "\(model)/law.csv", encoding: .utf8)
        #expect(law.contains("assessment,refused,") && law.contains("in 2025, with 30 at England's share"))
        #expect(law.contains("contents,appealed,") && law.contains("400 registered in 2024, 500 registered in 2025"))
        // Nothing is published of what comes in to a town that is made up.
        try "financial_year,item,amount\n2025-26,high needs block,50000000\n".write(
            toFile: "\(model)/funding.csv", atomically: true, encoding: .utf8)
        let parts = ShippedScenarios.names(for: .plans)
        for (name, scenario) in parts.map({ (String($0.dropFirst(7)), $0) }) + [("all", parts.joined(separator: "+"))] {
            let ran = try Sendcast.run(
                "run", model, "--runs", "8", "--no-report", "--scenario", scenario, "--out", folder.path(name))
            #expect(ran.status == 0, "\(scenario): \(ran.errors)")
        }
        let wrong = try Sendcast.run("run", model, "--runs", "8", "--scenario", "reform/review", "--out", "x")
        #expect(wrong.status != 0 && wrong.errors.contains("Did you mean 'reform/reviews'?"), "\(wrong.errors)")
    }
}
