import Growth
import Intake
import Vocabulary

/// The series that several releases hold together, with children and requests: what growth is learnt from.
public struct ReleaseHistory: Sendable {
    private let areas: [String: NationalRelease.Area]
    private let latest: NationalRelease?
    private let classification: Classification
    private let pupils: NeedHistory?
    private let children: PublishedPopulation

    /// Joins releases by the department's number of each area; where two speak of a year the later one counts.
    /// - Parameters:
    ///   - releases: in any order.
    ///   - children: people of 0 to 17 by mid-year, in groups or by single ages.
    ///   - needs: pupils with a plan by primary need, where the user has them.
    public init(_ releases: [NationalRelease], children: PublishedPopulation, needs: NeedHistory? = nil) {
        var areas: [String: NationalRelease.Area] = [:]
        let ordered = releases.sorted { $0.lastJanuary < $1.lastJanuary }
        for release in ordered {
            for area in release.areas {
                guard let earlier = areas[area.number] else {
                    areas[area.number] = area
                    continue
                }
                areas[area.number] = area.joined(to: earlier)
            }
        }
        self.areas = areas
        latest = ordered.last
        self.children = children
        pupils = needs
        classification = releases.first?.classification ?? .standard
    }

    /// Areas with what all releases together say of them.
    func joined(_ some: [NationalRelease.Area]) -> [NationalRelease.Area] { some.map { areas[$0.number] ?? $0 } }

    /// Plans in force, all together.
    public var totals: GrowthPanel { panel { $0.total } }

    /// All plans of an area a year after a January, as the panel forecasts them, for one plan in it; `nil` where its series is
    /// too short.
    public func nextYear(after january: Int) -> @Sendable (NationalRelease.Area) -> Double? {
        let panel = totals
        let model = PanelModel(panel, origin: january, horizon: 1)
        return { area in
            if area.isNational { return model.national.first.map(PanelModel.factor) }
            let place = panel.areas.firstIndex { $0.id == area.number }
            return place.flatMap { model.expectedGrowth($0)?.first }.map(PanelModel.factor)
        }
    }

    /// The areas whose totals have every January of the history, by ``GrowthPanel/Area/id``.
    public var complete: Set<String> {
        let panel = totals
        return Set(
            panel.areas.filter { area in panel.national.plans.keys.allSatisfy { area.plans[$0] != nil } }.map(\.id))
    }

    /// Plans in force by statutory band of ages.
    public var bands: Composition {
        let parts = AgeBand.statutory.enumerated().map { place, band in
            let panel = panel { plans -> Double? in
                if let bands = plans.byBand { return bands[place] }
                guard let table = plans.byAge, table.isComplete else { return nil }
                return band.ages.reduce(0) { $0 + table.row($1).reduce(0, +) }
            }
            return Composition.Part(band.name, panel)
        }
        return Composition("bands", of: totals, parts: parts, keepsNationalShares: true)
    }

    /// Plans by band in a January, by the department's number of each authority for which all are known.
    func bands(in january: Int) -> [String: [Double]] {
        let panels = bands.parts.map(\.panel)
        return panels[0].areas.indices.reduce(into: [:]) { found, area in
            let counts = panels.compactMap { $0.areas[area].plans[january] }
            if counts.count == panels.count { found[panels[0].areas[area].id] = counts }
        }
    }

    /// The groups whose forecast is the mean of what shares and their own series say: their own were the better ones at some horizons.
    private static let averaged: Set = ["state special", "independent special", "further education"]

    /// The first January of their own series: statements had then all become plans, and colleges, which had none, had filled.
    private static let firstOfOwn = 2019

    /// Plans in force by provision group, those without a recorded placement spread in proportion; a January in which more than a fifth
    /// of an area's are not recorded is left out.
    public var groups: Composition {
        let groups = ProvisionGroups(classification)
        return placements("groups", groups.names.indices.map { (groups.names[$0], groups.settings(of: $0)) })
    }

    /// Settings that are forecast apart from their group: bases of mainstream schools.
    static let apart = ["RP", "SU"]

    /// The first January whose academies tell bases apart from the school that they are part of.
    static let firstOfBases = 2017

    /// The same with bases apart from the rest of mainstream: what models follow.
    public var placements: Composition {
        let groups = ProvisionGroups(classification)
        func isApart(_ setting: Int) -> Bool { Self.apart.contains(classification.settings[setting].code) }
        let parts = groups.names.indices.flatMap { group -> [(String, [Int])] in
            let settings = groups.settings(of: group)
            return [(groups.names[group], settings.filter { !isApart($0) })]
                + settings.filter(isApart).map { (classification.settings[$0].code, [$0]) }
        }
        return placements("placements", parts, since: Self.firstOfBases)
    }

