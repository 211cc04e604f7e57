import ArgumentParser
import Foundation
import Sendcast

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Makes the report of finished results again.")

    @Argument(help: "A folder that 'sendcast run' wrote.")
    var results: String

    func run() throws {
        do {
            let tables = try ResultTables(folder: results)
            let page = try Report(tables).page
            try page.write(to: URL(fileURLWithPath: "\(results)/report.html"), options: .atomic)
            let book = try Workbook.bytes(tables)
            try book.write(to: URL(fileURLWithPath: "\(results)/workbook.xlsx"), options: .atomic)
            for file in try Returns(tables).files() {
                let url = URL(fileURLWithPath: "\(results)/\(file.name)")
                try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try file.data.write(to: url)
            }
            print("\(results)/report.html")
        } catch let problem as UnusableData {
            Console.report(problem.findings, write: Console.printError)
            throw ExitCode(1)
        }
    }
}
