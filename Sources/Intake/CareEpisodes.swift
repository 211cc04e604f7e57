import Foundation
import Vocabulary

/// Children's episodes of care, as local authorities return them (SSDA903): a placement from one day to another.
///
/// Read from any number of yearly returns, each with `episodes.csv` and `header.csv`. An episode is known by its child and first day; what
/// a later return says of it counts. Every fault is a finding; what is done about it is said there.
public struct CareEpisodes: Sendable {
    /// An episode.
    public struct Episode: Sendable, Equatable {
        /// The first day.
        public let began: CalendarDay
        /// The day on which it ended; `nil` where it goes on.
        public internal(set) var ended: CalendarDay?
        /// The placement's place among ``CareScheme/placements``.
        public let placement: Int
        /// The reason's place among ``CareScheme/reasons``.
        public let reason: Int
        /// Where the child went, among ``CareScheme/routes``; `nil` where the next episode follows.
        public let route: Int?
    }

    /// A child.
    public struct Child: Sendable, Equatable {
        /// The day of birth.
        public let born: CalendarDay
        /// In order, without overlaps.
        public internal(set) var episodes: [Episode]
    }

    /// Children with an episode, in the order of their numbers.
    public let children: [Child]
    /// The 31 March before the first return's year, and that of the last's end.
    public let marches: ClosedRange<Int>
    /// The files read.
    public let sources: [(name: String, digest: String)]

    /// Reads a folder of returns, each in a folder of its own or all in one.
    /// - Throws: ``UnusableData`` where there are none, or nothing of them can be used.
    public static func read(_ path: String) throws(UnusableData) -> Checked<CareEpisodes> {
        let files = try ReleaseTables.open(path)
        var reading = EpisodeReading()
        // Returns in the order of their folders: later ones correct earlier ones.
        for file in files where CSVReader(file: file).header.contains("DOB") { reading.readHeader(file) }
        for file in files where CSVReader(file: file).header.contains("DECOM") { reading.readEpisodes(file) }
        let children = reading.children()
        guard let marches = reading.marches else {
            let none = Finding(
                .error, file: path, "there are no episodes of care with days and children, or none that ended",
                remedy: "Name a folder with episodes.csv and header.csv of SSDA903, or with folders of them.")
            throw UnusableData(reading.findings.filter { $0.severity == .error } + [none])
        }
        var findings = reading.findings
        let days = children.flatMap { $0.episodes.flatMap { [$0.began] + [$0.ended].compactMap { $0 } } }
        if let last = CalendarDay(year: marches.upperBound, month: 4, day: 1), days.contains(where: { $0 > last }) {
            let count = days.count { $0 > last }
            findings.append(
                Finding(
                    .warning, file: path,
                    "\(count) days lie after 31 March \(marches.upperBound), up to \(days.max() ?? last): the year that they are of is not "
                        + "whole, or they are mistyped; the model's base is that 31 March",
                    remedy: "Give whole years, to 31 March."))
        }
        let episodes = CareEpisodes(children: children, marches: marches, sources: reading.sources)
        return Checked(episodes, findings: findings, uses: reading.uses)
    }
}

/// What has been read of returns.
private struct EpisodeReading {
    private(set) var findings: [Finding] = []
    private(set) var sources: [(name: String, digest: String)] = []
    private(set) var uses: [FileUse] = []
    private var births: [String: CalendarDay] = [:]
    private var episodes: [String: [CalendarDay: (episode: CareEpisodes.Episode, file: String, line: Int)]] = [:]
    private let codes = EpisodeCodes()
    /// A year counts where it has at least this share of the episodes that the fullest year has: single mistyped days do not.
    private static let leastShare = 0.02

    /// The 31 March before the first year of the returns and that of the end of the last whole one; `nil` where no episode has ended.
    ///
    /// A return has the episodes of a year from 1 April, so that the first has every ending of its year and none of the year before.
    /// Returns that end before March of a year say nothing of what is left of it.
    var marches: ClosedRange<Int>? {
        let all = episodes.values.flatMap { $0.values.map(\.episode) }
        guard let first = Self.years(all.compactMap(\.ended)).first else { return nil }
        let days = all.map(\.began) + all.compactMap(\.ended)
        guard let last = Self.years(days).last, let end = days.filter({ Self.year($0) == last }).max() else {
            return nil
        }
        let isWhole = end.month == 3
        return first...max(isWhole ? last + 1 : last, first + 1)
    }

