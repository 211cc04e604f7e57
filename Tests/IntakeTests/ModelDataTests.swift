import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// What is read is written, and read again, without a change. Scenarios, `backtest.csv` and `areas.geojson` are no part of a model's data.
@Suite struct ModelDataTests {
    /// Shipped files that were written by hand: written anew they say the same with other marks ("3337003.0", needless quotes).
    private static let handWritten: Set = [
        "sunderland/latent.csv", "surrey/latent.csv", "surrey/rates/routes.csv",
        "surrey-care/latent.csv",
    ]

    private func read(_ path: String) throws -> ModelData { try ModelFolder.read(path).value.data }

    private func readAgain(_ data: ModelData) throws -> ModelData {
        let folder = try TemporaryFolder()
        for file in data.files {
            let url = folder.url.appendingPathComponent(file.name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try file.data.write(to: url)
        }
        return try read(folder.path(""))
    }

    @Test(arguments: [
        "demo", "derby", "derby-care", "england", "leeds", "leeds-care", "sunderland", "surrey", "surrey-care",
    ])
    func shippedModelsAreWrittenAsTheyWereRead(name: String) throws {
        let model = Oracles.repository.appendingPathComponent("models/\(name)")
        let data = try read(model.path)
        #expect(try readAgain(data) == data, "\(name) changes")
        let written = Dictionary(uniqueKeysWithValues: data.files.map { ($0.name, $0.data) })
        let shipped = try FileManager.default.subpathsOfDirectory(atPath: model.path).filter {
            $0.contains(".") && $0 != "backtest.csv" && $0 != "areas.geojson" && !$0.hasPrefix("scenarios/")
        }
        #expect(Set(written.keys) == Set(shipped))
        for file in shipped {
            let isSame = try Data(contentsOf: model.appendingPathComponent(file)) == written[file]
            let text = String(decoding: written[file]?.prefix(400) ?? Data(), as: UTF8.self)
            #expect(isSame != Self.handWritten.contains("\(name)/\(file)"), "\(name)/\(file):\n\(text)")
        }
    }

    /// All keys of `model.yaml`, text that YAML would misread, and tables that no shipped model has.
    @Test func everyKeyAndTableIsWritten() throws {
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("derby")
        func write(_ name: String, _ text: String) throws { try folder.write("model/\(name)", text) }
        try write(
            "model.yaml",
            """
            # Made by: hand
            #
            #   and "quoted"
            title: "Derby: north #1"
            area: E06000015
            for: '- nobody'
            purpose: "a\\\\b \\"c\\""
            base: 2025
            horizon: 4
            growth: follow
            runs: 12
            seed: 3
            ceiling: 0.0625
            waiting: 7
            in_year_growth: yes
            carry_residual: no
            places: {phase_ages: [4, 11], phase_first: yes, first_needs: [ASD, SEMH], returning: 0.5, flexibility: 0.25, baseline: frozen, overfill: 0.05}
            appraisal: {rate: 0.035, years: 9, persistence: 0.9, deflator: 1.02, optimism_bias: 1.2, borrowing: 0.04, provision_years: 30}
            weights: {2023: 0.5, 2024: 0.00001}

            """)
        try write("totals.csv", "january,plans,deviation,source\n2026,3000.5,0.00001,test\n")
        try write("capacity.csv", "year,assessments,source\n2026,500,\"a, b\"\n")
        try write("outturn.csv", "line,financial_year,amount,quality\nMainstream,2023-24,1000000.5,amber\n")
        try write("contributions.csv", "line,payer,share,starts,ends\nMS,health,0.2,2026-27,\n")
        try write(
            "places.csv",
            "provision,setting,needs,min_age,max_age,september,places,overfill\nOne,SS,ASD SEMH,4,15,2024,80,0.05\n")
        try write(
            "overflow.csv",
            "setting,need,age_band,order,to_setting,share,asks_again\nSS,ASD,11 to 15,1,IS,1,yearly\n")
        try write(
            "areas.csv",
            "area,area_set,min_age,max_age,need,children,share,spread,source,date,quality\nnorth,half,0,25,any,,0.4,0.1,t,2025,red\n"
                + "south,half,0,25,any,,0.6,,t,2025,red\na,town,5,10,ASD SEMH,7,,,t,2025,green\nb,town,5,10,ASD SEMH,0,,,t,2025,green\n"
        )
        try write(
            "out-of-area.csv",
            "setting,need,share,share_low,share_high,source,date,quality\nIS,SEMH,0.5,0.25,0.75,t,2025,red\n")
        let data = try read(path)
        #expect(data.areas.count == 4 && data.outOfArea.count == 1)
        #expect(data.description.title == "Derby: north #1" && data.description.provenance.count == 3)
        #expect(data.description.purpose == "a\\b \"c\"" && data.description.weights[2024] == 1e-5)
        #expect(data.places != nil && data.joiners.keys.count == 6 && data.money.outturn.count == 1)
        #expect(try readAgain(data) == data)
    }

    @Test func monthsOfAgeStayWhereTheyAreStated() throws {
        let folder = try TemporaryFolder()
        let path = try folder.copyModel("derby-care")
        try folder.write(
            "model/cohort.csv", "age,months,reason,placement,children\n0,11,ABU,IHF,2\n17,0,FAM,SUP,1\n")
        let data = try read(path)
        #expect(try readAgain(data) == data)
        guard case .given(let plans) = data.content else {
            Issue.record("a model of care gives its rates")
            return
        }
        #expect(plans.hasMonths && plans.cohort.count { $0 > 0 } == 2)
    }
}
