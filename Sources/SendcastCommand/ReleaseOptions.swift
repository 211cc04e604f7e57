import ArgumentParser
import Calibration
import Foundation
import Intake
import Vocabulary

/// The published tables that a command reads.
struct ReleaseOptions: ParsableArguments {
    @Option(
        help: "The national release on plans (zip file or folder); earlier ones as well make longer series for growth."
    )
    var plans: [String] = []
    @Option(help: "People by single year of age, or children of 0 to 17; may be given more than once.")
    var population: [String] = []
    @Option(
        help: "Pupils by primary need, from the release 'Special educational needs in England', as a history of needs.")
    var needs: String?

    /// What was read.
    struct Loaded {
        /// In the order of their last January.
        let releases: [NationalRelease]
        let latest: NationalRelease
        /// What was noticed in the releases, and in the other files.
        let findings: [Finding]
        let people: PublishedPopulation
        let history: ReleaseHistory
        /// What was used of each file.
        let uses: [FileUse]

        /// What was noticed, notes aside, as far as it touches an area; of other areas' figures one line.
        func findings(about area: NationalRelease.Area) -> [Finding] {
            let everywhere = Set(releases.flatMap(\.unreconciled))
            var (own, others) = ([Finding](), Set<String>())
            for release in releases {
                for one in release.areas {
                    let found = release.unreconciled(in: [one])
                    if one.isNational || one.number == area.number { own += found }
                    if !one.isNational && one.number != area.number && !found.isEmpty { others.insert(one.name) }
                }
            }
            let elsewhere = Finding(
                .note,
                "of \(others.count) other areas parts of a figure do not make their total: they are in England's patterns alone",
                remedy: "'sendcast new --list' says which.")
            return own + findings.filter { $0.severity != .note && !everywhere.contains($0) }
                + (others.isEmpty ? [] : [elsewhere])
        }
    }

    func load() throws -> Loaded {
        let read = try ReleaseEditions.read(plans)
        guard let latest = read.value.last else { throw ValidationError("--plans is needed.") }
        let people = try PublishedPopulation.read(population)
        let history = try needs.map { try NeedHistory.read($0, needs: latest.classification.needs) }
        let uses = read.uses + people.uses + (history?.uses ?? [])
        return Loaded(
            releases: read.value, latest: latest,
            findings: read.findings + people.findings + (history?.findings ?? []) + uses.compactMap(\.finding),
            people: people.value,
            history: ReleaseHistory(read.value, children: people.value, needs: history?.value), uses: uses)
    }
}
