import Foundation
import Vocabulary

/// Reads tables of which some columns may be missing, by the names of their columns.
package enum TableReader {
    /// Reads rows.
    /// - Parameter former: what columns were called once, by their names now; a header may use either.
    package static func rows<Row>(
        _ file: SourceFile, _ required: [String], optional: [String] = [], former: [String: String] = [:],
        _ read: (_ row: NamedRow, _ findings: inout FindingList) -> Row?
    ) -> Checked<[Row]> {
        var findings = FindingList(of: file)
        var rows: [Row] = []
        let reader = CSVReader(file: file, knowing: required)
        let header = reader.header
        let service = file.service
        let (required, optional) = (required.map(service.words.column), optional.map(service.words.column))
        // A misspelt optional column is a fault, and the nearest name is suggested for it.
        let unknown = header.filter { !required.contains($0) && !optional.contains($0) }
        let near = optional.filter { !header.contains($0) && nearestSpelling(to: $0, among: unknown) != nil }
        let columns = required + optional.filter { header.contains($0) } + near
        let written = columns.map { column in
            former[column].flatMap { header.contains($0) && !header.contains(column) ? $0 : nil } ?? column
        }
        reader.forEachRow(columns: written, findings: &findings) { row, findings in
            let named = NamedRow(row, columns, written: written, service)
            if let read = read(named, &findings) { rows.append(read) }
        }
        return Checked(rows, findings)
    }
}

