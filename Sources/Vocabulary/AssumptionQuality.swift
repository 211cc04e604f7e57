/// How good the evidence for an assumption is, as planning papers rate it.
public enum AssumptionQuality: String, Sendable, CaseIterable, Codable {
    /// Not observed: a judgement, or another area's figure.
    case red
    /// Observed indirectly, or shrunk towards others.
    case amber
    /// Observed.
    case green
}

extension Sequence where Element == AssumptionQuality {
    /// The worst of ratings; `nil` where there are none.
    public var worst: AssumptionQuality? {
        let ratings = Set(self)
        return AssumptionQuality.allCases.first(where: ratings.contains)
    }
}
