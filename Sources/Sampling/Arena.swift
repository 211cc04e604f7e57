/// Flat arrays of plain values for a hot loop: made once, and freed together with the arena. Each has an address, even if it is empty.
package final class Arena {
    private var arrays: [UnsafeMutableRawPointer] = []

    package init() {}

    deinit {
        for array in arrays { array.deallocate() }
    }

    /// An array whose values are not known before they are set. Stretches of a large one that never are take no memory.
    package func room<Value: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<Value> {
        // Large arrays begin at the same place of a page, so that what they hold of one cell would compete for one set of the cache.
        // Each begins seven lines further than the one before.
        let line = 64
        let moved = arrays.count * 7 % 64 * line
        let bytes = max(count, 1) * MemoryLayout<Value>.stride
        let array = UnsafeMutableRawPointer.allocate(byteCount: moved + bytes, alignment: line)
        arrays.append(array)
        return (array + moved).bindMemory(to: Value.self, capacity: max(count, 1))
    }

    /// An array that is one value throughout.
    package func array<Value: BitwiseCopyable>(_ count: Int, of value: Value) -> UnsafeMutablePointer<Value> {
        let array: UnsafeMutablePointer<Value> = room(count)
        array.initialize(repeating: value, count: max(count, 1))
        return array
    }

    /// An array of these values, for reading.
    package func array<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafePointer<Value> {
        let array: UnsafeMutablePointer<Value> = room(values.count)
        array.initialize(from: values, count: values.count)
        return UnsafePointer(array)
    }

    /// Zero in every lane, a given number of times.
    package func lanes(_ count: Int) -> UnsafeMutablePointer<Lanes> { array(count, of: Lanes()) }

    /// Nobody in every lane, so many times.
    package func counts(_ count: Int) -> UnsafeMutablePointer<LaneCounts> { array(count, of: LaneCounts()) }
}
