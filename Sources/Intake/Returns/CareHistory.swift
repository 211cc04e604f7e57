import Formats
import Vocabulary

/// Who is in care when, settled from all returns.
///
/// The newest return that has an episode (a child and its first day) speaks for it, faulty or not, and the newest return speaks for its year:
/// what an older one has open, and it does not have, counts to the end of the older one's year.
struct CareHistory {
    /// In the order of their years; of one year, in the order of their names.
    private(set) var returns: [CareReturn]
    private(set) var births: CareBirths
    private(set) var findings: [Finding] = []
    private let codes = CareCodes.standard
    private let asylum: [CareAsylum]
    /// The years of the returns of each authority, in order.
    private let years: [String: [Int]]
    private var attendance: CareAttendance
    /// Who children are in tables of findings, and what was answered of them.
    private(set) var round: CareRound

    init(_ returns: [CareReturn], _ births: CareBirths, _ asylum: [CareAsylum] = []) {
        self.asylum = asylum
        var (returns, births) = (returns.sorted { ($0.year, $0.name) < ($1.year, $1.name) }, births)
        let authorities = Set(returns.flatMap { $0.rows.map(\.child.authority) }).subtracting([""])
        if authorities.count <= 1 {
            for place in returns.indices { returns[place].joinAuthorities() }
            births.joinAuthorities()
        }
        var years: [String: Set<Int>] = [:]
        for one in returns {
            for authority in Set(one.rows.map(\.child.authority)) { years[authority, default: []].insert(one.year) }
        }
        self.years = years.mapValues { $0.sorted() }
        for place in returns.indices {
            if let faults = births.shared[returns[place].name] { returns[place].faults.add(faults) }
        }
        (self.returns, self.births) = (returns, births)
        round = CareRound(returns, births)
        attendance = CareAttendance(returns, births, years: self.years)
        complainOfAuthorities()
        complainOfYears()
    }

    /// Where faults of all returns together are told: with the newest.
    private var placeOfNewest: Int? { returns.firstIndex { $0.year == last } }

    /// Takes an analyst's answers in place of what returns say.
    /// - Throws: ``UnusableData`` where the file cannot be opened.
    mutating func answer(_ path: String, _ digest: KeyedDigest) throws(UnusableData) {
        try round.answer(path, digest)
        round.apply(to: &returns, &births)
        attendance = CareAttendance(returns, births, years: years)
    }

    /// The 31 March of the last return.
    private var last: Int { returns.last?.year ?? 0 }

    private mutating func complainOfAuthorities() {
        guard years.count > 1, let newest = placeOfNewest else { return }
        returns[newest].faults.add(.counted(years.keys.sorted()), nil)
        for (authority, own) in years.sorted(by: { $0.key < $1.key }) {
            guard let end = own.last, end < last else { continue }
            returns[newest].faults.add(.behind(authority, last: end, others: last), nil)
        }
    }

    private mutating func complainOfYears() {
        for own in years.sorted(by: { $0.key < $1.key }).map(\.value) {
            for (one, other) in zip(own, own.dropFirst()) where other > one + 1 {
                guard let later = returns.firstIndex(where: { $0.year == other }) else { continue }
                returns[later].faults.add(.gap(one, other), nil)
            }
        }
        for place in returns.indices.dropFirst() {
            let (one, other) = (returns[place - 1], returns[place])
            guard one.year == other.year, !one.authorities.isDisjoint(with: other.authorities) else { continue }
            returns[place].faults.add(.sameYear(as: one.name, one.year), nil)
        }
    }

    /// The rows of every child, return by return.
    private func rows() -> [CareChild: [(file: Int, rows: [CareReturn.Row])]] {
        var found: [CareChild: [(file: Int, rows: [CareReturn.Row])]] = [:]
        for (file, one) in returns.enumerated() {
            for (child, rows) in Dictionary(grouping: one.rows, by: \.child) {
                found[child, default: []].append((file, rows))
            }
        }
        return found
    }

