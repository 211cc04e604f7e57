// swift-tools-version: 6.1
import PackageDescription

/// Every Swift target builds in Swift 6 language mode, with warnings as errors under `make`
/// (`-Xswiftc -warnings-as-errors`: unsafe flags here would stop other packages depending on this one).
let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")

let package = Package(
    name: "sendcast",
    products: [
        .library(name: "Sendcast", targets: ["Sendcast"]),
        // The floors below the front door, for programs that simulate without a model folder, and for the benchmarks.
        .library(
            name: "SendcastKernel",
            targets: [
                "LinearAlgebra", "Vocabulary", "Sampling", "Rates", "Projection", "Formats", "Intake", "Calibration",
            ]),
        .executable(name: "sendcast", targets: ["SendcastCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.0.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
    ],
    targets: [
        // Below the floors: C
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev", "liblapack-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CMessageDigest", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCbc", pkgConfig: "cbc", providers: [.apt(["coinor-libcbc-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "CLanes"),
        .target(name: "CChartBundle"),
        // Floor 0
        .target(name: "LinearAlgebra", dependencies: ["COpenBLAS", numerics]),
        .target(name: "Vocabulary"),
        // Floor 1
        .target(name: "Sampling", dependencies: ["CLanes", "LinearAlgebra", numerics]),
        .target(name: "Optimisation", dependencies: ["CCbc", "Vocabulary"]),
        // Floor 2
        .target(
            name: "Formats",
            dependencies: [
                "Vocabulary", "Sampling", "CArchive", "CMessageDigest", .product(name: "Yams", package: "Yams"),
                algorithms,
            ],
            resources: [.embedInCode("Resources")]),
        .target(name: "Rates", dependencies: ["Vocabulary", "Sampling"]),
        // Floor 3
        .target(
            name: "Intake", dependencies: ["Vocabulary", "Formats", "Rates", algorithms],
            resources: [.embedInCode("Schemes"), .embedInCode("Finance"), .embedInCode("Reform")]),
        .target(
            name: "Projection",
            dependencies: ["LinearAlgebra", "Vocabulary", "Sampling", "Rates", numerics, algorithms]),
        .target(
            name: "Growth", dependencies: ["LinearAlgebra", "Vocabulary", "Sampling", "Formats", numerics, algorithms]),
        .target(name: "Queues", dependencies: ["Vocabulary", "Sampling", "Formats"]),
        // Floor 4
        .target(name: "Placement", dependencies: ["Vocabulary", "Sampling", "Projection"]),
        .target(
            name: "Assembly",
            dependencies: ["Vocabulary", "Formats", "Rates", "Intake", "Projection", "Growth", numerics, algorithms]),
        // Floor 5
        .target(name: "Finance", dependencies: ["Vocabulary", "Sampling", "Projection", "Placement", numerics]),
        // Floor 6: models are made in one column and run in the other
        .target(
            name: "Calibration",
            dependencies: [
                "LinearAlgebra", "Vocabulary", "Sampling", "Optimisation", "Formats", "Rates", "Intake", "Projection",
                "Growth", "Assembly", numerics, algorithms,
            ]),
        .target(
            name: "Studies",
            dependencies: [
                "Vocabulary", "Sampling", "Optimisation", "Formats", "Rates", "Intake", "Projection", "Growth",
                "Queues", "Assembly", "Placement", "Finance", numerics, algorithms,
            ]),
        // Floor 7
        .target(
            name: "Outputs",
            dependencies: [
                "Vocabulary", "Sampling", "Formats", "Rates", "Intake", "Projection", "Growth", "Queues", "Placement",
                "Finance", "Calibration", "Studies",
            ]),
        // Floor 8
        .target(
            name: "Publishing",
            dependencies: [
                "Vocabulary", "Sampling", "Optimisation", "Formats", "Intake", "Outputs", "CXlsxWriter", "CChartBundle",
            ],
            resources: [.embedInCode("Assets")]),
        // Floor 9
        .target(
            name: "Sendcast",
            dependencies: [
                "LinearAlgebra", "Vocabulary", "Sampling", "Formats", "Rates", "Intake", "Projection", "Growth",
                "Queues", "Placement", "Assembly", "Finance", "Calibration", "Studies", "Outputs", "Publishing",
            ]),
        // Floor 10
        .executableTarget(
            name: "SendcastCommand",
            dependencies: [
                "Sendcast", "LinearAlgebra", "Vocabulary", "Sampling", "Formats", "Intake", "Projection", "Growth",
                "Queues",
                "Placement", "Finance", "Calibration", "Studies", "Outputs", "Publishing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"), algorithms,
            ]),

        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "Sampling", "Oracles"]),
        .testTarget(name: "OptimisationTests", dependencies: ["Optimisation"]),
        .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary"]),
        .testTarget(name: "SamplingTests", dependencies: ["Sampling", "CLanes", "LinearAlgebra", "Oracles"]),
        .testTarget(name: "FormatsTests", dependencies: ["Formats", "Intake", "Sampling", "Vocabulary", "Oracles"]),
        .testTarget(name: "IntakeTests", dependencies: ["Intake", "Formats", "Vocabulary", "Oracles"]),
        .testTarget(name: "RatesTests", dependencies: ["Rates", "Sampling", "Vocabulary"]),
        .testTarget(name: "ProjectionTests", dependencies: ["Projection", "Rates", "Sampling", "Vocabulary"]),
        .testTarget(name: "GrowthTests", dependencies: ["Growth", "Sampling"]),
        .testTarget(name: "QueuesTests", dependencies: ["Queues", "Formats", "Vocabulary", "Oracles"]),
        .testTarget(
            name: "PlacementTests", dependencies: ["Placement", "Projection", "Rates", "Sampling", "Vocabulary"]),
        .testTarget(
            name: "FinanceTests",
            dependencies: ["Finance", "Placement", "Projection", "Rates", "Sampling", "Vocabulary"]),
        .testTarget(
            name: "CalibrationTests",
            dependencies: [
                "Calibration", "Assembly", "Optimisation", "Formats", "Growth", "Intake", "Rates", "Projection",
                "Finance",
                "Studies", "Outputs", "Vocabulary", "Oracles",
            ]),
        .testTarget(
            name: "StudiesTests",
            dependencies: [
                "Studies", "Queues", "Calibration", "Outputs", "Projection", "Placement", "Finance", "Rates", "Formats",
                "Intake",
                "Sampling", "Vocabulary", "Oracles",
            ]),
        .testTarget(
            name: "OutputsTests",
            dependencies: ["Outputs", "Formats", "Intake", "Studies", "Finance", "Vocabulary", "Oracles"]),
        .testTarget(
            name: "PublishingTests",
            dependencies: [
                "Publishing", "Outputs", "Studies", "Optimisation", "Formats", "Intake", "Vocabulary", "Oracles",
            ]),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Formats", "Intake", "Queues", "Calibration", "Studies", "Outputs", "Publishing", "Vocabulary",
                "Oracles",
            ]),
        .testTarget(name: "SendcastTests", dependencies: ["Sendcast", "Oracles"]),
        .testTarget(name: "CommandTests", dependencies: ["Oracles", "SendcastCommand"]),
        .testTarget(name: "ArchitectureTests", dependencies: ["Outputs", "Vocabulary"]),
        .target(
            name: "Oracles", path: "Tests/Oracles", exclude: ["scripts"], resources: [.copy("values")]),
    ],
    swiftLanguageModes: [.v6]
)

// What `make fuzz` builds under libFuzzer.
if Context.environment["SENDCAST_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "Formats", "Intake", "Studies", "Outputs", "Publishing", "Queues", "Vocabulary", "Oracles",
            ],
            path: "Tests/Fuzz", exclude: ["corpus"]))
}
