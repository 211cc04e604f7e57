import ArgumentParser
import Foundation

/// A machine's share of the runs: `2/7`, or `auto` for what a cluster's own variables say.
struct ShareOption: ExpressibleByArgument {
    /// From 0.
    let number: Int
    let count: Int

    init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

    init?(argument: String) {
        if argument == "auto" {
            guard let share = Self.ofCluster(ProcessInfo.processInfo.environment) else { return nil }
            self = share
            return
        }
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], 1 <= number, number <= count,
            count <= Self.most
        else { return nil }
        self.init(number: number - 1, count: count)
    }

    /// A run has at most 100,000 runs, in blocks of sixteen.
    private static let most = 6_250

    /// The share that a job of an array (Slurm), a rank (Open MPI) or an indexed job (Kubernetes, whose `completions` stand in
    /// `JOB_COMPLETIONS`) has; `nil` outside of them.
    static func ofCluster(_ environment: [String: String]) -> ShareOption? {
        func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
        let shares = [
            (number("OMPI_COMM_WORLD_RANK"), number("OMPI_COMM_WORLD_SIZE")),
            (
                number("SLURM_ARRAY_TASK_ID").map { $0 - (number("SLURM_ARRAY_TASK_MIN") ?? 0) },
                number("SLURM_ARRAY_TASK_COUNT")
            ),
            (number("JOB_COMPLETION_INDEX"), number("JOB_COMPLETIONS")),
        ]
        for case (let number?, let count?) in shares where 0 <= number && number < count && count <= most {
            return ShareOption(number: number, count: count)
        }
        return nil
    }
}