    /// Children with a day of birth and an episode of care, in the order of their numbers.
    mutating func children() -> [CareEpisodes.Child] {
        for (authority, own) in years.sorted(by: { $0.key < $1.key }) {
            for (year, next) in zip(own, own.dropFirst()) {
                let missing = MissingChildren(
                    returns, births, attendance, round, authority: authority, year: year, next: next)
                findings += missing.findings
                for place in returns.indices { returns[place].faults.add(missing.faults[place]) }
                guard !missing.numbers.isEmpty else { continue }
                for place in returns.indices { returns[place].renumber(missing.numbers) }
                attendance = CareAttendance(returns, births, years: years)
            }
        }
        var children: [CareEpisodes.Child] = []
        for (child, byReturn) in rows().sorted(by: { $0.key < $1.key }) {
            let claims = newest(byReturn)
            let breaks = Set(claims.filter(\.row.isShortBreak).map(\.began))
            let care = claims.filter { !$0.row.isShortBreak }
            guard let born = births[child]?.born else {
                for claim in care { leaveOut(claim, .noBirthday, "of children without a day of birth") }
                continue
            }
            let episodes = episodes(sound(care), born: born, breaks: breaks)
            if !episodes.isEmpty {
                children.append(
                    CareEpisodes.Child(
                        born: born, asylumUntil: asylum.compactMap { $0.last[child.number] }.max(), episodes: episodes))
            }
        }
        for place in returns.indices { returns[place].reportShortBreaks() }
        return children
    }

    /// Takes what is doubtful about the years, and takes off all faults that are answered.
    mutating func conclude(_ span: CareSpan) {
        if let newest = placeOfNewest { for fault in span.faults { returns[newest].faults.add(fault, nil) } }
        round.settle(&returns, &births)
    }

    /// A row that speaks for an episode.
    private struct Claim {
        let file: Int
        let row: CareReturn.Row
        let began: CalendarDay
        var isEmpty: Bool { row.end == .on(began) }
    }

    private mutating func leaveOut(_ claim: Claim, _ fault: CareFault?, _ reason: String) {
        if let fault { returns[claim.file].faults.add(fault, claim.row.line) }
        returns[claim.file].leaveOut(reason)
    }

    /// Of every episode the rows of the newest return that has it, in the order of days.
    private mutating func newest(_ byReturn: [(file: Int, rows: [CareReturn.Row])]) -> [Claim] {
        var byDay: [CalendarDay: [Claim]] = [:]
        func replace(_ day: CalendarDay, _ claim: Claim, _ returns: inout [CareReturn]) {
            let older = byDay[day, default: []].filter { $0.file < claim.file }
            for one in older where !one.row.isShortBreak {
                returns[one.file].leaveOut("that a later return says again")
            }
            byDay[day] = (older.isEmpty ? byDay[day, default: []] : []) + [claim]
        }
        for (file, rows) in byReturn {
            for row in rows {
                if let began = row.began { replace(began, Claim(file: file, row: row, began: began), &returns) }
            }
            for row in rows where row.began == nil && !row.isShortBreak {
                let open = byDay.values.joined().filter {
                    $0.file < file && $0.row.end == .open && !$0.row.isShortBreak
                }
                if let began = open.map(\.began).max() {
                    returns[file].faults.add(.beginningOfBefore, row.line)
                    replace(began, Claim(file: file, row: row, began: began), &returns)
                } else {
                    returns[file].faults.add(.noBeginning, row.line)
                    returns[file].leaveOut("without a day on which they begin")
                }
            }
        }
        return byDay.values.joined().sorted {
            ($0.began, $0.isEmpty ? 0 : 1, $0.row.line) < ($1.began, $1.isEmpty ? 0 : 1, $1.row.line)
        }
    }

    /// Without second rows of an episode, and what an older return has of the time of a newer one.
    private mutating func sound(_ claims: [Claim]) -> [Claim] {
        var kept: [Claim] = []
        for claim in claims {
            let year = attendance.lastYear(of: claim.row.child, from: returns[claim.file].year)
            if let next = attendance.next(year, of: claim.row.child), claim.began > CalendarDay.march(year).last {
                leaveOut(claim, .claimsLaterYear(next: next), "that the return of their year does not have")
                continue
            }
            if let before = kept.last, before.began == claim.began, !before.isEmpty {
                kept.removeLast()
                returns[claim.file].faults.add(.sameBeginning, claim.row.line)
                leaveOut(before, nil, "that another row says again")
            }
            kept.append(claim)
        }
        return kept
    }

