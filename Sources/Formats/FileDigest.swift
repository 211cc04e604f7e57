import CMessageDigest

/// SHA-256 of bytes that come piece by piece.
package struct FileDigest {
    private var context = SHA2_CTX()

    package init() { SHA256Init(&context) }

    /// Goes on with more bytes.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        SHA256Update(&context, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }

    /// The digest of all so far: 32 bytes.
    var bytes: [UInt8] {
        var (whole, sum) = (context, [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH)))
        SHA256Final(&sum, &whole)
        return sum
    }

    /// The digest of all so far, in hexadecimal.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
