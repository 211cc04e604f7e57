import Calibration
import Foundation
import Growth
import Intake
import Oracles
import Studies
import Testing

/// Pupils by primary need from "Special educational needs in England", in the layouts of several releases.
@Suite struct NeedHistoryTests {
    private let needs = Classification.standard.needs

    private func read(_ text: String) throws -> NeedHistory {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("needs-\(UUID().uuidString).csv")
        try text.write(to: url, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: url) }
        return try NeedHistory.read(url.path, needs: needs).value
    }

    private static let identity = "time_period,time_identifier,geographic_level,old_la_code,la_name"

    /// The layout of 2025: phases, other kinds of support, and needs in words.
    @Test func aLongLayoutIsSummedOverPhases() throws {
        let history = try read(
            """
            \(Self.identity),phase_type_grouping,sen_status,sen_primary_need,number_of_pupils
            202425,Academic year,National,,,Total,EHC plan/Statement,Autistic Spectrum Disorder,1000
            202425,Academic year,Local authority,394,Sunderland,State-funded primary,EHC plan/Statement,Autistic Spectrum Disorder,300
            202425,Academic year,Local authority,394,Sunderland,State-funded secondary,EHC plan/Statement,Autistic Spectrum Disorder,200
            202425,Academic year,Local authority,394,Sunderland,State-funded primary,SEN support / SEN without an EHC plan,Autistic Spectrum Disorder,999
            202425,Academic year,Local authority,394,Sunderland,State-funded primary,EHC plan/Statement,"Social, Emotional and Mental Health",x
            202324,Academic year,Local authority,394,Sunderland,State-funded primary,EHC plan/Statement,"Social, Emotional and Mental Health",120
            202324,Academic year,Regional,,,State-funded primary,EHC plan/Statement,Hearing Impairment,7
            202324,Academic year,Local authority,394,Sunderland,State-funded primary,EHC plan/Statement,Total,500
            """)
        #expect(history.pupils["394"]?["ASD"] == [2025: 500])
        #expect(history.pupils["394"]?["SEMH"] == [2024: 120])
        #expect(history.pupils[""]?["ASD"] == [2025: 1_000])
        #expect(history.pupils["394"]?.count == 2)
    }

    /// The layout of 2026: other names of columns, a secondary need of which the total is taken, totals of phases.
    @Test func laterNamesAndTotalsAreKnown() throws {
        let history = try read(
            """
            \(Self.identity),phase_type_grouping,sen_provision,sen_primary_need,sen_secondary_need,pupil_count
            202526,Academic year,Local authority,394,Sunderland,Total,"Education, health and care plan",Autistic spectrum disorder,All pupils,600
            202526,Academic year,Local authority,394,Sunderland,Special school,"Education, health and care plan",Autistic spectrum disorder,All pupils,400
            202526,Academic year,Local authority,394,Sunderland,Total,"Education, health and care plan",Autistic spectrum disorder,Hearing impairment,8
            202526,Academic year,Local authority,394,Sunderland,Total,SEN support,Autistic spectrum disorder,All pupils,900
            """)
        #expect(history.pupils["394"]?["ASD"] == [2026: 600])
    }

    @Test func aWideLayoutHasAColumnForEachNeed() throws {
        let history = try read(
            """
            \(Self.identity),EHC_Primary_need_asd,EHC_Primary_need_semh,SUP_Primary_need_asd
            202425,Academic year,Local authority,394,Sunderland,510,130,77
            """)
        #expect(history.pupils["394"]?["ASD"] == [2025: 510])
        #expect(history.pupils["394"]?["SEMH"] == [2025: 130])
    }

    @Test func anotherFileIsRefusedWithWhatIsMissing() {
        #expect {
            _ = try read("time_period,geographic_level\n202425,National\n")
        } throws: { error in
            "\(error)".contains("old_la_code")
        }
        #expect {
            _ = try read(
                "\(Self.identity),sen_status,sen_primary_need,number_of_pupils\n202425,,National,,,No SEN,Total,5\n")
        } throws: { error in
            "\(error)".contains("no row is about pupils with a plan")
        }
    }

    /// Where autism grows twice as fast as other needs, a model's joiners with autism do; and the total stays that of the panel.
    @Test func joinersFollowTheMixOfNeeds() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("needs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try MadeRelease().write(to: folder)
        let release = try NationalRelease.read(folder.path).value
        let people = try PublishedPopulation.read(["\(folder.path)/population.csv"]).value
        var text = Self.identity + ",sen_status,sen_primary_need,number_of_pupils\n"
        for year in 2016...2025 {
            for area in release.areas {
                let level = area.isNational ? "National" : "Local authority"
                for (need, growth) in [("ASD", 0.12), ("SEMH", 0.02)] {
                    let pupils = Int(1_000 * exp(growth * Double(year - 2016)))
                    text +=
                        "\(year - 1)\(year % 100),x,\(level),\(area.number),\(area.name),EHC plan,\(need),\(pupils)\n"
                }
            }
        }
        let history = ReleaseHistory([release], children: people, needs: try read(text))
        let plain = ReleaseHistory([release], children: people)
        var choices = CalibratedAuthority.Choices()
        choices.horizon = 4
        let area = try release.area("Town 7")
        let model = try Calibrator(release, history: plain, choices: choices).calibrate(area, population: people)
        let (asd, semh) = (
            try #require(model.space.need.position(of: "ASD")), try #require(model.space.need.position(of: "SEMH"))
        )
        let alike = try #require(JoinerFactors(model, history: plain))
        let apart = try #require(JoinerFactors(model, history: history))
        #expect(!alike.isByNeed && apart.isByNeed)
        #expect(alike.factors[2][asd] == alike.factors[2][semh])
        #expect(apart.factors[2][asd] > apart.factors[2][semh])
        let forecasts = [plain, history].map {
            GrowthForecast(
                model, needs: ["ASD", "SEMH"], history: $0, knowsPopulation: true, runs: 400, seed: 3, threads: 2)
        }
        let totals = forecasts.map { $0.series[0].forecast[3].plans.mean }
        #expect(abs(totals[0] / totals[1] - 1) < 0.01)
        #expect(forecasts[1].series[1].forecast[3].plans.mean > forecasts[0].series[1].forecast[3].plans.mean)
    }
}
