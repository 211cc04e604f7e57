import Foundation
import Intake
import Oracles
import Testing

@Suite struct ReleaseSpeedTests {
    /// A byte of the release of 2026 with all authorities takes at most 1.5 times the processor's time of one of 2025.
    @Test func theReleaseOf2026IsReadAsFast() throws {
        let releases = [MadeRelease.Layout.of2025, .of2026].map { MadeRelease($0, towns: 153) }
        let bytes = releases.map { $0.files.reduce(0) { $0 + $1.text.utf8.count } }
        let folders = try releases.map { try ReleaseLayoutTests.Folder($0) }
        // In turn, and the least of several: other tests run beside this one.
        var seconds = [Double](repeating: .infinity, count: 2)
        for _ in 0..<8 {
            for (place, folder) in folders.enumerated() {
                let began = Self.processorTime
                let release = try NationalRelease.read(folder.path).value
                seconds[place] = min(seconds[place], Self.processorTime - began)
                #expect(release.areas.count == 154)
            }
        }
        let perByte = zip(seconds, bytes).map { $0 / Double($1) }
        #expect(perByte[1] <= 1.5 * perByte[0], "\(seconds) s of the processor for \(bytes) bytes")
        print("The releases of 2025 and 2026: \(seconds) s of the processor for \(bytes) bytes")
    }

    /// Seconds that this thread has worked.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
