import Sampling
import Vocabulary

/// In which area each child of a need and band of ages lives, in one run.
///
/// Children are numbered: those who have or want a specialist place first, then all others. The area of a number is the same in every
/// year, so that a year in which there is one child more differs by that child alone; counts of areas sum to the whole, and children who
/// want a place are among all children.
struct AreaHomes {
    private var stream: RandomStream
    /// Up to which uniform number a child lives in an area or one before it.
    private let upTo: [Double]

    /// - Parameter shares: of the areas, which sum to 1.
    init(_ shares: [Double], _ stream: RandomStream) {
        self.stream = stream
        var sum = 0.0
        var upTo = shares.map { share in
            sum += share
            return sum
        }
        // What rounding leaves beyond the last area that has anybody belongs to it.
        for area in shares.indices.reversed() {
            upTo[area] = .infinity
            if shares[area] > 0 { break }
        }
        self.upTo = upTo
    }

    /// How many of the first children live in each area, for several numbers of children.
    /// - Parameters:
    ///   - numbers: how many children, in any order.
    ///   - tell: told the place of a number, and how many of its children live in each area.
    mutating func count(_ numbers: [Int32], _ tell: (_ place: Int, _ children: [Int32]) -> Void) {
        var children = [Int32](repeating: 0, count: upTo.count)
        var counted: Int32 = 0
        for place in numbers.indices.sorted(by: { numbers[$0] < numbers[$1] }) {
            while counted < numbers[place] {
                let uniform = stream.uniform32()
                var area = 0
                while uniform >= upTo[area] { area += 1 }
                children[area] += 1
                counted += 1
            }
            tell(place, children)
        }
    }
}
