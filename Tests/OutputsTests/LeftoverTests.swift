import Foundation
import Oracles
import Outputs
import Testing

/// What killed commands leave beside a folder of results.
@Suite struct LeftoverTests {
    /// No process has this number.
    private let dead = 1 << 30

    @Test func theNextCommandClearsThemAway() throws {
        let folder = try TemporaryFolder()
        let leftover = folder.path(".out.partial-\(dead)")
        let others = folder.path(".out.partial-\(ProcessInfo.processInfo.processIdentifier)x")
        let own = folder.path(".out.partial-1")
        for path in [leftover, others, own] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        _ = try OutputFolder(folder.path("out"), mayReplace: false)
        #expect(!FileManager.default.fileExists(atPath: leftover))
        #expect(FileManager.default.fileExists(atPath: others) && FileManager.default.fileExists(atPath: own))
        withExtendedLifetime(folder) {}
    }

    @Test func resultsThatWereSetAsideComeBack() throws {
        let folder = try TemporaryFolder()
        let retired = folder.path(".out.partial-\(dead).old")
        try FileManager.default.createDirectory(atPath: retired, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(retired)/manifest.json"))
        _ = try? OutputFolder(folder.path("out"), mayReplace: false)
        #expect(FileManager.default.fileExists(atPath: folder.path("out/manifest.json")))
        #expect(folder.contents == ["out"])
        withExtendedLifetime(folder) {}
    }
}
