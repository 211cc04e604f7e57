import Formats
import Foundation
import Vocabulary

/// A fault of a row of a return, as a table of findings has it.
struct FindingRow {
    /// The year of the return.
    let year: Int
    /// The pseudonym; empty where the row is nobody's.
    let person: String
    /// The number of the plan or episode among those of the person.
    let number: Int?
    let fault: String
    let file: String
    let line: Int?
    let column: String
    var found = ""
    var suggested = ""
    /// What is wrong, what was done about it, and what could be done.
    let note: String
}

/// An analyst's answers to findings: `findings.csv` with `action` and `value` filled in.
///
/// The same table goes both ways: every fault of a return is a row of it, and what is written beside the rows is read again before any rule.
/// Answers are found by return, person, number, fault and column, so that a new export, in which rows stand elsewhere, takes them too.
struct FindingAnswers {
    /// A person in a return, and one of its plans or episodes by number; 0 for the person.
    struct Subject: Hashable {
        /// The position of the return.
        let place: Int
        /// The position of the person within it.
        let person: Int
        let number: Int
    }

    /// What is to be done with what a row says.
    enum Action: String, CaseIterable {
        /// It counts with another value.
        case use
        /// It does not count.
        case drop
        /// It is right.
        case keep
    }

    /// One answer.
    struct Answer {
        let action: Action
        let fault: String
        let column: String
        /// Empty where the answer has none.
        let value: String
        let subject: Subject
    }

    private struct Settled: Hashable {
        let fault: String
        let column: String
        let place: Int
        let subject: Subject?
    }

    private var settled: Set<Settled> = []
    /// How many answers were used, by fault.
    private(set) var used: [String: Int] = [:]
    private(set) var list: FindingList?
    private(set) var source: SourceFile?

    /// No answers.
    init() {}

    /// Reads a table of answers.
    /// - Parameters:
    ///   - number: what the column is called that numbers what a person has, such as `plan`.
    ///   - years: of the returns, by position.
    ///   - people: by pseudonym, their positions in each return.
    ///   - take: takes an answer about somebody, and says what was expected where its value cannot be used.
    /// - Throws: ``UnusableData`` where the file cannot be opened.
    init(
        _ path: String, number: String, years: [Int], people: [String: [Int: Int]], take: (Answer) -> String?
    ) throws(UnusableData) {
        let file = try SourceFile(path)
        let rows = TableReader.rows(
            file, ["return", "person", number, "fault", "column", "action", "value"],
            optional: ["file", "row", "found", "suggested", "note"]
        ) { row, _ in row }
        var list = FindingList(of: file)
        list.add(rows.findings)
        if let use = rows.uses.first { list.use = use }
        var given: [String: String] = [:]
        for row in rows.value {
            guard !row.text("action").isEmpty else {
                list.use.leaveOut("without an answer")
                continue
            }
            if let refused = read(row, number, years, people, &given, take) {
                list.add(
                    .warning, sharing: refused.message, line: row.line, column: refused.column, refused.message,
                    remedy: refused.remedy)
                list.use.leaveOut("that cannot be used")
            }
        }
        self.list = list
        source = file
    }

    /// Why an answer cannot be used.
    private struct Refusal {
        let column: String
        let message: String
        let remedy: String
    }

