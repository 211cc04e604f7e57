import Foundation
import LinearAlgebra
import Outputs
import Sendcast

/// How this program was built; `make` leaves a note of it beside the executable, and a package in `share/sendcast`.
enum Build {
    static var program: Manifest.Program {
        let note = noted()
        return Manifest.Program(
            version: sendcastVersion, commit: note["commit"] ?? "unknown", toolchain: note["toolchain"] ?? "unknown",
            blas: BLASBuild.description)
    }

    private static func noted() -> [String: String] {
        guard let executable = Bundle.main.executablePath else { return [:] }
        let installed = URL(fileURLWithPath: executable).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("share/sendcast/build.json").path
        let note = [executable + ".build.json", installed].lazy.compactMap(FileManager.default.contents).first
        return note.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) } ?? [:]
    }
}
