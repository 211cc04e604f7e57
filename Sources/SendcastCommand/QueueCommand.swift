import ArgumentParser
import Foundation
import Outputs
import Queues
import Studies
import Vocabulary

struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Simulates a service that children wait for: assessments, therapies, treatment.",
        discussion: Help.text(
            """
            The file names stages with arrivals a month, staff (children seen at the same time), the working days that a child takes, \
            who waits now, and optionally priorities, patience and a waiting-time standard. In place of arrivals a stage may name a model and \
            what of its forecast arrives, run by run; its plans may wait for the service ('holds_back: yes'). examples/queues has some.
            """,
            example: "sendcast queue examples/queues/surrey-mental-health.yaml --runs 50",
            next: "the same with '--staff assessment=60' shows what more staff do."))

    @Argument(help: "The file that describes the service.")
    var file: String
    @Option(help: "How many runs.", transform: DrawLimits.runs)
    var runs = 400
    @Option(help: "The seed of the draws: the same children arrive whatever the staff.")
    var seed: UInt64 = 2026
    @Option(help: "Try another number of staff from the first month on, as STAGE=STAFF; may be given more than once.")
    var staff: [String] = []
    @Option(help: "A folder for queue.csv and waits.csv.")
    var out: String?
    @Flag(help: "Overwrite existing results.")
    var force = false

    func validate() throws {
        for word in staff where Self.named(word) == nil {
            throw ValidationError("--staff takes STAGE=STAFF, such as assessment=12; '\(word)' is not that.")
        }
    }

    func run() throws {
        try Console.explainingFailures {
            let output = try out.map { try OutputFolder($0, mayReplace: force, kind: .queue) }
            let read = try QueueDescription.read(file)
            let description = read.value
            let queue = try queue(description)
            let demand = try QueueDemand(
                description, queue, runs: runs, seed: seed, threads: ProcessInfo.processInfo.activeProcessorCount)
            let outcome = demand.applied(to: queue).run(runs: runs, seed: seed)
            for line in TerminalQueue.lines(outcome, description, demand, style: Console.style) { print(line) }
            print("")
            Console.report(read.uses)
            try output?.write(QueueFiles.files(outcome, demand))
            if let out { print("\nResults in \(out).") }
            if !outcome.isConserved {
                Console.printError("internal error: children in and out do not balance; please report it")
                throw ExitCode(1)
            }
        }
    }

    /// A stage and its staff; `nil` where words do not name them. The name of a stage may have a sign of equality in it.
    private static func named(_ word: String) -> (stage: String, staff: Int)? {
        guard let sign = word.lastIndex(of: "="), let count = Int(word[word.index(after: sign)...]), count >= 0 else {
            return nil
        }
        return (String(word[..<sign]), count)
    }

    private func queue(_ description: QueueDescription) throws(UnusableData) -> ServiceQueue {
        var queue = ServiceQueue(description)
        for word in staff {
            guard let (name, count) = Self.named(word) else { continue }
            guard let stage = queue.stages.firstIndex(where: { $0.name == name }) else {
                let names = queue.stages.map(\.name)
                throw UnusableData(
                    file: file, column: "--staff", "'\(name)' is not a stage",
                    remedy: suggestion(
                        for: name, among: names, otherwise: "They are \(names.joined(separator: ", "))."))
            }
            queue.stages[stage].staff = Array(repeating: count, count: queue.months)
        }
        return queue
    }
}
