import Finance
import Foundation
import Intake
import Oracles
import Studies
import Testing
import Vocabulary

/// Journeys to school: what a child in a setting costs by mode and distance, in a model of 60 children in special and 60 in mainstream schools.
@Suite struct TransportTests {
    private static let head =
        "line,setting,min_age,max_age,transported,near,far,out_of_county,pass,minibus,fleet,taxi,solo\n"
    private static let near = "Near,SS,0,15,0.8,0.75,0.25,0,0,0.5,0,0.5,0.2\n"
    private static let away = "Away,IS,0,15,0.9,0,0.5,0.5,0,0,0,1,0.5\n"
    private static let costs = """
        mode,near,far,out_of_county,price_year,index
        pass,500,600,700,2026-27,
        minibus,4000,6000,8000,2026-27,
        fleet,5000,7000,9000,2026-27,
        shared taxi,6000,9000,12000,2026-27,
        solo taxi,10000,15000,20000,2026-27,

        """
    /// By hand: a minibus for half of them, £4,500; a shared taxi for two fifths, £6,750; a taxi alone for a tenth, £11,250.
    private static let nearPrice = 0.8 * (0.5 * 4_500 + 0.4 * 6_750 + 0.1 * 11_250)
    /// Half of them in shared taxis, £10,500, and half alone, £17,500.
    private static let awayPrice = 0.9 * (0.5 * 10_500 + 0.5 * 17_500)

    private func model(
        _ rows: String = head + near + away, costs: String? = Self.costs, cohort: String? = nil,
        _ files: [String: String?] = [:]
    ) throws -> ToyModel {
        var all = files
        all["transport.csv"] = rows
        all["transport-costs.csv"] = costs
        if let cohort { all["cohort.csv"] = cohort }
        return try ToyModel(all)
    }

    private func spend(_ model: ToyModel) throws -> [String: Double] {
        let study = try PreparedStudy(folder: model.url.path)
        let budget = try ScenarioRuns(study, runs: 0..<16, seed: 1, threads: 1).result().budget
        let lines = study.accounts.lines.indices.map { number in
            (study.accounts.lines[number].name, budget.amounts(.line(number))[0].mean)
        }
        return Dictionary(uniqueKeysWithValues: lines)
    }

    @Test func aPriceIsTheSumOverModesAndDistances() throws {
        let model = try model()
        let study = try PreparedStudy(folder: model.url.path)
        let lines = study.accounts.lines.filter { $0.tag == CostLine.transport }
        #expect(lines.map(\.name) == ["Near", "Away"] && lines.allSatisfy { $0.payer == CostLine.generalFund })
        #expect(abs((lines[0].pounds[0] ?? 0) - Self.nearPrice) < 1e-9)
        #expect(abs((lines[1].pounds[0] ?? 0) - Self.awayPrice) < 1e-9)
        let spend = try spend(model)
        #expect(abs((spend["Near"] ?? 0) - 60 * Self.nearPrice) < 1e-6 && spend["Away"] == 0)
    }

    /// Twenty children who are in a state special school and not far away save the difference of the two rows, and nothing else of journeys.
    @Test func aPlaceNearHomeSavesTheDifference() throws {
        let away = try spend(model(cohort: "age,need,setting,plans\n6,ASD,SS,40\n6,ASD,IS,20\n6,ASD,MS,60\n"))
        let home = try spend(model(cohort: "age,need,setting,plans\n6,ASD,SS,60\n6,ASD,MS,60\n"))
        let saved = ["Near", "Away"].reduce(0.0) { $0 + (away[$1] ?? .nan) - (home[$1] ?? .nan) }
        #expect(abs(saved - 20 * (Self.awayPrice - Self.nearPrice)) < 1e-6 && saved > 0)
    }

    /// A row of ages pays for those alone; the toy's children are of age 6.
    @Test func agesAreKept() throws {
        let old = Self.near.replacingOccurrences(of: ",0,15,", with: ",16,19,")
        let none = try spend(model(Self.head + old))["Near"]
        #expect(none == 0)
        let band = Self.near.replacingOccurrences(of: ",0,15,", with: ",5,10,")
        let banded = try spend(model(Self.head + band))["Near"] ?? 0
        #expect(abs(banded - 60 * Self.nearPrice) < 1e-6)
    }

