/// Whether a difference may be claimed in a heading.
enum ClearEffect {
    /// What share of the whole an effect must be above.
    static let leastShare = 0.01

    /// An effect is clear where its 80 % interval lies on one side of zero, and its mean is more than a hundredth of the whole.
    static func isClear(_ change: Interval, of whole: Double) -> Bool {
        (change.p10 > 0 || change.p90 < 0) && abs(change.mean) > leastShare * abs(whole)
    }

    /// How many parts a heading names as those that may be first.
    private static let mostLeading = 3

    /// The parts that may be the largest: the one of the largest mean, and those whose 80 % interval reaches it, in order; none where they
    /// are too many to name, for then no order can be claimed.
    static func leading<Part>(_ parts: [Part], _ size: (Part) -> (mean: Double, p90: Double)?) -> [Part] {
        let known = parts.compactMap { part in size(part).map { (part: part, mean: $0.mean, p90: $0.p90) } }
        guard let most = known.map(\.mean).max() else { return [] }
        let leading = known.filter { $0.mean == most || $0.p90 >= most }
        return leading.count > mostLeading ? [] : leading.sorted { $0.mean > $1.mean }.map(\.part)
    }
}
