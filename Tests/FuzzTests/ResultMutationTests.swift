import Foundation
import Oracles
import Outputs
import Publishing
import Queues
import Studies
import Testing

/// Mutants of folders of results, of a model of children in care with its scenarios, and of a description of a queue.
@Suite struct ResultMutationTests {
    private static let mutants = ReaderMutationTests.mutants

    /// Writes a broken copy of each mutant's file, does something, and puts the whole one back.
    private func breaking(
        _ names: [String], of path: String, _ count: Int, seed: UInt64, _ body: (Int, String) throws -> Void
    ) throws {
        var mutator = TableMutator(seed: seed)
        for mutant in 0..<count {
            let name = names[mutator.below(names.count)]
            let url = URL(fileURLWithPath: "\(path)/\(name)")
            let whole = try Data(contentsOf: url)
            try mutator.broken(String(decoding: whole, as: UTF8.self)).write(to: url)
            try ReaderMutationTests.soon(mutant) { try body(mutant, name) }
            try whole.write(to: url)
        }
    }

    /// What people do to tables in a spreadsheet: a report is made or refused, and shows no figure that is none.
    @Test func results() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        func write(_ name: String, _ data: Data) throws {
            let url = folder.url.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: url)
        }
        for (name, text) in SmallModel.files { try write("model/\(name)", Data(text.utf8)) }
        let study = try PreparedStudy(folder: folder.path("model"))
        let files = try ReaderMutationTests.resultFiles(of: ScenarioRuns(study, runs: 0..<16, seed: 1, threads: 1))
        for file in files { try write("out/\(file.name)", file.data) }
        let out = folder.path("out")
        let whole = try Report(ResultTables(folder: out)).page
        #expect(whole.range(of: Data("£".utf8)) != nil, "figures are shown")
        try breaking(files.map(\.name), of: out, Self.mutants / 4, seed: 5) { mutant, name in
            guard let tables = try? ResultTables(folder: out), let page = (try? Report(tables))?.page else { return }
            let found = ["£nan", "£inf", "nan %", "inf %"].first { page.range(of: Data($0.utf8)) != nil }
            #expect(found == nil, "mutant \(mutant) of \(name)")
            _ = try? AssuranceStatement(tables).markdown
        }
    }

    /// Carers, homes that wait for registration, shares of placements and care leavers among them.
    @Test func modelsOfCare() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let model = try folder.copyModel("surrey-care")
        let names = try FileManager.default.subpathsOfDirectory(atPath: model).filter { $0.hasSuffix(".csv") }.sorted()
        try breaking(names, of: model, Self.mutants / 20, seed: 6) { mutant, name in
            try ReaderMutationTests.check(model, mutant, name, scenarios: ["residential-beds", "more-carers"])
        }
    }

    @Test func queues() throws {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        let queue = Oracles.repository.appendingPathComponent("examples/queues/surrey-mental-health.yaml")
        try FileManager.default.copyItem(at: queue, to: folder.url.appendingPathComponent("queue.yaml"))
        _ = try QueueDescription.read(folder.path("queue.yaml"))
        try breaking(["queue.yaml"], of: folder.url.path, Self.mutants, seed: 7) { _, _ in
            _ = try? QueueDescription.read(folder.path("queue.yaml"))
        }
    }
}
