import Foundation
import Testing

/// The house of floors, as `Package.swift` has it: a target imports only targets on lower floors.
@Suite struct FloorTests {
    /// A target, the floor that the comment above it names, and the targets of this package that it depends on.
    struct Target {
        let name: String
        let floor: Int
        let dependencies: [String]
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func noArrowIsLevelOrUpward() throws {
        let targets = try Self.targets(
            of: String(contentsOf: Self.root.appendingPathComponent("Package.swift"), encoding: .utf8))
        let floors = Dictionary(uniqueKeysWithValues: targets.map { ($0.name, $0.floor) })
        #expect(floors.count > 20 && floors["Vocabulary"] == 0 && floors["SendcastCommand"] == 10)
        for target in targets {
            for dependency in target.dependencies {
                let floor = try #require(
                    floors[dependency], "\(target.name) depends on \(dependency), which has no floor")
                #expect(
                    floor < target.floor,
                    "\(target.name) (floor \(target.floor)) depends on \(dependency) (floor \(floor))")
            }
        }
    }

    /// The test sees what it is there for: a level arrow and an upward one.
    @Test func levelAndUpwardArrowsAreSeen() {
        let manifest = """
            // Floor 1
            .target(name: "Low", dependencies: ["High"]),
            // Floor 2
            .target(name: "High", dependencies: ["Low", .product(name: "Yams", package: "Yams")]),
            .testTarget(name: "Tests", dependencies: ["High"]),
            """
        let targets = Self.targets(of: manifest)
        #expect(targets.map(\.name) == ["Low", "High"] && targets.map(\.floor) == [1, 2])
        #expect(targets.map(\.dependencies) == [["High"], ["Low"]])
    }

    /// Every folder of `Sources` is a target with a floor.
    @Test func everyFolderIsATarget() throws {
        let manifest = try String(contentsOf: Self.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appendingPathComponent("Sources").path)
        #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(Self.targets(of: manifest).map(\.name)))
    }

    /// Targets up to the first test target, each with the floor of the last comment that names one.
    static func targets(of manifest: String) -> [Target] {
        // C targets stand above the first floor that is named.
        var floor = -1
        var targets: [Target] = []
        for part in parts(of: manifest.components(separatedBy: ".testTarget(")[0]) {
            if let named = part.firstMatch(of: /^\/\/ Floor (\d+)/) {
                floor = Int(named.1) ?? -1
            } else if let name = part.firstMatch(of: /name: "(\w+)"/) {
                let list =
                    part.firstMatch(of: /(?s)dependencies: \[(.*?)\](,\s*resources|\))/).map { String($0.1) } ?? ""
                let ours = list.replacing(/\.product\([^)]*\)/, with: "").matches(of: /"(\w+)"/).map { String($0.1) }
                targets.append(Target(name: String(name.1), floor: floor, dependencies: ours))
            }
        }
        return targets
    }

    /// The comments that name a floor and the declarations of targets, in order.
    private static func parts(of manifest: String) -> [String] {
        let starts = manifest.matches(of: /\/\/ Floor \d+|\.(target|executableTarget|systemLibrary)\(/).map(
            \.range.lowerBound)
        return zip(starts, starts.dropFirst() + [manifest.endIndex]).map { String(manifest[$0..<$1]) }
    }
}
