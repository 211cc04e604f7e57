import Vocabulary

/// Compares what returns count with what the Department for Education published of the authority from them.
struct Sen2Statistics {
    private let area: NationalRelease.Area
    /// The share from which a difference is one.
    private static let noticeable = 0.01

    /// - Returns: `nil` where the release does not have the authority.
    init?(_ release: NationalRelease, authority: String) {
        guard let area = release.areas.first(where: { Int($0.number) == Int(authority) }) else { return nil }
        self.area = area
    }

    func judge(_ census: Sen2Census, _ stocks: [Sen2Stock], _ faults: inout Sen2Faults) {
        for (place, one) in census.returns.enumerated() {
            let year = one.year - 1
            let new = one.tables.named.count { plan in
                let isIssued = one.assessmentsOf[plan.request].contains { one.tables.assessments[$0].outcome == "Y" }
                return plan.start?.year == year && isIssued
            }
            let ceased = one.tables.named.count { $0.cease?.year == year }
            let ended = area.endings[year]?.byReason?.reduce(0, +)
            // Those too young or too old to be in the model are in the statistics.
            let stock = stocks[place].states.count + stocks[place].unborn.count + stocks[place].tooOld.count
            compare(.r1Stock, stock, area.plans[one.year]?.total, place, &faults)
            compare(.r1New, new, area.newPlans[year]?.total, place, &faults)
            compare(.r1Ceased, ceased, ended, place, &faults)
        }
    }

    private func compare(
        _ fault: Sen2Fault, _ count: Int, _ published: Double?, _ place: Int, _ faults: inout Sen2Faults
    ) {
        guard let published, published.isFinite, published > 0 else { return }
        if abs(Double(count) - published) > Self.noticeable * published {
            faults.add(fault, place, note: "\(count), and \(Int(published)) published")
        }
    }
}
