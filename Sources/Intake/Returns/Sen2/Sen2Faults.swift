import Formats
import Foundation
import Vocabulary

/// Faults of returns, each with the row that it is about.
struct Sen2Faults {
    struct Entry {
        let fault: Sen2Fault
        /// The position of the return.
        let place: Int
        let module: Sen2Module
        /// `nil` where the return as a whole is meant.
        let line: Int?
        let column: String
        /// The row of the person; `nil` where the row hangs on none.
        let person: Int?
        let request: Int?
        var found = ""
        var suggested = ""
        var note = ""
        /// The file, where it is none of the return's own.
        var file: String?
    }

    private let returns: [Sen2Return]
    private(set) var entries: [Entry] = []

    init(_ returns: [Sen2Return]) {
        self.returns = returns
        for (place, one) in returns.enumerated() {
            for fault in one.tables.faults {
                let owner = fault.row.map { one.owner(fault.module, $0) } ?? (nil, nil)
                entries.append(
                    Entry(
                        fault: fault.fault, place: place, module: fault.module, line: fault.line, column: fault.column,
                        person: owner.0, request: owner.1, found: fault.found))
            }
        }
    }

    /// A fault of a row.
    /// - Parameters:
    ///   - found: what stands there; nothing of what tells who a person is.
    ///   - suggested: what the rule takes.
    mutating func add(
        _ fault: Sen2Fault, _ place: Int, _ module: Sen2Module, _ row: Int, found: String = "", suggested: String = ""
    ) {
        let owner = returns[place].owner(module, row)
        entries.append(
            Entry(
                fault: fault, place: place, module: module, line: returns[place].line(module, row),
                column: fault.words.column, person: owner.person, request: owner.request, found: found,
                suggested: suggested))
    }

    /// A fault of a row of a file that goes with a return.
    mutating func add(_ fault: Sen2Fault, _ place: Int, of file: String, line: Int) {
        entries.append(
            Entry(
                fault: fault, place: place, module: .sen2, line: line, column: fault.words.column, person: nil,
                request: nil, file: file))
    }

    /// A fault of a return as a whole.
    mutating func add(_ fault: Sen2Fault, _ place: Int, note: String) {
        // Faults that may stand in any file are told at the return's own.
        let module = Sen2Module.allCases.first { $0.rawValue == fault.words.file } ?? .sen2
        entries.append(
            Entry(
                fault: fault, place: place, module: module, line: nil, column: fault.words.column, person: nil,
                request: nil, note: note))
    }

    /// Takes off what answers have settled.
    mutating func settle(_ corrections: Sen2Corrections) { entries.removeAll(where: corrections.settles) }

    /// The rows of a table of findings.
    func rows(_ identities: Sen2Identities, _ pseudonyms: Sen2Pseudonyms) -> [FindingRow] {
        entries.map { entry in
            let words = entry.fault.words
            return FindingRow(
                year: returns[entry.place].year,
                person: entry.person.map { pseudonyms[Sen2PersonRow(place: entry.place, row: $0)] } ?? "",
                number: entry.request.map { identities.numbers[entry.place][$0] }, fault: entry.fault.rawValue,
                file: entry.file ?? returns[entry.place].file(entry.module), line: entry.line, column: entry.column,
                found: entry.found, suggested: entry.suggested,
                note: "\(words.message)\(entry.note.isEmpty ? "" : " (\(entry.note))"). \(words.remedy)")
        }
    }

    /// One finding for each kind of fault of a file.
    var findings: [Finding] {
        struct Key: Hashable {
            let place: Int
            let fault: Sen2Fault
            let module: Sen2Module
            let column: String
            let file: String?
        }
        var rows: [Key: RowTally] = [:]
        var notes: [Key: String] = [:]
        var order: [Key] = []
        for entry in entries {
            let key = Key(
                place: entry.place, fault: entry.fault, module: entry.module, column: entry.column,
                file: entry.file)
            if rows[key] == nil {
                order.append(key)
                notes[key] = entry.note
            }
            rows[key, default: RowTally()].add(entry.line ?? 0)
        }
        return order.map { key in
            let (words, tally) = (key.fault.words, rows[key] ?? RowTally())
            let note = notes[key] ?? ""
            return Finding(
                words.deed.severity, file: key.file ?? returns[key.place].file(key.module),
                line: tally.first == 0 ? nil : tally.first, column: key.column.isEmpty ? nil : key.column,
                "\(key.fault.rawValue): \(words.message)\(note.isEmpty ? "" : " (\(note))")", rows: tally.count,
                remedy: words.remedy)
        }
    }
}
