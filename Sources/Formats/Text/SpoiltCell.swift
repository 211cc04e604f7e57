import Foundation

/// What a spreadsheet made of a cell that no longer says what it did: one cause, one advice.
package enum SpoiltCell: String {
    case formula, tooNarrow, shortened, currency, percentage, date, decimalComma, ambiguous, brackets, total

    /// The cause that can be seen in a text that is not what was expected; `nil` where none can.
    package init?(_ text: String) {
        let upper = text.uppercased()
        if Self.formulas.contains(upper) {
            self = .formula
        } else if !text.isEmpty && text.allSatisfy({ $0 == "#" }) {
            self = .tooNarrow
        } else if Self.isTotal(text) {
            self = .total
        } else if Double(text) != nil {
            guard upper.contains("E+") else { return nil }
            self = .shortened
        } else if let bare = Self.bare(text, without: "£$€"), Numeral(bare).value != nil {
            self = .currency
        } else if let bare = Self.bare(text, without: "%"), Numeral(bare).value != nil {
            self = .percentage
        } else if text.hasPrefix("("), text.hasSuffix(")"), Numeral(String(text.dropFirst().dropLast())).value != nil {
            self = .brackets
        } else if SheetDate(text) != nil {
            self = .date
        } else if case .spoilt(let cause) = Numeral(text) {
            self = cause
        } else {
            return nil
        }
    }

    /// What spreadsheets show of formulas that failed.
    static let formulas: Set<String> = [
        "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    ]

    private static let totals: Set<String> = [
        "total", "totals", "grand total", "overall total", "sum", "sub-total", "subtotal",
    ]

    /// Whether a cell is the label of a total.
    package static func isTotal(_ text: String) -> Bool {
        totals.contains(text.lowercased().trimmingCharacters(in: .init(charactersIn: ": ")))
    }

    private static func bare(_ text: String, without signs: String) -> String? {
        let bare = text.filter { !signs.contains($0) }.trimmingCharacters(in: .whitespaces)
        return bare.count < text.count ? bare : nil
    }

    /// What happened, after the cell in quotes.
    /// - Parameter isBand: whether a band of ages was expected.
    package func message(_ text: String, isBand: Bool) -> String {
        switch self {
        case .formula: "is a formula that failed in the spreadsheet"
        case .tooNarrow: "stands for a number in a column that was too narrow to show it"
        case .shortened: "is a number that the spreadsheet shortened: its last digits are lost"
        case .currency: "has a currency sign: a plain number was expected"
        case .percentage: "is a percentage: a plain number was expected"
        case .date:
            SheetDate(text)?.band.flatMap { isBand ? "is a date that the spreadsheet made, probably of \($0)" : nil }
                ?? "is a date: something else was expected"
        case .decimalComma: "has a decimal comma, in a file whose decimals have points"
        case .ambiguous: "may have a decimal mark or thousands set apart, and no other number of the file tells which"
        case .brackets: "is a negative number as accounts write it"
        case .total: "is a total: each row must be about something of its own"
        }
    }

    /// What to do.
    package func remedy(_ text: String, isBand: Bool) -> String {
        switch self {
        case .formula: "Mend the formula there, and save the file again."
        case .tooNarrow: "Widen the column, and save the file again."
        case .shortened: "Give the cells the format Number, and save the file again."
        case .currency: "Give the cells the format Number (\(example(text))), and save the file again."
        case .percentage:
            "Give the cells the format Number (\(example(text)) where a share is asked for, a factor such as 1.05 where a factor is), and save "
                + "the file again."
        case .date where isBand:
            "Give the column the format Text, type \(SheetDate(text)?.band ?? "the bands") again, and save the file."
        case .date: "Give the column the format General, type the values again, and save the file."
        case .decimalComma:
            "Write \(text.replacingOccurrences(of: ".", with: "").replacingOccurrences(of: ",", with: "."))."
        case .ambiguous: "Give the cells a format without thousands, and save the file as 'CSV UTF-8' with commas."
        case .brackets: "Write -\(text.dropFirst().dropLast())."
        case .total: "Delete the row."
        }
    }

    /// The plain number that was probably meant.
    private func example(_ text: String) -> String {
        let bare = Self.bare(text, without: "£$€%") ?? text
        guard let value = Numeral(bare).value else { return bare }
        let plain = self == .percentage ? value / 100 : value
        return plain == plain.rounded() && abs(plain) < 1e15 ? String(Int(plain)) : String(plain)
    }
}

/// A day, or a month of a year, as spreadsheets show it: `05-Oct`, `Nov-15`, `05/10/2026`, `2026-10-05`.
struct SheetDate {
    /// The band of ages that was probably typed; `nil` where none makes sense.
    let band: String?

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    init?(_ text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { "-/. ".contains($0) }.map { $0.lowercased() }
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...9).contains($0.count) }) else { return nil }
        var numbers: [Int] = []
        var named: Int?
        for (place, part) in parts.enumerated() {
            if let number = Int(part), number >= 0 {
                numbers.append(number)
            } else if part.count >= 3, named == nil, let month = Self.months.firstIndex(of: String(part.prefix(3))) {
                named = place
                numbers.append(month + 1)
            } else {
                return nil
            }
        }
        // Without a month in letters, a year of four digits tells a date from other numbers.
        guard named != nil || (parts.count == 3 && numbers.contains { $0 > 1_900 }) else { return nil }
        if parts.count == 3 {
            // The first of a month is what a spreadsheet makes of a month and a year.
            if numbers[0] > 1_900, numbers[2] == 1, numbers[1] < numbers[0] % 100 {
                numbers.swapAt(0, 1)
                numbers.removeLast()
            } else if numbers[0] > 1_900 {
                numbers.removeFirst()
            } else {
                numbers.removeLast()
            }
        }
        let (low, high) = (min(numbers[0], numbers[1]), max(numbers[0], numbers[1]) % 2_000)
        band = low < high && high <= 25 ? "\(low)-\(high)" : nil
    }
}
