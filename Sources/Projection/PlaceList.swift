/// Numbers of cells or rows that have been noted, each once, in the order in which they were.
@usableFromInline
final class PlaceList {
    @usableFromInline let places: UnsafeMutablePointer<Int32>
    @usableFromInline let isNoted: UnsafeMutablePointer<Bool>
    @usableFromInline var count = 0

    /// - Parameter most: one more than the highest number.
    init(upTo most: Int) {
        places = BlockRates.filled(most, with: 0)
        isNoted = BlockRates.filled(most, with: false)
    }

    deinit {
        places.deallocate()
        isNoted.deallocate()
    }

    /// Those that have been noted.
    var all: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: places, count: count) }

    @inlinable @inline(__always)
    func note(_ place: Int) {
        if isNoted[place] { return }
        isNoted[place] = true
        places[count] = Int32(truncatingIfNeeded: place)
        count += 1
    }

    /// Forgets all.
    func forget() {
        for place in all { isNoted[Int(place)] = false }
        count = 0
    }

    /// Makes what an array holds at the places nought, and forgets them.
    func clear<Value>(_ arrays: UnsafeMutablePointer<Value>..., to nought: Value) {
        for place in all {
            isNoted[Int(place)] = false
            for array in arrays { array[Int(place)] = nought }
        }
        count = 0
    }
}
