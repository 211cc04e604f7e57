extension [Double] {
    /// Below this many, comparing them is faster.
    private static let fewest = 128

    /// The figures, the smallest first, by a radix sort: each byte of their bits in turn, the lowest first (Knuth, volume 3, 5.2.5).
    /// - Precondition: no figure is NaN.
    func ascending() -> [Double] {
        guard count >= Self.fewest else { return sorted() }
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { keys in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: 8 * 256) { tally in
                tally.initialize(repeating: 0)
                for (place, figure) in enumerated() {
                    let key = Self.key(figure)
                    keys.initializeElement(at: place, to: key)
                    for byte in 0..<8 { tally[byte * 256 + Self.digit(key, byte)] += 1 }
                }
                var (from, to) = (0, count)
                for byte in 0..<8 {
                    let tally = UnsafeMutableBufferPointer(rebasing: tally[byte * 256..<(byte + 1) * 256])
                    let first = Self.digit(keys[from], byte)
                    if tally[first] == count { continue }
                    var before = 0
                    for digit in 0..<256 { (tally[digit], before) = (before, before + tally[digit]) }
                    for place in from..<from + count {
                        let digit = Self.digit(keys[place], byte)
                        keys[to + tally[digit]] = keys[place]
                        tally[digit] += 1
                    }
                    (from, to) = (to, from)
                }
                return keys[from..<from + count].map(Self.figure)
            }
        }
    }

    /// Bits whose order is that of the figures.
    private static func key(_ figure: Double) -> UInt64 {
        let bits = figure.bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    private static func digit(_ key: UInt64, _ byte: Int) -> Int {
        Int(truncatingIfNeeded: key >> UInt64(8 * byte) & 255)
    }

    private static func figure(_ key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 0 ? ~key : key & ~(1 << 63))
    }
}
