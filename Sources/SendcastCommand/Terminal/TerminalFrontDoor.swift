import Formats
import Intake
import Sampling
import Studies
import Vocabulary

/// What the terminal says of the way into care, where a scenario changes it: cases beyond the baseline, stage by stage and year by year.
enum TerminalFrontDoor {
    static func lines(_ result: StudyResult, against baseline: StudyResult, _ style: TerminalStyle) -> [String] {
        guard let scenario = result.scenario, !scenario.frontDoor.isEmpty, let now = result.frontDoor,
            let was = baseline.frontDoor
        else { return [] }
        let years = Array(Set(now.rows.map(\.year))).sorted()
        var table = TerminalTable(["year to 31 March, difference"] + years.map { String($0) })
        func add(_ name: String, _ measure: FrontDoorOutlook.Measure, _ stage: String?) {
            let changes = years.map { year in
                (now.figure(measure, of: stage, year: year)?.mean ?? 0)
                    - (was.figure(measure, of: stage, year: year)?.mean ?? 0)
            }
            table.append(
                [name]
                    + changes.map { measure == .cost ? Numerals.pounds($0) : Numerals.grouped($0) }.map {
                        $0.first.map { $0.isNumber || $0 == "£" } == true && $0.contains { $0.isNumber && $0 != "0" }
                            ? "+\($0)" : $0
                    })
        }
        for row in now.door.rows { add(row.stage, .cases, row.stage) }
        add("staff days", .days, nil)
        add("cost before care", .cost, nil)
        return [""] + table.lines(style)
    }
}
