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
        /// What was noticed in the releases.
        let findings: [Finding]
        let people: PublishedPopulation
        let history: ReleaseHistory
    }

    func load() throws -> Loaded {
        let read = try ReleaseEditions.read(plans)
        guard let latest = read.value.last else { throw ValidationError("--plans is needed.") }
        let people = try PublishedPopulation.read(population).value
        var history: NeedHistory?
        if let needs { history = try NeedHistory.read(needs, needs: latest.scheme.needs) }
        return Loaded(
            latest: latest, findings: read.findings, people: people,
            history: ReleaseHistory(read.value, children: people, needs: history))
    }
}
