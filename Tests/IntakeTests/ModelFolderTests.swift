import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

@Suite struct ModelFolderTests {
    private static let good = [
        "transitions.csv": """
        calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2
        2020,NONSEND,NONSEND,3,MS,ASD,4
        2020,MS,ASD,4,MS,ASD,5
        2020,MS,SEMH,10,SPM,SEMH,11
        2020,SPM,ASD,21,NONSEND,NONSEND,22
        """,
        "population.csv": "calendar-year,academic-year,population\n2021,4,100\n2021,22,100\n",
        "valid-states.csv": """
        setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting
        MS,mainstream,-1,11,"ASD,SEMH",SPM
        SPM,special,-2,21,"ASD,SEMH","MS"
        """,
        "costs.csv": "need,setting,cost\nASD,MS,8662\nASD,SPM,26000.50\n",
    ]

    private func read(_ changes: [String: String?] = [:]) throws -> Checked<ModelFolder> {
        let folder = try TemporaryFolder()
        for (name, text) in Self.good.merging(changes.compactMapValues { $0 }, uniquingKeysWith: { $1 }) {
            if changes[name] == .some(nil) { continue }
            try folder.write(name, text)
        }
        return try ModelFolder.read(folder.path(""))
    }

    private func findings(_ changes: [String: String?]) throws -> [String] {
        do {
            return try read(changes).findings.map(\.description)
        } catch let problem as UnusableData {
            return problem.findings.map(\.description)
        }
    }

    @Test func fourFilesAreACompleteModel() throws {
        let folder = try read().value
        guard case .observed(let plans) = folder.content else {
            Issue.record("transitions.csv makes a model of observed plans")
            return
        }
        #expect(folder.space.need.codes == ["ASD", "SEMH"])
        #expect(folder.space.setting.codes == ["MS", "SPM"])
        #expect(plans.groups == ["mainstream", "special"])
        #expect(plans.transitions.rows.count == 4)
        #expect(plans.transitions.rows[3].age == 26)
        #expect(folder.costs["ASD", "SPM"]?.pence == 2_600_050)
        #expect(folder.costs["SEMH", "MS"] == nil)
        #expect(plans.permitted.allows(age: 15, need: 0, setting: 0))
        #expect(!plans.permitted.allows(age: 16, need: 0, setting: 0))
        #expect(folder.sources.count == 4)
    }

    @Test func everyFaultOfEveryFileIsReportedAtOnce() throws {
        let found = try findings([
            "costs.csv": nil, "population.csv": "calendar-year,academic-year,population\n2021,99,1\n",
            "transitions.csv": "\(TransitionsHeader.text)\n2020,MSS,ASD,4,MS,SEHM,5\n2020,MS,NONSEND,4,MS,ASD,5\n",
        ])
        for expected in [
            "costs.csv: there is no such file", "'99': a whole number from -5 to 25 was expected",
            "row 2, column setting-1: 'MSS' is not a setting of this model (valid-states.csv has MS, SPM). "
                + "Did you mean 'MS'?",
            "row 2, column need-2: 'SEHM' is not a need", "Did you mean 'SEMH'?",
            "setting-1 and need-1 must both be NONSEND, or neither",
        ] {
            #expect(found.contains { $0.contains(expected) }, "\(expected) in \(found)")
        }
    }

    @Test(arguments: [
        ("valid-states.csv", "x", "header lacks"), ("valid-states.csv", "", "empty"),
        ("costs.csv", "need,setting,cost\nASD,MS,-1\n", "from 0 to 2,000,000"),
        ("costs.csv", "need,setting,cost\nASD,MS,1e300\n", "from 0 to 2,000,000"),
        ("costs.csv", "need,setting,cost\nASD,MS,1\nASD,MS,2\n", "has a row already"),
        ("transitions.csv", "\(TransitionsHeader.text)\n", "no rows"),
        ("transitions.csv", "\(TransitionsHeader.text)\n2020,MS,ASD,99,MS,ASD,100\n", "'99'"),
        (
            "valid-states.csv",
            "setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting\nMS,m,9,3,ASD,FX\n",
            "above the highest"
        ),
        (
            "valid-states.csv",
            "setting,setting-group,min-academic-year,max-academic-year,needs,setting->setting\nMS,m,3,9,ASD,FX\n",
            "'FX' has no row of its own"
        ),
        ("model.yaml", "titel: x\n", "Did you mean 'title'?"), ("model.yaml", "horizon: many\n", "whole number"),
        ("model.yaml", "a: [\n", "not YAML"), ("model.yaml", "- 1\n", "keys with values"),
        ("model.yaml", "weights: {2020: 7}\n", "a share from 0 to 1"),
    ]) func brokenFilesAreExplained(file: String, text: String, expected: String) throws {
        let found = try findings([file: text])
        #expect(found.contains { $0.contains(file) && $0.contains(expected) }, "\(found)")
    }

    @Test func unknownKeysHaveTheirLine() throws {
        let found = try findings(["model.yaml": "title: x\nbase: 2021\nhorizn: 3\n"])
        #expect(
            found.contains { $0.contains("row 3, 'horizn': unknown key. Did you mean 'horizon'?") }, "\(found)")
    }

    @Test func agesOutsideAreLeftOutWithOneFinding() throws {
        let rows = (-5...25).map { "2021,\($0),10" }.joined(separator: "\n")
        let found = try findings(["population.csv": "calendar-year,academic-year,population\n\(rows)\n"])
        #expect(found.count { $0.contains("are left out (and 4 more rows)") } == 1)
    }

    @Test func aFolderThatIsNotThereIsSaidSo() {
        #expect(throws: UnusableData.self) { try ModelFolder.read("/nowhere/at/all") }
    }
}

enum TransitionsHeader {
    static let text = "calendar-year,setting-1,need-1,academic-year-1,setting-2,need-2,academic-year-2"
}
