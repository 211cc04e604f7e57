import Intake
import Rates
import Vocabulary

/// Calibrates any authority of a release: what all of them share is learnt once.
public struct Calibrator: Sendable {
    /// The release.
    public let panel: ReleasePanel
    /// The choices that were made.
    public private(set) var choices: CalibratedAuthority.Choices
    private(set) var pattern: NationalPattern
    private(set) var needs: NeedPattern
    let growth: JoinerGrowth
    let settings: Int
    /// The series that growth is learnt from.
    public let history: ReleaseHistory
    /// How plans will be spread over settings; `nil` where flows alone decide it.
    let shares: PlacementShares?
    /// What patterns are learnt from.
    private let learnt: (panel: ReleasePanel, areas: [NationalRelease.Area])
    private let nextYear: @Sendable (NationalRelease.Area) -> Double?

    /// Learns what authorities share.
    /// - Parameters:
    ///   - history: longer series than the release's own, where there are.
    ///   - choices: what an analyst chose.
    ///   - base: the January to start from, where it is not the last.
    /// - Throws: ``UnusableData`` where the release does not serve.
    public init(
        _ release: NationalRelease, history: ReleaseHistory? = nil, choices: CalibratedAuthority.Choices = .init(),
        base: Int? = nil
    ) throws(UnusableData) {
        let panel = try ReleasePanel(release, base: base)
        guard panel.national.plans[panel.january]?.byNeed != nil else {
            throw UnusableData(
                file: release.path,
                "primary needs of January \(panel.january) (\(ReleaseSubject.needs.file)) are not in the release, so no plan's need is known",
                remedy: "Use the release with all of its tables, as it is downloaded.")
        }
        self.init(panel, history: history, choices: choices, learntFrom: panel, of: release.authorities)
    }

    /// Learns what authorities share from some of them, at another January than their models start from.
    init(
        _ panel: ReleasePanel, history: ReleaseHistory?, choices: CalibratedAuthority.Choices,
        learntFrom learnt: ReleasePanel, of areas: [NationalRelease.Area]
    ) {
        self.panel = panel
        self.choices = choices
        self.history = history ?? ReleaseHistory([panel.release], children: PublishedPopulation())
        settings = panel.release.classification.settings.count - 1
        self.learnt = (learnt, areas)
        pattern = learnt.pattern(of: areas, turnover: choices.turnover)
        needs = NeedPattern(learnt, pattern, settings: settings)
        nextYear = self.history.nextYear(after: panel.january)
        shares =
            choices.mix == .forecast
            ? PlacementShares(
                self.history, origin: panel.january, years: min(choices.horizon, FollowedMix.testedYears)) : nil
        growth = JoinerGrowth(panel.release, year: panel.january - 1, national: choices.nationalGrowth)
    }

    /// The same with another prior of turnover, which only patterns of moves and of needs depend on.
    func withTurnover(_ turnover: Double) -> Calibrator {
        var other = self
        other.choices.turnover = turnover
        other.pattern = learnt.panel.pattern(of: learnt.areas, turnover: turnover)
        other.needs = NeedPattern(learnt.panel, other.pattern, settings: settings)
        return other
    }

    /// One authority's flows in the coming year, its groups' shares or drift taken into account; `nil` where its tables do not serve.
    func flows(_ area: NationalRelease.Area) -> (flows: LocalFlows, year: PublishedYear)? {
        let january = panel.january
        guard let flowYear = panel.flowYear(area), let year = panel.year(area, stock: january, flows: flowYear)
        else { return nil }
        let exposure = (area.plans[flowYear]?.total ?? year.total) / max(year.total, 1)
        let factor = growth.factor(area, begunIn: flowYear)
        let plain = LocalFlows(year, pattern: pattern, exposure: exposure, growth: factor)
        let now = panel.groups.sums(year.before).columnSums
        let drift = GroupDrift.nextYear(area, base: january, now: now, panel.groups)
        let blend = GroupDrift.blend(
            flows: plain.nextYear().columnSums, drift: drift, total: nextYear(area).map { $0 * year.total },
            panel.groups)
        let targets =
            shares?.mix(of: area)?.nextYear(
                panel.groups, panel.release.classification.settings, total: blend.reduce(0, +)) ?? blend
        return (plain.meeting(targets), year)
    }

    /// How near an area's cohort comes to its tables, or why it cannot be calibrated.
    /// - Parameter population: people; `nil` where they are not given, and only the release is asked.
    public func outcome(
        _ area: NationalRelease.Area, population: PublishedPopulation?
    ) -> Result<CohortFit, UnusableData> {
        do {
            return .success(try calibrate(area, population: population).fit)
        } catch {
            return .failure(error)
        }
    }

    /// Calibrates an authority.
    /// - Parameter published: people; where there is none, as many of every age in every January.
    /// - Throws: ``UnusableData`` with the findings that say why it cannot be done.
    public func calibrate(
        _ area: NationalRelease.Area, population published: PublishedPopulation?
    ) throws(UnusableData) -> CalibratedAuthority {
        let january = panel.january
        let januaries = january...january + choices.horizon
        let people: JanuaryPopulation
        if let published {
            people = try JanuaryPopulation(published, of: area, januaries: januaries)
        } else {
            people = JanuaryPopulation(levelIn: januaries)
        }
        guard let (flows, year) = flows(area), let plans = area.plans[january] else {
            throw UnusableData(CalibrationGaps(area, panel).findings)
        }
        let assembly = CalibrationAssembly(self, area, flows: flows, year: year, plans: plans, people: people)
        return assembly.authority()
    }
}
