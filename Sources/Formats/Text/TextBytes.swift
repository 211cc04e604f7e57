import Foundation

extension String {
    /// The text with one piece of it replaced by another wherever it occurs. Foundation goes by way of UTF-16, which takes several times
    /// as long, and finds no sign under a mark.
    /// - Precondition: the piece is not empty.
    package func replacing(bytesOf piece: StaticString, by other: StaticString) -> String {
        let piece = UnsafeBufferPointer(start: piece.utf8Start, count: piece.utf8CodeUnitCount)
        let other = UnsafeBufferPointer(start: other.utf8Start, count: other.utf8CodeUnitCount)
        var text = self
        return text.withUTF8 { bytes in
            var (replaced, rest) = ([UInt8](), bytes[...])
            while let place = rest.firstIndex(of: piece[0]) {
                replaced.append(contentsOf: rest[..<place])
                let isThere = rest[place...].starts(with: piece)
                replaced.append(contentsOf: isThere ? other : UnsafeBufferPointer(rebasing: piece[..<1]))
                rest = rest[(place + (isThere ? piece.count : 1))...]
            }
            replaced.append(contentsOf: rest)
            return String(decoding: replaced, as: UTF8.self)
        }
    }
}

extension CSVField {
    /// The text without spaces at its ends.
    package var trimmed: String {
        // Letters, digits and signs at both ends leave nothing to trim: most fields of most tables.
        guard let first = bytes.first, let last = bytes.last else { return "" }
        if (0x21...0x7E).contains(first) && (0x21...0x7E).contains(last) { return text }
        return text.trimmingCharacters(in: .whitespaces)
    }
}