    /// The calendar year in which a day's year from 1 April begins; what ends on 1 April itself is of the return before.
    private static func year(_ day: CalendarDay) -> Int {
        day.month < 4 || (day.month == 4 && day.day == 1) ? day.year - 1 : day.year
    }

    private static func years(_ days: [CalendarDay]) -> [Int] {
        let counts = Dictionary(days.map { (year($0), 1) }, uniquingKeysWith: +)
        let most = counts.values.max() ?? 0
        return counts.filter { Double($0.value) >= max(leastShare * Double(most), 1) }.keys.sorted()
    }

    mutating func readHeader(_ file: SourceFile) {
        sources.append((file.name, file.digest))
        var list = FindingList(of: file)
        var births = births
        let header = CSVReader(file: file).header
        let order = ["CHILD", "DOB"].compactMap { header.firstIndex(of: $0) }
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order.count == 2 ? order : nil }) {
            row, list in
            guard let born = CalendarDay(row.text(1)) else {
                return list.add(
                    .warning, line: row.line, column: "DOB",
                    "'\(row.text(1).prefix(20))' is not a day: the child is left out unless another return has it",
                    remedy: "Write 31/03/2010.")
            }
            if let before = births.updateValue(born, forKey: row.text(0)), before != born {
                list.add(
                    .warning, line: row.line, column: "DOB",
                    "child \(row.text(0)) was born on \(before) before; \(born) counts",
                    remedy: "Correct the one that is wrong.")
            }
        }
        self.births = births
        uses.append(list.use)
        findings += list.findings
    }

    mutating func readEpisodes(_ file: SourceFile) {
        sources.append((file.name, file.digest))
        var list = FindingList(of: file)
        let header = CSVReader(file: file).header
        let wanted = ["CHILD", "DECOM", "DEC", "PLACE", "PLACE_PROVIDER", "CIN", "REC"]
        for name in wanted where !header.contains(name) {
            list.add(.error, line: 1, column: name, "the header lacks this column of SSDA903", remedy: "Add it.")
        }
        let order = wanted.compactMap { header.firstIndex(of: $0) }
        var kept = episodes
        let codes = codes
        var seen: [String: Int] = [:]
        CSVReader(file: file).forEachRow(
            findings: &list, choosing: { _, _ in order.count == wanted.count ? order : nil }
        ) { row, list in
            let child = row.text(0)
            guard let began = CalendarDay(row.text(1)) else {
                return list.add(
                    .warning, line: row.line, column: "DECOM",
                    "'\(row.text(1).prefix(20))' is not a day: the episode is left out", remedy: "Write 31/03/2010.")
            }
            if let first = seen.updateValue(row.line, forKey: "\(child) \(began)") {
                list.add(
                    .warning, line: row.line, column: "DECOM",
                    "child \(child) has an episode from \(began) in row \(first) already; this one counts",
                    remedy: "Delete one.")
            }
            if let episode = codes.episode(row, began, &list) {
                kept[child, default: [:]][began] = (episode, file.name, row.line)
            }
        }
        episodes = kept
        uses.append(list.use)
        findings += list.findings
    }

    /// Children with a day of birth; episodes that overlap are cut short.
    mutating func children() -> [CareEpisodes.Child] {
        var children: [CareEpisodes.Child] = []
        var lists: [String: FindingList] = [:]
        func complain(_ file: String, _ line: Int, _ column: String, _ message: String, _ remedy: String) {
            lists[file, default: FindingList(file: file)].add(
                .warning, line: line, column: column, message, remedy: remedy)
        }
        for (child, byDay) in episodes.sorted(by: { $0.key < $1.key }) {
            let ordered = byDay.sorted { $0.key < $1.key }.map(\.value)
            guard let born = births[child] else {
                complain(
                    ordered[0].file, ordered[0].line, "CHILD", "child \(child) has no day of birth: it is left out",
                    "Add it to header.csv.")
                continue
            }
            var kept: [CareEpisodes.Episode] = []
            for (place, one) in ordered.enumerated() {
                var episode = one.episode
                let next = place + 1 < ordered.count ? ordered[place + 1].episode.began : nil
                if episode.began < born {
                    complain(
                        one.file, one.line, "DECOM",
                        "the episode begins on \(episode.began), before the child's birth on \(born): it is left out",
                        "Correct one of them.")
                    continue
                }
                if let next, episode.ended.map({ $0 > next }) ?? true {
                    let until = episode.ended.map { "ends on \($0)" } ?? "has no end"
                    complain(
                        one.file, one.line, "DEC",
                        "the episode \(until), and the next of child \(child) begins on \(next): it is taken to end then",
                        "Correct DEC.")
                    episode.ended = next
                }
                if let next, episode.route == nil, let ended = episode.ended, ended < next {
                    complain(
                        one.file, one.line, "REC",
                        "another episode should follow (X1) on \(ended), and the next of child \(child) begins on \(next): care is taken "
                            + "to stop between", "Correct REC or the days.")
                }
                kept.append(episode)
            }
            if !kept.isEmpty { children.append(CareEpisodes.Child(born: born, episodes: kept)) }
        }
        findings += lists.sorted { $0.key < $1.key }.flatMap(\.value.findings)
        return children
    }
}

