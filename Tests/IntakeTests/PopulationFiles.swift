import Oracles
import Foundation
import Intake
import Vocabulary

/// Reading tables as a user does: from files with names.
struct PopulationFiles {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes texts to files and reads them, in their order.
    func read(_ files: [(name: String, text: String)]) throws -> Checked<PublishedPopulation> {
        for file in files { try folder.write(file.name, file.text) }
        return try PublishedPopulation.read(files.map { folder.path($0.name) })
    }

    /// What the reading refuses.
    func refusal(_ files: [(name: String, text: String)]) throws -> [String] {
        do {
            _ = try read(files)
            return []
        } catch let failure as UnusableData {
            return failure.findings.filter { $0.severity == .error }.map(\.description)
        }
    }
}

extension CareRelease.Area {
    static let sunderland = CareRelease.Area(name: "Sunderland", code: "E08000024")
    static let surrey = CareRelease.Area(name: "Surrey", code: "E10000030")
    static let somerset = CareRelease.Area(name: "Somerset", code: "E10000027")
}
