import Foundation

extension SourceFile {
    /// The file in UTF-8: as it is, or read as Windows-1252 where it is not, in which registers and case systems of England are written.
    package var inUTF8: SourceFile {
        if bytes.withUnsafeBytes({ String(validating: $0, as: UTF8.self) != nil }) { return self }
        var text = Data(capacity: bytes.count + bytes.count / 50)
        bytes.withUnsafeBytes { bytes in
            var plain = bytes.startIndex
            for place in bytes.indices where bytes[place] >= 0x80 {
                text.append(contentsOf: bytes[plain..<place])
                text.append(contentsOf: Self.utf8[Int(bytes[place]) - 0x80])
                plain = place + 1
            }
            text.append(contentsOf: bytes[plain...])
        }
        var file = SourceFile(name: name, bytes: text, digest: digest)
        file.service = service
        return file
    }

    /// The characters of Windows-1252 from 0x80 on; its five gaps are the control characters of Latin-1.
    private static let utf8: [[UInt8]] = {
        let first: [UInt16] = [
            0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
            0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
            0x0153, 0x9D, 0x017E, 0x0178,
        ]
        return (first + Array(0xA0...0xFF)).map { unit in
            Unicode.Scalar(unit).map { Array(String(Character($0)).utf8) } ?? []
        }
    }()
}
