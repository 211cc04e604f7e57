import Formats
import Vocabulary

/// A row of `front-door.csv`: a stage on the way into care, how many of its cases go on to the next stage, and after how long. The last row
/// is those who start to be looked after.
public struct FrontDoorRow: ModelRow, Sourced, Sendable, Equatable {
    /// What the stage is called.
    public internal(set) var stage = ""
    /// Its cases in a year, as at the base.
    public internal(set) var cases = 0.0
    /// The share of them that goes on to the next stage; `nil` in the last row.
    public internal(set) var onward: Bracket?
    /// Months until they do; `nil` in the last row.
    public internal(set) var months: Bracket?
    /// Working days of staff that a case takes.
    public internal(set) var days = 0.0
    /// Pounds that a case costs, at prices of the source's year.
    public internal(set) var cost = 0.0
    /// Where its figures are from.
    public internal(set) var origin = Origin()
    /// The row of the file.
    public internal(set) var line = 0

    static let file = ModelFile.frontDoor

    static func columns(_ space: StateSpace) -> [TableColumn<FrontDoorRow>] {
        .of(
            [.name("stage", \.stage), .number("cases", \.cases, .count)], .bracket("onward", \.onward, .share),
            .bracket("months", \.months, .months),
            [.number("days", \.days, .count, otherwise: 0), .number("cost", \.cost, .planYear, otherwise: 0)],
            .origin(\.origin))
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[FrontDoorRow]> {
        var lines: [String: Int] = [:]
        var read = TableReader.rows(file, columns(space), FrontDoorRow()) { row, line, findings in
            row.line = line
            findings.take(row.stage, line: line, of: &lines)
        }
        read.findings += faults(of: read.value, file)
        return read
    }

    /// Stages that lack what comes next, and more who go on than there are.
    private static func faults(of rows: [FrontDoorRow], _ file: SourceFile) -> [Finding] {
        var findings = FindingList(of: file)
        if rows.count < 2 {
            findings.add(
                .error, "a way has two stages at least",
                remedy: "Write a row for each, the last of those who start to be looked after.")
        }
        for (row, next) in zip(rows, rows.dropFirst()) {
            guard let onward = row.onward?.likely, row.months != nil else {
                findings.add(
                    .error, line: row.line, column: "onward",
                    "'\(row.stage)' does not say which share goes on to '\(next.stage)', or after how many months",
                    remedy: "State both; the last row alone has neither.")
                continue
            }
            if row.cases * onward > next.cases * 1.001 {
                findings.add(
                    .error, line: row.line, column: "onward",
                    "\(Numerals.grouped(row.cases * onward)) would go on from '\(row.stage)' in a year, and '\(next.stage)' has "
                        + "\(Numerals.grouped(next.cases)) cases",
                    remedy: "Correct 'onward' or 'cases': some cases may come another way, and none twice.")
            }
        }
        return findings.findings
    }
}
