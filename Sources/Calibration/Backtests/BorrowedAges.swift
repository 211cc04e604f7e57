import Intake
import Optimisation
import Vocabulary

/// An earlier January restated as if its tables had been published by single year of age.
///
/// Before January 2024 plans and new plans were published by band of ages and by setting, and endings not at all. England's first
/// tables by single year are raked to each area's own bands and settings; what ends is England's share of each age.
struct BorrowedAges {
    private let history: ReleaseHistory
    /// England's plans, new plans and endings of the first year that has all three by age.
    private let stock: CountTable
    private let begun: CountTable
    private let ended: NationalRelease.Endings

    /// - Returns: `nil` where no year has all of them.
    init?(_ panel: ReleasePanel, history: ReleaseHistory) {
        let year = panel.january - 1
        guard let stock = panel.national.plans[year]?.byAge, let begun = panel.national.newPlans[year]?.byAge,
            let ended = panel.national.endings[year], ended.byAge != nil
        else { return nil }
        self.history = history
        self.stock = stock
        self.begun = begun
        self.ended = ended
    }

    /// A release that can be calibrated from a January: it and the year before by single age, as far as areas' bands and settings
    /// were published.
    func release(_ latest: NationalRelease, at january: Int) -> NationalRelease {
        latest.with(
            areas: history.joined(latest.areas).map { area in
                var area = area
                for year in [january - 1, january] {
                    let byAge = spread(area.plans[year], like: stock)
                    area.plans[year]?.byAge = byAge
                }
                let joined = spread(area.newPlans[january - 1], like: begun)
                area.newPlans[january - 1]?.byAge = joined
                area.endings[january - 1] = endings(of: area, in: january - 1)
                return area
            })
    }

    private func spread(_ plans: NationalRelease.Plans?, like seed: CountTable) -> CountTable? {
        guard let plans, let bands = plans.byBand, let settings = plans.bySetting,
            (bands + settings).allSatisfy({ !$0.isNaN })
        else { return nil }
        let total = settings.reduce(0, +)
        let inBands = bands.reduce(0, +)
        guard total > 0, inBands > 0 else { return nil }
        var coarse = CountTable(rows: bands.count, columns: seed.columns)
        for (place, band) in AgeBand.statutory.enumerated() {
            for age in band.ages { for setting in 0..<seed.columns { coarse[place, setting] += seed[age, setting] } }
        }
        // A setting that England's first year did not have could not be filled by raking.
        for cell in coarse.values.indices { coarse.values[cell] = max(coarse.values[cell], Self.least) }
        let fitted = Raking.fit(coarse, rows: bands.map { $0 * total / inBands }, columns: settings)
        var table = CountTable(rows: seed.rows, columns: seed.columns)
        for (place, band) in AgeBand.statutory.enumerated() {
            for setting in 0..<seed.columns {
                let known = band.ages.reduce(0) { $0 + seed[$1, setting] }
                for age in band.ages {
                    let share = known > 0 ? seed[age, setting] / known : 1 / Double(band.ages.count)
                    table[age, setting] = fitted[place, setting] * share
                }
            }
        }
        return table
    }

    /// The plans that stand for none in a cell of England's.
    private static let least = 0.1

    private func endings(of area: NationalRelease.Area, in year: Int) -> NationalRelease.Endings? {
        guard let plans = area.plans[year]?.byAge?.rowSums else { return nil }
        var endings = ended
        for (age, all) in stock.rowSums.enumerated() {
            for reason in NationalRelease.endingReasons.indices {
                endings.byAge?[age, reason] *= all > 0 ? plans[age] / all : 0
            }
        }
        endings.bySetting = ended.bySetting?.map { $0 * plans.reduce(0, +) / stock.total }
        return endings
    }
}
