/// Whether a difference may be claimed in a heading.
enum ClearEffect {
    /// What share of the whole an effect must be above.
    static let leastShare = 0.01

    /// An effect is clear where its 80 % interval lies on one side of zero, and its mean is more than a hundredth of the whole.
    static func isClear(_ change: Interval, of whole: Double) -> Bool {
        (change.p10 > 0 || change.p90 < 0) && abs(change.mean) > leastShare * abs(whole)
    }
}
