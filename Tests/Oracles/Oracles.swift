import Foundation

/// Reference values that independent software computed, with the scripts that made them in `scripts`.
public enum Oracles {
    /// The rows of a table, each by column name.
    public static func rows(_ name: String) throws -> [[String: String]] {
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "values") else {
            throw CocoaError(.fileNoSuchFile)
        }
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        let header = lines[0].split(separator: ",").map(String.init)
        return lines.dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(uniqueKeysWithValues: zip(header, fields))
        }
    }

    /// The path of a reference file that is not a table.
    public static func file(_ name: String) -> String {
        Bundle.module.bundleURL.appendingPathComponent("values/\(name)").path
    }

    /// The root of the repository.
    public static let repository = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The path of a file of ``publicData``; `nil` where it is not at hand.
    public static func publicFile(_ name: String) -> String? {
        let path = publicData?.appendingPathComponent(name).path
        return path.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
    }

    /// A folder of public data that tests may use and that is not part of the repository: `SENDCAST_DATA`, or `data`
    /// in a folder `shared` beside the repository; `nil` where there is none.
    public static var publicData: URL? {
        let named = ProcessInfo.processInfo.environment["SENDCAST_DATA"].map { URL(fileURLWithPath: $0) }
        let folder = named ?? repository.deletingLastPathComponent().appendingPathComponent("shared/data")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }
}
