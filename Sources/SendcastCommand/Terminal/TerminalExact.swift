import Formats
import Projection
import Studies
import Vocabulary

extension TerminalReport {
    /// Expected values without simulation, a line each.
    static func lines(_ exact: ExactProjection, of study: PreparedStudy, style: TerminalStyle) -> [String] {
        let (first, last) = (study.base.january, study.lastJanuary)
        let service = study.folder.space.service
        var totals = TerminalTable([
            service.words.day, "expected \(service.words.people)", "sd by chance", "since \(first)",
        ])
        let base = Double(study.base.total)
        for january in first...last {
            let total = exact.moments(january: january, SeriesLayout.Label())
            totals.append([
                String(january), Numerals.fixed(total.mean, decimals: 1),
                Numerals.fixed(total.variance.squareRoot(), decimals: 1), Numerals.change(from: base, to: total.mean),
            ])
        }
        var lines = [
            style.bold(study.title),
            "Expected values for the expected rates, \(service.words.day) \(first) to \(service.words.day) \(last)", "",
        ]
        lines += totals.lines(style)
        let space = exact.model.space
        let needs = (0..<space.need.count).map { SeriesLayout.Label(need: $0) }
        let settings = (0..<space.setting.count).map { SeriesLayout.Label(setting: $0) }
        for (dimension, labels) in [(space.need, needs), (space.setting, settings)] {
            var table = TerminalTable([dimension.name, String(first), String(last), "change"])
            for (place, label) in labels.enumerated() {
                let (now, then) = (exact.moments(january: first, label), exact.moments(january: last, label))
                table.append([
                    dimension.codes[place], Numerals.grouped(now.mean), Numerals.fixed(then.mean, decimals: 1),
                    Numerals.change(from: now.mean, to: then.mean),
                ])
            }
            lines += [""] + table.lines(style)
        }
        return lines
    }
}
