// swift-tools-version: 6.1
import PackageDescription

/// Benchmarks of Sendcast, in a package of their own so that their dependency stays out of the library.
let package = Package(
    name: "sendcast-benchmarks",
    dependencies: [
        .package(name: "sendcast", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .target(
            name: "ReferenceWorkload", dependencies: [.product(name: "Sendcast", package: "sendcast")],
            path: "Sources/ReferenceWorkload"),
        .executableTarget(name: "Workload", dependencies: ["ReferenceWorkload"], path: "Sources/Workload"),
    ],
    swiftLanguageModes: [.v6]
)
