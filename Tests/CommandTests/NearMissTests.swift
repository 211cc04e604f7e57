import Foundation
import Oracles
import Testing

/// What somebody types who does not know the program yet: each is answered with what to write.
@Suite struct NearMissTests {
    @Test(arguments: [
        (["help", "nonsense"], 64, "there is no command 'nonsense'"),
        (["forecast", "models/demo"], 64, "there is no command 'forecast'. Did you mean 'run'?"),
        (["chekc", "models/demo"], 64, "Did you mean 'check'?"),
        (["run", "models/dmo"], 1, "Did you mean 'models/demo'?"),
        (["run", "models/sunderland/", "--scenario", "inclusion,bases"], 1, "Write 'inclusion+bases' for all of them"),
        (
            ["appraise", "capital-programme", "--scenario", "models/surrey"], 64,
            "write 'models/surrey --scenario capital-programme'"
        ),
        (
            ["sensitivity", "models/sunderland", "--output", "spend in 2030"], 1,
            "'--output': 'spend in 2030': pounds are of a financial year. Write 'spend in 2030-31'."
        ),
        (
            ["goal", "models/sunderland", "--target", "independent <= 60 in 2030"], 1,
            "Did you mean 'independent special'?"
        ),
        (
            ["goal", "models/sunderland", "--target", "IS <= 60 in 2030", "--confidence", "80"], 64,
            "Write 0.8 for 80 %."
        ),
        (
            ["goal", "models/sunderland", "--target", "IS <= 60 in 2030", "--confidence", "80%"], 64,
            "Write 0.8 for 80 %."
        ),
    ])
    func isAnswered(words: [String], status: Int32, answer: String) throws {
        let ending = try Sendcast.run(words)
        #expect(ending.status == status && ending.errors.contains(answer), "\(words): \(ending.errors)")
    }

    @Test func helpOfCommandsIsStillThere() throws {
        #expect(try Sendcast.run("help", "run").output.contains("Example:"))
        #expect(try Sendcast.run("help").output.contains("SUBCOMMANDS"))
    }

    /// A folder with other files is left alone, and a model that stands there too, until it is asked for.
    @Test func synthSaysWhatIsInTheWay() throws {
        let folder = try TemporaryFolder()
        let words = ["synth", folder.path("made"), "--plans", "200", "--years", "2"]
        try FileManager.default.createDirectory(atPath: folder.path("made"), withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: folder.path("made/notes.txt")))
        let other = try Sendcast.run(words)
        #expect(other.status == 1 && other.errors.contains("files that are not a model"), "\(other.errors)")
        try FileManager.default.removeItem(atPath: folder.path("made/notes.txt"))
        #expect(try Sendcast.run(words).status == 0)
        let again = try Sendcast.run(words)
        #expect(again.status == 1 && again.errors.contains("a model is there already; add --force"), "\(again.errors)")
        #expect(try Sendcast.run(words + ["--force"]).status == 0)
    }

    /// One run has no intervals, and prints none.
    @Test func oneRunPrintsNoIntervals() throws {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(
            "run", "models/demo", "--runs", "1", "--no-report", "--out", folder.path("out"))
        #expect(ending.status == 0 && ending.output.contains("One run alone: it has no intervals."), "\(ending.errors)")
        #expect(!ending.output.contains("80 % interval"), "\(ending.output)")
    }

    /// `check` counts what is rated red in every file, and groups thousands.
    @Test func checkCountsWhatIsRatedRed() throws {
        let ending = try Sendcast.run("check", "models/sunderland")
        let words = ending.output.replacing("\n", with: " ")
        for part in [
            "Rated red until you replace them", "costs.csv 14 of 25", "transport.csv 8 of 8", "overflow.csv",
            "latent.csv 2 of 2", "3,000 plans",
        ] {
            #expect(words.contains(part), "\(part): \(ending.output)")
        }
    }
}
