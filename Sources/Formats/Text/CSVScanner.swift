import Foundation

/// One field of a row: where its bytes lie, without the quotes around it.
package struct CSVField {
    package let bytes: UnsafeRawBufferPointer
    let hasDoubledQuotes: Bool

    package var isEmpty: Bool { bytes.isEmpty }

    /// Whether there is nothing but spaces.
    var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }

    /// The text, doubled quotes made single.
    package var text: String {
        let text = String(decoding: bytes, as: UTF8.self)
        return hasDoubledQuotes ? text.replacing(bytesOf: "\"\"", by: "\"") : text
    }

    /// As much of the text as fits in a message.
    package var excerpt: String {
        let text = text
        return text.count > 40 ? "\(text.prefix(40))…" : text
    }

    /// The whole number that the field spells, or `nil`.
    package var integer: Int? {
        var digits = bytes[...]
        while digits.first == 0x20 { digits = digits.dropFirst() }
        while digits.last == 0x20 { digits = digits.dropLast() }
        let isNegative = digits.first == 0x2D
        if isNegative { digits = digits.dropFirst() }
        guard (1...15).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard digit >= 0x30 && digit <= 0x39 else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return isNegative ? -value : value
    }
}

/// Cuts text into rows and fields, one row at a time.
package struct CSVScanner {
    package enum Row {
        /// A row that begins at a line.
        case row(line: Int)
        /// A row that cannot be used, and why.
        case fault(line: Int, Fault)
        case end
    }

    /// Why a row cannot be used.
    package struct Fault {
        /// What tells it from others.
        package let kind: String
        package let message: String
        package var remedy = ""

        package init(_ message: String) {
            (kind, self.message) = (message, message)
        }

        /// A row that is not UTF-8, with the word that shows it.
        package init(notUTF8 word: String) {
            kind = "UTF-8"
            message = "the row is not UTF-8" + (word.isEmpty ? "" : ": '\(word)' is written in Windows-1252")
            remedy = "Save the file as 'CSV UTF-8'."
        }
    }

    private let bytes: UnsafeRawBufferPointer
    private let separator: UInt8
    private var position: Int
    private var line = 1
    /// Whether the rest of the file cannot be told into rows any more.
    package private(set) var isLost = false

    package init(_ bytes: UnsafeRawBufferPointer, separator: UInt8 = 0x2C) {
        self.bytes = bytes
        self.separator = separator
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Cuts the next row into `fields`.
    package mutating func nextRow(into fields: inout [CSVField]) -> Row {
        fields.removeAll(keepingCapacity: true)
        guard position < bytes.count, !isLost else { return .end }
        let (start, firstLine) = (position, line)
        var high: UInt8 = 0
        var fault: String?
        while true {
            if position < bytes.count && bytes[position] == 0x22 {
                guard let field = quotedField(high: &high) else {
                    isLost = true
                    return .fault(
                        line: firstLine,
                        Fault("a quoted field that begins in this row never ends, or is longer than 1 MiB"))
                }
                fields.append(field)
                if position < bytes.count, !isSeparator(bytes[position]) {
                    fault = fault ?? "text follows a closing quote"
                    skipToSeparator(high: &high)
                }
            } else {
                let fieldStart = position
                let hasQuote = skipToSeparator(high: &high)
                if hasQuote { fault = fault ?? "a quote stands inside a field that is not quoted" }
                fields.append(CSVField(bytes: .init(rebasing: bytes[fieldStart..<position]), hasDoubledQuotes: false))
            }
            if position - start > CSVReader.longestRow {
                isLost = true
                return .fault(
                    line: firstLine, Fault("the row is longer than 1 MiB: this is not a table of this format"))
            }
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        let end = position
        skipLineEnd()
        if high >= 0x80, String(validating: bytes[start..<end], as: UTF8.self) == nil {
            return .fault(line: firstLine, Fault(notUTF8: Self.wordInWindows1252(bytes[start..<end])))
        }
        return fault.map { .fault(line: firstLine, Fault($0)) } ?? .row(line: firstLine)
    }

    /// The first word of a row that is not UTF-8, read as Windows-1252; empty where it is not that either.
    private static func wordInWindows1252(_ row: Slice<UnsafeRawBufferPointer>) -> String {
        func isOfWord(_ byte: UInt8) -> Bool { byte > 0x20 && !",;|\"".utf8.contains(byte) }
        var rest = row
        while let start = rest.firstIndex(where: isOfWord) {
            let word = rest[start...].prefix(while: isOfWord)
            if String(validating: word, as: UTF8.self) == nil {
                return String(data: Data(word.prefix(40)), encoding: .windowsCP1252) ?? ""
            }
            rest = rest[word.endIndex...]
        }
        return ""
    }

    @inline(__always)
    private func isSeparator(_ byte: UInt8) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }

    /// Stops at the separator or line end; says whether a quote was passed.
    @discardableResult
    private mutating func skipToSeparator(high: inout UInt8) -> Bool {
        var hasQuote = false
        let limit = min(bytes.count, position + CSVReader.longestRow + 1)
        while position < limit {
            let byte = bytes[position]
            if isSeparator(byte) { break }
            if byte == 0x22 { hasQuote = true }
            high |= byte
            position += 1
        }
        return hasQuote
    }

    /// The field between two quotes, or `nil` where the second is missing.
    private mutating func quotedField(high: inout UInt8) -> CSVField? {
        position += 1
        let start = position
        let limit = min(bytes.count, start + CSVReader.longestRow)
        var hasDoubledQuotes = false
        while position < limit {
            let byte = bytes[position]
            if byte == 0x22 {
                guard position + 1 < bytes.count, bytes[position + 1] == 0x22 else {
                    defer { position += 1 }
                    return CSVField(
                        bytes: .init(rebasing: bytes[start..<position]), hasDoubledQuotes: hasDoubledQuotes)
                }
                hasDoubledQuotes = true
                position += 1
            }
            if byte == 0x0A { line += 1 }
            high |= byte
            position += 1
        }
        return nil
    }

    private mutating func skipLineEnd() {
        if position < bytes.count, bytes[position] == 0x0D { position += 1 }
        if position < bytes.count, bytes[position] == 0x0A { position += 1 }
        line += 1
    }
}