    private func placements(_ name: String, _ parts: [(name: String, settings: [Int])], since first: Int? = nil)
        -> Composition
    {
        let groups = ProvisionGroups(classification)
        let parts = parts.map { part in
            let panel = panel { plans -> Double? in
                guard let settings = plans.bySetting, let total = plans.total, total > 0 else { return nil }
                let recorded = groups.sums(settings).reduce(0, +)
                guard recorded > (1 - ReleasePanel.mostUnrecorded) * total else { return nil }
                return part.settings.reduce(0) { $0 + settings[$1] } * total / recorded
            }
            let own = Self.averaged.contains(part.name) ? panel.since(Self.firstOfOwn) : nil
            return Composition.Part(part.name, first.map(panel.since) ?? panel, own: own)
        }
        return Composition(name, of: totals, parts: parts, keepsNationalShares: false)
    }

    /// Plans of a need by January, where the latest release publishes them.
    public func plans(of need: String, in area: NationalRelease.Area) -> [Int: Double] {
        guard let latest else { return [:] }
        return area.plans.keys.reduce(into: [:]) { $0[$1] = latest.plans(of: need, in: area, january: $1) }
    }

    /// Needs of which a release may count some under another: together they are known in both.
    private static let countedTogether = [["OTH", "DS"]]

    /// By how much the logarithm of each need's share of England's plans changed in the year to a January; empty where the release has
    /// needs of one January alone.
    func needChanges(to january: Int) -> [String: Double] {
        guard let latest, let england = areas[""] else { return [:] }
        func plans(_ needs: [String], _ january: Int) -> Double {
            needs.reduce(0) { $0 + (latest.plans(of: $1, in: england, january: january) ?? 0) }
        }
        let codes = classification.needs.map(\.code)
        let sums = [january - 1, january].map { plans(codes, $0) }
        guard sums.allSatisfy({ $0 > 0 }) else { return [:] }
        return codes.reduce(into: [:]) { changes, need in
            let needs = Self.countedTogether.first { $0.contains(need) } ?? [need]
            let (before, now) = (plans(needs, january - 1), plans(needs, january))
            if before > 0 && now > 0 { changes[need] = PanelModel.growth(now / before * sums[0] / sums[1]) }
        }
    }

    /// Pupils with a plan by primary need; empty without a history of needs.
    public var needs: [(name: String, panel: GrowthPanel)] {
        guard let pupils else { return [] }
        return classification.needs.compactMap { need in
            func series(_ area: GrowthPanel.Area) -> GrowthPanel.Area {
                GrowthPanel.Area(
                    id: area.id, name: area.name, plans: pupils.pupils[area.id]?[need.code] ?? [:],
                    children: area.children, netRequests: area.netRequests)
            }
            let totals = totals
            let national = series(totals.national)
            return national.plans.isEmpty
                ? nil : (need.code, GrowthPanel(areas: totals.areas.map(series), national: national))
        }
    }

    private func panel(_ figure: (NationalRelease.Plans) -> Double?) -> GrowthPanel {
        func series(_ area: NationalRelease.Area) -> GrowthPanel.Area {
            let requests = area.requests.compactMapValues { year -> Double? in
                year.received.map { $0 - (year.refused ?? 0) }
            }
            return GrowthPanel.Area(
                id: area.number, name: area.name, plans: area.plans.compactMapValues(figure),
                children: children.children(of: area), netRequests: requests)
        }
        let national = areas[""].map(series)
        let authorities = areas.values.filter { !$0.isNational }.sorted { $0.number < $1.number }
        return GrowthPanel(
            areas: authorities.map(series),
            national: national ?? GrowthPanel.Area(id: "", name: "England", plans: [:], children: [:], netRequests: [:])
        )
    }
}

extension NationalRelease.Area {
    /// This area with what an earlier release has and it lacks.
    fileprivate func joined(to earlier: NationalRelease.Area) -> NationalRelease.Area {
        var area = self
        area.plans.merge(earlier.plans) { $0.filled(from: $1) }
        area.newPlans.merge(earlier.newPlans) { $0.filled(from: $1) }
        area.endings.merge(earlier.endings) { later, _ in later }
        area.requests.merge(earlier.requests) { later, _ in later }
        area.phaseTransfers.merge(earlier.phaseTransfers) { later, _ in later }
        return area
    }
}

extension NationalRelease.Plans {
    fileprivate func filled(from earlier: Self) -> Self {
        var plans = self
        plans.total = total ?? earlier.total
        plans.byBand = byBand ?? earlier.byBand
        plans.bySetting = bySetting ?? earlier.bySetting
        return plans
    }
}
