import Formats
import Foundation
import Vocabulary

/// What an authority's own returns on plans (SEN2) say, return by return and child by child, without anything that tells who a child is.
///
/// Who has a plan on a census day, where and for what is settled by rules before anyone is counted; every fault of a row is a finding that says
/// what was done about it. One return tells its own January and, by looking back, the one before; two or more are compared person by person.
public struct Sen2Records: Sendable {
    /// The Department for Education's number of the authority.
    public let authority: String
    /// The code of the Office for National Statistics, where the register has it.
    public let code: String?
    /// The years of the returns, in order.
    public let years: [Int]
    /// The plans in force at the last census.
    package let base: [Sen2State]
    /// Plans in force on the census day of each return, and those of them in two places.
    public let plans: [(january: Int, count: Int, dual: Int)]
    /// What became of each plan between two Januaries.
    package let passages: [Sen2Passage]
    /// The first Januaries of pairs that one return alone tells.
    public let lookedBack: [Int]
    /// What became of requests, by calendar year.
    package let requests: [Sen2Requests]
    /// How long requests took, by calendar year.
    package let timeliness: [Sen2Timeliness]
    /// Assessments agreed and not ended at the last census.
    public let waiting: Int
    /// How many answers to findings were used, by fault.
    public let answered: [String: Int]
    /// The files read, with digests.
    public let sources: [(name: String, digest: String)]
    /// `findings.csv`: a row for every fault.
    public let findings: Data
    /// Whether the last return seems to have placements that ended, or somebody has said that it has.
    public let hasHistory: Bool
    /// How many rows ``findings`` has.
    public let faults: Int
    /// What is paid child by child, where a ledger was given.
    package let spending: Sen2Spending?
    /// Where children live, where a lookup of postcodes was given.
    package let localities: Sen2Localities?
    private let register: Establishments
    private let stock: Sen2Stock

    /// What to read.
    public struct Request: Sendable {
        /// Folders or zip files, each with one export of the return.
        public var returns: [String]
        /// The register of schools, all establishments.
        public var register: String
        /// Links between schools, where they are at hand.
        public var links: String?
        /// Answers to findings, where there are any.
        public var corrections: String?
        /// The file of the key that pseudonyms are made with; made where there is none.
        public var key: String
        /// What was published of the authority, where it is at hand.
        public var published: NationalRelease?
        /// What is paid child by child, where it is at hand: a table, or a sheet as `FILE.xlsx#Sheet`.
        public var ledger: String?
        /// Tables that say in which areas postcodes lie, where they are at hand.
        public var postcodes: [String]
        /// The columns of these tables that name areas.
        public var areas: [String]

        /// Names what to read.
        public init(
            returns: [String], register: String, links: String? = nil, corrections: String? = nil, key: String,
            published: NationalRelease? = nil, ledger: String? = nil, postcodes: [String] = [], areas: [String] = []
        ) {
            self.returns = returns
            self.register = register
            self.links = links
            self.corrections = corrections
            self.key = key
            self.published = published
            self.ledger = ledger
            self.postcodes = postcodes
            self.areas = areas
        }
    }

    /// Reads returns.
    /// - Throws: ``UnusableData`` with all that is wrong where a return is not whole, two are of one year or of different authorities, or a
    ///   file cannot be opened.
    public static func read(_ request: Request) throws(UnusableData) -> Checked<Sen2Records> {
        var (returns, findings, uses) = ([Sen2Return](), [Finding](), [FileUse]())
        for path in request.returns {
            do {
                let read = try Sen2Return.read(path)
                returns.append(read.value)
                findings += read.findings
                uses += read.uses
            } catch {
                findings += error.findings
                uses += error.uses
            }
        }
        returns.sort { $0.year < $1.year }
        findings += clashes(returns)
        guard !findings.containsErrors, let last = returns.last else { throw UnusableData(findings, uses: uses) }
        let register = try Establishments.read(
            request.register, links: request.links, authority: Int(last.tables.authority) ?? 0)
        findings += register.findings
        uses += register.uses
        guard !findings.containsErrors else { throw UnusableData(findings, uses: uses) }
        let key = try KeyedDigest.noted(in: request.key)
        findings += key.findings
        let records = try checked(returns, register.value, key.digest, request)
        return Checked(records.value, findings: findings + records.findings, uses: uses + records.uses)
    }

