/// How often each whole number has come: enough for its ``Summary``, however many runs there are.
public struct CountTally: Sendable {
    private var lowest: Int32 = 0
    /// By number from the lowest on.
    private var tally: [Int32] = []

    /// Nothing yet.
    public init() {}

    /// Counts some numbers.
    public mutating func add(_ values: [Int32]) {
        guard let least = values.min(), let most = values.max() else { return }
        if tally.isEmpty { lowest = least }
        if least < lowest {
            tally.insert(contentsOf: repeatElement(0, count: Int(lowest - least)), at: 0)
            lowest = least
        }
        let range = Int(most - lowest) + 1
        if range > tally.count { tally.append(contentsOf: repeatElement(0, count: range - tally.count)) }
        for value in values { tally[Int(value &- lowest)] &+= 1 }
    }

    /// The summary of all numbers that have come, to the last digit that of ``Summary/init(of:)-([Int32])``.
    /// - Precondition: at least one has come.
    public var summary: Summary { Summary(counts: tally, from: lowest) }
}
