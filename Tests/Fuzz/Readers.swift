import Formats
import Foundation
import Intake
import Oracles
import Outputs
import Publishing
import Queues
import Studies
import Vocabulary

/// Files that lie in one folder, and the reader that is given them with one of them spoilt.
struct Reader {
    /// Whole files, by name.
    let files: [String: Data]
    /// Reads the folder, of which a file was spoilt; may refuse.
    let read: (_ folder: String, _ file: String) throws -> Void

    static let all: [String: @Sendable () throws -> Reader] = [
        "model": model, "results": results, "sen2": sen2, "care": care, "release": release, "population": population,
        "published": published, "queue": queue, "packed": packed,
    ]

    private init(_ texts: [String: String], _ read: @escaping (String, String) throws -> Void) {
        self.init(texts.mapValues { Data($0.utf8) }, read)
    }

    private init(_ files: [String: Data], _ read: @escaping (String, String) throws -> Void) {
        self.files = files
        self.read = read
    }

    private static let scenario = """
        scenario: s
        title: More children leave
        owner: SEND
        levers:
          - multiply: leavers
            where: {setting: [SS], age: 5-11}
            by: {low: 1.1, likely: 1.2, high: 1.3}
            starts: 2027
            ramp: 2
            source: made up

        """

    @Sendable private static func model() -> Reader {
        Reader(SmallModel.files.merging(["scenarios/s.yaml": scenario]) { $1 }) { folder, _ in
            _ = try PreparedStudy(folder: folder).scenarios(["s"])
        }
    }

    @Sendable private static func results() throws -> Reader {
        let files = try model().files
        let folder = try Scratch(files)
        let study = try PreparedStudy(folder: folder.path)
        let runs = ScenarioRuns(study, runs: 0..<16, seed: 1, threads: 1)
        let (baseline, scenarios) = try runs.results(of: study.scenarios(["s"]).map(\.scenario))
        let manifest = Manifest(
            [baseline] + scenarios.map(\.result), program: .init(version: "1", commit: "c", toolchain: "t", blas: "b"),
            request: .init(command: ["sendcast"], seed: 1, threads: 1, uncertainty: "full"),
            started: Date(timeIntervalSince1970: 0), ended: Date(timeIntervalSince1970: 1))
        let made = ResultFiles.files(baseline, scenarios: scenarios, manifest: manifest)
        let tables = Dictionary(made.map { ($0.name, $0.data) }, uniquingKeysWith: { $1 })
        return Reader(tables) { folder, _ in
            let tables = try ResultTables(folder: folder)
            let page = try String(decoding: Report(tables).page, as: UTF8.self)
            precondition(!page.contains("£nan") && !page.contains("£inf"), "a report shows a figure that is none")
            _ = try AssuranceStatement(tables).markdown
        }
    }

    @Sendable private static func sen2() throws -> Reader {
        let folder = try Scratch([:])
        try MadeReturns().write(to: folder.path)
        return try Reader(folder.files()) { folder, _ in
            _ = try Sen2Records.read(
                .init(
                    returns: ["\(folder)/2025", "\(folder)/2026"], register: "\(folder)/register.csv",
                    links: "\(folder)/register-links.csv", key: "\(folder)/key"))
        }
    }

    @Sendable private static func care() -> Reader {
        var header = "CHILD,SEX,DOB,ETHNIC\n"
        var episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
        for child in 1...4 {
            header += "\(child),1,15/06/\(2_010 + child),WBRI\n"
            episodes += "\(child),0\(child)/05/2023,S,C2,N1,U4,PR1,\(child == 4 ? "10/01/2024,E4A" : ",")\n"
        }
        return Reader(["2024/header.csv": header, "2024/episodes.csv": episodes]) { folder, _ in
            _ = try CareEpisodes.read(folder)
        }
    }

