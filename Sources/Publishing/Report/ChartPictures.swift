import Foundation

/// Charts as pictures for documents, drawn from their specifications by the Python package `vl-convert-python`.
package enum ChartPictures {
    /// Why none were drawn.
    package struct Missing: Error, CustomStringConvertible {
        /// What is missing and what to do.
        package let description: String
    }

    /// Draws every specification of a folder as SVG and PNG beside it.
    /// - Parameter folder: holds files that end with `.vl.json`.
    /// - Returns: how many pictures were drawn.
    /// - Throws: ``Missing`` where there is no Python with the package.
    package static func draw(in folder: String) throws -> Int {
        let pythons = [ProcessInfo.processInfo.environment["SENDCAST_PYTHON"], "assets/python/bin/python", "python3"]
            .compactMap { $0 }
        for python in pythons where try run(python, ["-c", "import vl_convert"]) == 0 {
            let script = String(decoding: PackageResources.draw_charts_py, as: UTF8.self)
            guard try run(python, ["-c", script, folder]) == 0 else {
                throw Missing(
                    description: "\(python) could not draw the charts of \(folder); their specifications are there.")
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return names.count { $0.hasSuffix(".svg") || $0.hasSuffix(".png") }
        }
        throw Missing(
            description: "no pictures were drawn: no Python here has the package vl-convert-python. Install it "
                + "('pip install vl-convert-python'), name that Python in SENDCAST_PYTHON, or save pictures from report.html."
        )
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
