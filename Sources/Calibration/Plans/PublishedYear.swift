import Intake
import Vocabulary

/// What the release says of one authority between two Januaries, with every plan given a setting.
///
/// Tables are ages × settings; plans not recorded are spread (``NotRecorded``); plans begun and ended are still by age on
/// the day.
struct PublishedYear: Sendable {
    /// The first January.
    let january: Int
    /// The calendar year of the flows: usually that of the January before.
    let flowYear: Int
    /// Plans in force in it.
    let before: CountTable
    /// Plans in force a year later, where they are published by age.
    let after: CountTable?
    /// Plans begun in between.
    let begun: CountTable
    /// Plans ended in between, transfers to other authorities apart: by age, and by setting.
    let ended: [Double]
    let endedBySetting: [Double]
    /// Transfers to other authorities, by age.
    let transferred: [Double]
    /// How many plans of the first January had no recorded placement.
    let notRecorded: Double

    /// Plans in force at the first January, all told.
    var total: Double { before.total }

    /// - Parameters:
    ///   - year: the calendar year of the flows; the stock is that of its January, or the next where `onLaterStock`.
    ///   - national: the area whose mixes stand in.
    init?(
        _ area: NationalRelease.Area, stock january: Int, flows year: Int, national: NationalRelease.Area,
        classification: Classification
    ) {
        let column = classification.settings.count - 1
        if case .incomplete = area.gaps[.init(.plans, january)] { return nil }
        guard let before = Self.stock(area, january, national, column),
            let begun = area.newPlans[year]?.byAge, let common = national.newPlans[year]?.byAge,
            begun.isComplete, let endings = area.endings[year], let byAge = endings.byAge, byAge.isComplete
        else { return nil }
        self.january = january
        flowYear = year
        self.before = before
        after = Self.stock(area, january + 1, national, column)
        // A few plans begin at an age that is not known; a regional total in an authority's place is many times too large.
        let share = (area.newPlans[year]?.total ?? begun.total) / max(begun.total, 1)
        let scaled = (0.9...1.1).contains(share) ? begun.map { $0 * share } : begun
        self.begun = NotRecorded.spread(scaled, column: column, common: common)
        let reasons = (0..<byAge.columns).filter { $0 != NationalRelease.transfer }
        ended = (0..<byAge.rows).map { age in reasons.reduce(0) { $0 + byAge[age, $1] } }
        transferred = byAge.column(NationalRelease.transfer)
        let bySetting = endings.bySetting ?? national.endings[year]?.bySetting
        endedBySetting =
            bySetting.map { table in
                (0..<table.rows).map { setting in
                    reasons.reduce(0) { $0 + (table[setting, $1].isNaN ? 0 : table[setting, $1]) }
                }
            } ?? []
        notRecorded = area.plans[january]?.byAge.map { $0.column(column).reduce(0, +) } ?? 0
    }

    /// Plans by age and setting, where what is published by age is nearly all there is.
    static func stock(
        _ area: NationalRelease.Area, _ january: Int, _ national: NationalRelease.Area, _ column: Int
    ) -> CountTable? {
        guard let table = area.plans[january]?.byAge, table.isComplete, let common = national.plans[january]?.byAge,
            let total = area.plans[january]?.total, total > 0, abs(table.total / total - 1) < 0.1
        else { return nil }
        let unknown = table.column(column).reduce(0, +)
        // Where most placements are missing, the January before tells the mix better.
        let earlier = unknown > 0.4 * total ? area.plans[january - 1]?.byAge : nil
        return NotRecorded.spread(
            table, column: column, common: common, own: earlier.flatMap { $0.isComplete ? $0 : nil })
    }
}
