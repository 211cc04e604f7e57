import Foundation
import Studies
import Testing
import Vocabulary

/// Levers that can never meet anybody are errors; those that meet nobody in this model are warnings with the nearest cells.
@Suite struct LeverReachTests {
    /// Forty a year join mainstream schools with ASD at age 6 and ten leave at 15; children move from independent schools to mainstream ones at
    /// 11 and 16, and there are 40 of them.
    private func model(_ files: [String: String?] = [:]) throws -> ToyModel {
        let own: [String: String?] = [
            "cohort.csv":
                "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,60\n10,ASD,IS,20\n15,ASD,IS,20\n14,ASD,MS,60\n",
            "rates/joiners.csv": "age,need,rate,weight,source\n6,ASD,0.04,1000000,toy\n",
            "rates/leavers.csv":
                "age,need,setting,rate,weight,source\nany,any,any,0,1000000,toy\n15,ASD,MS,0.2,1000000,toy\n",
            "rates/movers.csv": """
            age,need,setting,to_setting,rate,weight,source
            11,ASD,IS,MS,0.3,1000000,toy
            16,ASD,IS,MS,0.3,1000000,toy
            any,any,MS,SS,0,1000000,toy

            """,
            "funding.csv": "financial_year,item,amount\n2025-26,high needs block,900000\n2026-27,opening balance,0\n",
        ]
        return try ToyModel(own.merging(files, uniquingKeysWith: { $1 }))
    }

    /// Levers that do something say nothing.
    @Test(arguments: [
        "multiply: movers\n    where: {from: IS, to: MS}\n    by: 0.5",
        "multiply: movers\n    where: {from: IS, to: MS, age: 11}\n    by: 0.5",
        "multiply: joiners\n    by: 0.9", "multiply: leavers\n    where: {age: 15}\n    by: 1.5",
        "multiply: cost\n    where: {setting: IS, line: Placements}\n    by: 1.1",
        "multiply: cost\n    where: {line: Fees}\n    by: 1.1",
        "move: stayers\n    where: {from: IS}\n    to: SS\n    by: 0.2",
        "add: funding\n    where: {item: block transfer}\n    by: 50000",
        "multiply: population\n    where: {age: 6}\n    by: 1.1", "cap: joiners\n    by: 20",
    ]) func leversThatAct(lever: String) throws {
        let costs =
            "line,setting,cost,unit\nTop-ups,SS,5000,plan-year\nFees,MS,2000,plan-year\nPlacements,IS,50000,plan-year\n"
        let found = try model(["costs.csv": costs]).findings(ofLever: lever)
        #expect(found.isEmpty, "\(found)")
    }

    /// Nobody in this model: a warning, with where there is somebody.
    @Test(arguments: [
        (
            "multiply: movers\n    where: {from: IS, to: MS, age: 8-9}\n    by: 0.5",
            "no mover from IS to MS at ages 8 to 9", "at ages 11, 16"
        ),
        ("multiply: movers\n    where: {from: SS, to: MS}\n    by: 0.5", "no mover from SS to MS", "from IS"),
        ("multiply: movers\n    where: {from: IS, to: SS}\n    by: 0.5", "no mover from IS to SS", "to MS"),
        ("multiply: movers\n    where: {from: IS, to: MS, need: HI}\n    by: 0.5", "with HI", "with ASD"),
        ("multiply: joiners\n    where: {age: 3}\n    by: 0.5", "no joiner at age 3", "at age 6"),
        ("multiply: joiners\n    where: {need: HI}\n    by: 0.5", "no joiner with HI", "with ASD"),
        ("multiply: joiners\n    where: {setting: SS}\n    by: 0.5", "no joiner in SS", "in MS"),
        ("multiply: leavers\n    where: {age: 12}\n    by: 0.5", "no leaver at age 12", "at age 15"),
        (
            "move: stayers\n    where: {from: IS, age: 7}\n    to: SS\n    by: 0.5", "no stayer in IS at age 7",
            "at ages"
        ),
        ("multiply: cost\n    where: {need: HI}\n    by: 1.1", "nobody is there for whom it is paid", "MS, SS"),
        ("multiply: joiners\n    by: 1", "'by' leaves what there is", "delete the lever"),
        ("cap: joiners\n    by: 5000", "'by' leaves what there is", "delete the lever"),
        ("multiply: cost\n    by: 1", "'by' leaves what there is", "delete the lever"),
        ("multiply: funding\n    where: {item: block transfer}\n    by: 1.2", "no block transfer", "Use 'add'"),
        ("multiply: joiners\n    by: 0.05", "leaves 5 % of what there was", "A rise of 5 % is 1.05"),
    ]) func leversThatMeetNobody(lever: String, words: String, nearest: String) throws {
        let found = try model().findings(ofLever: lever)
        #expect(found.count == 1 && found.allSatisfy { $0.severity == .warning }, "\(found)")
        let text = found.map(\.description).joined()
        #expect(text.contains(words) && text.contains(nearest) && text.contains("s.yaml, row 3"), "\(text)")
    }

    /// What can never be: an error.
    @Test(arguments: [
        ("multiply: movers\n    where: {from: SS, to: SS}\n    by: 0.5", "can exist in this model"),
        ("multiply: joiners\n    where: {setting: SS, age: 1-2}\n    by: 0.5", "SS has ages 4 to 19"),
        ("multiply: leavers\n    where: {setting: SS, age: 24}\n    by: 0.5", "SS has ages 4 to 19"),
        ("multiply: movers\n    where: {from: MS, to: IS, age: 2}\n    by: 0.5", "IS has ages 4 to 25"),
        ("multiply: cost\n    where: {line: Fees, setting: SS}\n    by: 1.1", "It is paid for MS"),
        ("multiply: cost\n    where: {setting: IS}\n    by: 1.1", "can never change anything"),
        ("multiply: cost\n    where: {age: 5}\n    by: 1.1", "not distinguished by age"),
        ("multiply: joiners\n    by: 0.5\n    starts: 2040", "ends in January 2030"),
        ("multiply: joiners\n    by: 10", "Write a rise of 10 % as 1.1"),
        ("multiply: cost\n    by: 5.5", "Write a rise of 5.5 % as 1.055"),
        ("move: stayers\n    where: {from: IS}\n    to: SS\n    by: 20", "Write 20 % as 0.2"),
    ]) func leversThatNeverCan(lever: String, words: String) throws {
        let found = try model().findings(ofLever: lever)
        #expect(found.containsErrors && found.contains { $0.description.contains(words) }, "\(found)")
    }
}
