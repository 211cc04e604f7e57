import ArgumentParser
import Foundation
import Sendcast

struct AssumptionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assumptions", abstract: "Prints what results rest on, and writes a log for people to sign.",
        discussion: "assurance.md is the statement that goes with the figures; qa-log.csv is kept once it is there.")

    @Argument(help: "A folder that 'sendcast run' wrote.")
    var results: String

    func run() throws {
        try Console.explainingFailures {
            try Console.refuseCare(results)
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
