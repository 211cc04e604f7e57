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
}