    private mutating func episodes(
        _ claims: [Claim], born: CalendarDay, breaks: Set<CalendarDay>
    ) -> [CareEpisodes.Episode] {
        var episodes: [CareEpisodes.Episode] = []
        for (place, claim) in claims.enumerated() {
            let next = place + 1 < claims.count ? claims[place + 1] : nil
            let year = returns[claim.file].year
            let meaning = codes.meaning(claim.row, year: year, faults: &returns[claim.file].faults)
            if claim.began < born { returns[claim.file].faults.add(.beforeBirth, claim.row.line) }
            let ended = end(claim, next, breaks: breaks)
            let began = max(claim.began, born)
            if let ended, ended < began {
                returns[claim.file].leaveOut("that end before the child's birth")
                continue
            }
            if ended == nil, born.months(to: CalendarDay.march(last).last) >= Service.care.years.count * 12 {
                returns[claim.file].faults.add(.grown, claim.row.line)
            }
            episodes.append(
                CareEpisodes.Episode(
                    began: began, ended: ended, placement: meaning.placement, reason: meaning.reason,
                    route: meaning.route, traits: codes.traits(claim.row), home: claim.row.home))
        }
        return episodes
    }

    /// The day on which an episode ended; `nil` where it goes on.
    private mutating func end(_ claim: Claim, _ next: Claim?, breaks: Set<CalendarDay>) -> CalendarDay? {
        let (file, row, year) = (claim.file, claim.row, returns[claim.file].year)
        let lastYear = attendance.lastYear(of: row.child, from: year)
        let march = CalendarDay.march(lastYear)
        func fault(_ fault: CareFault, _ returns: inout [CareReturn]) { returns[file].faults.add(fault, row.line) }
        var ended: CalendarDay?
        switch row.end {
        case .on(let day): ended = day
        case .unknown:
            let last = CalendarDay.march(year).last
            ended = max(min(next?.began ?? last, last), claim.began)
        case .open: ended = nil
        }
        if let newer = attendance.next(lastYear, of: row.child), ended.map({ $0 > march.next }) ?? true,
            next.map({ $0.began > march.next }) ?? true
        {
            if let next, next.row.carriesOn {
                fault(.vanished(next: newer, until: next.began), &returns)
                return next.began
            }
            if attendance.span(of: row.child).map({ $0.upperBound > year }) ?? false {
                fault(.vanished(next: newer, until: march.last), &returns)
            }
            ended = march.next
        } else if ended == nil && next == nil && lastYear > year {
            fault(.onlyInHeader, &returns)
        }
        if let next, ended.map({ $0 > next.began }) ?? true {
            fault(ended == nil ? .openAndFollowed : .overlapping, &returns)
            return next.began
        }
        if ended == nil && !row.ending.isEmpty { fault(.reasonWithoutDay, &returns) }
        guard case .on(let day) = row.end, ended == day, next?.began != day else { return ended }
        if row.ending.isEmpty {
            fault(.noReason, &returns)
        } else if row.ending == "X1" && !breaks.contains(day) {
            fault(.followedByNone, &returns)
        }
        return ended
    }
}

extension CareHistory {
    /// Whether a table of findings has a row.
    var hasFaults: Bool { returns.contains { !$0.faults.isEmpty } || births.hasFaults }

    /// The rows of a table of findings.
    func rows(_ digest: KeyedDigest) -> [FindingRow] {
        births.rows { child in child.map { CareRound.pseudonym(of: $0, digest) } ?? "" }
            + returns.enumerated().flatMap { place, one in
                one.faults.rows(one.name, one.year) { line, _ in
                    let subject = round.subject(place, line)
                    return (subject.map { CareRound.pseudonym(of: $0.child, digest) } ?? "", subject?.number)
                }
            }
    }
}
