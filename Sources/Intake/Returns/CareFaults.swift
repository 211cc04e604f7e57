import Formats
import Vocabulary

/// A kind of fault of a return on children looked after, in the words that a user reads: what is wrong, and what is done about it.
struct CareFault: Hashable {
    /// What it is called in tables of findings.
    let name: String
    let severity: Finding.Severity
    let column: String
    let message: String
    let remedy: String

    /// Whether the finding on it is made elsewhere, of all its children together.
    let isTold: Bool

    private init(
        _ name: String, _ column: String, _ message: String, _ remedy: String, severity: Finding.Severity = .warning,
        isTold: Bool = false
    ) {
        self.name = name
        self.isTold = isTold
        self.severity = severity
        self.column = column
        self.message = message
        self.remedy = remedy
    }

    static let birthday = CareFault(
        "B1-birthday", "DOB", "this is not a day: the child is left out unless another return has it",
        "Write 31/03/2010.")
    static let twoBirthdays = CareFault(
        "B2-two", "DOB", "the child has another day of birth in an earlier return or row: this one counts",
        "Correct the one that is wrong; if they are two children, give each a number of its own.")
    static let noBirthday = CareFault(
        "B3-none", "CHILD", "the child has no day of birth in any header.csv: it is left out", "Add it to header.csv.")
    static let noChild = CareFault(
        "E1-no-child", "CHILD", "the row has no child's number: it is left out", "Add the number.")
    static let noBeginning = CareFault(
        "E2-no-start", "DECOM",
        "this is not a day, and no earlier return has an open episode of the child: the episode is left out",
        "Write 31/03/2010.")
    static let beginningOfBefore = CareFault(
        "E2-open-before", "DECOM",
        "this is not a day: the episode is taken to be the one that is open in the return before",
        "Write 31/03/2010.")
    static let beforeBirth = CareFault(
        "E3-before-birth", "DECOM", "the episode begins before the child's birth: it counts from the day of birth",
        "Correct one of them.")
    static let sameBeginning = CareFault(
        "E4-same-start", "DECOM", "the child has another episode from the same day: the last of them counts",
        "Delete the others.")
    static let notAnEnd = CareFault(
        "E5-end", "DEC",
        "this is not a day: the episode is taken to end when the child's next begins, or on the last day of the return",
        "Write 31/03/2010, or leave it empty where the episode goes on.")
    static let endsBeforeBeginning = CareFault(
        "E5-order", "DEC",
        "the episode ends before it begins: it is taken to end when the child's next begins, or on the last day of the return",
        "Correct one of them.")
    static let openAndFollowed = CareFault(
        "E6-open", "DEC", "the episode has no end, and another of the child follows: it is taken to end then",
        "Add DEC.")
    static let overlapping = CareFault(
        "E6-overlap", "DEC", "the episode ends after the child's next begins: it is taken to end then", "Correct DEC.")
    static let noReason = CareFault(
        "R1-no-reason", "REC", "the episode has a day of its end and no reason: the day counts, the route is unknown",
        "Add REC.")
    static let reasonWithoutDay = CareFault(
        "R1-no-day", "REC", "there is a reason for the end and no day: the episode goes on until a day says otherwise",
        "Add DEC, or empty REC.")
    static let followedByNone = CareFault(
        "R2-x1", "REC",
        "X1 says that another episode follows on that day, and none does: care is taken to stop, the route is unknown",
        "Correct REC, or add the episode.")
    static let grown = CareFault(
        "E7-grown", "DEC", "the episode is open, and the child has turned 18: it counts until the 18th birthday",
        "Add DEC and REC."
    )
    static let shortBreakColumn = CareFault(
        "L1-column", "LS",
        "the header lacks this column: short breaks (V3, V4) cannot be told from care, and are counted as care if there are any",
        "Add it.")
    static let onlyInHeader = CareFault(
        "E8-only-in-header", "DECOM",
        "the episode is open here, and later returns have the child in header.csv and no episode of it: it goes on",
        "Add its episodes to those returns, with DEC and REC if the child left.")

    static func unknownCode(_ code: String, _ field: CareCodes.Field) -> CareFault {
        let text =
            code.isEmpty
            ? "the code is empty" : "\(isLikeCodes(code) ? "'\(code)'" : "this") is not a code that Sendcast knows"
        let remedy = "Correct it if it is mistyped; leave it if the guide to the return of this year has it."
        return CareFault("C1-code", field.column, "\(text): \(field.fallback)", code.isEmpty ? "Add it." : remedy)
    }

