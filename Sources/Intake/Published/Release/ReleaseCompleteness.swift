import Vocabulary

extension NationalRelease.Area {
    /// The least share of the plans that recorded starts and endings leave, for a January to be whole.
    ///
    /// Over all authorities of the release of 2025 the share lies between 0.84 and 1.34, but for Newham's 0.39.
    static let leastOfExpected = 0.7
    /// The least share of the plans begun a year before, for a year without assessments or endings to be whole.
    static let leastOfLastYear = 0.6
    /// The fewest plans that say anything of completeness.
    static let fewest = 100.0

    /// Takes figures out that are known, or can be seen, to be incomplete, and keeps why.
    mutating func settle() {
        for known in ReleaseBreak.known where known.number == number && known.effect == .incomplete {
            drop(known.table, known.period, .incomplete(known.note))
        }
        for january in plans.keys.sorted() {
            if let fault = incompleteStock(january) {
                gaps[.init(.plans, january)] = gaps[.init(.plans, january)] ?? .incomplete(fault)
            }
        }
        for year in newPlans.keys.sorted() {
            if let fault = incompleteFlows(year) { drop(.flows, year, .incomplete(fault)) }
        }
    }

    private mutating func drop(_ table: ReleaseSubject, _ year: Int, _ gap: ReleaseSubject.Gap) {
        var isThere = true
        switch table {
        case .plans:
            // The total stays: it is part of the published series.
            isThere = plans[year] != nil
        case .needs:
            isThere = plans[year] != nil
            plans[year]?.byNeed = nil
            plans[year]?.needByAge = nil
            plans[year]?.needBySetting = nil
        case .flows:
            isThere = newPlans[year] != nil || endings[year] != nil || requests[year] != nil
            (newPlans[year], endings[year], requests[year]) = (nil, nil, nil)
        case .timeliness:
            isThere = requests[year]?.timedPlans.isEmpty == false
            requests[year]?.timedPlans = []
            requests[year]?.weeksToIssue = []
        case .phaseTransfers:
            isThere = phaseTransfers[year] != nil
            phaseTransfers[year] = nil
        case .appeals:
            isThere = requests[year] != nil
            requests[year]?.appeals = .init()
        case .placements, .newPlans, .endings, .requests, .assessments: preconditionFailure("no break is of \(table)")
        }
        if isThere { gaps[.init(table, year)] = gap }
    }

    /// How it is seen that a January does not hold the plans that there must have been; `nil` where it may.
    private func incompleteStock(_ january: Int) -> String? {
        guard let now = plans[january]?.total, let before = plans[january - 1]?.total, before >= Self.fewest,
            let begun = newPlans[january - 1]?.byAge?.total, begun.isFinite,
            let ended = endings[january - 1]?.byReason?.reduce(0, +),
            now < Self.leastOfExpected * (before + begun - ended)
        else { return nil }
        return
            "the return of January \(january) is incomplete: it has \(Int(now)) plans where January \(january - 1) had "
            + "\(Int(before)), with \(Int(begun)) begun and \(Int(ended)) ended in between"
    }

    /// How it is seen that a calendar year's return lacks plans begun; `nil` where it may be whole.
    private func incompleteFlows(_ year: Int) -> String? {
        guard !isNational, let begun = newPlans[year]?.total, let before = newPlans[year - 1]?.byAge?.total,
            before >= Self.fewest, begun < Self.leastOfLastYear * before
        else { return nil }
        let hasEndings = endings[year]?.byReason != nil
        let hasAssessments = (requests[year]?.assessed ?? 0) > 0
        if hasEndings && hasAssessments { return nil }
        let lacking = [hasAssessments ? nil : "no assessments", hasEndings ? nil : "no endings"].compactMap { $0 }
        return
            "the return of \(year) is incomplete: it has \(Int(begun)) plans begun where \(year - 1) had \(Int(before)), and "
            + lacking.joined(separator: " and ")
    }
}

extension NationalRelease {
    /// The largest share of England's figure that an authority's can be: twice that of the largest there has been.
    private static let largestShare = 0.08
    /// With fewer authorities shares say nothing of scale, but that none has more than England.
    private static let fewestAuthorities = 50

    /// Figures that cannot be an authority's: a large part of England's, or more than England's.
    var faultsOfScale: [Finding] {
        guard let england else { return [] }
        return areas.filter { !$0.isNational }.flatMap { area -> [Finding] in
            let plans = area.plans.sorted { $0.key < $1.key }.compactMap { january, plans in
                fault(area, "plans in January \(january)", plans.total, of: england.plans[january]?.total)
            }
            let requests = area.requests.sorted { $0.key < $1.key }.compactMap { year, requests in
                fault(area, "requests in \(year)", requests.received, of: england.requests[year]?.received)
            }
            return plans + requests
        }
    }

    private func fault(_ area: Area, _ what: String, _ own: Double?, of all: Double?) -> Finding? {
        let share = areas.count > Self.fewestAuthorities ? Self.largestShare : 1
        guard let own, let all, own > share * all else { return nil }
        return Finding(
            .error, file: path,
            "\(area.name) has \(Int(own)) \(what), of England's \(Int(all)): no authority has so many",
            remedy: "Download the release again.")
    }
}
