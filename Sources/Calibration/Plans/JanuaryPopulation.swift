import Intake
import Vocabulary

/// People of one area by January and age on 31 August before, made from mid-year figures.
///
/// Two months after mid-year one in six is a year older: January t has 5/6 of the people of age a and 1/6 of those of age
/// a − 1 at mid-year t − 1. Beyond the last published mid-year people age, with the migration of the last year published;
/// births stay as they were.
public struct JanuaryPopulation: Sendable {
    /// By January: ages 0 to 25.
    public let people: [Int: [Double]]
    /// The mid-years that were published.
    public let published: ClosedRange<Int>
    /// The mid-years between the first and the last that were not.
    public let missing: [Int]
    /// Whether migration could be carried on: two mid-years in a row are needed.
    public let hasMigration: Bool
    /// What was noticed in the figures.
    public let findings: [Finding]
    /// The children that another file counts in one figure, beside those of these people; `nil` where none does.
    package let childrenCounted: PublishedPopulation.ChildrenCounted?

    /// - Parameters:
    ///   - service: which day of the year is meant, January's or 31 March, on which ages are those of the day.
    ///   - area: any of whose codes may stand in the files; England is the sum of all its areas.
    /// - Throws: ``UnusableData`` where the files lack the area, start after the first January, or cannot be of its people
    ///   (``PublishedPopulation/figures(of:)``).
    public init(
        _ published: PublishedPopulation, of area: some PublishedArea, januaries: ClosedRange<Int>,
        service: Service = .plans
    ) throws(UnusableData) {
        let name = area.name
        let files = published.sources.map(\.name).joined(separator: ", ")
        let figures = published.figures(of: area)
        let years = try figures.usable()
        guard let first = years.keys.min(), let last = years.keys.max() else {
            throw UnusableData(
                file: files,
                "there is no population of \(name) (\(area.code))"
                    + (published.hasSingleAges ? "" : " by single year of age"),
                remedy: "Add a file with it: ONS mid-year estimates and projections by single year of age.")
        }
        guard first <= januaries.lowerBound - 1 else {
            throw UnusableData(
                file: files, "the population of \(name) begins at mid-\(first)",
                remedy:
                    "Add mid-\(januaries.lowerBound - 1), from which \(service.words.day) \(januaries.lowerBound) is made."
            )
        }
        findings = figures.findings + published.besides(area, from: min(last, januaries.lowerBound) - 1)
        childrenCounted = published.childrenCounted(area)
        let migration = Self.migration(years, last: last)
        hasMigration = migration != nil
        self.published = first...last
        var midYear = years[first] ?? []
        var all = years
        for year in first...max(januaries.upperBound, last + 1) {
            // Years that are missing between two that are published are carried on like those beyond the last.
            midYear =
                years[year]
                ?? midYear.indices.map { age in
                    age == 0 ? midYear[0] : midYear[age - 1] * (migration?[age] ?? 1)
                }
            all[year] = midYear
        }
        missing = (first...last).filter { years[$0] == nil }
        var people: [Int: [Double]] = [:]
        var known = years[first] ?? []
        for january in (first + 1)...januaries.upperBound {
            known = all[january - 1] ?? known
            guard januaries.contains(january) else { continue }
            if service == .care {
                // 31 March lies nine months after one mid-year and three before the next.
                let next = all[january] ?? known
                people[january] = service.years.map { 0.25 * known[$0] + 0.75 * next[$0] }
                continue
            }
            people[january] = known.indices.map { age in
                5.0 / 6 * known[age] + 1.0 / 6 * (age > 0 ? known[age - 1] : known[0])
            }
        }
        self.people = people
    }

    /// As many people of every age in every January, where none are known: growth of the population then counts as none.
    public init(levelIn januaries: ClosedRange<Int>) {
        let everybody = Array(repeating: HeldOutYear.inhabitants, count: SchoolAge.all.count)
        people = Dictionary(uniqueKeysWithValues: januaries.map { ($0, everybody) })
        published = januaries
        missing = []
        hasMigration = true
        findings = []
        childrenCounted = nil
    }

    private static func migration(_ years: [Int: [Double]], last: Int) -> [Double]? {
        guard let now = years[last], let before = years[last - 1] else { return nil }
        return now.indices.map { age in age > 0 && before[age - 1] > 0 ? now[age] / before[age - 1] : 1 }
    }
}
