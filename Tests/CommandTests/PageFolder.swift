import Foundation
import Oracles

/// A folder in which the commands of a page run: models, examples, and public data under the names that pages give.
struct PageFolder {
    /// Names that pages give to public data, and where the data are.
    private static let published = [
        "ehcp_2022.zip": "dfe-ehcp/ehcp_2022.zip", "ehcp_2025.zip": "dfe-ehcp/ehcp_2025.zip",
        "children.csv": "population/ons_mid-year_population_estimates_2012_to_2024.csv",
        "sen-percent.csv": "sen-census/sen_percent_and_mainstream_pupils_2017_18_to_2022_23_by_la.csv",
        "sen-shares.csv.gz": "sen-census/pupils_sen_by_phase_share_2017_18_to_2022_23_by_la.csv.gz",
        "projections.csv": "population/ons_snpp2022_based_age0_25.csv", "care": "care", "care-demo": "care-demo",
    ]

    private let folder: TemporaryFolder
    /// Names of public data that are not at hand.
    let missing: Set<String>

    /// Makes the folder, of links.
    init() throws {
        folder = try TemporaryFolder()
        var missing = Set<String>()
        var links = ["models", "examples"].map { ($0, Oracles.repository.appendingPathComponent($0)) }
        for (name, file) in Self.published {
            guard let path = Oracles.publicFile(file) else {
                missing.insert(name)
                continue
            }
            links.append((name, URL(fileURLWithPath: path)))
        }
        for (name, destination) in links {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appendingPathComponent(name), withDestinationURL: destination)
        }
        self.missing = missing
    }

    /// Runs a command in it to its end.
    func run(_ words: [String]) throws -> Sendcast.Ending { try Sendcast.run(words, in: folder.url) }

    /// The text of a file that a command wrote somewhere in a folder of results; `nil` where there is none.
    func text(of name: String, in results: String) throws -> String? {
        let written = folder.url.appendingPathComponent(results)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: written.path)
        let path = paths.first { $0 == name || $0.hasSuffix("/\(name)") }
        return try path.map { try String(contentsOf: written.appendingPathComponent($0), encoding: .utf8) }
    }
}