    /// Whether a text is like the codes of the return, a letter and up to three letters and digits: only such is printed, for what else stands
    /// in a column of codes may tell who a child is.
    private static func isLikeCodes(_ text: String) -> Bool {
        text.count <= 4 && text.first?.isLetter == true && text.contains(where: \.isNumber)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    static func codeOfOtherYears(
        _ code: String, _ field: CareCodes.Field, _ years: ClosedRange<Int>, year: Int
    ) -> CareFault {
        let when = year < years.lowerBound ? "from \(years.lowerBound) on" : "until \(years.upperBound)"
        return CareFault(
            "C2-year", field.column,
            "'\(code)' is a code of returns \(when), and this is the return to 31 March \(year): it counts with its meaning",
            "", severity: .note)
    }

    static let renumbered = CareFault(
        "M1-renumbered", "CHILD",
        "the child is open at the end of this return and not in the next, where a new number has the same day of birth, sex and DECOM: they "
            + "are taken to be one child",
        "Answer drop where they are two children; give each child one number in all returns.", isTold: true)
    static let gone = CareFault(
        "M2-gone", "CHILD",
        "the child is open at the end of this return and not in the next: it counts until 31 March and leaves by a route that is unknown",
        "Add its rows to the next return, with DEC and REC if the child left; or use the pseudonym that it has there.",
        isTold: true)

    static func counted(_ authorities: [String]) -> CareFault {
        let names = authorities.map { $0.isEmpty ? "without LA" : $0 }.joined(separator: ", ")
        return CareFault(
            "Y1-authorities", "", "children of \(authorities.count) authorities (LA: \(names)) are counted together",
            "Give the returns of one authority for a model of it.")
    }

    static func behind(_ authority: String, last: Int, others: Int) -> CareFault {
        CareFault(
            "Y2-behind", "",
            "the last return of LA '\(authority)' is that to 31 March \(last), others go to \(others): its open episodes count as if they went on",
            "Add the later returns.")
    }

    static func gap(_ one: Int, _ other: Int) -> CareFault {
        CareFault(
            "Y3-gap", "",
            "there is no return between those to 31 March \(one) and \(other): who started and left between them is missing, and who is "
                + "missing from the later one counts until 31 March \(one)",
            "Add the returns of the years between.")
    }

    static func sameYear(as other: String, _ year: Int) -> CareFault {
        CareFault(
            "Y4-same-year", "",
            "this return and \(other) are both of the year to 31 March \(year): rows of both count, and this one's where both have an episode",
            "Keep one, unless each has a part of the children.")
    }

    static func otherYear(named: Int, _ year: Int) -> CareFault {
        CareFault(
            "Y5-name", "",
            "its folder or name says \(named), and its days are of the year to 31 March \(year): the days count",
            "Rename the folder, or look whether the right file is in it.")
    }

    static func daysAfter(_ march: Int, count: Int, latest: CalendarDay) -> CareFault {
        CareFault(
            "Y6-later-days", "",
            "\(count) days lie after 31 March \(march), up to \(latest): the year that they are of is not whole, or they are mistyped; the "
                + "model's base is that 31 March", "Give whole years, to 31 March.")
    }

    static func silent(from day: CalendarDay, to march: Int) -> CareFault {
        CareFault(
            "Y7-silent", "",
            "the last day of this return is \(day): its year is taken to be whole, to 31 March \(march), and nothing to have happened since",
            "Give the whole year if this is a part of it.")
    }

    static func shortBreaks(rows: Int, children: Int) -> CareFault {
        CareFault(
            "L2-short-breaks", "LS",
            "\(rows) \(rows == 1 ? "row" : "rows") of \(children) \(children == 1 ? "child" : "children") are short breaks (V3, V4): they are "
                + "left out, as national statistics leave them out of children looked after",
            "Correct LS where a child is in care.")
    }

    static func vanished(next: Int, until: CalendarDay) -> CareFault {
        CareFault(
            "E9-vanished", "DECOM",
            "the episode is open here and not in the return to 31 March \(next), where the child has others: it counts until \(until)",
            "Add it to that return.")
    }

    static func claimsLaterYear(next: Int) -> CareFault {
        CareFault(
            "E9-later", "DECOM",
            "the episode begins after this return's year, and the return to 31 March \(next) does not have it: it is left out",
            "Add it to that return.")
    }
}

/// The faults of one file, each with its row and the child it is about.
struct CareFaults {
    private struct Entry {
        let fault: CareFault
        /// `nil` where the return as a whole is meant.
        let line: Int?
        /// Of a row that is no episode; of others the return knows it.
        var child: CareChild?
    }

    private var entries: [Entry] = []
    var isEmpty: Bool { entries.isEmpty }
    /// Children whom faults of no episode are about.
    var children: [CareChild] { entries.compactMap(\.child) }

    mutating func add(_ fault: CareFault, _ line: Int?, of child: CareChild? = nil) {
        entries.append(Entry(fault: fault, line: line, child: child))
    }

    mutating func add(_ others: CareFaults) { entries += others.entries }

    /// Gives children other numbers.
    mutating func renumber(_ number: (CareChild) -> CareChild) {
        for place in entries.indices { entries[place].child = entries[place].child.map(number) }
    }

    /// Takes off what answers have settled.
    mutating func settle(_ isSettled: (CareFault, _ line: Int?, _ child: CareChild?) -> Bool) {
        entries.removeAll { isSettled($0.fault, $0.line, $0.child) }
    }

    /// One finding a kind: those of the whole return, then others in the order of their first rows.
    func report(to list: inout FindingList) {
        var tallies: [CareFault: RowTally] = [:]
        for entry in entries where !entry.fault.isTold {
            guard let line = entry.line else {
                let column = entry.fault.column
                list.add(
                    entry.fault.severity, column: column.isEmpty ? nil : column, entry.fault.message,
                    remedy: entry.fault.remedy)
                continue
            }
            tallies[entry.fault, default: RowTally()].add(line)
        }
        let ordered = tallies.sorted { ($0.value.first ?? 0, $0.key.column) < ($1.value.first ?? 0, $1.key.column) }
        for (fault, rows) in ordered {
            list.add(fault.severity, rows: rows, column: fault.column, fault.message, remedy: fault.remedy)
        }
    }

    /// The rows of a table of findings, in the order of the file.
    /// - Parameter subject: the pseudonym and the number of whom a row is about.
    func rows(
        _ file: String, _ year: Int, subject: (_ line: Int?, _ child: CareChild?) -> (person: String, number: Int?)
    ) -> [FindingRow] {
        entries.sorted { ($0.line ?? 0, $0.fault.name) < ($1.line ?? 0, $1.fault.name) }.map { entry in
            let (person, number) = subject(entry.line, entry.child)
            return FindingRow(
                year: year, person: person, number: number, fault: entry.fault.name, file: file, line: entry.line,
                column: entry.fault.column, note: "\(entry.fault.message). \(entry.fault.remedy)")
        }
    }
}
