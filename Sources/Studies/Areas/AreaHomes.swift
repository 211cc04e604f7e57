import Sampling
import Vocabulary

/// In which area each child of a need and band of ages lives, in one run.
///
/// Children are numbered: those who have or want a specialist place first, then all others. The area of a number is the same in every
/// year, so that a year in which there is one child more differs by that child alone; counts of areas sum to the whole, and children who
/// want a place are among all children.
struct AreaHomes {
    private var stream: RandomStream
    /// The random number, of 23 bits, from which on a child lives beyond an area; none is so large for the last area with children.
    private let beyond: [Int32]

    /// - Parameter shares: of the areas, which sum to 1.
    init(_ shares: [Double], _ stream: RandomStream) {
        self.stream = stream
        var sum = 0.0
        // A child with random number n lives beyond an area where (n + 1/2) / 2²³ is not below the shares up to it.
        var beyond = shares.map { share in
            sum += share
            return Int32(min((sum * 0x1p23 - 0.5).rounded(.up), 0x1p24))
        }
        // What rounding leaves beyond the last area that has anybody belongs to it.
        for area in shares.indices.reversed() {
            beyond[area] = .max
            if shares[area] > 0 { break }
        }
        self.beyond = beyond
    }

    /// How many of the first children live in each area, for several numbers of children.
    /// - Parameters:
    ///   - numbers: how many children, in any order.
    ///   - tell: told the place of a number, and how many of its children live in each area.
    mutating func count(_ numbers: [Int32], _ tell: (_ place: Int, _ children: [Int32]) -> Void) {
        var children = [Int32](repeating: 0, count: beyond.count)
        var homes = LaneCounts()
        var counted: Int32 = 0
        // Small numbers first, each with its place behind it.
        for key in numbers.indices.map({ Int64(numbers[$0]) << 32 | Int64($0) }).sorted() {
            let place = Int(key & 0xFFFF_FFFF)
            while counted < numbers[place] {
                if counted & 15 == 0 { homes = nextHomes() }
                children[Int(homes[Int(counted & 15)])] += 1
                counted += 1
            }
            tell(place, children)
        }
    }

    /// The areas of sixteen more children.
    private mutating func nextHomes() -> LaneCounts {
        let numbers = unsafeBitCast(stream.nextSixteen() &>> 9, to: LaneCounts.self)
        var areas = LaneCounts()
        // The sign of a difference is −1 where the number is not below.
        for threshold in beyond { areas &-= (LaneCounts(repeating: threshold - 1) &- numbers) &>> 31 }
        return areas
    }
}