    /// Returns that cannot be of one authority and of different years.
    private static func clashes(_ returns: [Sen2Return]) -> [Finding] {
        zip(returns, returns.dropFirst()).flatMap { one, other -> [Finding] in
            var findings: [Finding] = []
            if one.year == other.year {
                findings.append(
                    Finding(
                        .error, file: other.name, "\(one.name) is a return of \(one.year) too",
                        remedy: "Name one export of each year."))
            }
            if one.tables.authority != other.tables.authority {
                findings.append(
                    Finding(
                        .error, file: other.file(.sen2), column: "lea",
                        "the return is of another authority than \(one.name)",
                        remedy: "Name returns of one authority."))
            }
            return findings
        }
    }

    private init(
        _ returns: [Sen2Return], _ register: Establishments, _ digest: KeyedDigest, _ found: Found,
        _ sources: [SourceFile]
    ) {
        let last = returns[returns.count - 1]
        self.register = register
        authority = last.tables.authority
        code = register.code
        years = returns.map(\.year)
        stock = found.stocks[found.stocks.count - 1]
        base = stock.states.sorted { $0.key < $1.key }.map(\.value)
        plans = zip(returns, found.stocks).map { one, stock in
            (one.year, stock.states.count, stock.states.values.count(where: \.isDual))
        }
        passages = found.years.passages
        lookedBack = found.years.lookedBack
        requests = found.funnel.requests
        timeliness = found.funnel.timeliness
        waiting = found.funnel.waiting
        answered = found.corrections.used
        spending = found.spending
        localities = found.localities
        self.sources = sources.map { ($0.name, $0.digest) }
        findings = FindingsTable.data(
            found.faults.rows(found.identities, Sen2Pseudonyms(digest, found.identities)), number: "plan")
        faults = found.faults.entries.count
        hasHistory = !found.faults.entries.contains { $0.fault == .r3History && $0.place == returns.count - 1 }
    }

    /// What the returns say, from reading to years.
    private struct Found {
        let identities: Sen2Identities
        let corrections: Sen2Corrections
        let stocks: [Sen2Stock]
        let years: Sen2Years
        let funnel: Sen2Funnel
        let faults: Sen2Faults
        let spending: Sen2Spending?
        let localities: Sen2Localities?
    }
}

extension Sen2Records {
    fileprivate init(
        _ returns: [Sen2Return], _ register: Establishments, _ digest: KeyedDigest, _ request: Request,
        _ uses: inout [FileUse], _ findings: inout [Finding]
    ) throws(UnusableData) {
        var faults = Sen2Faults(returns)
        let identities = Sen2Identities(returns, &faults)
        var corrections = Sen2Corrections(identities)
        if let path = request.corrections {
            corrections = try Sen2Corrections(path, identities, Sen2Pseudonyms(digest, identities))
        }
        let people = Sen2People(identities, corrections, &faults)
        let plans = returns.enumerated().map { Sen2Plans($0, $1, people, corrections) }
        let settings = Sen2Settings(register, authority: Int(returns.last?.tables.authority ?? "") ?? 0)
        for (place, one) in returns.enumerated() where one.census != .census(one.year) {
            faults.add(.f2Year, place, .sen2, 0)
        }
        let census = Sen2Census(returns, people, plans, settings, &faults)
        let stocks = returns.enumerated().map { census.stock($0, on: $1.census, &faults) }
        let years = Sen2Years(census, stocks, &faults)
        _ = Sen2Judgement(census, stocks, &faults)
        if let published = request.published {
            Sen2Statistics(published, authority: returns.last?.tables.authority ?? "")?.judge(census, stocks, &faults)
        }
        let last = returns.count - 1
        let ledger = try request.ledger.map { path throws(UnusableData) in try Sen2Ledger(path, on: stocks[last].day) }
        let spending = ledger.map {
            Sen2Spending(
                $0, identities, census, stocks[last], last, Sen2Pseudonyms(digest, identities), corrections, &faults)
        }
        let homes = Sen2Homes(census, stocks[last], last)
        let lookup =
            try request.postcodes.isEmpty
            ? nil : PostcodeLookup(request.postcodes, sets: request.areas, of: homes.postcodes)
        let localities = lookup.map { Sen2Localities($0, homes, &faults) }
        faults.settle(corrections)
        let lists = [corrections.list, ledger?.list].compactMap { $0 } + (lookup?.lists ?? [])
        findings = faults.findings + lists.flatMap(\.findings)
        uses = lists.map(\.use)
        guard !findings.containsErrors else { throw UnusableData(findings, uses: uses) }
        let found = Found(
            identities: identities, corrections: corrections, stocks: stocks, years: years, funnel: Sen2Funnel(census),
            faults: faults, spending: spending, localities: localities)
        let sources =
            returns.flatMap(\.sources) + register.sources + [corrections.source, ledger?.source].compactMap { $0 }
            + (lookup?.sources ?? [])
        self.init(returns, register, digest, found, sources)
    }

