import Foundation
import Queues
import Studies
import Testing

/// Requests, assessments and plans issued of a model folder, and capacity that makes children wait.
@Suite struct AssessmentTests {
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("assessments-\(UUID().uuidString)")
        init() throws {
            let manager = FileManager.default
            try manager.createDirectory(at: url.appendingPathComponent("rates"), withIntermediateDirectories: true)
            var files = [
                "model.yaml": "base: 2025\nhorizon: 3\n",
                "settings.csv":
                    "setting,name,group,min_age,max_age,in_area,scap,dsg,reform\nMS,Mainstream,mainstream,0,25,yes,,,\n",
                "needs.csv": "need,name,dsg,reform\nASD,Autism,,\n",
                "cohort.csv": "age,need,setting,plans\n8,ASD,MS,500\n",
                "costs.csv": "need,setting,cost\nASD,MS,1000\n",
                "rates/leavers.csv": "age,need,setting,rate,weight,source\nany,any,any,0.1,1000,x\n",
                "rates/movers.csv": "age,need,setting,to_setting,rate,weight,source\n",
                "rates/joiners.csv": "age,need,rate,weight,source\n6,ASD,0.1,100000000,x\n12,ASD,0.05,100000000,x\n",
                "rates/entry.csv": "age,need,setting,share,weight,source\nany,any,MS,1,100,x\n",
                "rates/assessments.csv": """
                step,age,share,weight,source
                assessed,any,0.5,0,x
                issued,6,0.8,0,x
                issued,12,0.5,0,x
                within-20-weeks,any,0.6,0,x
                next-year,any,0.25,0,x

                """,
            ]
            var population = "january,age,population\n"
            for january in 2025...2028 {
                for age in 0...25 { population += "\(january),\(age),\(january == 2028 ? 1300 : 1000)\n" }
            }
            files["population.csv"] = population
            for (name, text) in files { try write(name, text) }
        }
        deinit { try? FileManager.default.removeItem(at: url) }

