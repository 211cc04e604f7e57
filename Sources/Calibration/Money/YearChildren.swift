import Intake
import Vocabulary

/// Children with a plan over a financial year, by setting: 5/12 of its January and 7/12 of the next, as budgets count them.
struct YearChildren: Sendable {
    /// Children by the code of the setting.
    private let bySetting: [String: Double]

    /// The share of plans without a recorded placement above which the mix of another January stands in.
    private static let mostUnrecorded = ReleasePanel.mostUnrecorded

    /// No children.
    static let none = YearChildren(bySetting: [:])

    private init(bySetting: [String: Double]) {
        self.bySetting = bySetting
    }

    /// - Parameter year: the April in which the financial year begins.
    /// - Returns: `nil` where a January of it is not published, or no mix of settings near it.
    init?(_ area: NationalRelease.Area, in year: Int, _ classification: Classification) {
        guard let first = Self.counts(area, year), let second = Self.counts(area, year + 1) else { return nil }
        var counts: [String: Double] = [:]
        for (place, setting) in classification.settings.dropLast().enumerated() {
            counts[setting.code] = (5 * first[place] + 7 * second[place]) / 12
        }
        bySetting = counts
    }

    /// Children of some settings.
    subscript(settings: [String]) -> Double { settings.reduce(0) { $0 + (bySetting[$1] ?? 0) } }

    /// Children of all settings.
    var all: Double { bySetting.values.reduce(0, +) }

    /// Plans of a January by recorded setting, those not recorded spread over them: as they lie there, or in a January beside it.
    private static func counts(_ area: NationalRelease.Area, _ january: Int) -> [Double]? {
        let plans = area.plans[january]
        if case .incomplete = area.gaps[.init(.plans, january)] { return nil }
        guard let total = plans?.total ?? plans?.bySetting?.reduce(0, +) else { return nil }
        let mixes = [january, january - 1, january + 1].lazy.compactMap { mix(area, $0) }
        return mixes.first.map { shares in shares.map { $0 * total } }
    }

    private static func mix(_ area: NationalRelease.Area, _ january: Int) -> [Double]? {
        guard let counts = area.plans[january]?.bySetting, !counts.contains(where: \.isNaN) else { return nil }
        let recorded = counts.dropLast().reduce(0, +)
        guard recorded > 0, counts[counts.count - 1] <= mostUnrecorded * (recorded + counts[counts.count - 1]) else {
            return nil
        }
        return counts.dropLast().map { $0 / recorded }
    }
}
