import Vocabulary

/// Finds the position of a code by its bytes, without making a string of every field.
package struct CodeTable {
    private let codes: [String]
    private let slots: [Int16]
    private let mask: Int

    package init(_ codes: [String]) {
        self.codes = codes
        var capacity = 16
        while capacity < codes.count * 4 { capacity *= 2 }
        mask = capacity - 1
        var slots = [Int16](repeating: -1, count: capacity)
        for (position, code) in codes.enumerated() {
            var slot = Self.hash(code.utf8)
            while slots[slot & mask] >= 0 { slot += 1 }
            slots[slot & mask] = Int16(position)
        }
        self.slots = slots
    }

    /// The position of the code that a field holds, or `nil`.
    package func position(of field: CSVField) -> Int? {
        var slot = Self.hash(field.bytes)
        while slots[slot & mask] >= 0 {
            let position = Int(slots[slot & mask])
            if field.bytes.elementsEqual(codes[position].utf8) { return position }
            slot += 1
        }
        return nil
    }

    private static func hash(_ bytes: some Sequence<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash ^ hash >> 15)
    }
}