    private static func checked(
        _ returns: [Sen2Return], _ register: Establishments, _ digest: KeyedDigest, _ request: Request
    ) throws(UnusableData) -> Checked<Sen2Records> {
        var (uses, findings) = ([FileUse](), [Finding]())
        let records = try Sen2Records(
            returns, register, digest, request, &uses, &findings)
        return Checked(records, findings: findings, uses: uses)
    }

    /// Who came and went between a January and the next.
    public struct Changes: Sendable, Equatable {
        /// Plans that began.
        public let new: Int
        /// Plans that came from other authorities.
        public let movedIn: Int
        /// Plans older than the year of which nothing says where they came from.
        public let unrecorded: Int
        /// Plans that ended.
        public let ended: Int
        /// Plans that passed to other authorities.
        public let movedAway: Int
        /// Plans that are gone and nothing says why.
        public let notRecorded: Int
    }

    /// Who came and went from a January to the next; `nil` where the returns do not tell.
    public func changes(from january: Int) -> Changes? {
        let year = passages.filter { $0.january == january }
        if year.isEmpty { return nil }
        func count(_ kind: Sen2Passage.Kind) -> Int { year.count { $0.kind == kind } }
        return Changes(
            new: count(.new), movedIn: count(.transferIn), unrecorded: count(.unrecorded), ended: count(.left),
            movedAway: count(.transferOut), notRecorded: count(.notRecorded))
    }

    /// Plans from which the passages of a January start.
    public func departing(from january: Int) -> Int {
        passages.count { $0.january == january && $0.before != nil }
    }

    /// Requests of a calendar year, and the plans issued in it.
    public struct FunnelYear: Sendable, Equatable {
        /// The calendar year.
        public let year: Int
        /// Whether the return after the year's own was read.
        public let isWhole: Bool
        /// Requests received in the year.
        public let requests: Int
        /// Those of them that were assessed.
        public let assessed: Int
        /// Those of them of which a plan came.
        public let issued: Int
        /// Plans issued in the year that nobody contested and no exception excuses.
        public let plansIssued: Int
        /// Those of them that came within 20 weeks.
        public let inTime: Int
    }

    /// What became of requests, year by year.
    public var funnel: [FunnelYear] {
        zip(requests, timeliness).map { requests, times in
            let all = requests.all
            return FunnelYear(
                year: requests.year, isWhole: requests.isWhole, requests: all.requests, assessed: all.assessed,
                issued: all.issued, plansIssued: times.plans, inTime: times.inTime)
        }
    }

    /// Places of the authority's own schools at the last census, in a model's space; `nil` where the register has none.
    package func places(in space: StateSpace) -> Checked<GivenPlaces?> {
        let places = Sen2Places(register, stock, space)
        return Checked(places.given, findings: places.findings)
    }
}
