import Formats
import Sampling
import Studies
import Vocabulary

/// What the terminal says of young people who have left care.
enum TerminalCareLeavers {
    /// The ages that are published together.
    private static let published = 19...21

    static func lines(_ result: StudyResult, _ style: TerminalStyle) -> [String] {
        guard let outlook = result.careLeavers else { return [] }
        let (first, last) = (result.study.base.january, result.study.lastJanuary)
        var table = TerminalTable(["care leavers", String(first), String(last), "80 % interval", "change"])
        func append(_ name: String, _ now: Summary?, _ then: Summary?) {
            guard let now, let then else { return }
            let range = then.interval80
            table.append([
                name, Numerals.grouped(now.mean), Numerals.grouped(then.mean),
                Numerals.grouped(range),
                Numerals.change(from: now.mean, to: then.mean),
            ])
        }
        append("18 to 25", outlook.row(march: first)?.people, outlook.row(march: last)?.people)
        func ofPublished(_ march: Int) -> Double {
            published.reduce(0) { $0 + (outlook.row(march: march, age: $1)?.people.mean ?? 0) }
        }
        table.append([
            "of them 19 to 21", Numerals.grouped(ofPublished(first)), Numerals.grouped(ofPublished(last)), "",
            Numerals.change(from: ofPublished(first), to: ofPublished(last)),
        ])
        for kind in outlook.kinds {
            append(kind, outlook.row(march: first, kind)?.people, outlook.row(march: last, kind)?.people)
        }
        let rated =
            "(care-leavers.csv and accommodation.csv say how many remain, and where they live: rated \(outlook.quality.rawValue))"
        return [""] + table.lines(style) + TerminalText.wrapped(rated, to: 77).map { "  \($0)" }
    }
}
