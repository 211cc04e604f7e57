import CMessageDigest
import Foundation
import Vocabulary

/// Digests that only who has the key can make: HMAC-SHA-256 (RFC 2104).
package struct KeyedDigest: Sendable {
    private let key: [UInt8]

    package init(key: [UInt8]) { self.key = key }

    /// The digest of a message: 32 bytes.
    package func digest(of message: some Sequence<UInt8>) -> [UInt8] {
        let message = Array(message)
        return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { sum, count in
            var length: UInt32 = 0
            let made = HMAC(
                EVP_sha256(), key, Int32(key.count), message, message.count, sum.baseAddress, &length)
            precondition(made != nil, "libcrypto without SHA-256")
            count = Int(length)
        }
    }
}

extension KeyedDigest {
    private static let keyLength = 32

    /// The key in a file: 64 hexadecimal digits. Where there is none, one is made of random bytes, which only the user can read.
    /// - Returns: the key, and whether it was made.
    /// - Throws: ``UnusableData`` where the file is no key, others can read it, or it cannot be made.
    package static func key(in path: String) throws(UnusableData) -> (digest: KeyedDigest, isNew: Bool) {
        var information = stat()
        if stat(path, &information) == 0 {
            guard information.st_mode & 0o077 == 0 else {
                throw UnusableData(
                    file: path, "others than you can read the key", remedy: "Take their right away: chmod 600 \(path)")
            }
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            guard let key = bytes(text.filter { !$0.isWhitespace }) else {
                throw UnusableData(
                    file: path, "this is not a key: 64 hexadecimal digits were expected",
                    remedy: "Name the file of the key, or another that does not exist: a key is made there.")
            }
            return (KeyedDigest(key: key), false)
        }
        let key = (0..<keyLength).map { _ in UInt8.random(in: .min ... .max) }
        let digits = Array("0123456789abcdef".utf8)
        let text: [UInt8] = key.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] } + [0x0A]
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else {
            throw UnusableData(
                file: path, "the key cannot be written", remedy: "Name a file that you may write with --key.")
        }
        defer { close(file) }
        guard write(file, text, text.count) == text.count else {
            throw UnusableData(file: path, "the key cannot be written", remedy: "Is the disk full?")
        }
        return (KeyedDigest(key: key), true)
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == 2 * keyLength, text.count == digits.count else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
