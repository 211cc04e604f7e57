import Formats
import Foundation
import Vocabulary

/// One row of `valid-states.csv`: a setting, its group, and who may be in it.
public struct ValidState: Sendable, Equatable {
    /// The setting's code.
    public let setting: String
    /// The group that it is pooled with.
    public let group: String
    /// The ages at which a plan may be in it.
    public let ages: ClosedRange<Int>
    /// The needs that it serves.
    public let needs: [String]
    /// The settings that a plan may move to from it.
    public let destinations: [String]

    /// States a setting.
    public init(setting: String, group: String, ages: ClosedRange<Int>, needs: [String], destinations: [String]) {
        self.setting = setting
        self.group = group
        self.ages = ages
        self.needs = needs
        self.destinations = destinations
    }
}

extension ValidState {
    static let columns = [
        "setting", "setting-group", "min-academic-year", "max-academic-year", "needs", "setting->setting",
    ]

    /// Reads `valid-states.csv`, in the order of its rows.
    public static func read(_ file: SourceFile) -> Checked<[ValidState]> {
        var findings = FindingList(of: file)
        var states: [ValidState] = []
        var lines: [Int] = []
        var known: [String] = []
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, findings in
            let setting = row.text(0)
            let first = row.integer(2, in: CurriculumYear.readable, findings: &findings)
            let last = row.integer(3, in: CurriculumYear.readable, findings: &findings)
            if setting.isEmpty || setting == TransitionsTable.outside {
                let fault = "'\(setting)' cannot be the code of a setting"
                findings.add(.error, line: row.line, column: "setting", fault)
            }
            if let first, let last, first > last {
                let fault = "the lowest academic year, \(first), is above the highest, \(last)"
                findings.add(.error, line: row.line, column: "min-academic-year", fault, remedy: "Swap them.")
            }
            let needs = list(row.text(4))
            if needs.isEmpty { findings.add(.error, line: row.line, column: "needs", "no need is listed") }
            if known.contains(setting) {
                findings.add(.error, line: row.line, column: "setting", "'\(setting)' has a row already")
            }
            known.append(setting)
            guard let first, let last, first <= last else { return }
            lines.append(row.line)
            states.append(
                ValidState(
                    setting: setting, group: row.text(1), ages: (first + 4)...(last + 4), needs: needs,
                    destinations: list(row.text(5))))
        }
        for (state, line) in zip(states, lines) {
            for destination in state.destinations where !known.contains(destination) {
                findings.add(
                    .error, line: line, column: "setting->setting", "'\(destination)' has no row of its own",
                    remedy: suggestion(for: destination, among: known, otherwise: "Add one, or take it off this list."))
            }
        }
        if states.isEmpty && !findings.findings.containsErrors { findings.add(.error, "the file lists no setting") }
        return Checked(states, findings)
    }

    /// The file.
    static func data(_ states: [ValidState]) -> Data {
        var csv = CSVWriter(columns: columns)
        for state in states {
            csv.append([
                state.setting, state.group, String(state.ages.lowerBound - 4), String(state.ages.upperBound - 4),
                state.needs.joined(separator: ","), state.destinations.joined(separator: ","),
            ])
        }
        return csv.data
    }

    private static func list(_ text: String) -> [String] {
        var items: [String] = []
        for item in text.split(separator: ",") {
            let item = item.trimmingCharacters(in: .whitespaces)
            if !item.isEmpty, !items.contains(item) { items.append(item) }
        }
        return items
    }
}

/// National curriculum years as files spell them: Reception is 0, nursery −1.
enum CurriculumYear {
    /// What is read without complaint; a plan can be held only in −4...21.
    static let readable = -5...25
}
