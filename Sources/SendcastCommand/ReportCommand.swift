import ArgumentParser
import Foundation
import Outputs
import Publishing

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Makes the report, workbook and returns of finished results.",
        discussion: Help.text(
            """
            'sendcast run' makes them as well. With --suppress it makes a folder that may be published; with --pictures it draws each \
            chart as SVG and PNG.
            """,
            example: "sendcast report results/sunderland --suppress 5 --out to-publish",
            next: "'sendcast assumptions results/sunderland' prints what the figures rest on."))

    @Argument(help: "A folder of results, written by 'sendcast run'.")
    var results: String
    @Option(help: "The scenario that returns show as mitigated (default: the only one).")
    var mitigated: String?
    @OptionGroup var held: SuppressOptions
    @Option(help: "Another folder to write to, the one to publish; --suppress needs it.")
    var out: String?
    @Flag(help: "Overwrite existing results in --out.")
    var force = false
    @Flag(help: "Draw every chart as SVG and PNG; needs the Python package vl-convert-python.")
    var pictures = false

    func validate() throws {
        if held.suppress != nil && out == nil {
            throw ValidationError("--suppress needs --out: the folder of results keeps the suppressed counts.")
        }
        if out != nil && held.suppress == nil { throw ValidationError("--out needs --suppress.") }
        func whole(_ path: String) -> String {
            URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        }
        if let out, whole(out) == whole(results) {
            throw ValidationError("--out is the folder of results itself, which would be lost: choose another folder.")
        }
    }

    func run() throws {
        try Console.explainingFailures {
            var options = Publication.Options()
            options.mitigated = mitigated
            options.threshold = held.suppress
            options.earlier = try held.beside.map { try ResultTables(published: $0) }
            let tables = try ResultTables(folder: results)
            let files = try Publication.files(tables, options)
            let output = try OutputFolder(out ?? results, mayReplace: out == nil || force)
            try output.write((out == nil ? try output.present(besides: files.map(\.name)) : []) + files)
            for name in ResultCatalogue.documentNames { print("\(output.path)/\(name)") }
            if files.contains(where: { $0.name.hasPrefix("returns/") }) { print("\(output.path)/returns/") }
            if pictures { try draw("\(output.path)/charts") }
        }
    }

    private func draw(_ folder: String) throws {
        do {
            print("\(try ChartPictures.draw(in: folder)) pictures in \(folder)")
        } catch let missing as ChartPictures.Missing {
            Console.printError("warning: \(missing.description)")
        }
    }
}
