import Formats
import Intake
import Optimisation
import Rates
import RealModule
import Vocabulary

/// The last year of a release held out: every authority calibrated without it, beside what it brought.
///
/// Joiners, and how an authority's endings differ from England's, are those of the year before. What authorities share (movers,
/// England's endings by age, the ages of new plans and what is unrecorded) is learnt from the held-out year itself, on one half
/// of the authorities, and used for the other.
public struct HeldOutYear: Sendable {
    /// A way of forecasting plans by group and by band of ages one year ahead.
    public enum Method: String, CaseIterable, Sendable {
        /// As many as last January.
        case lastValue = "last"
        /// As many more as a year of the last three.
        case drift = "drift"
        /// As many times more.
        case growth = "growth"
        /// Joiners, endings and movers.
        case flows = "flows"
        /// What models use: flows averaged with growth of the total, and spread by the forecast of shares.
        case blend = "models"
    }

    /// One authority.
    public struct Case: Sendable {
        /// Its name.
        public let authority: String
        /// Plans by part at the January of origin.
        public let before: [Double]
        /// Plans by part a year later.
        public let after: [Double]
        /// Forecasts by part; methods that need a history are absent without it.
        public let forecasts: [Method: [Double]]
        /// Whether placements at the end were published well enough to score groups.
        public let hasPlacements: Bool
        /// A cohort of one need, and its rates.
        public let cohort: [Int32]
        /// See ``cohort``.
        public let rates: GivenRates
    }

    /// The January from which plans are carried on.
    public let origin: Int
    /// The provision groups.
    public let groups: ProvisionGroups
    /// What is scored: the names of the groups, then those of the bands of ages.
    public var parts: [String] { groups.names + AgeBand.statutory.map(\.name) }
    /// Every authority that can be scored.
    public let cases: [Case]
    /// Authorities that cannot, with the reason.
    public let leftOut: [(authority: String, reason: String)]
    /// People of each age that rates are per, for want of a population.
    public static let inhabitants = 10_000.0

    /// The fewest plans of an authority that is scored.
    static let fewest = 100.0

    /// - Parameters:
    ///   - history: longer series than the release's own, where there are; nothing after the origin is looked at.
    ///   - turnover: as in ``CalibratedAuthority/Choices``.
    public init(
        _ panel: ReleasePanel, history: ReleaseHistory? = nil, turnover: Double = CalibratedAuthority.Choices().turnover
    ) {
        let origin = panel.january - 1
        self.origin = origin
        groups = panel.groups
        var leftOut: [(String, String)] = []
        var scored: [(NationalRelease.Area, PublishedYear)] = []
        for area in panel.release.authorities {
            guard let year = panel.year(area, stock: origin, flows: origin - 1), year.after != nil,
                let actual = panel.year(area, stock: origin, flows: origin)
            else {
                leftOut.append((area.name, "not all tables are published by age"))
                continue
            }
            if ReleasePanel.isBroken(actual) {
                leftOut.append((area.name, "more than a tenth of its plans is unexplained by its flows"))
            } else if year.total < Self.fewest {
                leftOut.append((area.name, "fewer than 100 plans"))
            } else {
                scored.append((area, year))
            }
        }
        let growth = JoinerGrowth(panel.release, year: origin - 1)
        let series = history ?? ReleaseHistory([panel.release], children: PublishedPopulation())
        let nextYear = series.nextYear(after: origin)
        let earlier = series.bands(in: origin - GroupDrift.years)
        let shares = PlacementShares(series, origin: origin, years: 1)
        var cases: [Case?] = Array(repeating: nil, count: scored.count)
        for half in 0..<2 {
            let others = scored.enumerated().filter { $0.offset % 2 != half }.map(\.element.0)
            let pattern = panel.pattern(of: others, turnover: turnover)
            for (place, (area, year)) in scored.enumerated() where place % 2 == half {
                cases[place] = Self.make(
                    area, year, panel, pattern, growth, nextYear, earlier[area.number], shares?.mix(of: area))
            }
        }
        self.cases = cases.compactMap { $0 }
        self.leftOut = leftOut
    }

    private static func make(
        _ area: NationalRelease.Area, _ year: PublishedYear, _ panel: ReleasePanel, _ pattern: NationalPattern,
        _ growth: JoinerGrowth, _ nextYear: (NationalRelease.Area) -> Double?, _ earlierBands: [Double]?,
        _ mix: FollowedMix?
    ) -> Case? {
        guard let after = year.after else { return nil }
        let (origin, groups) = (year.january, panel.groups)
        let exposure = (area.plans[origin - 1]?.total ?? year.total) / year.total
        let flows = LocalFlows(year, pattern: pattern, exposure: exposure, growth: growth.factor(area))
        let now = groups.sums(year.before).columnSums
        let byAge = flows.nextYear()
        let expected = byAge.columnSums
        let drift = GroupDrift.nextYear(area, base: origin, now: now, groups)
        let averaged = GroupDrift.blend(
            flows: expected, drift: drift, total: nextYear(area).map { $0 * year.total }, groups)
        let blend =
            mix?.nextYear(groups, panel.release.classification.settings, total: averaged.reduce(0, +)) ?? averaged
        let met = flows.meeting(blend)
        let bands = Self.bands(year.before)
        var forecasts: [Method: [Double]] = [
            .lastValue: now + bands, .flows: expected + Self.bands(byAge), .blend: blend + Self.bands(met.nextYear()),
        ]
        if let drift, let first = GroupDrift.before(area, base: origin, groups) {
            let bandsOfDrift = GroupDrift.nextYear(bands, before: earlierBands)
            forecasts[.drift] = drift + bandsOfDrift
            forecasts[.growth] = zip(now + bands, first + (earlierBands ?? bands)).map {
                $1 > 0 ? $0 * Double.pow($0 / $1, 1 / Double(GroupDrift.years)) : $0
            }
        }
        let settings = panel.release.classification.settings.dropLast().map(\.code)
        let space = StateSpace(
            need: Dimension(name: "need", codes: [NamedRow.any]), setting: Dimension(name: "setting", codes: settings))
        let plain = RateAssembly.withoutNeeds(flows, settings: settings.count).stock
        let cohort = ControlledRounding.round(
            plain, total: Int(year.total.rounded()), first: plain.firstThird.rowSums, second: [year.total],
            third: plain.firstThird.columnSums)
        let assembly = RateAssembly(
            met, cohort: plain, needs: RateAssembly.withoutNeeds(met, settings: settings.count).needs,
            inhabitants: Array(repeating: inhabitants, count: space.ages), space: space, errors: .local)
        return Case(
            authority: area.name, before: now + bands, after: groups.sums(after).columnSums + Self.bands(after),
            forecasts: forecasts,
            hasPlacements: panel.hasPlacements(area, origin + 1), cohort: cohort,
            rates: assembly.rates)
    }

    /// A table by age summed to the statutory bands.
    private static func bands(_ table: CountTable) -> [Double] {
        AgeBand.statutory.map { band in band.ages.reduce(0) { $0 + table.row($1).reduce(0, +) } }
    }
}
