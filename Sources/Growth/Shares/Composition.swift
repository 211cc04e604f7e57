/// A whole and the parts that it falls into, of the same areas: plans by band of ages, or by provision group.
public struct Composition: Sendable {
    /// A part.
    public struct Part: Sendable {
        /// The name.
        public let name: String
        /// Its series, of the whole's areas and in their order.
        public let panel: GrowthPanel
        /// The series that it is forecast from by itself too; its forecast is then the mean of both. `nil` where shares alone count.
        public let own: GrowthPanel?

        /// Names a part.
        public init(_ name: String, _ panel: GrowthPanel, own: GrowthPanel? = nil) {
            self.name = name
            self.panel = panel
            self.own = own
        }
    }

    /// What the parts are called together.
    public let name: String
    /// The whole.
    public let whole: GrowthPanel
    /// The parts, at least two.
    public let parts: [Part]
    /// Whether England's shares stay as they are, so that only differences between areas are learnt.
    public let keepsNationalShares: Bool

    /// States a composition.
    /// - Precondition: the parts' panels have the whole's areas.
    public init(_ name: String, of whole: GrowthPanel, parts: [Part], keepsNationalShares: Bool) {
        precondition(parts.count > 1 && parts.allSatisfy { $0.panel.areas.count == whole.areas.count })
        self.name = name
        self.whole = whole
        self.parts = parts
        self.keepsNationalShares = keepsNationalShares
    }
}

/// The shares that parts have of their wholes, area by area, as they were known in a January.
struct KnownShares {
    /// By area and January; shares add up to 1.
    private let shares: [[Int: [Double]]]
    /// By area and January; Januaries between known ones are filled in.
    private let wholes: [[Int: Double]]

    init(_ composition: Composition, in january: Int) {
        let whole = composition.whole.known(in: january).withoutGaps
        let parts = composition.parts.map { $0.panel.known(in: january) }
        wholes = whole.areas.map(\.plans)
        shares = whole.areas.indices.map { area in
            var known: [Int: [Double]] = [:]
            for year in whole.areas[area].plans.keys {
                let counts = parts.compactMap { $0.areas[area].plans[year] }
                let sum = counts.reduce(0, +)
                if counts.count == parts.count && sum > 0 { known[year] = counts.map { $0 / sum } }
            }
            return Self.withoutGaps(known)
        }
    }

    /// The same with Januaries between known ones filled in, in equal steps.
    private static func withoutGaps(_ known: [Int: [Double]]) -> [Int: [Double]] {
        var filled = known
        let years = known.keys.sorted()
        for (before, after) in zip(years, years.dropFirst()) where after > before + 1 {
            guard let first = known[before], let last = known[after] else { continue }
            for year in before + 1..<after {
                let weight = Double(year - before) / Double(after - before)
                filled[year] = zip(first, last).map { $0 + weight * ($1 - $0) }
            }
        }
        return filled
    }

    subscript(area: Int, january: Int) -> [Double]? { shares[area][january] }

    /// All plans.
    func whole(_ area: Int, _ january: Int) -> Double? {
        wholes[area][january].flatMap { $0 > 0 ? $0 : nil }
    }

    /// The shares of a January and their change in the year before it: of the last January that is known, where this one is not.
    func latest(_ area: Int, _ january: Int) -> (shares: [Double], change: [Double])? {
        guard let last = shares[area].keys.filter({ $0 <= january }).max(), let now = shares[area][last] else {
            return nil
        }
        let before = shares[area][last - 1] ?? now
        return (now, zip(now, before).map(-))
    }
}
