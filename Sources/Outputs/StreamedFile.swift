import Formats
import Foundation

/// A file that is written piece by piece.
final class StreamedFile {
    /// How many bytes were written.
    private(set) var count = 0
    private var file: UnsafeMutablePointer<FILE>?
    private let digest = FileDigest()
    private let refusal: OutputFolder.Refusal

    /// - Parameter refusal: what is said where it cannot be written.
    init(_ file: UnsafeMutablePointer<FILE>, _ refusal: OutputFolder.Refusal) {
        (self.file, self.refusal) = (file, refusal)
    }

    deinit {
        if let file { fclose(file) }
    }

    /// Writes more.
    func write(_ bytes: UnsafeRawBufferPointer) throws(OutputFolder.Refusal) {
        guard let file, fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count else { throw refusal }
        digest.add(bytes)
        count += bytes.count
    }

    /// Ends the file.
    /// - Returns: its SHA-256.
    func finish() throws(OutputFolder.Refusal) -> String {
        guard let file else { throw refusal }
        self.file = nil
        if fclose(file) != 0 { throw refusal }
        return digest.hexadecimal
    }
}
