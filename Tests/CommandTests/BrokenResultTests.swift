import Foundation
import Oracles
import Testing

/// People open results in spreadsheets, cut them and keep those of other versions: commands that read a folder of results say what is
/// wrong with it, and never crash or print what is no number.
@Suite struct BrokenResultTests {
    /// What is done to a file, given its rows with the header first.
    private static let faults: [(name: String, change: @Sendable (inout [String]) -> Void)] = [
        (
            "a column is gone",
            { rows in rows = rows.map { $0.split(separator: ",").dropLast().joined(separator: ",") } }
        ),
        (
            "words for numbers",
            { rows in
                rows =
                    [rows[0]]
                    + rows.dropFirst().map { row in
                        let end = row.lastIndex(of: ",") ?? row.startIndex
                        return row[...end] + "nan"
                    }
            }
        ),
        ("cut short", { rows in rows = Array(rows.prefix(rows.count / 2)) + ["base"] }),
        ("no rows", { rows in rows = [rows[0]] }),
        ("a column has another name", { rows in rows[0] = "x" + rows[0] }),
        ("upside down", { rows in rows = [rows[0]] + rows.dropFirst().reversed() }),
    ]

    @Test func commandsAnswerForBrokenResults() throws {
        let folder = try TemporaryFolder()
        let whole = folder.path("whole")
        let ran = try Sendcast.run(
            "run", "models/demo", "--runs", "8", "--out", whole, "--no-report")
        #expect(ran.status == 0, "\(ran.errors)")
        let commands = [["report", "--force"], ["explain"], ["compare", whole], ["assumptions"]]
        for file in ["plans.csv", "budget.csv", "causes.csv", "checks.csv", "assumptions.csv"] {
            for fault in Self.faults {
                let broken = folder.path("broken")
                try? FileManager.default.removeItem(atPath: broken)
                try FileManager.default.copyItem(atPath: whole, toPath: broken)
                var rows = try String(contentsOfFile: "\(broken)/\(file)", encoding: .utf8)
                    .split(separator: "\n").map(String.init)
                fault.change(&rows)
                try (rows.joined(separator: "\n") + "\n").write(
                    toFile: "\(broken)/\(file)", atomically: true, encoding: .utf8)
                for command in commands {
                    let ending = try Sendcast.run([command[0], broken] + command.dropFirst())
                    let text = ending.output + ending.errors
                    #expect(
                        !ending.isCrash && [0, 1].contains(ending.status),
                        "\(file), \(fault.name): \(command[0]): \(text)")
                    #expect(
                        ending.status == 1 || !text.contains(/\b(nan|inf)\b/), "\(file), \(fault.name): \(command[0])")
                }
            }
        }
        withExtendedLifetime(folder) {}
    }

    @Test func aColumnThatIsGoneIsNamed() throws {
        let folder = try TemporaryFolder()
        let out = folder.path("out")
        _ = try Sendcast.run("run", "models/demo", "--runs", "8", "--out", out, "--no-report")
        let path = "\(out)/budget.csv"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacingOccurrences(of: ",mean,", with: ",average,").write(
            toFile: path, atomically: true, encoding: .utf8)
        let ending = try Sendcast.run("report", out)
        #expect(ending.status == 1)
        #expect(ending.errors.contains("budget.csv, row 1, column mean: the header lacks this column"))
        withExtendedLifetime(folder) {}
    }
}
