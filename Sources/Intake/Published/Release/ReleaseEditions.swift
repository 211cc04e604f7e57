import Foundation
import Vocabulary

/// Several releases of the national statistics, which must not contradict each other unseen.
public enum ReleaseEditions {
    /// Reads releases, in the order of their last January.
    ///
    /// Where two of different years speak of the same January, the later one counts, and a note says how far they differ. Two
    /// editions of one year are refused unless they are the same: which of them counts is the user's to say.
    /// - Throws: ``UnusableData`` where a release cannot be read, or two are editions of one year.
    public static func read(_ paths: [String]) throws(UnusableData) -> Checked<[NationalRelease]> {
        var read: [Checked<NationalRelease>] = []
        var findings: [Finding] = []
        for path in paths {
            do { read.append(try NationalRelease.read(path)) } catch { findings += error.findings }
        }
        read.sort { $0.value.lastJanuary < $1.value.lastJanuary }
        var releases: [NationalRelease] = []
        for one in read {
            findings += one.findings
            guard let before = releases.last else {
                releases.append(one.value)
                continue
            }
            if before.lastJanuary < one.value.lastJanuary {
                findings += differences(before, one.value)
                releases.append(one.value)
            } else {
                findings.append(clash(before, one.value))
            }
        }
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return Checked(releases, findings: findings, uses: read.flatMap(\.uses))
    }

    private static func clash(_ first: NationalRelease, _ second: NationalRelease) -> Finding {
        if Set(first.sources.map(\.digest)) == Set(second.sources.map(\.digest)) {
            return Finding(.note, file: second.path, "this is the same release as \(first.path); it is read once")
        }
        if second.lastJanuary == 0 {
            return Finding(
                .error, file: second.path, "no plans in force are in it, nor in \(first.path)",
                remedy: "Name releases as they are downloaded, each a zip file or a folder with all of its tables.")
        }
        let differing = differingAreas(first, second)
        let example = differing.first.map {
            ": \($0.name) has \(Int($0.first)) and \(Int($0.second)) plans in January \($0.january)"
        }
        return Finding(
            .error, file: second.path,
            "this and \(first.path) are both of January \(second.lastJanuary), and "
                + (differing.isEmpty
                    ? "differ in other figures than totals"
                    : "differ in \(differing.count) area\(differing.count == 1 ? "" : "s")\(example ?? "")"),
            remedy: "Keep the corrected edition alone.")
    }

    private static func differences(_ before: NationalRelease, _ after: NationalRelease) -> [Finding] {
        let differing = differingAreas(before, after)
        guard let example = differing.first else { return [] }
        return [
            Finding(
                .note, file: after.path,
                "\(differing.count) area\(differing.count == 1 ? "" : "s") changed an earlier total since \(before.path), such as "
                    + "\(example.name), January \(example.january): \(Int(example.first)) before, \(Int(example.second)) now; "
                    + "the later release counts")
        ]
    }

    private typealias Difference = (name: String, january: Int, first: Double, second: Double)

    /// Areas whose total of a January is another in two releases: their last such January, areas that differ most first.
    private static func differingAreas(_ first: NationalRelease, _ second: NationalRelease) -> [Difference] {
        let others = Dictionary(first.areas.map { ($0.number, $0) }, uniquingKeysWith: { one, _ in one })
        let found = second.areas.compactMap { area -> Difference? in
            let differing = (others[area.number]?.plans ?? [:]).compactMap { january, plans -> Difference? in
                guard let one = plans.total, let other = area.plans[january]?.total, one != other else { return nil }
                return (area.name, january, one, other)
            }
            return differing.max { $0.january < $1.january }
        }
        return found.sorted { abs($0.first - $0.second) > abs($1.first - $1.second) }
    }
}
