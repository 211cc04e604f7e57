import struct Foundation.Data
import Vocabulary

/// A column of a table whose rows are read and written by the names of their columns; one declaration serves both.
package struct TableColumn<Row> {
    /// Whether a table may do without a column.
    package enum Presence {
        /// It must be there.
        case required
        /// It may be missing, and is left out where no row says anything in it.
        case optional
        /// It may be missing, and is written all the same for somebody to fill in.
        case offered
    }

    package let name: String
    package let presence: Presence
    /// What it was called once: files that call it so are read all the same.
    package private(set) var former: String?
    /// Puts what a cell says into a row; `false` after a finding.
    let read: (_ cells: NamedRow, _ row: inout Row, _ findings: inout FindingList) -> Bool
    let text: (Row) -> String

    package init<Value>(
        _ name: String, _ part: WritableKeyPath<Row, Value>, _ presence: Presence = .required,
        read: @escaping (_ cells: NamedRow, _ findings: inout FindingList) -> Value?,
        text: @escaping (Value) -> String
    ) {
        self.name = name
        self.presence = presence
        self.read = { cells, row, findings in
            guard let value = read(cells, &findings) else { return false }
            row[keyPath: part] = value
            return true
        }
        self.text = { text($0[keyPath: part]) }
    }

    /// A column that may be missing, and that another one reads.
    init(_ name: String, readByAnother text: @escaping (Row) -> String) {
        (self.name, presence, self.text) = (name, .optional, text)
        read = { _, _, _ in true }
    }

    /// The same column, which was once called something else.
    package func formerly(_ name: String) -> Self {
        var column = self
        column.former = name
        return column
    }
}

extension TableColumn {
    /// Text that must be there.
    package static func name(_ name: String, _ part: WritableKeyPath<Row, String>) -> Self {
        Self(name, part, read: { $0.name(name, &$1) }, text: { $0 })
    }

    /// Any text.
    package static func text(
        _ name: String, _ part: WritableKeyPath<Row, String>, _ presence: Presence = .optional
    ) -> Self {
        Self(name, part, presence, read: { cells, _ in cells.text(name) }, text: { $0 })
    }

    /// A number of a quantity; optional where it has a usual value.
    package static func number(
        _ name: String, _ part: WritableKeyPath<Row, Double>, _ quantity: Quantity, otherwise: Double? = nil
    ) -> Self {
        Self(
            name, part, otherwise == nil ? .required : .optional,
            read: { $0.number(name, quantity, &$1, otherwise: otherwise) },
            text: { $0 == otherwise ? "" : Numerals.exact($0) })
    }

    /// A number of a quantity, or none.
    package static func number(
        _ name: String, _ part: WritableKeyPath<Row, Double?>, _ quantity: Quantity
    ) -> Self {
        Self(
            name, part, .optional,
            read: { cells, findings -> Double?? in
                if cells.text(name).isEmpty { return .some(nil) }
                return cells.number(name, quantity, &findings).map(Optional.some)
            }, text: { $0.map(Numerals.exact) ?? "" })
    }

    /// A whole number; optional where it has a usual value.
    package static func integer(
        _ name: String, _ part: WritableKeyPath<Row, Int>, _ range: ClosedRange<Int>, otherwise: Int? = nil
    ) -> Self {
        Self(
            name, part, otherwise == nil ? .required : .optional,
            read: { $0.integer(name, range, &$1, otherwise: otherwise) }, text: { $0 == otherwise ? "" : String($0) })
    }

    /// A year.
    package static func year(
        _ name: String, _ part: WritableKeyPath<Row, Int>, _ meaning: WrittenYear.Meaning
    ) -> Self {
        Self(name, part, read: { $0.year(name, meaning, &$1) }, text: { String($0) })
    }

    /// One of some words; optional where there is a usual one, which an empty cell stands for.
    package static func word(
        _ name: String, _ part: WritableKeyPath<Row, String>, _ words: [String], otherwise: String? = nil
    ) -> Self {
        Self(
            name, part, otherwise == nil ? .required : .optional,
            read: { $0.word(name, words, &$1, otherwise: otherwise) }, text: { $0 })
    }

    /// One of a dimension's codes, or `any`, which is empty in the row.
    package static func part(_ name: String, _ part: WritableKeyPath<Row, String>, _ codes: [String]) -> Self {
        Self(
            name, part,
            read: { cells, findings in
                cells.word(name, [NamedRow.any] + codes, &findings, otherwise: NamedRow.any)
                    .map { $0 == NamedRow.any ? "" : $0 }
            }, text: { $0.isEmpty ? NamedRow.any : $0 })
    }

