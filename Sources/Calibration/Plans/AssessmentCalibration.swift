import Intake
import Rates
import Vocabulary

/// What becomes of an authority's requests for an assessment: its own shares by age, shrunk towards England's.
///
/// The share that is assessed is finished assessments over the requests that led to them: those of the year and, for the part that
/// takes into the next year, those of the year before. It counts assessments that mediation or a tribunal orders, which the
/// decisions on requests do not.
public struct AssessmentCalibration: Sendable, Equatable {
    /// How many of England's requests are added to an authority's age before shares are made.
    static let pseudoRequests = 30.0
    /// The most that a share can be.
    static let largest = 0.99
    /// The share of requests whose plan comes in the next calendar year: 20 weeks from request to plan, of 52.
    public static let nextYear = 20.0 / 52

    /// The share of requests that are assessed, by age.
    public let assessed: [GivenRates.Estimate]
    /// The share of assessments that end in a plan, by age.
    public let issued: [GivenRates.Estimate]
    /// The share of plans issued within 20 weeks.
    public let inTime: GivenRates.Estimate

    /// - Parameter year: the last calendar year of requests; `nil` where England's are not published by age.
    init?(_ area: NationalRelease.Area, england: NationalRelease.Area?, year: Int) {
        guard let england, let national = Self.counts(england, year) else { return nil }
        let own = Self.counts(area, year)
        func shares(_ part: KeyPath<Counts, [Double]>, of whole: KeyPath<Counts, [Double]>) -> [GivenRates.Estimate] {
            SchoolAge.all.map { age -> GivenRates.Estimate in
                let published = min(max(age, Self.published.lowerBound), Self.published.upperBound)
                let (all, of) = (national[keyPath: part][published], national[keyPath: whole][published])
                let share = of > 0 ? min(all / of, Self.largest) : 0.5
                let (mine, wholeOfMine) = (own?[keyPath: part][published] ?? 0, own?[keyPath: whole][published] ?? 0)
                let weight = wholeOfMine + Self.pseudoRequests
                return .init(min((mine + Self.pseudoRequests * share) / weight, Self.largest), weight: weight)
            }
        }
        assessed = shares(\.assessed, of: \.requests)
        issued = shares(\.issued, of: \.assessed)
        let timed = area.requests[year]?.timed ?? england.requests[year]?.timed
        inTime = timed.map { .init($0.inTime / $0.all, weight: $0.all) } ?? .init(1, weight: 0)
    }

    /// The ages that the release tells apart: 2 stands for younger ones, 20 for older ones.
    private static let published = 2...20

    private struct Counts {
        var requests = [Double](repeating: 0, count: SchoolAge.all.count)
        var assessed = [Double](repeating: 0, count: SchoolAge.all.count)
        var issued = [Double](repeating: 0, count: SchoolAge.all.count)
    }

    /// The two latest years together.
    private static func counts(_ area: NationalRelease.Area, _ last: Int) -> Counts? {
        var counts = Counts()
        var isKnown = false
        for year in [last - 1, last] {
            guard let now = area.requests[year], let received = now.receivedByAge, let assessed = now.assessedByAge,
                let issued = now.issuedByAge, !(received + assessed + issued).contains(where: \.isNaN)
            else { continue }
            isKnown = true
            let before = area.requests[year - 1]?.receivedByAge ?? received
            for age in received.indices {
                let earlier = before[age].isNaN ? received[age] : before[age]
                counts.requests[age] += (1 - nextYear) * received[age] + nextYear * earlier
                counts.assessed[age] += assessed[age]
                counts.issued[age] += issued[age]
            }
        }
        return isKnown ? counts : nil
    }
}
