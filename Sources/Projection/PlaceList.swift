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

    /// Calls a body for those that have been noted, in order.
    /// - Parameter fetch: called some places ahead of the body, to ask for the memory that the body needs: it lies at random.
    @inline(__always)
    func forEach(fetching fetch: (Int) -> Void, _ body: (Int) -> Void) {
        let count = count
        for number in 0..<count {
            let ahead = number + 5
            if ahead < count { fetch(Int(places[ahead])) }
            body(Int(places[number]))
        }
    }

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
        forEach {
            for array in arrays { array.fetch($0) }
        } _: {
            isNoted[$0] = false
            for array in arrays { array[$0] = nought }
        }
        count = 0
    }
}
