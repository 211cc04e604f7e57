import Intake
import RealModule
import Vocabulary

/// How many more plans begin in the coming year than began in the last.
///
/// log growth = England's + 0.45 × (log net requests per new plan) − 0.25 × (log new plans per plan in force), both against
/// the average of authorities; net requests are those received less those refused. Requests lead: an authority that did not
/// refuse many for each plan it began will begin more; and one that began unusually many falls back. The two responses are the
/// averages of regressions of the growth to 2021, 2022 and 2023 on the year before, over about 145 authorities (0.39, 0.46,
/// 0.51 and −0.35, −0.12, −0.28); requests before refusals explained less in each of them.
struct JoinerGrowth: Sendable {
    /// The response to requests.
    static let requestResponse = 0.45
    /// The response to plans begun per plan in force.
    static let reversion = 0.25
    /// How much of England's last growth goes on.
    static let persistence = 0.5
    /// Within which an authority's growth is kept, in logarithms about England's.
    static let limit = 0.5

    /// England's log growth in the coming year.
    let national: Double
    private let england: NationalRelease.Area?
    private let averageRequests: Double
    private let averageBegun: Double
    private let year: Int

    /// - Parameters:
    ///   - year: the last calendar year of flows.
    ///   - national: England's log growth, where it is stated and not continued.
    init(_ release: NationalRelease, year: Int, national stated: Double? = nil) {
        self.year = year
        let england = release.england
        self.england = england
        if let stated {
            national = stated
        } else if let last = england.flatMap({ Self.begun($0, year) }),
            let before = england.flatMap({ Self.begun($0, year - 1) })
        {
            national = Self.persistence * Double.log(last / before)
        } else {
            national = 0
        }
        averageRequests = Self.averageLog(release.authorities.compactMap { Self.requestsPerPlan($0, year) })
        averageBegun = Self.averageLog(release.authorities.compactMap { Self.begunPerPlan($0, year) })
    }

    /// What England's joiners are multiplied by.
    var englandFactor: Double { Double.exp(national) }

    /// What an authority's joiners are multiplied by.
    func factor(_ area: NationalRelease.Area) -> Double {
        guard !area.isNational, let ratio = Self.requestsPerPlan(area, year) else { return Double.exp(national) }
        let own =
            Self.requestResponse * (Double.log(ratio) - averageRequests)
            - Self.reversion * ((Self.begunPerPlan(area, year).map { Double.log($0) } ?? averageBegun) - averageBegun)
        return Double.exp(national + min(max(own, -Self.limit), Self.limit))
    }

    /// What an authority's joiners of an earlier year are multiplied by, where those of the last are not known: England's growth since.
    func factor(_ area: NationalRelease.Area, begunIn flowYear: Int) -> Double {
        if flowYear == year { return factor(area) }
        guard let england, let then = Self.begun(england, flowYear), let last = Self.begun(england, year), then > 0
        else { return Double.exp(national) }
        return last / then * Double.exp(national)
    }

    private static func averageLog(_ ratios: [Double]) -> Double {
        ratios.isEmpty ? 0 : ratios.reduce(0) { $0 + Double.log($1) } / Double(ratios.count)
    }

    /// Plans begun per plan in force at the January after.
    private static func begunPerPlan(_ area: NationalRelease.Area, _ year: Int) -> Double? {
        guard let begun = begun(area, year), let plans = area.plans[year + 1]?.total, begun > 0, plans > 0
        else { return nil }
        return begun / plans
    }

    private static func begun(_ area: NationalRelease.Area, _ year: Int) -> Double? {
        guard let plans = area.newPlans[year] else { return nil }
        let byAge = plans.byAge?.total
        return (byAge.flatMap { $0 > 0 ? $0 : nil }) ?? plans.total
    }

    private static func requestsPerPlan(_ area: NationalRelease.Area, _ year: Int) -> Double? {
        guard let requests = area.requests[year], let received = requests.received, let begun = begun(area, year),
            begun > 0
        else { return nil }
        let net = received - (requests.refused ?? 0)
        return net > 0 ? net / begun : nil
    }
}
