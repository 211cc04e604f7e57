import Oracles
import Testing

/// What `--part auto` makes of a cluster's variables.
@Suite struct ShareTests {
    private func part(_ environment: [String: String]) throws -> (status: Int32, errors: String, output: String) {
        let folder = try TemporaryFolder()
        let ending = try Sendcast.run(
            ["run", "models/demo", "--runs", "48", "--part", "auto", "--out", folder.url.path + "/part"],
            environment: environment)
        return (ending.status, ending.errors, ending.output)
    }

    @Test(arguments: [
        [
            "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "3",
            "SLURM_ARRAY_TASK_COUNT": "3",
        ],
        ["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "3"],
        ["JOB_COMPLETION_INDEX": "1", "JOB_COMPLETIONS": "3"],
    ])
    func aClusterSaysWhichPart(_ environment: [String: String]) throws {
        let part = try part(environment)
        #expect(part.status == 0, "\(part.errors)")
        #expect(part.output.contains("16 to 31"), "\(part.output)")
    }

    /// A task that is repeated alone sees an array of one: it would take all the runs.
    @Test func anArrayOfOneTaskIsNotTheRun() throws {
        let alone = [
            "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "2", "SLURM_ARRAY_TASK_MAX": "2",
            "SLURM_ARRAY_TASK_COUNT": "1",
        ]
        let part = try part(alone)
        #expect(part.status != 0 && part.errors.contains("name its part: --part 2/N"), "\(part.errors)")
    }

    @Test func withoutAClusterThePartIsNamed() throws {
        let part = try part([:])
        #expect(part.status != 0 && part.errors.contains("Write --part 2/7"), "\(part.errors)")
    }
}
