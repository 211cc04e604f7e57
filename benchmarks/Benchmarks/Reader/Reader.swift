import Benchmark
import Foundation
import Formats
import Intake

/// The claim: a million rows of transitions are read and checked in under a second.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(5), maxIterations: 10)
    let (needs, settings) = (["ASD", "SEMH", "SLCN", "MLD"], ["MS", "SPM", "SPI", "FE"])
    var text = "calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2\n"
    for row in 0..<1_000_000 {
        let (need, setting, year) = (needs[row & 3], settings[row >> 2 & 3], row % 20)
        text += "2024,\(setting),\(need),\(year),\(settings[row >> 4 & 3]),\(need),\(year + 1)\n"
    }
    let file = SourceFile(name: "transitions.csv", bytes: Data(text.utf8))
    Benchmark("A million transitions") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(TransitionsTable.read(file, needs: needs, settings: settings))
        }
    }
}