    @Sendable private static func release() -> Reader {
        let files = MadeRelease(.of2025, towns: 1).files
        return Reader(Dictionary(files.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })) { folder, file in
            _ = try NationalRelease.read("\(folder)/\(file)")
        }
    }

    @Sendable private static func population() -> Reader {
        var made = MadePopulation()
        made.ages = 0...20
        let files = [
            "projection.csv": made.projection(), "series.csv": made.series(), "sheet.csv": made.sheet(2024),
            "long.csv": made.long(), "sexes.csv": made.projection(sexes: ["males", "females"]),
        ]
        return Reader(files) { folder, file in _ = try PublishedPopulation.read(["\(folder)/\(file)"]) }
    }

    @Sendable private static func published() -> Reader {
        let neighbours = (1...10).map { "SN_\($0),SN_\($0)P" }.joined(separator: ",")
        let files = [
            "pupils.csv": """
            time_period,geographic_level,old_la_code,phase_type_grouping,type_of_establishment,hospital_school,total_pupils,sen_support,ehc_plan
            202425,National,,Total,Total,Total,9000000,1200000,480000
            202425,Local authority,500,Total,Total,Total,40000,c,2000

            """,
            "register.csv": """
            URN,LA (code),GSSLACode (name),EstablishmentName,TypeOfEstablishment (code),EstablishmentStatus (code),StatutoryLowAge,StatutoryHighAge,SchoolCapacity,NumberOfPupils,SENStat,SEN1 (name),SEN2 (name),TypeOfResourcedProvision (name),ResourcedProvisionOnRoll,ResourcedProvisionCapacity,SenUnitOnRoll,SenUnitCapacity
            1,936,E10000030,St Joan’s,7,1,11,16,90,88,85,ASD - Autistic Spectrum Disorder,,Not applicable,,,,
            3,936,E10000030,Big Primary,34,1,3,11,420,400,12,,,Resourced provision and SEN unit,9,10,,14

            """,
            "spend.csv": "area,financial_year,spend\n936,2023-24,1000000\n",
            "series.csv": "area,january,plans,children\nSurrey,2020,10000,270000\nSurrey,2021,11000,270000\n",
            "outturn.csv": """
            time_period,time_identifier,geographic_level,old_la_code,main_category,category_of_expenditure,early_years_establishments,primary_schools,secondary_schools,sen_and_special_schools,pupil_referral_units_and_alt_provision,post_16,gross_expenditure,income,net_expenditure
            202526,Financial year,Local authority,936,High needs,1.2.3 Top-up funding - independent providers,0,1,2,3,4,5,15,0,15

            """,
            "neighbours.csv": "old_la_code,la_name,\(neighbours)\n500,Town,"
                + (501...510).map { "\($0),Close" }.joined(separator: ",") + "\n",
        ]
        return Reader(files) { folder, file in
            let path = "\(folder)/\(file)"
            switch file {
            case "pupils.csv": _ = try PupilTable.read(path)
            case "register.csv": _ = try SchoolRegister.read(path, codes: ["E10000030"], number: "936")
            case "spend.csv": _ = try SpendTable.read(SourceFile(path))
            case "series.csv": _ = try SeriesTable.read(SourceFile(path))
            case "outturn.csv": _ = try FinanceTables.read(path)
            default: _ = try StatisticalNeighbours.read(path)
            }
        }
    }

    @Sendable private static func queue() -> Reader {
        let queue = """
            queue: Assessments
            months: 24
            stages:
              - name: assessment
                arrivals: 25
                growth: 0.02
                staff: 10
                days: 7
                variation: 0.5
                waiting: 40
                waited: 6
                in_service: 8
            priorities:
              - name: early years
                share: 0.2
              - name: others
                share: 0.8

            """
        return Reader(["queue.yaml": queue]) { folder, _ in _ = try QueueDescription.read("\(folder)/queue.yaml") }
    }

    @Sendable private static func packed() throws -> Reader {
        let workbook = try Data(contentsOf: URL(fileURLWithPath: Oracles.file("estimates.xlsx")))
        let table = Data("area,financial_year,spend\n936,2023-24,1000000\n".utf8)
        return Reader(["book.xlsx": workbook, "spend.csv.gz": Archive.gzipped(table)]) { folder, file in
            let source = try SourceFile("\(folder)/\(file)")
            guard file == "book.xlsx" else { return _ = SpendTable.read(source) }
            let workbook = try Workbook(source)
            for sheet in workbook.sheets { _ = try workbook.table(of: sheet) }
        }
    }
}
