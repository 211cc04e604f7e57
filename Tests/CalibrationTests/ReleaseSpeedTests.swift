import Foundation
import Intake
import Oracles
import Testing

@Suite struct ReleaseSpeedTests {
    /// The release of 2026 with all authorities is read in at most 1.5 times the processor's time of that of 2025.
    @Test func theReleaseOf2026IsReadAsFast() throws {
        var seconds: [Double] = []
        for layout in [MadeRelease.Layout.of2025, .of2026] {
            let folder = try ReleaseLayoutTests.Folder(MadeRelease(layout, towns: 153))
            let times = try (0..<3).map { _ in
                let began = Self.processorTime
                let release = try NationalRelease.read(folder.path).value
                #expect(release.areas.count == 154)
                return Self.processorTime - began
            }
            seconds.append(try #require(times.min()))
        }
        #expect(seconds[1] <= 1.5 * seconds[0], "\(seconds)")
        print("The release of 2025 in \(seconds[0]) s of the processor, that of 2026 in \(seconds[1]) s")
    }

    /// Seconds that this thread has worked.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