    private mutating func read(
        _ row: NamedRow, _ number: String, _ years: [Int], _ people: [String: [Int: Int]],
        _ given: inout [String: String], _ take: (Answer) -> String?
    ) -> Refusal? {
        guard let action = Action(rawValue: row.text("action").lowercased()) else {
            return Refusal(column: "action", message: "this is not an answer", remedy: "Write use, drop or keep.")
        }
        guard let place = years.firstIndex(where: { String($0) == row.text("return") }) else {
            return Refusal(
                column: "return", message: "there is no return of this year",
                remedy: "Give that return too, or delete the row.")
        }
        let (fault, column) = (row.text("fault"), row.text("column"))
        if row.text("person").isEmpty {
            guard action == .keep else {
                return Refusal(
                    column: "action", message: "the row is about the return as a whole, which can only be kept",
                    remedy: "Write keep where it is right; else put the return right.")
            }
            settled.insert(Settled(fault: fault, column: column, place: place, subject: nil))
            used[fault, default: 0] += 1
            return nil
        }
        guard let person = people[row.text("person").lowercased()]?[place] else {
            return Refusal(
                column: "person", message: "nobody in the return is this person any more",
                remedy: "Use the key that the findings were made with, or delete the row.")
        }
        let key = ["return", "person", number, "column"].map { row.text($0) }.joined(separator: "/")
        let words = "\(action.rawValue) \(row.text("value"))"
        if let before = given.updateValue(words, forKey: key), before != words {
            given[key] = before
            return Refusal(
                column: "action", message: "there are two answers to one question: the first counts",
                remedy: "Delete one.")
        }
        let subject = Subject(place: place, person: person, number: Int(row.text(number)) ?? 0)
        let answer = Answer(
            action: action, fault: fault, column: column, value: row.text("value"), subject: subject)
        if action != .use || !answer.value.isEmpty, let expected = take(answer) {
            return Refusal(
                column: "value", message: "this cannot be the value of the column", remedy: "\(expected) was expected.")
        }
        settled.insert(Settled(fault: fault, column: column, place: place, subject: subject))
        used[fault, default: 0] += 1
        return nil
    }

    /// Whether a fault is answered.
    /// - Parameter subject: whose it is; `nil` where it is nobody's.
    func settles(_ fault: String, _ column: String, _ place: Int, _ subject: Subject?) -> Bool {
        !settled.isEmpty
            && settled.contains(Settled(fault: fault, column: column, place: place, subject: subject))
    }
}

/// `findings.csv`.
package enum FindingsTable {
    private static func columns(_ number: String) -> [String] {
        [
            "return", "person", number, "fault", "file", "row", "column", "found", "suggested", "action", "value",
            "note",
        ]
    }

    /// What answers can do of a row that is about nobody.
    private static let ofNobody =
        "Only keep answers this row, and all of its kind in the return; what is wrong must be put right in the return."

    /// - Parameter number: what the column is called that numbers what a person has.
    static func data(_ rows: [FindingRow], number: String) -> Data {
        var csv = CSVWriter(columns: columns(number))
        for row in rows {
            csv.append([
                String(row.year), row.person, row.number.map(String.init) ?? "", row.fault,
                row.file.split(separator: "/").last.map(String.init) ?? "", row.line.map(String.init) ?? "", row.column,
                row.found, row.suggested, "", "", row.person.isEmpty ? "\(row.note) \(ofNobody)" : row.note,
            ])
        }
        return csv.data
    }

    /// Whether somebody has written answers into a table of findings.
    /// - Throws: ``UnusableData`` where it cannot be opened.
    package static func hasAnswers(_ path: String) throws(UnusableData) -> Bool {
        let file = try SourceFile(path)
        let header = CSVReader(file: file).header
        let rows = TableReader.rows(file, ["action"], optional: header.filter { $0 != "action" }) { row, _ in
            row.text("action")
        }
        return rows.value.contains { !$0.isEmpty }
    }
}

extension KeyedDigest {
    /// What stands for somebody in files that are written: the first 16 digits of the digest of what the person is known by.
    func pseudonym(of text: String) -> String {
        let digits = Array("0123456789abcdef")
        return String(digest(of: text.utf8).prefix(8).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// The key in a file, and a note where it was made.
    static func noted(in path: String) throws(UnusableData) -> (digest: KeyedDigest, findings: [Finding]) {
        let key = try key(in: path)
        let note = Finding(
            .note, file: path, "the key of pseudonyms was made here; only you can read it",
            remedy: "Keep it: without it answers to findings are not recognised.")
        return (key.digest, key.isNew ? [note] : [])
    }
}
