import Foundation
import Oracles
import Studies
import Vocabulary

/// A small model with certain figures: 60 children of age 6 in special schools at £5,250, 60 in mainstream at £2,000, nobody joins, leaves or
/// moves, and a block of £500,000.
final class ToyModel {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("toy-\(UUID().uuidString)")

    /// - Parameter files: files to be written in place of the model's own; none where `nil`.
    init(_ files: [String: String?] = [:]) throws {
        for folder in ["rates", "scenarios"] {
            try FileManager.default.createDirectory(
                at: url.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        for (name, text) in Self.files.merging(files, uniquingKeysWith: { $1 }) {
            try text?.write(to: url.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Everything that is noticed, whether or not it stops the model.
    func findings(accepting names: [String] = []) -> [Finding] {
        do {
            return try PreparedStudy(folder: url.path, accepting: names).findings
        } catch {
            return error.findings
        }
    }

    /// All that is said of the scenario `s`, and whether it stops.
    func findings(ofLever lever: String) throws -> [Finding] {
        try "scenario: s\nlevers:\n  - name: lever\n    \(lever)\n".write(
            to: url.appendingPathComponent("scenarios/s.yaml"), atomically: true, encoding: .utf8)
        let study = try PreparedStudy(folder: url.path)
        do {
            let scenario = try study.scenarios(["s"])[0].scenario
            return scenario.findings + LeverReach(study, study.model(seed: 1, runs: 16)).findings(scenario)
        } catch {
            return error.findings
        }
    }

    static let files: [String: String?] = [
        "model.yaml": "title: Toy\nbase: 2026\nhorizon: 4\nruns: 40\nseed: 1\ngrowth: none\n",
        "cohort.csv": "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,60\n",
        "settings.csv": """
        setting,name,group,min_age,max_age,in_area,scap,dsg,reform
        MS,Mainstream,mainstream,0,25,yes,,,
        SS,Special,state special,4,19,yes,SS,,
        IS,Independent special,independent special,4,25,no,IN,,

        """,
        "needs.csv": "need,name,dsg,reform\nASD,ASD,,\nHI,HI,,\n",
        "population.csv": "january,age,population\n"
            + (2026...2030).flatMap { year in (0...25).map { "\(year),\($0),1000\n" } }.joined(),
        "rates/entry.csv": "age,need,setting,share,weight,source\nany,any,MS,1,1000000,toy\n",
        "rates/joiners.csv": "age,need,rate,weight,source\nany,any,0,1000000,toy\n",
        "rates/leavers.csv": "age,need,setting,rate,weight,source\nany,any,any,0,1000000,toy\n",
        "rates/movers.csv": "age,need,setting,to_setting,rate,weight,source\nany,any,MS,SS,0,1000000,toy\n",
        "costs.csv": "line,setting,cost,unit,price_year,index\nTop-ups,SS,5000,plan-year,2025-26,pay\n"
            + "Fees,MS,2000,plan-year,,\n",
        "inflation.csv": "index,financial_year,factor\npay,2026-27,1.05\npay,2027-28,1.03\n",
        "funding.csv": "financial_year,item,amount\n2025-26,high needs block,500000\n2026-27,opening balance,-500000\n",
    ]

    /// A model of children in care: 100 of 17 and 50 of 16 on 31 March 2025, and nobody starts, moves or leaves before the 18th birthday; care
    /// leavers of 18 to 20.
    static let careLeavers = "age,people,stays,source,date,quality\n18,40,1,toy,2025,amber\n19,30,1,toy,2025,amber\n"
    static let accommodation =
        "accommodation,min_age,max_age,share,cost,source,date,quality\nstaying put,18,18,1,100,toy,2025,amber\n"
        + "independent living,19,20,1,0,toy,2025,red\n"
    static let care: [String: String?] = [
        "model.yaml": "title: Toy\nservice: care\nbase: 2025\nhorizon: 3\nruns: 16\nseed: 1\ngrowth: none\n",
        "cohort.csv": "age,months,reason,placement,children\n17,6,ABU,IHF,100\n16,6,ABU,IHF,50\n",
        "settings.csv": nil, "needs.csv": nil, "inflation.csv": nil, "funding.csv": nil,
        "placements.csv":
            "placement,name,group,min_age,max_age,in_area\nIHF,In-house,fostering,0,17,yes\nHOM,Homes,homes,0,17,no\n",
        "reasons.csv": "reason,name\nABU,Abuse or neglect\n",
        "population.csv": "march,age,population\n"
            + (2025...2028).flatMap { year in (0...17).map { "\(year),\($0),1000\n" } }.joined(),
        "rates/entry.csv": "age,reason,placement,share,weight,source\nany,any,IHF,1,1000000,toy\n",
        "rates/joiners.csv": "age,reason,rate,weight,source\nany,any,0,1000000,toy\n",
        "rates/leavers.csv": "age,reason,placement,rate,weight,source\nany,any,any,0,1000000,toy\n",
        "rates/movers.csv": "age,reason,placement,to_placement,rate,weight,source\nany,any,IHF,HOM,0,1000000,toy\n",
        "costs.csv": "line,placement,cost,unit\nFostering,IHF,100,child-week\nHomes,HOM,1000,child-week\n"
            + "Support,any,10,care-leaver-week\n",
        "care-leavers.csv": careLeavers + "20,20,1,toy,2025,red\n", "accommodation.csv": accommodation,
    ]
}
