import Sampling
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Numbers as digits, by step, series and run: two signed bytes, then what is beyond them. What no number needs takes no memory.
struct Digits {
    let bytes: UnsafeMutablePointer<Int8>
    let seconds: UnsafeMutablePointer<Int8>
    let rest: UnsafeMutablePointer<Int16>
    /// Which digits of a step and series are not zero in every run, as bits.
    let marks: UnsafeMutablePointer<Atomic<UInt8>>
    let series: Int
    let stride: Int
    let skipped: Int

    /// Marks of digits; what has the later ones has those before.
    static let (hasBytes, hasSeconds, hasRest): (UInt8, UInt8, UInt8) = (1, 2, 4)

    /// The memory of so many numbers with all their digits, in bytes.
    static func memory(_ count: Int) -> Int { count * MemoryLayout<Int32>.stride }

    /// - Parameter room: aligned memory of ``memory(_:)`` bytes, all zero.
    init(_ room: UnsafeMutableRawPointer, steps: Int, series: Int, stride: Int, skipped: Int) {
        let count = steps * series * stride
        bytes = room.assumingMemoryBound(to: Int8.self)
        seconds = bytes + count
        rest = UnsafeMutableRawPointer(seconds + count).assumingMemoryBound(to: Int16.self)
        marks = .allocate(capacity: steps * series)
        for index in 0..<steps * series { (marks + index).initialize(to: Atomic(0)) }
        (self.series, self.stride, self.skipped) = (series, stride, skipped)
    }

    @inline(__always)
    func place(_ step: Int, _ number: Int) -> Int { (step * series + number) * stride }

    func mark(_ step: Int, _ number: Int) -> UInt8 { marks[step * series + number].load(ordering: .relaxed) }

    func isZero(_ step: Int, _ number: Int) -> Bool { mark(step, number) == 0 }

    func row(_ step: Int, _ number: Int) -> DigitRow {
        let first = place(step, number) + skipped
        return DigitRow(
            mark: mark(step, number), bytes: bytes + first, seconds: seconds + first,
            rest: UnsafeRawPointer(rest + first))
    }

    func isSame(as other: Digits, _ step: Int, _ number: Int, runs: Int) -> Bool {
        let mark = mark(step, number) | other.mark(step, number)
        let (mine, theirs) = (place(step, number) + skipped, other.place(step, number) + other.skipped)
        return (mark & Self.hasBytes == 0 || memcmp(bytes + mine, other.bytes + theirs, runs) == 0)
            && (mark & Self.hasSeconds == 0 || memcmp(seconds + mine, other.seconds + theirs, runs) == 0)
            && (mark & Self.hasRest == 0 || memcmp(rest + mine, other.rest + theirs, 2 * runs) == 0)
    }

    /// - Parameter counts: not zero in every lane.
    @inline(__always)
    func store(_ counts: LaneCounts, _ step: Int, _ number: Int, block: Int) {
        let first = place(step, number) + block * 16
        UnsafeMutableRawPointer(bytes + first).storeBytes(of: counts.lowBytes, as: SIMD16<UInt8>.self)
        var stored = Self.hasBytes
        // A byte has a sign: what is left of a number near zero is zero.
        let second = (counts &+ 0x80) &>> 8
        if !second.isZero {
            UnsafeMutableRawPointer(seconds + first).storeBytes(of: second.lowBytes, as: SIMD16<UInt8>.self)
            stored |= Self.hasSeconds
            let beyond = (second &+ 0x80) &>> 8
            if !beyond.isZero {
                UnsafeMutableRawPointer(rest + first).storeBytes(of: beyond.lowHalves, as: SIMD16<UInt16>.self)
                stored |= Self.hasRest
            }
        }
        let mark = marks + step * series + number
        if mark.pointee.load(ordering: .relaxed) & stored != stored {
            mark.pointee.bitwiseOr(stored, ordering: .relaxed)
        }
    }
}

/// The digits of one step and series, run by run.
struct DigitRow {
    /// Which of them there are: no others are looked at.
    let mark: UInt8
    let bytes: UnsafePointer<Int8>
    let seconds: UnsafePointer<Int8>
    /// Whole numbers of two bytes, at any address.
    let rest: UnsafeRawPointer

    init(mark: UInt8, bytes: UnsafePointer<Int8>, seconds: UnsafePointer<Int8>, rest: UnsafeRawPointer) {
        (self.mark, self.bytes, self.seconds, self.rest) = (mark, bytes, seconds, rest)
    }

    /// What ``RunTotals/encode(to:)`` wrote of some runs.
    init(_ start: UnsafeRawPointer, runs: Int) {
        let bytes = (start + 1).assumingMemoryBound(to: Int8.self)
        self.init(
            mark: start.load(as: UInt8.self), bytes: bytes, seconds: bytes + runs,
            rest: UnsafeRawPointer(bytes + 2 * runs))
    }

    /// How many bytes it takes of a file, with its mark.
    static func size(_ mark: UInt8, runs: Int) -> Int {
        1 + runs
            * ((mark & Digits.hasBytes == 0 ? 0 : 1) + (mark & Digits.hasSeconds == 0 ? 0 : 1)
                + (mark & Digits.hasRest == 0 ? 0 : 2))
    }

    /// The same from a later run on.
    func from(run: Int) -> DigitRow {
        DigitRow(mark: mark, bytes: bytes + run, seconds: seconds + run, rest: rest + 2 * run)
    }

    func add(times factor: Int32, to sums: UnsafeMutableBufferPointer<Int32>) {
        if mark & Digits.hasBytes != 0 {
            for run in sums.indices { sums[run] &+= factor &* Int32(bytes[run]) }
        }
        if mark & Digits.hasSeconds != 0 {
            for run in sums.indices { sums[run] &+= factor &* (Int32(seconds[run]) &<< 8) }
        }
        if mark & Digits.hasRest != 0 {
            for run in sums.indices { sums[run] &+= factor &* (Int32(beyond(run)) &<< 16) }
        }
    }

    func value(run: Int) -> Int32 {
        var value: Int32 = mark & Digits.hasBytes == 0 ? 0 : Int32(bytes[run])
        if mark & Digits.hasSeconds != 0 { value &+= Int32(seconds[run]) &<< 8 }
        if mark & Digits.hasRest != 0 { value &+= Int32(beyond(run)) &<< 16 }
        return value
    }

    /// One kind of digits of some runs; `nil` where all are zero.
    func digits(_ kind: UInt8, runs: Int) -> UnsafeRawBufferPointer? {
        guard mark & kind != 0 else { return nil }
        switch kind {
        case Digits.hasBytes: return UnsafeRawBufferPointer(start: bytes, count: runs)
        case Digits.hasSeconds: return UnsafeRawBufferPointer(start: seconds, count: runs)
        default: return UnsafeRawBufferPointer(start: rest, count: 2 * runs)
        }
    }

    private func beyond(_ run: Int) -> Int16 { rest.loadUnaligned(fromByteOffset: 2 * run, as: Int16.self) }
}
