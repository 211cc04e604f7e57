import Placement
import Projection
import Vocabulary

/// Units of every run by financial year from the first, by the names of lines that are paid for requests, assessments or care leavers.
package typealias CountedUnits = [String: [[Double]]]

/// How many units of a line there are in a financial year, run by run.
///
/// A financial year *t–t+1* is 5/12 of the academic year that ends in its August and 7/12 of the one that begins in its September.
/// January *t* stands for the academic year *t−1/t*. The middle of that lies a month and a half after the count, so 1.5/12 of the year's
/// joiners and transfers in, less transfers out, come on top: endings and moves are taken to fall in the summer. Places are
/// those open in the academic year. Plans that begin between January *t* and January *t+1* count for the financial year *t–t+1*.
package struct Activity {
    /// The share of a year between the count and the middle of the academic year.
    static let lag = 1.5 / 12
    /// The shares of a financial year that lie in the academic year of its January, and in the next.
    package static let spring = 5.0 / 12
    /// See ``spring``.
    package static let autumn = 7.0 / 12
    private let outcome: Outcome
    private let accounts: Accounts
    /// Units of every run by financial year from the first, of lines that are not paid for people of the model.
    private let counted: CountedUnits

    init(_ outcome: Outcome, _ accounts: Accounts, counted: CountedUnits) {
        self.outcome = outcome
        self.accounts = accounts
        self.counted = counted
    }

    /// Adds a line's units of one need and setting.
    /// - Parameter step: 0 for the financial year that begins after the base January.
    func add(_ line: CostLine, need: Int, setting: Int, step: Int, to units: inout [Double]) {
        switch line.unit {
        case .planYear, .planWeek:
            if outcome[.presence].series > 0 { return addPresence(line.bands, need, setting, step, &units) }
            addPlans(line.bands, need, setting, step, Self.spring, &units)
            addPlans(line.bands, need, setting, step + 1, Self.autumn, &units)
        case .newPlan: addFlow(.joined, need, setting, step, 1, &units)
        case .placeYear, .request, .assessment, .year, .careLeaverWeek, .counted: break
        }
    }

    /// Adds the children of a need and setting on a day: those of the January of its school year, with who has come since then, or without
    /// who is yet to come.
    /// - Parameters:
    ///   - step: 0 for the financial year that begins after the base January.
    ///   - month: months since 1 April, 0...12.
    func addChildren(need: Int, setting: Int, step: Int, month: Double, to children: inout [Double]) {
        // A count in the middle of January, 1 April two and a half months after it, and September after five more.
        let (step, since) = month < 5 ? (step, month + 2.5) : (step + 1, month - 9.5)
        addPlans(nil, need, setting, step, 1, &children, lag: since / 12)
    }

    /// Units that are not counted by need and setting: places, requests and assessments, care leavers.
    func units(_ line: CostLine, step: Int) -> [Double]? {
        switch line.unit {
        case .placeYear:
            // A year of several steps is the financial year itself.
            if outcome[.presence].series > 0 { return places(line, step + 1) }
            return zip(places(line, step), places(line, step + 1)).map { Self.spring * $0 + Self.autumn * $1 }
        case .year: return Array(repeating: 1, count: outcome.runs.count)
        case .request, .assessment, .careLeaverWeek, .counted:
            return counted[line.name]?[step] ?? Array(repeating: 0, count: outcome.runs.count)
        default: return nil
        }
    }

    /// Places of provisions that serve the line's settings first of all; in settings of which none is listed, and where nothing is ever full
    /// if they are more, plans: each child beyond the places needs one that is paid for.
    private func places(_ line: CostLine, _ step: Int) -> [Double] {
        var units = [Double](repeating: 0, count: outcome.runs.count)
        let listed = Set(line.settings.filter { isListed($0) })
        let plans = plans(line, in: line.settings.filter { !listed.contains($0) }, step)
        if !listed.isEmpty { addOpenPlaces(listed, step, &units) }
        guard !listed.isEmpty, !((outcome.placement as? Allocation)?.isBinding ?? false) else {
            return zip(units, plans).map(+)
        }
        let seated = self.plans(line, in: Array(listed), step)
        return units.indices.map { max(units[$0], seated[$0]) + plans[$0] }
    }

    private func plans(_ line: CostLine, in settings: [Int], _ step: Int) -> [Double] {
        var plans = [Double](repeating: 0, count: outcome.runs.count)
        for setting in settings {
            for need in line.pounds.keys.sorted() { addPlans(nil, need, setting, step, 1, &plans, lag: 0) }
        }
        return plans
    }

    /// The provisions of the model, and the setting that each serves first of all; none where places are not counted.
    private var provisions: [(number: Int, setting: Int)] {
        guard let allocation = outcome.placement as? Allocation, outcome[.places].series > 0 else { return [] }
        return allocation.provisions.enumerated().compactMap { number, provision in
            provision.tranches.first?.designation.settings.first.map { (number, $0) }
        }
    }

    private func isListed(_ setting: Int) -> Bool { provisions.contains { $0.setting == setting } }

    private func addOpenPlaces(_ settings: Set<Int>, _ step: Int, _ units: inout [Double]) {
        guard let allocation = outcome.placement as? Allocation else { return }
        for (number, setting) in provisions where settings.contains(setting) {
            outcome[.places].add(
                step: step, series: allocation.seriesOfOpenPlaces(provision: number), times: 1, to: &units)
        }
    }

    /// The people of every step of the year: a year of the model is a financial year where it has several steps.
    private func addPresence(
        _ bands: [Int]?, _ need: Int, _ setting: Int, _ step: Int, _ units: inout [Double]
    ) {
        for series in series(bands, need, setting) {
            outcome[.presence].add(step: step, series: series, times: 1 / outcome.presenceUnit, to: &units)
        }
    }

    /// The numbers of the series of people of some bands; of all ages one.
    private func series(_ bands: [Int]?, _ need: Int, _ setting: Int) -> [Int] {
        let space = outcome.model.space
        let breakdown: Breakdown = bands == nil ? [.need, .setting] : [.band, .need, .setting]
        guard let series = outcome.stockLayout.series(breakdown) else {
            preconditionFailure("prices need people by need and setting, and by band where lines have one")
        }
        let first = series.lowerBound + need * space.setting.count + setting
        return (bands ?? [0]).map { first + $0 * space.cellsPerAge }
    }

    private func addPlans(
        _ bands: [Int]?, _ need: Int, _ setting: Int, _ step: Int, _ factor: Double, _ units: inout [Double],
        lag: Double = Self.lag
    ) {
        for series in series(bands, need, setting) {
            outcome.stocks.add(step: step, series: series, times: factor, to: &units)
        }
        guard lag != 0, accounts.countsInYearGrowth, bands == nil else { return }
        // Who has come since January joins in the year after it; who is yet to come before it, in the year before.
        let year = min(lag < 0 ? step - 1 : step, outcome.model.horizon - 1)
        addFlow(.joined, need, setting, year, factor * lag, &units)
        addFlow(.arrived, need, setting, year, factor * lag, &units)
        addFlow(.transferred, need, setting, year, -factor * lag, &units)
    }

    private func addFlow(
        _ flow: Tally, _ need: Int, _ setting: Int, _ year: Int, _ factor: Double, _ units: inout [Double]
    ) {
        guard outcome[flow].series > 0, let series = outcome.flowLayout.series([.need, .setting]) else { return }
        let number = series.lowerBound + need * outcome.model.space.setting.count + setting
        outcome[flow].add(step: year, series: number, times: factor, to: &units)
    }
}
