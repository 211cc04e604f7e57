// swift-tools-version: 6.1
import PackageDescription

/// A program of its own that uses Sendcast as a library: `swift run` in this folder.
let package = Package(
    name: "capital-scenario",
    dependencies: [.package(name: "sendcast", path: "../..")],
    targets: [
        .executableTarget(name: "CapitalScenario", dependencies: [.product(name: "Sendcast", package: "sendcast")])
    ],
    swiftLanguageModes: [.v6]
)
