/// A caution where so few runs were made that intervals are a matter of chance.
package enum FewRuns {
    /// From how many runs on intervals are printed without a caution.
    private static let enough = 50

    /// What a reader must know; `nil` where there are runs enough.
    package static func caution(_ runs: Int) -> String? {
        guard runs < enough else { return nil }
        guard runs > 1 else {
            return "One run alone: it has no intervals. Use 200 runs or more for figures that others will see."
        }
        let outside = max(runs / 10, 1)
        return
            "Intervals rest on \(runs) runs alone, their ends on \(outside == 1 ? "one of them" : "\(outside) of them"): another seed moves "
            + "them a good deal. Use 200 runs or more for figures that others will see."
    }

    /// See ``caution(_:)``.
    package static func caution(_ manifest: Manifest) -> String? { caution(manifest.runs[1] - manifest.runs[0]) }
}
