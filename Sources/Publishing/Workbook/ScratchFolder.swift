import Foundation
import Vocabulary

/// A folder for a file that is made and read again at once, which only the user can look into.
///
/// It lies in the temporary directory; where that is not there or cannot be written to, in `/tmp`, else where the program was started.
struct ScratchFolder {
    /// The folder.
    let path: String

    /// - Throws: ``UnusableData`` where it can be made nowhere.
    init() throws(UnusableData) {
        let places = [FileManager.default.temporaryDirectory.path, "/tmp", FileManager.default.currentDirectoryPath]
        let made = places.lazy.compactMap { place -> String? in
            var template = Array("\(place)/sendcast-XXXXXX".utf8CString)
            return mkdtemp(&template).map { String(cString: $0) }
        }.first
        guard let made else {
            throw UnusableData(
                "there is no folder for temporary files: \(Array(Set(places)).sorted().listed(with: "and")) cannot be written to",
                remedy: "Set TMPDIR to a folder that you can write to.")
        }
        path = made
    }

    /// Takes it away with all that is in it.
    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
