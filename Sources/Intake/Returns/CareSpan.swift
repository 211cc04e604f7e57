import Vocabulary

/// The years that returns speak of, whole.
///
/// A return without an event in March is whole all the same, unless its silence since the last event would be too unlikely at the pace of
/// events before: then its year is not over.
struct CareSpan {
    /// How a return's days end.
    private enum Close {
        case whole
        case doubtful
        case partial
    }

    private let newest: [CareReturn]
    private let days: [CalendarDay]
    private let year: Int
    private let firstYear: Int?

    init(_ returns: [CareReturn], _ children: [CareEpisodes.Child]) {
        let year = returns.last?.year ?? 0
        newest = returns.filter { $0.year == year }
        days = returns.flatMap(\.days)
        firstYear = CareReturn.years(of: children.flatMap { $0.episodes.compactMap(\.ended) }).first
        self.year = year
    }

    /// The 31 March before the first year in which episodes ended and that of the end of the last whole one; `nil` where none has ended.
    ///
    /// A return has the episodes of a year from 1 April, so that the first has every ending of its year and none of the year before.
    var marches: ClosedRange<Int>? {
        guard let firstYear, year >= firstYear else { return nil }
        return firstYear - 1...max(close == .partial ? year - 1 : year, firstYear)
    }

    /// Days of the last year in the order of time.
    private var last: [CalendarDay] {
        newest.flatMap(\.days).filter { CareReturn.year(of: $0) == year && $0 <= CalendarDay.march(year).last }.sorted()
    }

    private var close: Close {
        let last = last
        guard let end = last.last, end.month != 3 || end.year != year else { return .whole }
        let elapsed = Double(end.monthNumber - (year - 1) * 12 - 3) + Double(end.day) / 31
        let expected = Double(last.count) / elapsed * (12 - elapsed)
        return expected >= Self.leastPartial ? .partial : expected >= Self.leastDoubtful ? .doubtful : .whole
    }

    /// Events that the silence at the end of a return's year would have had at the pace before: 6 are missing by chance in 1 of 400 returns,
    /// and 3 in 1 of 20 (Poisson).
    private static let (leastPartial, leastDoubtful) = (6.0, 3.0)

    /// What is doubtful about the years.
    var faults: [CareFault] {
        guard let marches else { return [] }
        var faults: [CareFault] = []
        let base = CalendarDay.march(marches.upperBound)
        let after = days.filter { $0 > base.next }
        if let latest = after.max() {
            faults.append(.daysAfter(marches.upperBound, count: after.count, latest: latest))
        }
        if close == .doubtful || (close == .partial && marches.upperBound == year), let end = last.last {
            faults.append(.silent(from: end, to: year))
        }
        return faults
    }
}
