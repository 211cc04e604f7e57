// swift-tools-version: 6.1
import PackageDescription

/// Benchmarks of Sendcast, in a package of their own so that their dependency stays out of the library: one target a claim.
let sendcast = Target.Dependency.product(name: "Sendcast", package: "sendcast")
let kernel = Target.Dependency.product(name: "SendcastKernel", package: "sendcast")

func benchmark(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: "\(name)Benchmark",
        dependencies: [sendcast, kernel, .product(name: "Benchmark", package: "benchmark")] + dependencies,
        path: "Benchmarks/\(name)", plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let package = Package(
    name: "sendcast-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "sendcast", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .target(name: "ReferenceWorkload", dependencies: [kernel]),
        .executableTarget(name: "Workload", dependencies: ["ReferenceWorkload", kernel]),
        .executableTarget(name: "BitStream", dependencies: [kernel]),
        benchmark("Reader"), benchmark("Rates"), benchmark("Kernel", ["ReferenceWorkload"]), benchmark("Exact"),
        benchmark("Command"),
    ],
    swiftLanguageModes: [.v6]
)
