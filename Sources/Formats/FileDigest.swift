import CMessageDigest

/// SHA-256 of bytes that come piece by piece.
package final class FileDigest {
    private let context: OpaquePointer

    /// - Precondition: libcrypto gives memory and knows SHA-256, as every build of it does.
    package init() {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("libcrypto without SHA-256")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Goes on with more bytes.
    package func add(_ bytes: UnsafeRawBufferPointer) {
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
            preconditionFailure("libcrypto without SHA-256")
        }
    }

    /// The digest of all so far: 32 bytes.
    var bytes: [UInt8] {
        guard let whole = EVP_MD_CTX_new(), EVP_MD_CTX_copy_ex(whole, context) == 1 else {
            preconditionFailure("libcrypto without memory")
        }
        defer { EVP_MD_CTX_free(whole) }
        return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { sum, count in
            var length: UInt32 = 0
            guard EVP_DigestFinal_ex(whole, sum.baseAddress, &length) == 1 else {
                preconditionFailure("libcrypto without SHA-256")
            }
            count = Int(length)
        }
    }

    /// The digest of all so far, in hexadecimal.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
