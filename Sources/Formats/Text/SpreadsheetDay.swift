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
            self.init(spreadsheet: field.trimmed)
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

    /// Excel's number of a day, and the share of the day that has passed, as `2026-01-15` or `2026-01-15 09:30:00`; `nil` where it has none.
    static func text(excel number: Double) -> String? {
        let seconds = (number * 86_400).rounded()
        guard (0..<120_000 * 86_400).contains(seconds) else { return nil }
        let (days, rest) = Int(seconds).quotientAndRemainder(dividingBy: 86_400)
        guard let day = CalendarDay(excelNumber: days) else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let date = "\(day.year)-\(two(day.month))-\(two(day.day))"
        return rest == 0 ? date : "\(date) \(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    }

    /// Counts from 30 December 1899, so that every number from 61 on is that of Excel.
    private init?(excelNumber: Int) { self.init(number: excelNumber - 25_569) }
}
