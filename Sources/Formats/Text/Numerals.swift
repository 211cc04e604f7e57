import Foundation

/// Numbers as outputs print them.
package enum Numerals {
    /// A number with a fixed count of decimals and a point, trailing zeros dropped: for CSV files.
    package static func plain(_ value: Double, decimals: Int = 3) -> String {
        var bytes: [UInt8] = []
        append(value, decimals: decimals, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same as bytes; none for what is no number.
    package static func append(_ value: Double, decimals: Int = 3, to bytes: inout [UInt8]) {
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value * Double(scale)).rounded()
        guard value.isFinite else { return }
        guard abs(scaled) < 9e15 else { return bytes.append(contentsOf: whole(value).utf8) }
        let magnitude = Int(abs(scaled))
        // Sixteen digits at most, a point and a sign, from the last to the first.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { text in
            var (place, rest, digits) = (text.count, magnitude % scale, decimals)
            func put(_ byte: UInt8) {
                place -= 1
                text.initializeElement(at: place, to: byte)
            }
            if rest > 0 {
                while rest % 10 == 0 {
                    rest /= 10
                    digits -= 1
                }
                for _ in 0..<digits {
                    put(UInt8(ascii: "0") + UInt8(rest % 10))
                    rest /= 10
                }
                put(UInt8(ascii: "."))
            }
            var whole = magnitude / scale
            repeat {
                put(UInt8(ascii: "0") + UInt8(whole % 10))
                whole /= 10
            } while whole > 0
            if scaled < 0 { put(UInt8(ascii: "-")) }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[place...]))
        }
    }

    /// All digits of a number before its point.
    private static func whole(_ value: Double) -> String { String(format: "%.0f", value) }

    /// Pounds with all their digits, a minus before the sign.
    package static func wholePounds(_ value: Double) -> String {
        let text = grouped(abs(value))
        return value < 0 && text != "0" ? "−£\(text)" : "£\(text)"
    }

    /// A share of the runs as a percentage, never quite none or all where it is not.
    package static func chance(_ share: Double) -> String {
        let percent = (share * 100).rounded()
        if percent == 0 && share > 0 { return "under 1 %" }
        if percent == 100 && share < 1 { return "over 99 %" }
        return "\(Int(percent)) %"
    }

    /// A number rounded to a count of decimals: what ``plain(_:decimals:)`` prints is read as this number.
    package static func rounded(_ value: Double, decimals: Int) -> Double {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (value * scale).rounded()
        return abs(scaled) < 9e15 ? scaled / scale : value
    }

    /// A number with the digits that tell it from every other, without an exponent: for tables that are read again.
    package static func exact(_ value: Double) -> String {
        if value == 0 || !value.isFinite { return value == 0 ? "0" : "" }
        let text = "\(value)"
        if text.hasSuffix(".0") { return String(text.dropLast(2)) }
        guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else {
            return text
        }
        if exponent > 0 { return whole(value) }
        let zeros = String(repeating: "0", count: -exponent - 1)
        return (value < 0 ? "-0." : "0.") + zeros + text[..<mark].filter(\.isNumber)
    }

    /// A whole number with commas between thousands: for people.
    package static func grouped(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let digits = Array(whole(abs(value).rounded()))
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0 && (digits.count - place).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (value.rounded() < 0 ? "−" : "") + text
    }

    /// An interval for people: `1,204 to 1,530`.
    package static func grouped(_ range: ClosedRange<Double>) -> String {
        "\(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
    }

    /// A change in some unit: with its sign unless it prints as nothing.
    package static func signed(_ value: Double, _ text: (Double) -> String) -> String {
        let text = text(value)
        return value > 0 && text.contains { $0.isNumber && $0 != "0" } ? "+\(text)" : text
    }

    /// Millions with one decimal, of a change with its sign.
    package static func millions(_ value: Double, isChange: Bool) -> String {
        let text = fixed(abs(value) / 1e6, decimals: 1)
        return text == "0.0" ? text : (value < 0 ? "−" : isChange ? "+" : "") + text
    }

    /// A signed change as a percentage with one decimal.
    package static func change(from old: Double, to new: Double) -> String {
        guard old != 0, (new / old).isFinite else { return "–" }
        let percent = (new / old - 1) * 100
        let text = fixed(abs(percent), decimals: 1)
        return (text == "0.0" ? "" : percent < 0 ? "−" : "+") + text + " %"
    }

    /// A number with exactly so many decimals.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "–" }
        // 100 times 0.285 is a little less than 28.5, which is printed as 29.
        let text = plain(rounded(value, decimals: decimals + 6), decimals: decimals)
        let have = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
        if decimals == 0 || have == decimals { return text }
        return text + (have == 0 ? "." : "") + String(repeating: "0", count: decimals - have)
    }

    /// Pounds in the unit that fits: `£1.23bn`, `£1.23m`, `£456k`.
    package static func pounds(_ value: Double) -> String {
        let sign = value < 0 ? "−" : ""
        let size = abs(value)
        if size >= 999_500_000 { return "\(sign)£\(fixed(size / 1e9, decimals: size < 1e10 ? 2 : 1))bn" }
        if size >= 999_500 { return "\(sign)£\(fixed(size / 1e6, decimals: size < 1e8 ? 2 : 1))m" }
        if size >= 1_000 { return "\(sign)£\(fixed(size / 1e3, decimals: 0))k" }
        return "\(sign)£\(fixed(size, decimals: 0))"
    }

    /// An interval of pounds: `−£1.2m to £3.4m`.
    package static func pounds(_ range: ClosedRange<Double>) -> String {
        "\(pounds(range.lowerBound)) to \(pounds(range.upperBound))"
    }
}
