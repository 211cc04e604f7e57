import Formats
import Intake
import Vocabulary

/// What becomes of an authority's refusals: its own shares of the last two years, shrunk towards England's.
///
/// The interval spans the two years, which differ by more than chance, and two standard deviations of chance.
struct LawCalibration {
    /// How many of England's decisions are added to an authority's.
    private static let pseudoDecisions = 30.0
    private static let deviations = 2.0

    private struct Count {
        let part: Double
        let whole: Double
        let year: Int
    }

    /// The rows that are published; none where England's are not.
    let rows: [LawRow]

    /// - Parameters:
    ///   - year: the last calendar year of requests.
    ///   - source: the release, in a few words.
    init(_ area: NationalRelease.Area, england: NationalRelease.Area?, year: Int, source: String) {
        guard let england else {
            rows = []
            return
        }
        let shares: [(LawRow.Rate, LawDecision, (NationalRelease.Requests) -> (Double?, Double?))] = [
            (.refused, .assessment, { ($0.refused, $0.decided) }),
            (.mediated, .assessment, { ($0.appeals.requests.first, $0.refused) }),
            (.appealed, .assessment, { ($0.appeals.requests.dropFirst().first, $0.refused) }),
            (.mediated, .plan, { ($0.appeals.assessments.first, $0.withoutPlan) }),
            (.appealed, .plan, { ($0.appeals.assessments.dropFirst().first, $0.withoutPlan) }),
        ]
        let refusals = shares.compactMap { rate, decision, share in
            func counts(_ area: NationalRelease.Area) -> [Count] {
                [year - 1, year].compactMap { year in
                    guard let requests = area.requests[year], case let (part?, whole?) = share(requests),
                        !part.isNaN, !whole.isNaN, whole > 0
                    else { return nil }
                    return Count(part: min(part, whole), whole: whole, year: year)
                }
            }
            return Self.row(rate, decision, counts(area), counts(england), source)
        }
        rows = refusals + [Self.contents(area, refusals, year: year)].compactMap { $0 }
    }

    /// Appeals about contents for each plan: those that the tribunal registered in the last year, less those about refusals at the rates of
    /// `rows`, so that all kinds add up to what was registered. The interval is as wide on either side as the year before lies away.
    private static func contents(_ area: NationalRelease.Area, _ rows: [LawRow], year: Int) -> LawRow? {
        func appealed(_ decision: LawDecision) -> Double? {
            rows.first { $0.rate == .appealed && $0.decision == decision }?.likely
        }
        func share(_ year: Int) -> (share: Double, registered: Double, chance: Double)? {
            guard let registered = area.registeredAppeals[year], let requests = area.requests[year],
                let refused = requests.refused, let without = requests.withoutPlan,
                let assessment = appealed(.assessment), let plan = appealed(.plan),
                let after = area.plans[year + 1]?.total, after > 0
            else { return nil }
            let plans = ((area.plans[year]?.total ?? after) + after) / 2
            let about = max(registered - assessment * refused - plan * without, 0)
            return (min(about / plans, 1), registered, deviations * registered.squareRoot() / plans)
        }
        guard let last = share(year) else { return nil }
        let before = share(year - 1)
        let either = max(last.chance, before.map { abs(last.share - $0.share) } ?? last.share)
        func rounded(_ share: Double) -> Double { Numerals.rounded(min(max(share, 0), 1), decimals: 5) }
        let counts = [before.map { ($0.registered, year - 1) }, (last.registered, year)].compactMap { $0 }
        let words = counts.map { "\(Numerals.grouped($0.0)) registered in \($0.1)" }.joined(separator: ", ")
        return LawRow(
            .appealed, of: .contents, low: rounded(last.share - either), likely: rounded(last.share),
            high: rounded(last.share + either),
            source:
                "SEND appeal rate by authority (Ministry of Justice): \(words); those about refusals, at the rates above, are taken off",
            date: String(year), quality: .amber)
    }

    private static func row(
        _ rate: LawRow.Rate, _ decision: LawDecision, _ own: [Count], _ england: [Count], _ source: String
    ) -> LawRow? {
        guard !own.isEmpty, !england.isEmpty else { return nil }
        let national = england.reduce(0) { $0 + $1.part } / england.reduce(0) { $0 + $1.whole }
        func shrunk(_ counts: [Count]) -> (share: Double, of: Double) {
            let all = counts.reduce(pseudoDecisions) { $0 + $1.whole }
            return (counts.reduce(pseudoDecisions * national) { $0 + $1.part } / all, all)
        }
        let (share, all) = shrunk(own)
        let years = own.map { shrunk([$0]).share } + [share]
        let chance = deviations * (share * (1 - share) / all).squareRoot()
        func rounded(_ share: Double) -> Double { Numerals.rounded(min(max(share, 0), 1), decimals: 4) }
        let words = own.map { "\(Numerals.grouped($0.part)) of \(Numerals.grouped($0.whole)) in \($0.year)" }
        return LawRow(
            rate, of: decision, low: rounded(min(share - chance, years.min() ?? share)), likely: rounded(share),
            high: rounded(max(share + chance, years.max() ?? share)),
            source:
                "\(source): \(words.joined(separator: ", ")), with \(Numerals.plain(pseudoDecisions)) at England's share",
            date: String(own.last?.year ?? 0), quality: .amber)
    }
}

extension NationalRelease.Requests {
    /// Requests on which a decision was made.
    fileprivate var decided: Double? { agreed.flatMap { agreed in refused.map { $0 + agreed } } }
    /// Assessments that were finished and did not end in a plan.
    fileprivate var withoutPlan: Double? { assessed.flatMap { assessed in issued.map { assessed - $0 } } }
}