    @Test func faultsAreNamed() throws {
        func found(_ rows: String, costs: String? = Self.costs, _ files: [String: String?] = [:]) throws -> String {
            try model(Self.head + rows, costs: costs, files).findings().map { "\($0)" }.joined(separator: "\n")
        }
        let cases: [(rows: String, costs: String?, words: String)] = [
            ("a,SS,0,15,0.8,0.75,0.2,0,0,0.5,0,0.5,0.2\n", Self.costs, "near, far and out_of_county sum to 0.95"),
            ("a,SS,0,15,0.8,1,0,0,0,0.5,0,0.6,0.2\n", Self.costs, "pass, minibus, fleet and taxi sum to 1.1"),
            ("a,SS,0,12,0.8,1,0,0,0,0.5,0,0.5,0.2\n", Self.costs, "ages 0 to 12 are not made of the bands 0-4"),
            ("a,SS,0,15,8,1,0,0,0,0.5,0,0.5,0.2\n", Self.costs, "a share from 0 to 1 was expected"),
            ("a,SX,0,15,0.8,1,0,0,0,0.5,0,0.5,0.2\n", Self.costs, "'SX' is not a setting"),
            ("Fees,SS,0,15,0.8,1,0,0,0,0.5,0,0.5,0.2\n", Self.costs, "'Fees' is a line already"),
            (Self.near, nil, "it needs transport-costs.csv beside it"),
            (
                Self.near, Self.costs.replacingOccurrences(of: "solo taxi,10000,15000,20000,2026-27,\n", with: ""),
                "there is no row of solo taxi"
            ),
            (
                Self.near, Self.costs.replacingOccurrences(of: "20000,2026-27", with: "20000,2025-26"),
                "costs of row 2 are of another year"
            ),
            (Self.near, Self.costs + "pass,1,1,1,2026-27,\n", "row 2 is about 'pass' already"),
            (
                Self.near, Self.costs.replacingOccurrences(of: "4000,6000,8000", with: "40000,6000,8000"),
                "a minibus costs £40,000 a year; England's is £"
            ),
        ]
        for (rows, costs, words) in cases {
            let found = try found(rows, costs: costs)
            #expect(found.contains(words), "\(words)\n\(found)")
        }
        let twice = "line,setting,cost,unit,tag\nTop-ups,SS,5000,plan-year,\nBuses,SS,2000,plan-year,transport\n"
        let double = try found(Self.near, ["costs.csv": twice])
        #expect(double.contains("they count twice"))
        let sound = try found(Self.near + Self.away)
        #expect(!sound.contains("transport"), "\(sound)")
    }

    /// Over England's children under 16 who are transported, each family of modes costs what is published of it.
    @Test func modesCostWhatIsPublished() {
        let figures = TransportFigures.shipped
        let young = figures.groups.filter(\.isUnder16)
        for (modes, published) in [
            ([TransportMode.pass], 900.0), ([.minibus], 7_000), ([.fleet], 7_600), ([.sharedTaxi, .soloTaxi], 10_700),
        ] {
            var (users, pounds) = (0.0, 0.0)
            for group in young {
                for mode in modes {
                    guard let cost = figures.costs.first(where: { $0.mode == mode }) else { continue }
                    let own = group.users * (group.row.modes[mode] ?? 0)
                    users += own
                    pounds +=
                        own
                        * (group.row.near * cost.near + group.row.far * cost.far
                            + group.row.outOfCounty * cost.outOfCounty)
                }
            }
            #expect(abs(pounds / users - published) < 0.01, "\(modes)")
        }
        let solo = figures.costs.first { $0.mode == .soloTaxi }?.near ?? 0
        let shared = figures.costs.first { $0.mode == .sharedTaxi }?.near ?? 0
        #expect(abs(solo / shared - 1.6) < 1e-9)
        // What all users together cost is published too: £8,800, of other authorities than those that gave modes.
        let england = GivenTransport(rows: figures.groups.map(\.row), costs: figures.costs)
        let users = young.reduce(0) { $0 + $1.users }
        let all = young.reduce(0) { $0 + $1.users * england.price(of: $1.row) / $1.row.transported }
        #expect(abs(all / users / 8_800 - 1) < 0.05, "\(all / users)")
    }
}
