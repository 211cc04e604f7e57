import Formats
import Vocabulary

/// A kind of fault of a return on children looked after, in the words that a user reads: what is wrong, and what is done about it.
struct CareFault: Hashable {
    let severity: Finding.Severity
    let column: String
    let message: String
    let remedy: String

    private init(
        _ column: String, _ message: String, _ remedy: String, severity: Finding.Severity = .warning
    ) {
        self.severity = severity
        self.column = column
        self.message = message
        self.remedy = remedy
    }

    static let birthday = CareFault(
        "DOB", "this is not a day: the child is left out unless another return has it", "Write 31/03/2010.")
    static let twoBirthdays = CareFault(
        "DOB", "the child has another day of birth in an earlier return or row: this one counts",
        "Correct the one that is wrong; if they are two children, give each a number of its own.")
    static let noBirthday = CareFault(
        "CHILD", "the child has no day of birth in any header.csv: it is left out", "Add it to header.csv.")
    static let noChild = CareFault("CHILD", "the row has no child's number: it is left out", "Add the number.")
    static let noBeginning = CareFault(
        "DECOM", "this is not a day, and no earlier return has an open episode of the child: the episode is left out",
        "Write 31/03/2010.")
    static let beginningOfBefore = CareFault(
        "DECOM", "this is not a day: the episode is taken to be the one that is open in the return before",
        "Write 31/03/2010.")
    static let beforeBirth = CareFault(
        "DECOM", "the episode begins before the child's birth: it counts from the day of birth", "Correct one of them.")
    static let sameBeginning = CareFault(
        "DECOM", "the child has another episode from the same day: the last of them counts", "Delete the others.")
    static let notAnEnd = CareFault(
        "DEC",
        "this is not a day: the episode is taken to end when the child's next begins, or on the last day of the return",
        "Write 31/03/2010, or leave it empty where the episode goes on.")
    static let endsBeforeBeginning = CareFault(
        "DEC",
        "the episode ends before it begins: it is taken to end when the child's next begins, or on the last day of the return",
        "Correct one of them.")
    static let openAndFollowed = CareFault(
        "DEC", "the episode has no end, and another of the child follows: it is taken to end then", "Add DEC.")
    static let overlapping = CareFault(
        "DEC", "the episode ends after the child's next begins: it is taken to end then", "Correct DEC.")
    static let noReason = CareFault(
        "REC", "the episode has a day of its end and no reason: the day counts, the route is unknown", "Add REC.")
    static let reasonWithoutDay = CareFault(
        "REC", "there is a reason for the end and no day: the episode goes on until a day says otherwise",
        "Add DEC, or empty REC.")
    static let followedByNone = CareFault(
        "REC",
        "X1 says that another episode follows on that day, and none does: care is taken to stop, the route is unknown",
        "Correct REC, or add the episode.")
    static let grown = CareFault(
        "DEC", "the episode is open, and the child has turned 18: it counts until the 18th birthday", "Add DEC and REC."
    )
    static let shortBreakColumn = CareFault(
        "LS",
        "the header lacks this column: short breaks (V3, V4) cannot be told from care, and are counted as care if there are any",
        "Add it.")
    static let onlyInHeader = CareFault(
        "DECOM",
        "the episode is open here, and later returns have the child in header.csv and no episode of it: it goes on",
        "Add its episodes to those returns, with DEC and REC if the child left.")

    static func unknownCode(_ code: String, _ field: CareCodes.Field) -> CareFault {
        let text = code.isEmpty ? "the code is empty" : "'\(code.prefix(20))' is not a code that Sendcast knows"
        let remedy = "Correct it if it is mistyped; leave it if the guide to the return of this year has it."
        return CareFault(field.column, "\(text): \(field.fallback)", code.isEmpty ? "Add it." : remedy)
    }

    static func codeOfOtherYears(
        _ code: String, _ field: CareCodes.Field, _ years: ClosedRange<Int>, year: Int
    ) -> CareFault {
        let when = year < years.lowerBound ? "from \(years.lowerBound) on" : "until \(years.upperBound)"
        return CareFault(
            field.column,
            "'\(code)' is a code of returns \(when), and this is the return to 31 March \(year): it counts with its meaning",
            "", severity: .note)
    }

    static func vanished(next: Int, until: CalendarDay) -> CareFault {
        CareFault(
            "DECOM",
            "the episode is open here and not in the return to 31 March \(next), where the child has others: it counts until \(until)",
            "Add it to that return.")
    }

    static func claimsLaterYear(next: Int) -> CareFault {
        CareFault(
            "DECOM",
            "the episode begins after this return's year, and the return to 31 March \(next) does not have it: it is left out",
            "Add it to that return.")
    }
}

/// The faults of one file: for every kind, how many rows have it and the first of them.
struct CareFaults {
    private var tallies: [CareFault: RowTally] = [:]

    mutating func add(_ fault: CareFault, _ line: Int) { tallies[fault, default: RowTally()].add(line) }

    func count(_ fault: CareFault) -> Int { tallies[fault]?.count ?? 0 }

    /// One finding a kind, in the order of their first rows.
    func report(to list: inout FindingList) {
        let ordered = tallies.sorted { ($0.value.first ?? 0, $0.key.column) < ($1.value.first ?? 0, $1.key.column) }
        for (fault, rows) in ordered {
            list.add(fault.severity, rows: rows, column: fault.column, fault.message, remedy: fault.remedy)
        }
    }
}
