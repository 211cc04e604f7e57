import Intake
import Vocabulary

/// All authorities of a release, prepared for calibration.
public struct ReleasePanel: Sendable {
    /// The release.
    public let release: NationalRelease
    /// The provision groups of its settings.
    public let groups: ProvisionGroups
    /// The last January with plans by age for nearly all authorities.
    public let january: Int
    let national: NationalRelease.Area

    /// - Parameter base: the January to start from; the last that is published by age where it is not stated.
    /// - Throws: ``UnusableData`` where the release does not have that January and the one before by age, or no national figures.
    public init(_ release: NationalRelease, base: Int? = nil) throws(UnusableData) {
        guard let national = release.england else {
            throw UnusableData(file: release.path, "the release has no figures for England")
        }
        let januaries = Set(national.plans.filter { $0.value.byAge != nil }.keys)
        guard let last = base ?? januaries.max() else {
            throw UnusableData(
                file: release.path,
                "plans are not published by single year of age in this release, which the releases of 2022 to 2024 give by band alone",
                remedy: "Add the release of 2025 or a later one with another --plans.")
        }
        guard januaries.contains(last), januaries.contains(last - 1) else {
            let known = januaries.sorted().map(String.init).joined(separator: ", ")
            throw UnusableData(
                file: release.path,
                "plans of January \(last) and of January \(last - 1) are needed by single year of age; the release has "
                    + (januaries.isEmpty ? "none" : known),
                remedy: base == nil
                    ? "Use a release with two Januaries by age, such as that of June 2025."
                    : "Start from a January whose year before is there too.")
        }
        self.release = release
        self.national = national
        groups = ProvisionGroups(release.classification)
        january = last
    }

    /// An authority's stock of one January and flows of one calendar year; `nil` where either is not published.
    func year(_ area: NationalRelease.Area, stock january: Int, flows year: Int) -> PublishedYear? {
        PublishedYear(area, stock: january, flows: year, national: national, classification: release.classification)
    }

    /// The pattern of some authorities between the last two Januaries.
    func pattern(of areas: [NationalRelease.Area], turnover: Double) -> NationalPattern {
        let years = areas.filter { hasPlacements($0, january) }.compactMap {
            year($0, stock: january - 1, flows: january - 1)
        }
        return NationalPattern(years.filter { !Self.isBroken($0) }, groups: groups, turnover: turnover)
    }

    /// The most plans without a recorded placement, for moves to show in a January.
    static let mostUnrecorded = 0.2

    /// The calendar years whose flows may serve a base January, the best first: the year before it, then the one before that.
    var flowYears: [Int] { [january - 1, january - 2] }

    /// The calendar year whose flows serve an area; `nil` where none does.
    func flowYear(_ area: NationalRelease.Area) -> Int? {
        flowYears.first { year(area, stock: january, flows: $0) != nil }
    }

    /// Whether placements of a January were published well enough to learn moves from, or to score groups.
    func hasPlacements(_ area: NationalRelease.Area, _ january: Int) -> Bool {
        let isKnownBreak = ReleaseBreak.known.contains {
            $0.number == area.number && $0.period == january && $0.table == .placements
        }
        let rest = area.plans[january]?.bySetting?.last ?? 0
        return !isKnownBreak && rest < Self.mostUnrecorded * (area.plans[january]?.total ?? 1)
    }

    /// Whether the stocks cannot have come from the flows: more than a tenth of plans is unexplained.
    static func isBroken(_ year: PublishedYear) -> Bool {
        guard let after = year.after else { return true }
        let expected = year.total + year.begun.total - year.ended.reduce(0, +)
        return abs(after.total / expected - 1) > 0.1
    }
}
