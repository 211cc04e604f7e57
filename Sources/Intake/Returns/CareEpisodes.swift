import Formats
import Foundation
import Vocabulary

/// Children's episodes of care, as local authorities return them (SSDA903): a placement from one day to another.
///
/// Read from any number of yearly returns, each with `episodes.csv` and `header.csv`; columns are known by their names, whatever their case,
/// and days are written as in the return, as ISO or as spreadsheets do. Who is in care on a day is settled before anyone is counted, and
/// every fault is a finding that says what is done about it:
///
/// - Short breaks (legal status V3 and V4) are left out, as national statistics do.
/// - The year of a return is that of the days inside; a folder's name decides only where they leave it open.
/// - A child is known by its number within its authority (`LA`). Of two days of birth that of the newest return counts.
/// - An episode is known by its child and first day. The newest return that has it speaks for it, even where one of its fields is faulty: what
///   is known counts, and the rest is unknown.
/// - The newest return speaks for its year: an open episode of an older one, which the newer does not have, counts to the end of the older
///   one's year, and the route is unknown. Who has a new number with the same day of birth, sex and first day is the same child.
/// - A day without a reason counts, and the route is unknown; a reason without a day does not end an episode. Where days overlap, the next
///   episode ends the one before.
/// - Codes mean what they meant (``CareClassification``) in whatever year; a code that is not known counts as other, for the child is in care.
public struct CareEpisodes: Sendable {
    /// An episode.
    public struct Episode: Sendable, Equatable {
        /// The first day.
        public let began: CalendarDay
        /// The day on which it ended; `nil` where it goes on.
        public let ended: CalendarDay?
        /// The placement's place among ``CareClassification/placements``.
        public let placement: Int
        /// The reason's place among ``CareClassification/reasons``.
        public let reason: Int
        /// Where the child went, among ``CareClassification/routes``; `nil` where the next episode follows or the route is unknown.
        public let route: Int?
        /// What its return says of the placement beside its kind, where it says so.
        public let traits: [CareTrait: Bool]
        /// The number of the home; empty where there is none.
        public let home: String
    }

    /// A child.
    public struct Child: Sendable, Equatable {
        /// The day of birth.
        public let born: CalendarDay
        /// The last day as an unaccompanied asylum-seeking child; `nil` where the child was none.
        public let asylumUntil: CalendarDay?
        /// In order, without overlaps.
        public let episodes: [Episode]
    }

    /// Children with an episode, in the order of their numbers.
    public let children: [Child]
    /// Whether unaccompanied asylum-seeking children are told (`uasc.csv`).
    public let tellsAsylum: Bool
    /// Care leavers of the last return that has them (OC3); `nil` where none does.
    public let leavers: CareLeaverReturn?
    /// The 31 March before the first return's year, and that of the last's end.
    public let marches: ClosedRange<Int>
    /// The files read.
    public let sources: [(name: String, digest: String)]
    /// `findings.csv`: a row for every fault; `nil` where no key was named to make pseudonyms with.
    public let findings: Data?
    /// How many rows ``findings`` has.
    public let faults: Int
    /// How many answers to findings were used, by fault.
    public let answered: [String: Int]

    /// Reads a folder of returns, each in a folder of its own or all in one.
    /// - Parameters:
    ///   - corrections: answers to findings, where there are any.
    ///   - key: the file of the key that pseudonyms are made with; made where there is none and one is needed.
    /// - Returns: the episodes, with findings, and what was used of every file.
    /// - Throws: ``UnusableData`` where there are none, a file lacks a column or has a row that cannot be told into fields, or nothing of them
    ///   can be used.
    public static func read(
        _ path: String, corrections: String? = nil, key: String? = nil
    ) throws(UnusableData) -> Checked<CareEpisodes> {
        let files = try ReleaseTables.open(path)
        let returns = files.filter(CareReturn.isOne).map { CareReturn($0) }
        let asylum = files.filter(CareAsylum.isIn).map { CareAsylum($0) }
        var history = CareHistory(returns, births(files, returns), asylum)
        var made: (digest: KeyedDigest, findings: [Finding])?
        if let corrections, let key {
            made = try KeyedDigest.noted(in: key)
            if let digest = made?.digest { try history.answer(corrections, digest) }
        }
        let children = history.children()
        let span = CareSpan(history.returns, children)
        history.conclude(span)
        let leavers = files.filter(CareLeaverReturn.isOne).map { CareLeaverReturn($0, of: returns) }
        let lists =
            leavers.map(\.list) + history.births.lists + history.returns.map { $0.reported() }
            + [history.round.list].compactMap { $0 }
        var findings = lists.flatMap(\.findings) + history.findings
        guard !findings.containsErrors, let marches = span.marches else {
            if !findings.containsErrors {
                findings.append(
                    Finding(
                        .error, file: path, "there are no episodes of care with days and children, or none that ended",
                        remedy: "Name a folder with episodes.csv and header.csv of SSDA903, or with folders of them."))
            }
            throw UnusableData(findings.filter { $0.severity == .error })
        }
        if let key, made == nil, history.hasFaults { made = try KeyedDigest.noted(in: key) }
        findings += made?.findings ?? []
        let rows = made.map { history.rows($0.digest) } ?? []
        let read = Set(lists.map(\.file))
        let sources =
            files.filter { read.contains($0.name) }.map { ($0.name, $0.digest) }
            + [history.round.source].compactMap { $0.map { ($0.name, $0.digest) } }
        let uses = lists.map(\.use) + files.filter { !read.contains($0.name) }.map(FileUse.unread)
        let episodes = CareEpisodes(
            children: children, tellsAsylum: !asylum.isEmpty,
            leavers: leavers.max { $0.year < $1.year }, marches: marches, sources: sources,
            findings: key.map { _ in FindingsTable.data(rows, number: "episode") }, faults: rows.count,
            answered: history.round.used)
        return Checked(episodes, findings: findings, uses: uses)
    }

    /// Days of birth, from the oldest return to the newest.
    private static func births(_ files: [SourceFile], _ returns: [CareReturn]) -> CareBirths {
        func folder(_ name: String) -> String { name.split(separator: "/").dropLast().joined(separator: "/") }
        let years = Dictionary(returns.map { (folder($0.name), $0.year) }, uniquingKeysWith: max)
        let headers = files.filter { CareBirths.areIn($0) && !CareLeaverReturn.isOne($0) }.map {
            (file: $0, year: years[folder($0.name)])
        }
        var births = CareBirths()
        for header in headers.sorted(by: { ($0.year ?? 0, $0.file.name) < ($1.year ?? 0, $1.file.name) }) {
            births.read(
                header.file, year: header.year, newest: years.values.max() ?? 0, isAlone: !CareReturn.isOne(header.file)
            )
        }
        return births
    }
}