        func write(_ name: String, _ text: String) throws {
            try text.write(to: url.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        var result: StudyResult {
            get throws {
                let study = try PreparedStudy(folder: url.path)
                return StudyResult(study, study.run(0..<400, seed: 4, threads: 2))
            }
        }
    }

    private func mean(
        _ result: StudyResult, _ year: Int, _ measure: AssessmentOutlook.Measure, band: Int? = nil
    ) throws -> Double {
        let rows = try #require(result.assessments).rows
        return try #require(rows.first { $0.year == year && $0.measure == measure && $0.band == band }).count.mean
    }

    /// 100 plans begin at age 6 and 50 at age 12, three tenths more in the last year: 225 assessments, and 450 requests, of which a quarter
    /// becomes a plan in the next year.
    @Test func plansAreFollowedBackToRequests() throws {
        let result = try Folder().result
        func near(_ one: Double, _ other: Double) -> Bool { abs(one / other - 1) < 0.02 }
        #expect(near(try mean(result, 2025, .issued), 150))
        #expect(near(try mean(result, 2025, .assessments), 225))
        #expect(near(try mean(result, 2025, .requests), 450))
        #expect(near(try mean(result, 2025, .assessments, band: 1), 125))
        #expect(near(try mean(result, 2025, .assessments, band: 2), 100))
        #expect(near(try mean(result, 2026, .requests), 0.75 * 450 + 0.25 * 585))
        #expect(near(try mean(result, 2027, .requests), 585))
        #expect(try mean(result, 2026, .inTime) == 60)
        #expect(try mean(result, 2026, .waiting) == 0)
    }

    /// Room for 180 assessments, 225 wanted: 30 plans wait after a year and 60 after two; waiting breaks the 20 weeks.
    @Test func capacityMakesChildrenWait() throws {
        let folder = try Folder()
        try folder.write("capacity.csv", "year,assessments,source\n2025,180,x\n2027,1000,x\n")
        let result = try folder.result
        #expect(abs(try mean(result, 2025, .assessments) / 180 - 1) < 0.02)
        #expect(abs(try mean(result, 2025, .waiting) / 45 - 1) < 0.1)
        #expect(abs(try mean(result, 2026, .waiting) / 90 - 1) < 0.1)
        #expect(try mean(result, 2027, .waiting) == 0)
        #expect(abs(try mean(result, 2025, .requests) / 450 - 1) < 0.02, "requests do not fall for want of room")
        #expect(abs(try mean(result, 2026, .inTime) / (60 * (1 - 30.0 / 120)) - 1) < 0.05)
        #expect(result.study.drives.contains("capacity"))
    }

    /// Staff for 180 assessments a year and 225 asked for: a service that holds plans back lets no more begin, and loses none.
    @Test func plansWaitForAService() throws {
        let folder = try Folder()
        func held(_ staff: String, _ more: String = "") throws -> QueueDemand.HeldPlans {
            try folder.write(
                "queue.yaml",
                "queue: q\nmonths: 36\nstages:\n  - {name: a, days: 21, \(staff), demand: {model: ., of: assessments, holds_back: yes}\(more)}\n"
            )
            let description = try QueueDescription.read(folder.url.appendingPathComponent("queue.yaml").path).value
            let demand = try QueueDemand(description, ServiceQueue(description), runs: 200, seed: 4, threads: 2)
            return try #require(demand.held.first)
        }
        let waits = try held("staff: 15").januaries
        #expect(waits.map(\.january) == [2026, 2027, 2028])
        for (place, row) in waits.enumerated() where place < 2 {
            #expect(abs(row.waiting.mean / (45 * Double(place + 1)) - 1) < 0.1)
            #expect(abs(row.fewer.mean / (30 * Double(place + 1)) - 1) < 0.15, "two plans of three assessments")
        }
        let caught = try held("staff: 15, changes: {25: 60}").januaries
        #expect(caught[1].fewer.mean == waits[1].fewer.mean && caught[2].waiting.mean == 0)
        // Who waited begins later, and so has had less time to end: nobody is lost.
        #expect(caught[2].fewer.mean <= 1)
        #expect(try held("staff: 90").januaries.allSatisfy { $0.fewer.mean == 0 && $0.waiting.mean == 0 })
        #expect {
            _ = try held("staff: 15", ", patience: 100")
        } throws: { error in
            "\(error)".contains("holds plans back")
        }
        try folder.write("capacity.csv", "year,assessments,source\n2025,180,x\n")
        #expect {
            _ = try held("staff: 15")
        } throws: { error in
            "\(error)".contains("have a capacity.csv already")
        }
    }

    @Test func plansFollowTotalsOfAFile() throws {
        let folder = try Folder()
        try folder.write("model.yaml", "base: 2025\nhorizon: 3\ngrowth: follow\n")
        #expect {
            _ = try folder.result
        } throws: { error in
            "\(error)".contains("totals.csv") && "\(error)".contains("it has no rows")
        }
        try folder.write(
            "totals.csv", "january,plans,deviation,source\n2026,700,0.01,x\n2027,800,0.01,x\n2028,1000,0.01,x\n")
        let result = try folder.result
        for (january, plans) in [(2026, 700.0), (2027, 800), (2028, 1_000)] {
            #expect(abs(try #require(result.total(january: january)).mean / plans - 1) < 0.01)
        }
        #expect(result.study.drives.contains("totals.csv"))
        try folder.write("model.yaml", "base: 2025\nhorizon: 3\ngrowth: follow\nceiling: 0.5\n")
        #expect {
            _ = try folder.result
        } throws: { error in
            "\(error)".contains("at once")
        }
    }

    @Test func aCeilingBelowThePlansOfTheBaseStopsJoiners() throws {
        let folder = try Folder()
        try folder.write("model.yaml", "base: 2025\nhorizon: 3\nceiling: 0.01\n")
        #expect(try #require(try folder.result.total(january: 2026)).mean < 460)
    }
}
