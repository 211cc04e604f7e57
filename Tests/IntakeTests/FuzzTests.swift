import Formats
import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Whatever the bytes, readers return: with findings or without, never with a trap.
@Suite struct FuzzTests {
    private let seeds = [
        TransitionsHeader.text + "\n2020,MS,ASD,4,MS,ASD,5\r\n2020,NONSEND,NONSEND,3,\"MS\",ASD,4\n",
        "calendar-year,academic-year,population\n2020,0,10\n2020,1,1e3\n",
        "need,setting,cost\nASD,MS,8662\n",
        "setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting\nMS,m,-1,11,\"ASD,HI\",MS\n",
        "title: x\nbase: 2021\nhorizon: 5\nweights: {2020: 0.5}\n",
    ]
    private let tokens = [
        "\"", ",", "\n", "\r", "\0", "\u{FEFF}", "é", "-", "99999999999999999999", "1e999", "nan", "NONSEND", "&a",
        "*a",
        "{", "[", ":", "\t", "'", "0x1", "-9223372036854775808",
    ].map { Data($0.utf8) }

    private func mutated(_ text: Data, _ noise: inout Noise) -> Data {
        var bytes = text
        for _ in 0..<Int.random(in: 1...6, using: &noise) {
            let place = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &noise)
            switch Int.random(in: 0..<5, using: &noise) {
            case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &noise)
            case 1 where !bytes.isEmpty: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: tokens.randomElement(using: &noise) ?? Data(), at: place)
            case 3: bytes = bytes.prefix(place)
            default: bytes.insert(contentsOf: bytes.dropFirst(place).prefix(20), at: place)
            }
        }
        return Data(bytes)
    }

    /// What is broken is whole before.
    private func expectSound(_ release: [String: String], _ model: [String: String]) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("model/rates"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: folder.path("release"), withIntermediateDirectories: true)
        for (name, text) in release { try folder.write("release/\(name)", text) }
        for (name, text) in model { try folder.write("model/\(name)", text) }
        _ = try NationalRelease.read(folder.path("release"))
        _ = try ModelFolder.read(folder.path("model"))
    }

    /// Folders of a release and of a model with rates, each file broken in its turn.
    @Test func foldersSurviveAnything() throws {
        var noise = Noise(state: 7)
        let identity =
            "time_period,geographic_level,new_la_code,old_la_code,la_name,country_code,breakdown_topic,breakdown"
        let release = [
            "caseload.csv": identity + ",ehcplans,mainstream_academy,placement_unknown\n"
                + "202425,Local authority,E08000035,383,Leeds,E92000001,Child or young persons age,age 10,5,4,1\n",
            "needs.csv": identity + ",ehc_plans,number_asd,number_need_unknown\n"
                + "202425,National,,,,E92000001,All EHC plans,All EHC plans,5,4,x\n",
        ]
        let model = [
            "settings.csv": "setting,name,group,min_age,max_age,in_area,scap,dsg,reform\nMS,m,mainstream,0,25,yes,,,\n"
                + "SS,s,special,0,25,yes,,,\n",
            "needs.csv": "need,name,dsg,reform\nASD,a,ASD,ASD\n", "cohort.csv": "age,need,setting,plans\n5,ASD,MS,3\n",
            "population.csv": "january,age,population\n2026,5,100\n", "costs.csv": "need,setting,cost\nany,MS,1\n",
            "model.yaml": "base: 2025\nhorizon: 1\ngrowth: given\n",
            "assumptions.yaml": "assumptions:\n  - {id: a, statement: b, source: c, quality: red}\n",
            "rates/leavers.csv": "age,need,setting,rate,weight,source\nany,any,any,0.1,10,x\n",
            "rates/movers.csv": "age,need,setting,to_setting,rate,weight,source\n",
            "rates/joiners.csv": "age,need,rate,weight,source\n5,ASD,0.01,100,x\n",
            "rates/entry.csv": "age,need,setting,share,weight,source\n5,ASD,MS,1,10,x\n",
            "rates/transfers.csv": "flow,age,rate,source\nin,5,0.1,x\n",
            "growth.csv": "need,january,factor,source\nany,2026,1.1,x\n",
            "places.csv":
                "provision,setting,needs,min_age,max_age,september,places,overfill\nA,MS,any,4,11,2020,9,0.1\n",
            "overflow.csv": "setting,need,age_band,order,to_setting,share\nMS,any,5 to 10,1,SS,1\n",
            "latent.csv": "need,age_band,setting,wanted_setting,share,source,quality\nany,any,SS,MS,0.2,x,red\n",
            "inflation.csv": "index,financial_year,factor\npay,2026-27,1.03\n",
            "funding.csv": "financial_year,item,amount\n2025-26,high needs block,5e7\n",
            "contributions.csv": "line,payer,share,starts,share_low,share_high\nfees,health,0.2,2026-27,0.1,0.3\n",
            "pools.csv":
                "fund,payer,contribution,risk_share,source,date,quality\nhealth,council,1000,1,x,2025,red\n",
            "outturn.csv": "financial_year,line,amount\n2025-26,fees,1e6\n",
            "rates/deviations.csv": "flow,group,sd,source\nentering,mainstream,0.1,x\n",
        ]
        try expectSound(release, model)
        for round in 0..<600 {
            let files = round.isMultiple(of: 2) ? release : model
            let folder = try TemporaryFolder()
            let broken = files.keys.sorted()[round / 2 % files.count]
            try FileManager.default.createDirectory(atPath: folder.path("rates"), withIntermediateDirectories: true)
            for (name, text) in files {
                let bytes = name == broken ? mutated(Data(text.utf8), &noise) : Data(text.utf8)
                try bytes.write(to: URL(fileURLWithPath: folder.path(name)))
            }
            if round.isMultiple(of: 2) {
                _ = try? NationalRelease.read(folder.path(""))
            } else {
                _ = try? ModelFolder.read(folder.path(""))
            }
        }
    }

    @Test func zipFilesAreReadAndDamageIsSaid() throws {
        let folder = try TemporaryFolder()
        let identity =
            "time_period,geographic_level,new_la_code,old_la_code,la_name,country_code,breakdown_topic,breakdown"
        try folder.write(
            "caseload.csv",
            identity + ",ehcplans,mainstream_academy,placement_unknown\n"
                + "202425,National,,,,E92000001,All EHC plans,All EHC plans,5,4,1\n")
        try folder.run("python3", "-m", "zipfile", "-c", "release.zip", "caseload.csv")
        let release = try NationalRelease.read(folder.path("release.zip")).value
        #expect(release.england?.plans[2025]?.total == 5)
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path("release.zip")))
        try whole.prefix(60).write(to: URL(fileURLWithPath: folder.path("cut.zip")))
        #expect(throws: UnusableData.self) { try NationalRelease.read(folder.path("cut.zip")) }
        #expect(throws: UnusableData.self) { try NationalRelease.read(folder.path("none.zip")) }
    }

    /// Published people, each layout broken in its turn: what is accepted is a number of people that is near its neighbours.
    @Test func publishedPeopleSurviveAnything() throws {
        var noise = Noise(state: 11)
        var made = MadePopulation(years: 2023...2025)
        made.ages = 0...26
        let seeds = [made.projection(), made.series(), made.sheet(2024), made.long()].map { Data($0.utf8) }
        let workbook = try Data(contentsOf: URL(fileURLWithPath: Oracles.file("estimates.xlsx")))
        let folder = try TemporaryFolder()
        var accepted = 0
        for round in 0..<1_500 {
            let seed = round % 10 == 9 ? workbook : seeds[round % seeds.count]
            try mutated(seed, &noise).write(to: URL(fileURLWithPath: folder.path("fuzz.csv")))
            guard let read = try? PublishedPopulation.read([folder.path("fuzz.csv")]) else { continue }
            guard let years = try? read.value.figures(of: CareRelease.Area.sunderland).usable() else { continue }
            accepted += 1
            for ages in years.values {
                #expect(ages.count == 26 && ages.allSatisfy { $0.isFinite && $0 >= 0 })
                for (age, next) in zip(ages, ages.dropFirst()) { #expect(next < 1_000 * age && age < 1_000 * next) }
            }
        }
        #expect(accepted > 100)
    }

    @Test func readersSurviveAnything() {
        var noise = Noise(state: 2026)
        for round in 0..<20_000 {
            let bytes = mutated(Data(seeds[round % seeds.count].utf8), &noise)
            let file = SourceFile(name: "fuzz", bytes: bytes)
            switch round % seeds.count {
            case 0: _ = TransitionsTable.read(file, needs: ["ASD", "HI"], settings: ["MS"])
            case 1: _ = PopulationTable.read(file)
            case 2: _ = CostTable.read(file, needs: ["ASD", "HI"], settings: ["MS"])
            case 3: _ = ValidState.read(file)
            default: _ = ModelDescription.read(file)
            }
        }
    }
}
