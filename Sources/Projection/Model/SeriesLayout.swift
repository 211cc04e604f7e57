import Algorithms
import Vocabulary

/// The series of totals that are kept of each run: every cell of every breakdown, numbered.
public struct SeriesLayout: Sendable {
    /// What a series counts; `nil` says that the dimension is summed over.
    public struct Label: Hashable, Sendable {
        // Four numbers in one word, for results hold tens of thousands of labels; below zero where a dimension is summed over.
        private let positions: SIMD4<Int16>

        /// A single year of age.
        public var age: Int? { self[0] }
        /// The position of a band.
        public var band: Int? { self[1] }
        /// The position of a need.
        public var need: Int? { self[2] }
        /// The position of a setting.
        public var setting: Int? { self[3] }

        /// Names what is counted.
        /// - Precondition: positions are below 32,768.
        public init(age: Int? = nil, band: Int? = nil, need: Int? = nil, setting: Int? = nil) {
            positions = SIMD4(Int16(age ?? -1), Int16(band ?? -1), Int16(need ?? -1), Int16(setting ?? -1))
        }

        private subscript(_ dimension: Int) -> Int? {
            positions[dimension] < 0 ? nil : Int(positions[dimension])
        }

        /// How many dimensions are told apart.
        package var dimensions: Int { positions.indices.count { positions[$0] >= 0 } }
    }

    /// The cells that are summed.
    public let space: StateSpace
    /// The bands of ages.
    public let bands: [AgeBand]
    /// The breakdowns, in order.
    public let breakdowns: [Breakdown]
    /// What each series counts.
    public let labels: [Label]
    /// The series that a cell belongs to, cells × breakdowns; −1 where the cell's age is in no band.
    let membership: [Int32]
    private let offsets: [Breakdown: Int]

    /// Numbers the series of some breakdowns, in their order.
    public init(space: StateSpace, bands: [AgeBand] = AgeBand.statutory, breakdowns: [Breakdown]) {
        self.space = space
        self.bands = bands
        // One that is named twice is kept once.
        let breakdowns = Array(breakdowns.uniqued())
        self.breakdowns = breakdowns
        var labels: [Label] = []
        var offsets: [Breakdown: Int] = [:]
        for breakdown in breakdowns {
            offsets[breakdown] = labels.count
            for age in Self.values(breakdown, .age, space.years) {
                for band in Self.values(breakdown, .band, bands.count) {
                    for need in Self.values(breakdown, .need, space.need.count) {
                        for setting in Self.values(breakdown, .setting, space.setting.count) {
                            labels.append(Label(age: age, band: band, need: need, setting: setting))
                        }
                    }
                }
            }
        }
        self.labels = labels
        self.offsets = offsets
        let numbers = Dictionary(zip(labels, 0..<labels.count), uniquingKeysWith: { first, _ in first })
        let bandOfAge = (0..<space.years).map { age in bands.firstIndex { $0.ages.contains(age) } }
        membership = (0..<space.count).flatMap { cell -> [Int32] in
            let coordinates = space.coordinates(of: cell)
            let age = space.year(ofAge: coordinates.age)
            return breakdowns.map { breakdown in
                if breakdown.contains(.band) && bandOfAge[age] == nil { return -1 }
                let label = Label(
                    age: breakdown.contains(.age) ? age : nil,
                    band: breakdown.contains(.band) ? bandOfAge[age] : nil,
                    need: breakdown.contains(.need) ? coordinates.need : nil,
                    setting: breakdown.contains(.setting) ? coordinates.setting : nil)
                return Int32(numbers[label] ?? -1)
            }
        }
    }

    /// How many series there are.
    public var count: Int { labels.count }

    /// The numbers of a breakdown's series, in the order age, band, need, setting; `nil` where it is not kept.
    public func series(_ breakdown: Breakdown) -> Range<Int>? {
        guard let start = offsets[breakdown] else { return nil }
        let dimensions: [(Breakdown, Int)] = [
            (.age, space.years), (.band, bands.count), (.need, space.need.count), (.setting, space.setting.count),
        ]
        let size = dimensions.reduce(1) { breakdown.contains($1.0) ? $0 * $1.1 : $0 }
        return start..<start + size
    }

    /// Where each series stands in another layout.
    /// - Precondition: the other keeps all breakdowns of this one, of as many ages, needs and settings.
    func places(in other: SeriesLayout) -> [Int] {
        breakdowns.flatMap { breakdown -> [Int] in
            guard let own = series(breakdown), let theirs = other.series(breakdown) else {
                preconditionFailure("a scenario keeps totals that its baseline does not keep")
            }
            precondition(own.count == theirs.count, "a scenario of other ages, needs or settings than its baseline's")
            return Array(theirs)
        }
    }

    private static func values(_ breakdown: Breakdown, _ dimension: Breakdown, _ count: Int) -> [Int?] {
        breakdown.contains(dimension) ? Array(0..<count) : [nil]
    }
}