/// What the codes of SSDA903 mean (Department for Education, guide to the return), from a data file.
private struct EpisodeCodes {
    private let meanings: [String: String]
    private let scheme = CareScheme.standard

    init() {
        var meanings: [String: String] = [:]
        let file = SourceFile(name: "ssda903-codes.csv", bytes: Data(PackageResources.ssda903_codes_csv))
        var findings = FindingList(of: file)
        CSVReader(file: file).forEachRow(columns: ["table", "code", "meaning"], findings: &findings) { row, _ in
            meanings["\(row.text(0))/\(row.text(1))"] = row.text(2)
        }
        precondition(findings.findings.isEmpty, "the shipped codes are faulty")
        self.meanings = meanings
    }

    /// The episode of a row, or `nil` after a finding.
    func episode(
        _ row: borrowing CSVRow, _ began: CalendarDay, _ list: inout FindingList
    ) -> CareEpisodes.Episode? {
        let line = row.line
        func unknown(_ column: String, _ code: String, _ list: inout FindingList) {
            list.add(
                .warning, line: line, column: column,
                "'\(code.prefix(20))' is not a code of SSDA903: the episode is left out",
                remedy: "Correct it.")
        }
        let (ends, place, provider, reason, ending) = (row.text(2), row.text(3), row.text(4), row.text(5), row.text(6))
        var ended: CalendarDay?
        if !ends.isEmpty {
            guard let day = CalendarDay(ends) else {
                list.add(
                    .warning, line: line, column: "DEC", "'\(ends.prefix(20))' is not a day: the episode is left out",
                    remedy: "Write 31/03/2010, or leave it empty where the episode goes on.")
                return nil
            }
            guard day >= began else {
                list.add(
                    .warning, line: line, column: "DEC",
                    "the episode ends on \(day), before it begins on \(began): it is left out",
                    remedy: "Correct one of them.")
                return nil
            }
            ended = day
        }
        guard var code = meanings["place/\(place)"] else {
            unknown("PLACE", place, &list)
            return nil
        }
        let isOwn = meanings["provider/\(provider)"] == "own"
        if code == "IHF" && !isOwn { code = "AGF" }
        if code == "HOM" && isOwn { code = "HIH" }
        guard let meant = meanings["reason/\(reason)"],
            let need = scheme.reasons.firstIndex(where: { $0.code == meant })
        else {
            unknown("CIN", reason, &list)
            return nil
        }
        guard let setting = scheme.placements.firstIndex(where: { $0.code == code }) else { return nil }
        var route: Int?
        if ended != nil {
            guard let name = meanings["ending/\(ending)"] else {
                unknown("REC", ending, &list)
                return nil
            }
            route = scheme.routes.firstIndex(of: name)
        }
        return CareEpisodes.Episode(began: began, ended: ended, placement: setting, reason: need, route: route)
    }
}
