import Calibration
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// The example of returns on plans, worked by hand: what must come out of it, number for number.
@Suite struct RecordedModelTests {
    /// Returns that are written, read and made into a model.
    private struct Made {
        let records: Checked<Sen2Records>
        let model: RecordedModel
        let files: [String: String]

        init(_ returns: MadeReturns, years: [Int] = [2025, 2026], split: Set<String> = []) throws {
            let folder = try TemporaryFolder()
            try returns.write(to: folder.url.path)
            records = try Sen2Records.read(
                .init(
                    returns: years.map { folder.path("\($0)") }, register: folder.path("register.csv"),
                    links: folder.path("register-links.csv"), key: folder.path("key")))
            let area = RecordedModel.Area(records.value, name: nil)
            let people = try PublishedPopulation.read([folder.path("population.csv")]).value
            let population = try JanuaryPopulation(
                people, of: area, januaries: RecordedModel.januaries(records.value, horizon: 10))
            model = try RecordedModel(records.value, area, population: population, split: split)
            let all = model.data(command: "a test").files + model.files
            files = Dictionary(
                uniqueKeysWithValues: all.map { ($0.name, String(decoding: $0.data, as: UTF8.self)) })
        }
    }

    private static let transitions = """
        calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2
        2025,FE,MLD,13,NONSEND,NONSEND,14
        2025,MS,ASD,6,SS,ASD,7
        2025,MS,SEMH,4,NONSEND,NONSEND,5
        2025,NONSEND,NONSEND,-2,EY,SLCN,-1
        2025,NONSEND,NONSEND,11,IS,SEMH,12
        2025,RP,SLCN,7,RP,ASD,8

        """

    @Test func twoReturnsGiveTheRowsOfTheExample() throws {
        let made = try Made(MadeReturns())
        #expect(made.files["transitions.csv"] == Self.transitions)
        #expect(!made.records.findings.containsErrors)
        let records = made.records.value
        #expect(records.plans.map(\.count) == [4, 4] && records.plans.map(\.dual) == [0, 1])
        let changes = try #require(records.changes(from: 2025))
        #expect(changes.new == 1 && changes.movedIn == 1 && changes.unrecorded == 0)
        #expect(changes.ended == 1 && changes.movedAway == 1 && changes.notRecorded == 0)
        #expect(
            made.files["sen2/cohort.csv"]
                == "age,need,setting,plans\n3,SLCN,EY,1\n11,ASD,SS,1\n12,ASD,RP,1\n16,SEMH,IS,1\n")
        #expect(
            made.files["sen2/movements.csv"]
                == """
                calendar-year,kind,reason,age,need,setting,plans
                2025,left,paid work,18,MLD,FE,1
                2025,new,,3,SLCN,EY,1
                2025,transfer-in,,16,SEMH,IS,1
                2025,transfer-out,moved to another authority,9,SEMH,MS,1

                """)
    }

    /// One return tells the January before, but for the need of that time.
    @Test func oneReturnAloneLooksBack() throws {
        let made = try Made(MadeReturns(), years: [2026])
        #expect(
            made.files["transitions.csv"]
                == Self.transitions.replacingOccurrences(of: "RP,SLCN,7,RP,ASD,8", with: "RP,ASD,7,RP,ASD,8"))
        #expect(made.records.value.lookedBack == [2025])
    }

    @Test func settingsOutsideTheAreaAreToldApart() throws {
        let made = try Made(MadeReturns(), split: ["IS"])
        #expect(made.files["transitions.csv"]?.contains("2025,NONSEND,NONSEND,11,IS-OUT,SEMH,12\n") == true)
        #expect(made.files["valid-states.csv"]?.contains("IS-OUT,independent special,") == true)
    }

    @Test func requestsAreFollowedIntoTheYearAfter() throws {
        let made = try Made(MadeReturns())
        #expect(made.files["sen2/requests.csv"]?.contains("\n2024,2,1,1,1,1,1,1,\n") == true)
        #expect(
            made.files["sen2/timeliness.csv"]?.contains("\n2025,\"plans, without exceptions\",1,1,140\n") == true)
        // From the return of the year alone it is not decided.
        var returns = MadeReturns()
        returns.exports[2026] = nil
        let alone = try Made(returns, years: [2025])
        #expect(
            alone.files["sen2/requests.csv"]?.contains(
                "\n2024,2,1,0,0,0,0,0,lower bounds: the return after is not read\n") == true)
    }

    @Test func placesComeFromTheRegister() throws {
        let made = try Made(MadeReturns())
        let rows = try #require(made.files["places.csv"]).split(separator: "\n")
        #expect(rows.count == 3)
        #expect(rows[0].hasPrefix("provision,setting,needs,min_age,max_age,september,places"))
        #expect(rows[1].hasPrefix("900003,RP,any,11,15,2025,16"))
        #expect(rows[2].hasPrefix("900004,SS,ASD,11,18,2025,120,103"))
    }

    /// The model is read again as it was made.
    @Test func theFolderIsRead() throws {
        let made = try Made(MadeReturns())
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("rates"), withIntermediateDirectories: true)
        for file in made.model.data(command: "a test").files {
            try file.data.write(to: folder.url.appendingPathComponent(file.name))
        }
        let read = try ModelFolder.read(folder.url.path)
        #expect(!read.findings.contains { $0.severity != .note })
        let written = made.model.data(command: "a test").files
        #expect(read.value.data.files.map(\.name) == written.map(\.name))
        #expect(read.value.data.files.map(\.data) == written.map(\.data))
    }
}
