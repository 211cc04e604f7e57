import CArchive
import CMessageDigest
import Foundation
import Vocabulary

/// A file of the user's, in memory: mapped where it is plain, unpacked where it is gzipped.
public struct SourceFile: Sendable {
    /// The path as messages print it.
    public let name: String
    /// The text, unpacked.
    public let bytes: Data
    /// SHA-256 of the file as it lay on disk when it was opened, in hexadecimal; of text that did not come from a file, worked out anew.
    public var digest: String { known ?? Self.digest(of: bytes) }
    private let known: String?
    /// Whose words its columns are named in.
    public var service = Service.plans

    /// The most that a gzipped file may unpack to, in bytes.
    public static let largestUnpacked = 2 << 30

    /// Opens a file, or the gzipped file beside it named with `.gz`.
    /// - Throws: a finding where there is none, or where it cannot be read.
    public init(_ path: String) throws(Finding) {
        var name = path
        var information = stat()
        if stat(path, &information) != 0 {
            name = path + ".gz"
            guard stat(name, &information) == 0 else {
                throw Finding(.error, file: path, "there is no such file", remedy: "Add it, or correct its name.")
            }
        }
        guard information.st_mode & S_IFMT == S_IFREG else {
            let kind = information.st_mode & S_IFMT == S_IFDIR ? "a folder" : "not a regular file"
            throw Finding(.error, file: name, "this is \(kind), a file was expected")
        }
        let stored: Data
        do {
            let url = URL(fileURLWithPath: name)
            stored = information.st_size == 0 ? Data() : try Data(contentsOf: url, options: .alwaysMapped)
        } catch {
            throw Finding(.error, file: name, "the file cannot be opened", remedy: "Check who may read it.")
        }
        self.name = name
        known = Self.digest(of: stored)
        bytes = stored.starts(with: [0x1F, 0x8B]) ? try Self.unpacked(stored, name: name) : stored
    }

    /// Text that did not come from a file, for tests and tools.
    public init(name: String, bytes: Data) {
        self.name = name
        self.bytes = bytes
        known = nil
    }

    private static func digest(of data: Data) -> String {
        var context = SHA2_CTX()
        var sum = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256Init(&context)
        data.withUnsafeBytes { SHA256Update(&context, $0.bindMemory(to: UInt8.self).baseAddress, data.count) }
        SHA256Final(&sum, &context)
        let digits = Array("0123456789abcdef")
        return String(sum.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private static func unpacked(_ packed: Data, name: String) throws(Finding) -> Data {
        var text = Data()
        let end = forEachEntry(of: packed, as: .gzip) { _, read in
            let part = read()
            text = part.data
            return part.end
        }
        switch end {
        case .whole: return text
        case .tooLarge:
            throw Finding(.error, file: name, "the file unpacks to more than 2 GiB", remedy: "Split it by year.")
        case .damaged:
            throw Finding(
                .error, file: name, "the gzipped file is damaged or cut short", remedy: "Make it again from its source."
            )
        }
    }
}