    /// A closed choice by its word; optional where an empty cell means one.
    package static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String, _ part: WritableKeyPath<Row, Choice>, otherwise: Choice? = nil,
        words: @escaping (Choice) -> String = \.rawValue
    ) -> Self {
        Self(
            name, part, otherwise == nil ? .required : .optional,
            read: { $0.choice(name, otherwise: otherwise, words: words, &$1) }, text: words)
    }

    /// A closed choice by its word, or none.
    package static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String, _ part: WritableKeyPath<Row, Choice?>
    ) -> Self {
        Self(
            name, part, .optional,
            read: { cells, findings -> Choice?? in
                if cells.text(name).isEmpty { return .some(nil) }
                return cells.choice(name, otherwise: nil, words: \.rawValue, &findings).map(Optional.some)
            }, text: { $0?.rawValue ?? "" })
    }

    /// A whole number, or none.
    package static func integer(
        _ name: String, _ part: WritableKeyPath<Row, Int?>, _ range: ClosedRange<Int>
    ) -> Self {
        Self(
            name, part, .optional,
            read: { cells, findings -> Int?? in
                if cells.text(name).isEmpty { return .some(nil) }
                return cells.integer(name, range, &findings).map(Optional.some)
            }, text: { $0.map(String.init) ?? "" })
    }

    /// A rating.
    package static func quality(_ part: WritableKeyPath<Row, AssumptionQuality>) -> Self {
        choice("quality", part)
    }

    /// A rating, or none.
    package static func quality(_ part: WritableKeyPath<Row, AssumptionQuality?>) -> Self {
        Self("quality", part, .optional, read: { $0.rating(&$1) }, text: { $0?.rawValue ?? "" })
    }

    /// A financial year by its April.
    package static func financialYear(_ name: String, _ part: WritableKeyPath<Row, Int>) -> Self {
        Self(
            name, part, read: { $0.financialYear(name, &$1) }, text: { FinancialYear(starting: $0).description })
    }

    /// A financial year by its April, or none.
    package static func financialYear(_ name: String, _ part: WritableKeyPath<Row, Int?>) -> Self {
        Self(
            name, part, .optional,
            read: { cells, findings -> Int?? in
                if cells.text(name).isEmpty { return .some(nil) }
                return cells.financialYear(name, &findings).map(Optional.some)
            }, text: { $0.map { FinancialYear(starting: $0).description } ?? "" })
    }

    /// One setting.
    package static func setting(_ name: String, _ part: WritableKeyPath<Row, Int>, _ space: StateSpace) -> Self {
        Self(name, part, read: { $0.setting(name, space, &$1) }, text: { space.setting.codes[$0] })
    }

    /// Several settings, separated by spaces.
    package static func settings(_ part: WritableKeyPath<Row, [Int]>, _ space: StateSpace) -> Self {
        Self(
            "setting", part, read: { $0.settings(space, &$1) },
            text: { $0.map { space.setting.codes[$0] }.joined(separator: " ") })
    }

    /// Several settings, separated by spaces; all for `any`, or where the column is missing.
    package static func anySettings(_ part: WritableKeyPath<Row, [Int]>, _ space: StateSpace) -> Self {
        Self(
            "setting", part, .optional, read: { $0.settings(space, isWide: true, &$1) },
            text: { settings in
                settings.count == space.setting.count
                    ? "" : settings.map { space.setting.codes[$0] }.joined(separator: " ")
            })
    }

    /// Several needs, separated by spaces, or `any`.
    package static func needs(_ name: String, _ part: WritableKeyPath<Row, [Int]>, _ space: StateSpace) -> Self {
        Self(
            name, part, read: { $0.needs(space, column: name, &$1) },
            text: { needs in
                needs.count == space.need.count
                    ? NamedRow.any : needs.map { space.need.codes[$0] }.joined(separator: " ")
            })
    }

    /// A band of ages, ages such as `11-15`, or `any`.
    package static func ageBand(_ part: WritableKeyPath<Row, ClosedRange<Int>>, _ service: Service) -> Self {
        Self(
            "age_band", part, read: { $0.ageBand(&$1) },
            text: { $0 == service.years ? NamedRow.any : "\($0.lowerBound)-\($0.upperBound)" })
    }
}

extension TableReader {
    /// Reads rows by their columns.
    /// - Parameters:
    ///   - start: what a row says before it is read.
    ///   - finish: adds what no single column says, and finds what columns together cannot mean; of rows whose columns are sound.
    package static func rows<Row>(
        _ file: SourceFile, _ columns: [TableColumn<Row>], _ start: Row,
        finish: (_ row: inout Row, _ line: Int, _ findings: inout FindingList) -> Void = { _, _, _ in }
    ) -> Checked<[Row]> {
        func names(isRequired: Bool) -> [String] {
            columns.filter { ($0.presence == .required) == isRequired }.map(\.name)
        }
        let former = columns.compactMap { column in column.former.map { (column.name, $0) } }
        return rows(
            file, names(isRequired: true), optional: names(isRequired: false),
            former: Dictionary(former, uniquingKeysWith: { $1 })
        ) { cells, findings in
            var row = start
            // All columns are read, so that every fault of a row is told at once.
            let isSound = columns.reduce(true) { $1.read(cells, &row, &findings) && $0 }
            guard isSound else { return nil }
            let before = findings.errors
            finish(&row, cells.line, &findings)
            return findings.errors == before ? row : nil
        }
    }

    /// Writes rows by their columns, those that must be there first.
    package static func data<Row>(
        _ rows: [Row], _ columns: [TableColumn<Row>], _ service: Service = .plans
    ) -> Data {
        let optional = columns.filter { column in
            column.presence == .offered
                || column.presence == .optional && rows.contains { !column.text($0).isEmpty }
        }
        let stated = columns.filter { $0.presence == .required } + optional
        var csv = CSVWriter(columns: stated.map { service.words.column($0.name) })
        for row in rows { csv.append(stated.map { $0.text(row) }) }
        return csv.data
    }
}
