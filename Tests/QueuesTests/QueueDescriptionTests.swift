import Foundation
import Oracles
import Queues
import Testing
import Vocabulary

/// What a file of a queue may say.
@Suite struct QueueDescriptionTests {
    private func read(_ stage: String, more: String = "") throws -> String {
        let folder = try TemporaryFolder()
        let text = "queue: q\nmonths: 24\nstages:\n  - {name: assessment, staff: 20, days: 20, \(stage)}\n\(more)"
        try folder.write("queue.yaml", text)
        do {
            _ = try QueueDescription.read(folder.path("queue.yaml"))
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        ("arrivals: 20, growth: 5", "Write a rise of 5 % as 0.05"),
        ("arrivals: 20, growth: 1.05", "Write a rise of 5 % as 0.05"),
        ("arrivals: 20, onward: 60", "Write 60 % as 0.6"), ("arrivals: 20, variation: 40", "Write 40 % as 0.4"),
        ("arrivals: 1e9", "children a month from 0 to 100,000"), ("arrivals: -1", "children a month from 0"),
        ("arrivals: .nan", "children a month from 0"), ("arrivals: 20, target: 1e9", "working days from 0"),
        ("arrivals: 20, changes: {30: 25}", "other staff from month 30 on, and the queue ends with month 24"),
        ("onward: 0", "nobody ever comes to stage 'assessment'"),
    ]) func faultsAreNamed(stage: String, words: String) throws {
        let found = try read(stage)
        #expect(found.contains(words), "\(found)")
    }

    @Test func aStageThatNobodyComesTo() throws {
        let next = "  - {name: treatment, staff: 5, days: 10}\n"
        #expect(try read("arrivals: 20", more: next).contains("nobody ever comes to stage 'treatment'"))
        #expect(try read("arrivals: 20, onward: 0.6", more: next).isEmpty)
        #expect(try read("arrivals: 20, growth: 0.27, changes: {24: 25}").isEmpty)
    }

    @Test func shippedQueuesAreSound() throws {
        let folder = Oracles.repository.appendingPathComponent("examples/queues").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
        #expect(names.count >= 3)
        for name in names { _ = try QueueDescription.read("\(folder)/\(name)") }
    }
}
