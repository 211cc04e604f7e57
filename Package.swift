// swift-tools-version: 6.1
import PackageDescription

/// Every Swift target builds in Swift 6 language mode, with warnings as errors under `make`
/// (`-Xswiftc -warnings-as-errors`: unsafe flags here would stop other packages depending on this one).
let package = Package(
    name: "sendcast",
    products: [
        .library(name: "Sendcast", targets: ["Sendcast"]),
        .executable(name: "sendcast", targets: ["SendcastCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
    ],
    targets: [
        // Floor 0: one system library a target.
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev", "liblapack-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CMessageDigest", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
        .systemLibrary(name: "CCbc", pkgConfig: "cbc", providers: [.apt(["coinor-libcbc-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

        .target(name: "CLanes"),
        .target(name: "CChartBundle"),

        // Floor 1
        .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"]),
        .target(name: "Vocabulary"),
        .target(name: "Optimisation", dependencies: ["CCbc"]),
        // Floor 2
        .target(name: "Sampling", dependencies: ["CLanes", "LinearAlgebra"]),
        .target(
            name: "Intake",
            dependencies: ["Vocabulary", "CArchive", "CMessageDigest", .product(name: "Yams", package: "Yams")],
            resources: [.embedInCode("Schemes")]),
        // Floor 3
        .target(name: "Rates", dependencies: ["Vocabulary", "Sampling"]),
        .target(name: "Growth", dependencies: ["LinearAlgebra", "Sampling"]),
        .target(name: "Queues", dependencies: ["Sampling"]),
        .target(name: "Calibration", dependencies: ["LinearAlgebra", "Vocabulary", "Intake", "Rates", "Growth"]),
        // Floor 4
        .target(name: "Projection", dependencies: ["LinearAlgebra", "Vocabulary", "Sampling", "Rates"]),
        // Floor 5
        .target(name: "Placement", dependencies: ["Vocabulary", "Sampling", "Projection"]),
        // Floor 6; levers are put in terms of Finance as well
        .target(name: "Finance", dependencies: ["Vocabulary", "Sampling", "Projection", "Placement"]),
        .target(name: "Scenarios", dependencies: ["Vocabulary", "Intake", "Projection", "Placement", "Finance"]),
        // Floor 7
        .target(
            name: "Studies",
            dependencies: [
                "Vocabulary", "Optimisation", "Sampling", "Intake", "Rates", "Growth", "Calibration", "Projection",
                "Placement", "Finance", "Scenarios", "Queues",
            ]),
        // Floor 8
        .target(
            name: "Assurance",
            dependencies: [
                "Vocabulary", "Sampling", "Intake", "Rates", "Growth", "Calibration", "Projection", "Studies",
            ]),
        // Floor 9
        .target(
            name: "Reporting",
            dependencies: [
                "Vocabulary", "Sampling", "Intake", "Rates", "Growth", "Calibration", "Projection", "Placement",
                "Finance", "Scenarios", "Studies", "Assurance", "Queues",
            ]),
        // Floor 10
        .target(
            name: "Reports",
            dependencies: [
                "Vocabulary", "Sampling", "Intake", "Calibration", "Optimisation", "Reporting", "CXlsxWriter",
                "CChartBundle",
            ],
            resources: [.embedInCode("Assets")]),
        // Floor 11
        .target(
            name: "Sendcast",
            dependencies: [
                "LinearAlgebra", "Vocabulary", "Sampling", "Intake", "Rates", "Growth", "Calibration", "Projection",
                "Placement", "Finance", "Scenarios", "Studies", "Assurance", "Reporting", "Reports", "Queues",
            ]),
        // Floor 12
        .executableTarget(
            name: "SendcastCommand",
            dependencies: ["Sendcast", .product(name: "ArgumentParser", package: "swift-argument-parser")]),

        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "Sampling", "Oracles"]),
        .testTarget(name: "OptimisationTests", dependencies: ["Optimisation"]),
        .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary"]),
        .testTarget(name: "SamplingTests", dependencies: ["Sampling", "LinearAlgebra", "Oracles"]),
        .testTarget(name: "IntakeTests", dependencies: ["Intake", "Vocabulary", "Oracles"]),
        .testTarget(name: "RatesTests", dependencies: ["Rates", "Sampling", "Vocabulary"]),
        .testTarget(name: "ProjectionTests", dependencies: ["Projection", "Rates", "Sampling", "Vocabulary"]),
        .testTarget(
            name: "FinanceTests",
            dependencies: ["Finance", "Placement", "Projection", "Rates", "Sampling", "Vocabulary"]),
        .testTarget(
            name: "PlacementTests", dependencies: ["Placement", "Projection", "Rates", "Sampling", "Vocabulary"]),
        .testTarget(
            name: "StudiesTests",
            dependencies: [
                "Studies", "Assurance", "Reporting", "Scenarios", "Projection", "Placement", "Finance", "Rates",
                "Sampling",
                "Vocabulary", "Oracles",
            ]),
        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", "Studies", "Finance", "Vocabulary", "Oracles"]),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Reports", "Reporting", "Studies", "Optimisation", "Intake", "Vocabulary", "Oracles"]),
        .testTarget(name: "QueuesTests", dependencies: ["Queues"]),
        .testTarget(name: "GrowthTests", dependencies: ["Growth", "Sampling"]),
        .testTarget(
            name: "CalibrationTests",
            dependencies: [
                "Calibration", "Growth", "Intake", "Rates", "Projection", "Finance", "Studies", "Reporting",
                "Assurance",
                "Vocabulary", "Oracles",
            ]),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["Intake", "Calibration", "Studies", "Reporting", "Vocabulary", "Oracles"]),
        .testTarget(name: "CommandTests", dependencies: ["Oracles", "SendcastCommand"]),
        .target(
            name: "Oracles", path: "Tests/Oracles", exclude: ["scripts"], resources: [.copy("values")]),
    ],
    swiftLanguageModes: [.v6]
)
