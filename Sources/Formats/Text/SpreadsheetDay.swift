import Vocabulary

extension CalendarDay {
    /// A day as spreadsheets and case systems write it: `31/03/2022`, `2022-03-31`, `31.03.2022`, `31/03/22`, `31-Mar-2022`, any of them with a
    /// time of day after it, or Excel's number of the day (`44651`). The day stands before the month; of two digits, years are of this century.
    package init?(spreadsheet text: String) {
        let words = text.split(separator: " ")
        let isSpelt = words.count >= 3 && words[1].first?.isLetter == true
        let first = words.first.map { $0.dropFirst(10).first == "T" ? $0.prefix(10) : $0 } ?? ""
        let day = isSpelt ? words[..<3].joined(separator: " ") : String(first)
        if let number = Self.excelNumber(day) {
            self.init(excelNumber: number)
            return
        }
        let parts = day.split(omittingEmptySubsequences: false, whereSeparator: { "/-. ".contains($0) })
        guard parts.count == 3 else { return nil }
        let isYearFirst = parts[0].count == 4
        let (years, days) = isYearFirst ? (parts[0], parts[2]) : (parts[2], parts[0])
        guard let year = Self.year(years), let number = Self.digits(days, most: 2), let month = Self.month(parts[1])
        else { return nil }
        self.init(year: year, month: month, day: number)
    }

    /// A day as ``init(spreadsheet:)`` reads it; those of exports, `2025-Jan-16 00:00:00` and `2025-01-16`, without making a string.
    package init?(field: CSVField) {
        let bytes = field.bytes
        guard bytes.count >= 10, bytes[4] == 0x2D, let year = Self.number(bytes[..<4]) else {
            self.init(spreadsheet: field.text.trimmingCharacters(in: .whitespaces))
            return
        }
        let isNamed = bytes[5] >= 0x41
        let end = isNamed ? 8 : 7
        guard bytes.count >= end + 3, bytes[end] == 0x2D, let day = Self.number(bytes[(end + 1)..<(end + 3)]),
            bytes.count == end + 3 || bytes[end + 3] == 0x20 || bytes[end + 3] == 0x54,
            let month = isNamed ? Self.monthNamed(bytes[5..<8]) : Self.number(bytes[5..<7])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
        var number = 0
        for digit in digits {
            guard digit >= 0x30 && digit <= 0x39 else { return nil }
            number = 10 * number + Int(digit - 0x30)
        }
        return number
    }

    private static func monthNamed(_ letters: Slice<UnsafeRawBufferPointer>) -> Int? {
        months.firstIndex { zip($0.utf8, letters).allSatisfy { $0 == $1 | 0x20 } }.map { $0 + 1 }
    }

    /// The same day with its month first, where a text can only be read so: `03/31/2022`.
    package init?(monthFirst text: String) {
        let parts = text.split(separator: "/").map(String.init)
        guard parts.count == 3, CalendarDay(spreadsheet: text) == nil else { return nil }
        self.init(spreadsheet: "\(parts[1])/\(parts[0])/\(parts[2])")
    }

    private static func digits(_ text: Substring, most: Int) -> Int? {
        (1...most).contains(text.count) && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    private static func year(_ text: Substring) -> Int? {
        digits(text, most: 4).flatMap { text.count == 4 ? $0 : text.count == 2 ? 2_000 + $0 : nil }
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func month(_ text: Substring) -> Int? {
        if let number = digits(text, most: 2) { return number }
        return text.count >= 3 ? months.firstIndex { text.lowercased().hasPrefix($0) }.map { $0 + 1 } : nil
    }

    /// Excel's number of a day between 1954 and 2119.
    private static func excelNumber(_ text: String) -> Int? {
        let whole = text.split(separator: ".", omittingEmptySubsequences: false)
        guard whole.count <= 2, whole.count == 1 || whole[1].allSatisfy(\.isNumber) else { return nil }
        return digits(whole[0], most: 5).flatMap { (20_000...80_000).contains($0) ? $0 : nil }
    }

    /// Counts from 30 December 1899, so that every number from 61 on is that of Excel (H. Hinnant, "chrono-compatible low-level date algorithms").
    private init?(excelNumber: Int) {
        let days = excelNumber - 25_569 + 719_468
        let era = days / 146_097
        let ofEra = days - era * 146_097
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let shifted = (5 * ofYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        self.init(
            year: year + era * 400 + (month <= 2 ? 1 : 0), month: month, day: ofYear - (153 * shifted + 2) / 5 + 1)
    }
}
