/// How good the evidence for an assumption is, as planning papers rate it.
public enum AssumptionQuality: String, Sendable, CaseIterable, Codable {
    case red
    case amber
    case green

    /// What a rating means, wherever a person reads it.
    public var meaning: String {
        switch self {
        case .red: "not observed here: a judgement, or another area's figure"
        case .amber: "observed indirectly, shrunk towards other areas, or judged with evidence"
        case .green: "observed here: counted, measured or published"
        }
    }
}

extension Sequence where Element == AssumptionQuality {
    /// The worst of ratings; `nil` where there are none.
    public var worst: AssumptionQuality? {
        let ratings = Set(self)
        return AssumptionQuality.allCases.first(where: ratings.contains)
    }
}
