import Foundation
import LinearAlgebra
import Outputs
import Sendcast

/// How this program was built; `make` leaves a note of it beside the executable.
enum Build {
    static var program: Manifest.Program {
        let note = noted()
        return Manifest.Program(
            version: sendcastVersion, commit: note["commit"] ?? "unknown", toolchain: note["toolchain"] ?? "unknown",
            blas: BLASBuild.description)
    }

    private static func noted() -> [String: String] {
        guard let executable = Bundle.main.executablePath,
            let data = FileManager.default.contents(atPath: executable + ".build.json")
        else { return [:] }
        return (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
    }
}
