import Formats
import Foundation
import Sampling
import Testing

/// Numbers and rows as files print them.
@Suite struct WritingTests {
    @Test(arguments: [
        (0.0, "0"), (-0.0004, "0"), (-0.0006, "-0.001"), (1.005, "1.005"), (1.05, "1.05"), (12, "12"),
        (1200.5, "1200.5"),
        (0.0005, "0.001"), (999.9996, "1000"), (-3.25, "-3.25"), (8.9e12, "8900000000000"), (1e16, "10000000000000000"),
        (1.25e18, "1250000000000000000"), (.infinity, ""), (.nan, ""),
    ])
    func numbersDropTrailingZeros(value: Double, text: String) {
        #expect(Numerals.plain(value) == text)
        var bytes: [UInt8] = []
        Numerals.append(value, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    @Test func decimalsAreThoseAskedFor() {
        #expect(Numerals.plain(2.5, decimals: 0) == "3")
        #expect(Numerals.plain(0.000_123_4, decimals: 7) == "0.0001234")
        #expect(Numerals.fixed(1, decimals: 2) == "1.00")
        #expect(Numerals.plain(-899_999.125, decimals: 10) == "-899999.125")
        #expect(Numerals.plain(-8_999_999_999_999, decimals: 3) == "-8999999999999")
        #expect(Numerals.plain(-0.000_000_000_1, decimals: 10) == "-0.0000000001")
    }

    /// No number is too large to be printed, and what is no number is a dash for people.
    @Test(arguments: [1e12, -1e12, 1.234_567_8e20, -9.9e300, .infinity, -.infinity, .nan, 0, 1e-300])
    func anyNumberCanBePrinted(value: Double) {
        for text in [
            Numerals.pounds(value), Numerals.grouped(value), Numerals.fixed(value, decimals: 2),
            Numerals.change(from: 1, to: value), Numerals.change(from: value, to: 1),
        ] {
            #expect(!text.isEmpty && !text.contains("nan") && !text.contains("inf"), "\(value): \(text)")
        }
    }

    @Test func rowsOfFiguresAreQuotedAndWhole() {
        let (name, figures) = (Column("name", .text, "who"), Column.statistics(.people))
        var table = Table([name, Column("kind", .text, "what")] + figures)
        table.append("Homes, \"own\"", "a", Summary(of: [1, 1, 1, 2] as [Int32]))
        var other = Table([name] + figures + [Column("more", .text, "what"), Column("last", .number, "how many")])
        other.append("b", Summary(always: 3), "x,y", Double?.none)
        let lines = String(decoding: table.data + other.data, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines[1] == "\"Homes, \"\"own\"\"\",a,1.25,0.5,1,1,1,1,1,2,2")
        #expect(lines[3] == "b,3,0,3,3,3,3,3,3,3,\"x,y\",")
    }
}
