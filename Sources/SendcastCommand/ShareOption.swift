import ArgumentParser
import Foundation

/// A machine's share of the runs: `2/7`, or `auto` for what a cluster's own variables say.
struct ShareOption {
    /// From 0.
    let number: Int
    let count: Int

    init(number: Int, count: Int) { (self.number, self.count) = (number, count) }

    /// Reads the argument.
    /// - Throws: `ValidationError` that says what was expected.
    init(argument: String) throws {
        if argument == "auto" {
            self = try Self.ofCluster(ProcessInfo.processInfo.environment)
            return
        }
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], 1 <= number, number <= count,
            count <= Self.most
        else { throw ValidationError("'\(argument)' is not a share of the runs. Write 2/7, or auto on a cluster.") }
        self.init(number: number - 1, count: count)
    }

    /// A run has at most 1,000,000 runs, in blocks of sixteen.
    private static let most = 62_500

    /// The share that a job of an array (Slurm), a rank (Open MPI) or an indexed job (Kubernetes, whose `completions` stand in
    /// `JOB_COMPLETIONS`) has.
    /// - Throws: `ValidationError` outside of them, and in an array that cannot be all of a run, such as one of a task that is repeated.
    static func ofCluster(_ environment: [String: String]) throws -> ShareOption {
        func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
        if let task = number("SLURM_ARRAY_TASK_ID"), let first = number("SLURM_ARRAY_TASK_MIN"),
            let last = number("SLURM_ARRAY_TASK_MAX"), first > 1 || last - first + 1 != number("SLURM_ARRAY_TASK_COUNT")
        {
            throw ValidationError(
                "This array has not all parts of a run, so 'auto' cannot know how many there are. Repeat a task with "
                    + "'scontrol requeue', or name its part: --part \(task)/N.")
        }
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
        throw ValidationError(
            "'auto' takes the share from Slurm's array, Open MPI or an indexed Kubernetes job, and this is none. Write --part 2/7."
        )
    }
}
