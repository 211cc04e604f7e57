/// Some ages, needs and settings, and with them the cells where they meet.
///
/// ```swift
/// let space = Service.plans.space(needs: ["ASD", "SEMH"], settings: ["MS", "SPI"])
/// let young = CellSelection(ages: 0..<5, needs: [0], settings: [0, 1])
/// young.cells(in: space).count  // 10
/// ```
public struct CellSelection: Sendable, Equatable {
    /// Ages in steps, in order.
    public var ages: [Int]
    /// Positions of needs, in order.
    public var needs: [Int]
    /// Positions of settings, in order.
    public var settings: [Int]

    /// Selects; repeated values count once.
    public init(ages: some Sequence<Int>, needs: some Sequence<Int>, settings: some Sequence<Int>) {
        self.ages = Set(ages).sorted()
        self.needs = Set(needs).sorted()
        self.settings = Set(settings).sorted()
    }

    /// Selects every cell.
    public init(all space: StateSpace) {
        self.init(ages: 0..<space.ages, needs: space.need.codes.indices, settings: space.setting.codes.indices)
    }

    /// The numbers of the cells, in order.
    public func cells(in space: StateSpace) -> [Int] {
        rows(in: space).flatMap { row in settings.map { row * space.setting.count + $0 } }
    }

    /// Ages and needs whatever the setting, in order: `age · needs + need`.
    public func rows(in space: StateSpace) -> [Int] {
        ages.flatMap { age in needs.map { age * space.need.count + $0 } }
    }
}
