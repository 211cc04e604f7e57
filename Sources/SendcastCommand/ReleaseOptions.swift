import ArgumentParser
import Foundation
import Sendcast

/// The published tables that a command reads.
struct ReleaseOptions: ParsableArguments {
    @Option(
        help: "The national release on plans, zip file or folder; earlier ones beside it make longer series for growth."
    )
    var plans: [String] = []
    @Option(help: "People by single year of age, or children of 0 to 17; may be given more than once.")
    var population: [String] = []
    @Option(
        help: "Pupils by primary need, from the release 'Special educational needs in England': a history of needs.")
    var needs: String?

    /// What was read.
    struct Loaded {
        let latest: NationalRelease
        /// What was noticed in the latest release and the files of people.
        let findings: [Finding]
        let people: PublishedPopulation
        let history: ReleaseHistory
    }

    func load() throws -> Loaded {
        if plans.isEmpty { throw ValidationError("--plans is needed.") }
        var releases: [Checked<NationalRelease>] = []
        for path in plans { releases.append(try NationalRelease.read(path)) }
        releases.sort { $0.value.lastJanuary < $1.value.lastJanuary }
        let latest = releases[releases.count - 1]
        let people = try PublishedPopulation.read(population)
        var history: NeedHistory?
        if let needs { history = try NeedHistory.read(needs, needs: latest.value.scheme.needs) }
        return Loaded(
            latest: latest.value, findings: latest.findings + people.findings, people: people.value,
            history: ReleaseHistory(releases.map(\.value), children: people.value, needs: history))
    }
}
