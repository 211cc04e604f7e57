import CArchive
import Foundation
import Vocabulary

/// A file of the user's, in memory: mapped where it is plain, unpacked where it is gzipped.
public struct SourceFile: Sendable {
    /// The path as messages print it.
    public let name: String
    /// The text, unpacked, in UTF-8 where it was stored as UTF-16 with a mark.
    public let bytes: Data
    /// Whether the text was stored as UTF-16.
    let isDecoded: Bool
    /// SHA-256 of the file as it lay on disk when it was opened, in hexadecimal; of text that did not come from a file, worked out anew.
    public var digest: String { known ?? Self.digest(of: bytes) }
    private let known: String?
    /// Whose words its columns are named in.
    public var service = Service.plans
    /// What is known of the sheet that it was; `nil` of a file of its own.
    package var sheet: SheetOrigin?

    /// The most that a gzipped file may unpack to, in bytes.
    public static let largestUnpacked = 2 << 30
    /// How many times its size a packed file may unpack to, and the bytes that it may unpack to in any case.
    package static let (mostGrowth, smallUnpacked) = (250, 64 << 20)
    /// What is said of a packed file that is larger within.
    package static let tooLarge = "unpacks to more than 2 GiB, or to more than \(mostGrowth) times its size"

    /// Opens a file, or the gzipped file beside it named with `.gz`, or a sheet of a workbook: `prices.xlsx#Fees`.
    /// - Throws: ``UnusableData`` where there is none, or where it cannot be read.
    public init(_ path: String) throws(UnusableData) {
        var name = path
        var information = stat()
        if stat(path, &information) != 0 {
            name = path + ".gz"
            guard stat(name, &information) == 0 else {
                if let sheet = try Workbook.table(at: path) {
                    self = sheet
                    return
                }
                throw UnusableData(file: path, "there is no such file", remedy: "Add it, or correct its name.")
            }
        }
        guard information.st_mode & S_IFMT == S_IFREG else {
            let kind = information.st_mode & S_IFMT == S_IFDIR ? "a folder" : "not a regular file"
            throw UnusableData(file: name, "this is \(kind), a file was expected")
        }
        let stored: Data
        do {
            let url = URL(fileURLWithPath: name)
            stored = information.st_size == 0 ? Data() : try Data(contentsOf: url, options: .alwaysMapped)
        } catch {
            throw UnusableData(file: name, "the file cannot be opened", remedy: "Check who may read it.")
        }
        self.name = name
        known = Self.digest(of: stored)
        let text = stored.starts(with: [0x1F, 0x8B]) ? try Self.unpacked(stored, name: name) : stored
        let decoded = Self.decoded(text)
        (bytes, isDecoded) = (decoded ?? text, decoded != nil)
    }

    /// Text that did not come from a file, for tests and tools.
    public init(name: String, bytes: Data) {
        let decoded = Self.decoded(bytes)
        self.name = name
        self.bytes = decoded ?? bytes
        isDecoded = decoded != nil
        known = decoded.map { _ in Self.digest(of: bytes) }
    }

    /// Text that was made of a file.
    /// - Parameter digest: of the file.
    package init(name: String, bytes: Data, digest: String) {
        (self.name, self.bytes, isDecoded, known) = (name, bytes, false, digest)
    }

    /// Text that is stored as UTF-16, as a mark at its beginning tells, in UTF-8; `nil` where it is not.
    private static func decoded(_ stored: Data) -> Data? {
        let encoding: String.Encoding
        if stored.starts(with: [0xFF, 0xFE]) {
            encoding = .utf16LittleEndian
        } else if stored.starts(with: [0xFE, 0xFF]) {
            encoding = .utf16BigEndian
        } else {
            return nil
        }
        return stored.count.isMultiple(of: 2)
            ? String(data: stored.dropFirst(2), encoding: encoding).map { Data($0.utf8) } : nil
    }

    /// What the file is, where its first bytes are of another kind of file than a table of text.
    var foreignKind: String? {
        let start = bytes.prefix(64)
        let kinds: [(kind: String, starts: [UInt8])] = [
            ("a workbook or a zip file", [0x50, 0x4B, 0x03, 0x04]), ("an old workbook", [0xD0, 0xCF, 0x11, 0xE0]),
            ("a PDF document", Array("%PDF".utf8)), ("a web page", Array("<!doctype".utf8)),
            ("a web page", Array("<html".utf8)),
        ]
        let lowered = start.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        if let kind = kinds.first(where: { start.starts(with: $0.starts) || lowered.starts(with: $0.starts) }) {
            return kind.kind
        }
        let isWide = start.count >= 8 && start.count(where: { $0 == 0 }) * 3 > start.count
        return isWide || bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            ? "UTF-16 that is cut short or has no mark at its beginning" : nil
    }

    private static func digest(of data: Data) -> String {
        let digest = FileDigest()
        data.withUnsafeBytes { digest.add($0) }
        return digest.hexadecimal
    }

    private static func unpacked(_ packed: Data, name: String) throws(UnusableData) -> Data {
        var text = Data()
        let end = forEachEntry(of: packed, as: .gzip) { _, read in
            let part = read()
            text = part.data
            return part.end
        }
        switch end {
        case .whole: return text
        case .tooLarge:
            throw UnusableData(file: name, "the file \(Self.tooLarge)", remedy: "Split it by year.")
        case .damaged:
            throw UnusableData(
                file: name, "the gzipped file is damaged or cut short", remedy: "Make it again from its source."
            )
        }
    }
}
