import Formats
import Foundation
import Sampling
import Testing
import Vocabulary

/// Tables whose columns say what they hold.
@Suite struct TableTests {
    private let columns =
        [Column("setting", .text, "where"), Column("january", .year, "when")] + Column.statistics(.people)
        + [Column("cost", .pounds, "for one", decimals: 2), Column("dsg", .text, "in a return", isOfPlansAlone: true)]

    @Test func aRowGivesEachColumnItsValue() {
        var table = Table(columns)
        table.append("MSS, special", 2026, Summary(always: 12.5), 1.005, "a \"b\"")
        table.append("all", 2027, [1.0, 0, 1, 1, 1, 1, 1, 1, 1], Double?.none, String?.none)
        let lines = String(decoding: table.data, as: UTF8.self).split(separator: "\n")
        #expect(lines[0] == "setting,january,mean,sd,p05,p10,p25,p50,p75,p90,p95,cost,dsg")
        #expect(lines[1] == "\"MSS, special\",2026,12.5,0,12.5,12.5,12.5,12.5,12.5,12.5,12.5,1,\"a \"\"b\"\"\"")
        #expect(lines[2] == "all,2027,1,0,1,1,1,1,1,1,1,,")
    }

    @Test func careHasItsOwnWordsFromTheStart() {
        var table = Table(columns, .care)
        table.append("HOM", 2026, Summary(always: 3), 9.5)
        let header = String(decoding: table.data, as: UTF8.self).split(separator: "\n")[0]
        #expect(header == "placement,march,mean,sd,p05,p10,p25,p50,p75,p90,p95,cost")
    }

    @Test func aMeasureEndsWithItsUnit() {
        #expect(Column.Kind(ofMeasure: "spend by health, social care, £") == .pounds)
        #expect(Column.Kind(ofMeasure: "interest, £ a year") == .pounds)
        #expect(Column.Kind(ofMeasure: "payback, years (median)") == .number)
        #expect(Column.Kind(ofMeasure: "occupancy, %") == .percent)
        #expect(Column.Kind(ofMeasure: "plans") == .people && Column.Kind(ofMeasure: "moves, by age") == .people)
    }
}
