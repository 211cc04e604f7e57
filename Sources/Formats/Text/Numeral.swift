import Foundation

/// A number as a spreadsheet writes it.
enum Numeral {
    /// A number as a program writes it.
    case plain(Double)
    /// A number whose thousands are set apart, as in `1,234`.
    case grouped(Double)
    /// Digits that may mean two numbers, or a number that lost its digits.
    case spoilt(SpoiltCell)
    /// No number.
    case none

    /// The number, where it is certain.
    var value: Double? {
        switch self {
        case .plain(let value), .grouped(let value): value
        case .spoilt, .none: nil
        }
    }

    /// Reads text.
    /// - Parameter marks: how the file writes decimals.
    init(_ text: String, marks: DecimalMarks = .point) {
        if marks == .point, let value = Double(text) {
            self = text.contains("E+") ? .spoilt(.shortened) : .plain(value)
            return
        }
        let isSpaced = NumeralShape.isGrouped(text, by: \.isWhitespace)
        let digits = isSpaced ? text.filter { !$0.isWhitespace } : text
        switch NumeralShape(digits) {
        case .whole: self = Self.number(digits, isGrouped: isSpaced)
        case .either(let mark): self = Self.either(digits, mark, marks)
        case .decimal(",", _) where marks != .comma: self = .spoilt(.decimalComma)
        case .decimal(let mark, let isGrouped):
            let whole = digits.filter { $0.isNumber || $0 == "-" || $0 == mark }
            self = Self.number(whole.replacingOccurrences(of: ",", with: "."), isGrouped: isGrouped || isSpaced)
        case .groups(let mark): self = Self.number(digits.filter { $0 != mark }, isGrouped: true)
        case nil: self = Self.number(text, isGrouped: false)
        }
    }

    /// `1,234` or `1.234`: what it is depends on the file.
    private static func either(_ digits: String, _ mark: Character, _ marks: DecimalMarks) -> Numeral {
        switch marks {
        case .unknown, .mixed: .spoilt(.ambiguous)
        case .point: number(digits.filter { $0 != mark }, isGrouped: true)
        case .comma where mark == ",": number(digits.replacingOccurrences(of: ",", with: "."), isGrouped: false)
        case .comma: number(digits.filter { $0 != mark }, isGrouped: true)
        }
    }

    private static func number(_ text: String, isGrouped: Bool) -> Numeral {
        guard let value = Double(text) else { return .none }
        return isGrouped ? .grouped(value) : .plain(value)
    }
}

/// How a file writes decimals.
package enum DecimalMarks {
    /// With points: every file whose fields are separated by commas.
    case point
    /// With commas: a file whose numbers can be meant so only.
    case comma
    /// Some numbers with points and some with commas.
    case mixed
    /// The file has no number that tells.
    case unknown

    /// Looks at every field of a file that is not separated by commas.
    package init(_ bytes: UnsafeRawBufferPointer, _ layout: SheetLayout) {
        var scanner = CSVScanner(bytes, separator: layout.separator)
        var fields: [CSVField] = []
        var (hasPoints, hasCommas, row) = (false, false, 0)
        reading: while true {
            switch scanner.nextRow(into: &fields) {
            case .end: break reading
            case .fault: if scanner.isLost { break reading }
            case .row:
                for field in fields
                where row > layout.rowsAbove && field.bytes.contains(where: { $0 == 0x2C || $0 == 0x2E }) {
                    switch NumeralShape(field.trimmed) {
                    case .decimal(let mark, _): if mark == "," { hasCommas = true } else { hasPoints = true }
                    case .groups(let mark): if mark == "," { hasPoints = true } else { hasCommas = true }
                    case .whole, .either, nil: break
                    }
                }
            }
            row += 1
        }
        self = hasPoints ? (hasCommas ? .mixed : .point) : (hasCommas ? .comma : .unknown)
    }
}

/// How digits and marks stand in a number.
private enum NumeralShape {
    /// Digits alone.
    case whole
    /// One mark with three digits after it and one to three before: a decimal or a thousand.
    case either(Character)
    /// A decimal mark, and whether groups of thousands stand before it.
    case decimal(Character, isGrouped: Bool)
    /// Two groups of thousands or more, with the same mark.
    case groups(Character)

    package init?(_ text: String) {
        let digits = text.first == "-" ? text.dropFirst() : text[...]
        guard digits.count <= 40, digits.contains(where: Self.isDigit),
            digits.allSatisfy({ Self.isDigit($0) || $0 == "," || $0 == "." })
        else { return nil }
        guard let mark = digits.last(where: { !Self.isDigit($0) }) else {
            self = .whole
            return
        }
        let marks = digits.filter { !Self.isDigit($0) }
        let parts = digits.split(separator: mark, omittingEmptySubsequences: false)
        if marks.allSatisfy({ $0 == mark }) {
            if marks.count > 1 {
                guard Self.isGrouped(digits, by: { $0 == mark }) else { return nil }
                self = .groups(mark)
            } else if Self.isGrouped(digits, by: { $0 == mark }) && parts[0] != "0" {
                self = .either(mark)
            } else {
                self = .decimal(mark, isGrouped: false)
            }
            return
        }
        let other: Character = mark == "," ? "." : ","
        guard parts.count == 2, Self.isGrouped(parts[0], by: { $0 == other }) else { return nil }
        self = .decimal(mark, isGrouped: true)
    }

    private static func isDigit(_ letter: Character) -> Bool { letter.isASCII && letter.isNumber }

    /// Whether groups of three digits follow a first of one to three; the last may go on with decimals.
    static func isGrouped(_ text: some StringProtocol, by isMark: (Character) -> Bool) -> Bool {
        let groups = text.drop { $0 == "-" }.split(omittingEmptySubsequences: false, whereSeparator: isMark)
        guard groups.count > 1, let first = groups.first, let last = groups.last else { return false }
        return (1...3).contains(first.count) && first.allSatisfy(isDigit) && last.prefix(while: isDigit).count == 3
            && groups.dropFirst().dropLast().allSatisfy { $0.count == 3 && $0.allSatisfy(isDigit) }
    }
}
