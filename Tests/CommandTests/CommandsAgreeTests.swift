import Foundation
import Oracles
import Testing

/// A model that `check` accepts can be run, simulated or exactly, and reported, and so can its scenarios; one that it refuses can be
/// neither.
@Suite struct CommandsAgreeTests {
    private static let mutants: [(model: String, file: String, text: String, broken: String)] = [
        // Carers, homes that wait for registration, beds that cannot be filled.
        ("surrey-care", "carers.csv", "18,44,45,0.1,5,1.9", "18,44,0,0,0,1.9"),
        ("surrey-care", "carers.csv", "18,44,45,0.1,5,1.9", "18,44,45,1.5,5,1.9"),
        ("surrey-care", "carers.csv", "18,44,45,0.1,5,1.9", "18,54,45,0.1,5,1.9"),
        ("surrey-care", "carers.csv", "Own foster carers,IHF,18", "Other carers,IHF,18"),
        ("surrey-care", "carers.csv", "0.53,0.48,0.58", "0.53,0.6,0.58"),
        ("surrey-care", "carers.csv", "IHF", "KIN"),
        ("surrey-care", "scenarios/beds.csv", "3,6,12,0.75", "3,600,12,0.75"),
        ("surrey-care", "scenarios/beds.csv", "3,6,12,0.75", "0,0,0,0"),
        ("surrey-care", "scenarios/beds.csv", "HIH,any,2026", "HIX,any,2026"),
        ("surrey-care", "scenarios/beds.csv", "0.75,0.88,0.96", "0.88,0.75,0.96"),
        ("surrey-care", "scenarios/more-carers.yaml", "Own foster carers", "Nobody"),
        ("surrey-care", "scenarios/more-carers.yaml", "2026-09", "2026-13"),
        ("surrey-care", "places.csv", "2024,24", "2024,-24"),
        ("surrey-care", "places.csv", "2024,24", "2024,0"),
        ("surrey-care", "overflow.csv", "HIH", "XXX"),
        // Shares of placements.
        ("derby-care", "prevalence.csv", ",201.1,", ",1001,"), ("derby-care", "prevalence.csv", ",KIN,150", ",KIX,150"),
        ("derby-care", "prevalence.csv", ",340,", ",0,"), ("derby-care", "prevalence.csv", "model,any", "nowhere,any"),
        ("derby-care", "accommodation.csv", "18,18,0.1809", "18,18,0.9809"),
        ("derby-care", "care-leavers.csv", "18,102,", "18,,"), ("derby-care", "costs.csv", "KIN,549", "KIN,nan"),
        ("derby-care", "rates/deviations.csv", "joiners,,0.11", "joiners,0 to 4,0.11"),
        ("derby-care", "scenarios/kinship-first.yaml", "scenario:", "scenari0:"),
        // Deviations by age, and what only some commands read.
        ("sunderland", "rates/deviations.csv", "joiners,11 to 15,0.4", "joiners,11 to 99,0.4"),
        ("sunderland", "rates/deviations.csv", "joiners,11 to 15,0.4", "joiners,11 to 15,40"),
        ("sunderland", "rates/deviations.csv", "joiners,,0.28", "joiners,,0"),
        ("sunderland", "places.csv", ",SS,", ",S5,"), ("sunderland", "backtest.csv", "level", "levels"),
        ("sunderland", "law.csv", "0.4735,0.5574,0.6293", "0.4735,0.5574,0.5"),
        ("derby", "counted.csv", "2026", "2025"),
    ]

    private func ran(_ words: String...) throws -> Sendcast.Ending {
        let ending = try Sendcast.run(words)
        let text = ending.output + ending.errors
        #expect(!ending.isCrash && [0, 1].contains(ending.status), "\(words): \(text)")
        #expect(ending.status == 1 || !text.contains(/\b(nan|inf)\b/), "\(words)")
        return ending
    }

    @Test(arguments: mutants.indices) func whatCheckAcceptsRuns(number: Int) throws {
        let (name, file, text, broken) = Self.mutants[number]
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let (model, out) = (try folder.copyModel(name), folder.path("out"))
        let whole = try String(contentsOfFile: "\(model)/\(file)", encoding: .utf8)
        #expect(whole.contains(text), "the fault must be put somewhere")
        try whole.replacingOccurrences(of: text, with: broken).write(
            toFile: "\(model)/\(file)", atomically: true, encoding: .utf8)
        let check = try ran("check", model)
        let isAccepted = check.output.contains(" can be run: ")
        let run = try ran("run", model, "--runs", "16", "--out", out)
        #expect((run.status == 0) == isAccepted, "\(check.output)\(run.errors)")
        let exact = try ran("run", model, "--exact")
        let isFull = exact.errors.contains("--without-places")
        let free = isFull ? try ran("run", model, "--exact", "--without-places") : exact
        #expect((free.status == 0) == isAccepted, "\(check.output)\(free.errors)")
        guard isAccepted else { return }
        let report = try ran("report", out, "--suppress", "5", "--out", folder.path("published"))
        #expect(report.status == 0, "\(report.errors)")
        let scenarios = ((try? FileManager.default.contentsOfDirectory(atPath: "\(model)/scenarios")) ?? []).sorted()
            .filter { $0.hasSuffix(".yaml") }.map { $0.dropLast(5) }
        let refused = try scenarios.filter { scenario in
            try ran(
                "run", model, "--runs", "16", "--scenario", String(scenario), "--no-report", "--out",
                folder.path("scenario-\(scenario)")
            ).status == 1
        }
        #expect((check.status == 1) == !refused.isEmpty, "\(check.output)\(refused)")
    }
}
