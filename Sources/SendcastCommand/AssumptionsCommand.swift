import ArgumentParser
import Foundation
import Outputs
import Publishing

struct AssumptionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assumptions", abstract: "Prints what results rest on, and writes a statement and a log to sign.",
        discussion: Help.text(
            """
            Writes assurance.md, the statement that goes with the figures, and qa-log.csv, which people check and sign; a log that \
            exists already is kept.
            """,
            example: "sendcast assumptions results/sunderland",
            next: "'sendcast sensitivity models/sunderland' shows which assumptions matter most."))

    @Argument(help: "A folder of results, written by 'sendcast run'.")
    var results: String

    func run() throws {
        try Console.explainingFailures {
            let statement = try AssuranceStatement(ResultTables(folder: results))
            for line in statement.lines(style: Console.style) { print(line) }
            try statement.markdown.write(
                to: URL(fileURLWithPath: "\(results)/\(ResultCatalogue.statement)"), options: .atomic)
            let log = "\(results)/\(ResultCatalogue.qualityLog)"
            let isThere = FileManager.default.fileExists(atPath: log)
            if !isThere { try statement.qualityLog.write(to: URL(fileURLWithPath: log), options: .atomic) }
            print(
                "\nThe statement is \(results)/\(ResultCatalogue.statement); \(log) is \(isThere ? "kept as it is" : "for people to sign")."
            )
        }
    }
}
