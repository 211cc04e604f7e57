import Formats
import Vocabulary

/// Until when children were unaccompanied asylum-seekers, as a return says it (`uasc.csv`: `CHILD`, `DUC`).
struct CareAsylum {
    /// The last day by the number of the child; 31 December 2199 where it is open.
    private(set) var last: [String: CalendarDay] = [:]

    /// Whether a file says so.
    static func isIn(_ file: SourceFile) -> Bool {
        let columns = CareColumns(file)
        return columns["CHILD"] != nil && columns["DUC"] != nil
    }

    init(_ file: SourceFile) {
        let columns = CareColumns(file)
        guard let child = columns["CHILD"], let end = columns["DUC"] else { return }
        var (last, list) = (last, FindingList(of: file))
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in [child, end] }) { row, _ in
            let number = CareColumns.number(row.text(0))
            if number.isEmpty { return }
            last[number] = CalendarDay(spreadsheet: row.text(1)) ?? CalendarDay.march(2_199).last
        }
        self.last = last
    }
}