/// A row whose fields are asked for by the name of their column; each complaint names it.
package struct NamedRow {
    /// What stands for every need, band of ages or setting.
    package static let any = "any"

    package let line: Int
    private let fields: [String: String]
    /// What the file calls a column that has another name now.
    private let written: [String: String]
    let service: Service
    private let marks: DecimalMarks

    /// - Parameter written: the names of the columns as the file has them, where these differ from those asked for.
    package init(_ row: borrowing CSVRow, _ columns: [String], written: [String] = [], _ service: Service) {
        line = row.line
        marks = row.marks
        self.service = service
        var fields: [String: String] = [:]
        for (place, column) in columns.enumerated() { fields[column] = row.text(place) }
        self.fields = fields
        self.written = Dictionary(zip(columns, written).filter { $0 != $1 }, uniquingKeysWith: { first, _ in first })
    }

    /// The text of a column; empty where there is none.
    package func text(_ column: String) -> String { fields[service.words.column(column)] ?? "" }

    private func complain(
        _ column: String, _ expected: String, remedy: String = "", _ findings: inout FindingList
    ) {
        var cause: SpoiltCell?
        if case .spoilt(let known) = Numeral(text(column), marks: marks) { cause = known }
        let isBand = column == "age_band" || column == "year_group"
        if findings.addSpoilt(text(column), line: line, column: column, isBand: isBand, cause: cause) { return }
        findings.add(
            .error, line: line, column: written[column] ?? column, "'\(text(column).prefix(40))': \(expected)",
            remedy: remedy)
    }

    /// A number, as spreadsheets write it too; `nil` where there is none, or one that is not certain.
    private func number(_ column: String, _ findings: inout FindingList) -> Double? {
        switch Numeral(text(column), marks: marks) {
        case .plain(let value): return value
        case .grouped(let value):
            findings.noteGrouped(text(column), value, line: line, column: column)
            return value
        case .spoilt, .none: return nil
        }
    }

    /// Text that must be there.
    package func name(_ column: String, _ findings: inout FindingList) -> String? {
        if !text(column).isEmpty { return text(column) }
        complain(column, "a name was expected", &findings)
        return nil
    }

    /// A whole number.
    package func integer(
        _ column: String, _ range: ClosedRange<Int>, _ findings: inout FindingList, otherwise: Int? = nil
    ) -> Int? {
        if let otherwise, text(column).isEmpty { return otherwise }
        if let value = Int(text(column)), range.contains(value) { return value }
        if case .grouped(let value) = Numeral(text(column), marks: marks), let whole = Int(exactly: value),
            range.contains(whole)
        {
            return number(column, &findings).map { Int($0) }
        }
        complain(column, "a whole number from \(range.lowerBound) to \(range.upperBound) was expected", &findings)
        return nil
    }

    /// A number of a quantity.
    package func number(
        _ column: String, _ quantity: Quantity, _ findings: inout FindingList, otherwise: Double? = nil
    ) -> Double? {
        if let otherwise, text(column).isEmpty { return otherwise }
        let reading = number(column, &findings).map { quantity.read($0) } ?? quantity.read(text(column))
        switch reading {
        case .number(let number): return number
        case .fault(let expected, let remedy):
            complain(column, expected, remedy: remedy, &findings)
            return nil
        }
    }

    /// Three numbers in order, in columns that end in `_low`, `_likely` and `_high`: all of them or none.
    package func three(
        _ stem: String, _ quantity: Quantity, _ findings: inout FindingList, otherwise: Double
    ) -> [Double]? {
        let columns = ["low", "likely", "high"].map { "\(stem)_\($0)" }
        if columns.allSatisfy({ text($0).isEmpty }) { return [otherwise, otherwise, otherwise] }
        let numbers = columns.compactMap { number($0, quantity, &findings) }
        guard numbers.count == 3 else { return nil }
        if numbers == numbers.sorted() { return numbers }
        complain(columns[1], "low, likely and high are not in order", remedy: "Correct them.", &findings)
        return nil
    }

    /// One of some words.
    package func word(
        _ column: String, _ words: [String], _ findings: inout FindingList, otherwise: String? = nil
    ) -> String? {
        if let otherwise, text(column).isEmpty { return otherwise }
        if words.contains(text(column)) { return text(column) }
        complain(
            column, "one of \(words.joined(separator: ", ")) was expected",
            remedy: suggestion(for: text(column), among: words, otherwise: ""), &findings)
        return nil
    }

    /// A closed choice by its word.
    /// - Parameters:
    ///   - otherwise: what an empty field means; without it a word is expected.
    ///   - words: what a choice is called in this file.
    package func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ column: String, otherwise: Choice? = nil, words: (Choice) -> String = \.rawValue,
        _ findings: inout FindingList
    ) -> Choice? {
        if let otherwise, text(column).isEmpty { return otherwise }
        if let choice = Choice.allCases.first(where: { words($0) == text(column) }) { return choice }
        return word(column, Choice.allCases.map(words), &findings).flatMap { _ in nil }
    }

    /// How well a figure is known, or that nobody says; `nil` after a finding.
    package func rating(_ findings: inout FindingList) -> AssumptionQuality?? {
        text("quality").isEmpty ? .some(nil) : choice("quality", &findings).map { .some($0) }
    }

    /// Several words, separated by spaces, commas or semicolons.
    private func words(_ column: String) -> [String] {
        text(column).split { " ,;".contains($0) }.map(String.init)
    }

    private func positions(
        _ column: String, _ dimension: Vocabulary.Dimension, _ findings: inout FindingList
    ) -> [Int]? {
        let words = words(column)
        if words.isEmpty { complain(column, "one \(dimension.name) or several were expected", &findings) }
        var isSound = !words.isEmpty
        var positions: [Int] = []
        for word in words {
            if let position = dimension.position(of: word) {
                positions.append(position)
                continue
            }
            isSound = false
            if findings.addSpoilt(text(column), line: line, column: column) { break }
            findings.add(
                .error, line: line, column: column, "'\(word.prefix(40))' is not a \(dimension.name) of this model",
                remedy: suggestion(
                    for: word, among: dimension.codes,
                    otherwise: "They are \(dimension.codes.prefix(20).joined(separator: ", "))."))
        }
        return isSound ? Set(positions).sorted() : nil
    }

    /// Needs by code; all for `any`.
    package func needs(_ space: StateSpace, column: String = "needs", _ findings: inout FindingList) -> [Int]? {
        text(column) == NamedRow.any
            ? Array(0..<space.need.count) : positions(column, space.need, &findings)
    }

    /// Settings by code.
    /// - Parameter isWide: whether `any`, or an empty cell, means all.
    package func settings(_ space: StateSpace, isWide: Bool = false, _ findings: inout FindingList) -> [Int]? {
        isWide && ["", NamedRow.any].contains(text("setting"))
            ? Array(0..<space.setting.count) : positions("setting", space.setting, &findings)
    }

    /// One setting by code.
    package func setting(_ column: String, _ space: StateSpace, _ findings: inout FindingList) -> Int? {
        guard let positions = positions(column, space.setting, &findings) else { return nil }
        if positions.count == 1 { return positions[0] }
        complain(column, "one setting was expected", &findings)
        return nil
    }

    /// A band of ages by name, ages such as `11-15`, or `any`.
    package func ageBand(_ findings: inout FindingList) -> ClosedRange<Int>? {
        let text = text("age_band")
        if text == NamedRow.any { return service.years }
        if let band = service.bands.first(where: { $0.name == text }) { return band.ages }
        if let ages = AgeRange.read(text, shift: 0, within: service.years) { return ages }
        let bands = service.bands.map(\.name).joined(separator: ", ")
        complain("age_band", "'any', ages such as '11-15', or one of \(bands) was expected", &findings)
        return nil
    }

    /// A financial year as `2026-27`, or as the year in which it begins.
    package func financialYear(_ column: String, _ findings: inout FindingList) -> Int? {
        let parts = text(column).split(separator: "-", omittingEmptySubsequences: false)
        if let first = parts.first.flatMap({ Int($0) }), (1990...2200).contains(first) {
            if parts.count == 1 {
                let year = FinancialYear(starting: first)
                findings.add(
                    .note, line: line, column: column, "'\(first)' is taken for the financial year \(year)",
                    remedy: "Write '\(year)'.")
                return first
            }
            if parts.count == 2, FinancialYear(starting: first).description == text(column) { return first }
        }
        let digits = text(column).split { !$0.isNumber }
        let first = digits.first.flatMap { Int($0) }.flatMap { (1990...2200).contains($0) ? $0 : nil }
        let meant = WrittenYear.financialYear(of: text(column))?.starting ?? first
        findings.add(
            .error, line: line, column: column, "'\(text(column).prefix(40))' is not a financial year",
            remedy: "Write '\(FinancialYear(starting: meant ?? 2026))'\(meant == nil ? ", for instance" : "").")
        return nil
    }

    /// Curriculum years such as `7`, `R` or `7-11`, as ages; of care, ages themselves.
    package func yearGroups(_ column: String, _ findings: inout FindingList) -> ClosedRange<Int>? {
        if service == .care {
            if let ages = AgeRange.read(text(column), shift: 0, within: service.years) { return ages }
            complain(column, "ages from 0 to 17 were expected, such as '12' or '10-17'", &findings)
            return nil
        }
        // Reception is 0.
        let text = text(column).split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.uppercased() == "R" ? "0" : String($0) }.joined(separator: "-")
        if let ages = AgeRange.read(text, shift: 4) { return ages }
        complain(column, "curriculum years from -4 to 21 were expected, such as '7', 'R-6' or '7-11'", &findings)
        return nil
    }
}

/// One age or curriculum year, or several as `5-10`; the first may be negative.
package enum AgeRange {
    /// - Parameter shift: what is added to the numbers to make ages: 4 for curriculum years.
    package static func read(_ text: String, shift: Int, within known: ClosedRange<Int> = SchoolAge.all) -> ClosedRange<
        Int
    >? {
        let isNegative = text.hasPrefix("-")
        let parts = (isNegative ? text.dropFirst() : text[...]).split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in part.count <= 2 ? Int(part) : nil }
        guard numbers.count == parts.count, (1...2).contains(numbers.count), numbers.allSatisfy({ $0 >= 0 }) else {
            return nil
        }
        let first = (isNegative ? -numbers[0] : numbers[0]) + shift
        let last = numbers.count == 2 ? numbers[1] + shift : first
        guard first <= last, known.contains(first), known.contains(last) else { return nil }
        return first...last
    }
}
