/// Characters that no word of a table needs and that deceive whoever reads it: control characters, which terminals obey, ends of lines that
/// spreadsheets do not know (U+2028, U+2029), marks that turn the direction of text (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to
/// U+2069), and characters without width or ink, which make two names of one (U+00AD, U+034F, U+115F, U+1160, U+180E, U+200B to U+200D,
/// U+2060 to U+2064, U+3164, U+FEFF, U+FFA0, U+E0000 to U+E007F). A mark of byte order at the beginning of a file is none of its text.
package enum HiddenCharacters {
    /// What is wrong with text that has one.
    package static let fault =
        "the text has characters that cannot be seen: control characters, spaces without width, or marks that turn its direction"
    /// What to do about it.
    package static let remedy = "Type the text anew, without copying it."

    /// Whether text in UTF-8 has one; tabs and ends of lines are none.
    package static func occur(in bytes: UnsafeRawBufferPointer) -> Bool {
        for start in stride(from: 0, to: bytes.count, by: 64) {
            let chunk = start..<min(start + 64, bytes.count)
            // No early exit, so that it vectorises: printable ASCII, tabs and ends of lines begin no hidden character.
            var odd: UInt8 = 0
            for place in chunk {
                let byte = bytes[place]
                let isBreak: UInt8 = (byte == 0x09 ? 1 : 0) | (byte == 0x0A ? 1 : 0) | (byte == 0x0D ? 1 : 0)
                odd |= (byte &- 0x20 > 0x5E ? 1 : 0) & ~isBreak
            }
            if odd != 0 && chunk.contains(where: { isHidden(bytes, $0) }) { return true }
        }
        return false
    }

    package static func occur(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { occur(in: UnsafeRawBufferPointer($0)) }
    }

    private static func isHidden(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        func byte(_ offset: Int) -> UInt8 { place + offset < bytes.count ? bytes[place + offset] : 0 }
        switch byte(0) {
        case 0x09, 0x0A, 0x0D: return false
        case 0x00..<0x20, 0x7F: return true
        case 0xC2: return (0x80...0x9F).contains(byte(1)) || byte(1) == 0xAD
        case 0xCD: return byte(1) == 0x8F
        case 0xD8: return byte(1) == 0x9C
        case 0xE1:
            return byte(1) == 0x85 && (0x9F...0xA0).contains(byte(2)) || byte(1) == 0xA0 && byte(2) == 0x8E
        case 0xE2:
            return byte(1) == 0x80 && ((0x8B...0x8F).contains(byte(2)) || (0xA8...0xAE).contains(byte(2)))
                || byte(1) == 0x81 && (0xA0...0xA9).contains(byte(2))
        case 0xE3: return byte(1) == 0x85 && byte(2) == 0xA4
        case 0xEF: return byte(1) == 0xBB && byte(2) == 0xBF || byte(1) == 0xBE && byte(2) == 0xA0
        case 0xF3: return byte(1) == 0xA0 && (0x80...0x81).contains(byte(2))
        default: return false
        }
    }
}
