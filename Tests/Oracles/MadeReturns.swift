import Foundation

/// Returns on plans (SEN2) of a made-up authority, 999, with six people: the example of the project's design, which says what must come out.
///
/// Every part can be changed before it is written, so that tests break one thing at a time.
public struct MadeReturns {
    /// The files of one return: header and rows, by file.
    public typealias Export = [String: [String]]

    /// By year.
    public var exports: [Int: Export]
    /// The register of schools.
    public var register: [String]
    /// Links between schools.
    public var links: [String]
    /// The days of the exports.
    private static let exported = [2025: "07-03-2025", 2026: "12-03-2026"]
    /// The files of an export.
    public static let modules = [
        "sen2", "person", "requests", "assessment", "namedplan", "plandetail", "activeplans", "placementdetail",
        "senneed",
    ]

    /// The example.
    public init() {
        exports = [2025: Self.parts(first), 2026: Self.parts(second)]
        register = Self.rows(schools)
        links = Self.rows(successors)
    }

    private static func rows(_ text: String) -> [String] {
        text.split(separator: "\n").flatMap { $0.components(separatedBy: " ; ") }
    }

    private static func parts(_ text: String) -> Export {
        var export: Export = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            let rows = parts[1].dropFirst().components(separatedBy: " ; ")
            export[String(parts[0])] = [header(String(parts[0]))] + rows
        }
        return export
    }

    private static func header(_ module: String) -> String { headers[module] ?? "" }

    /// Changes one cell of a return.
    /// - Parameter key: the first cell of the row.
    public mutating func set(_ year: Int, _ module: String, _ key: String, _ column: String, _ value: String) {
        guard let names = exports[year]?[module]?.first?.components(separatedBy: ","),
            let place = names.firstIndex(of: column),
            let row = exports[year]?[module]?.firstIndex(where: { $0.hasPrefix("\(key),") })
        else { preconditionFailure("no \(module) \(key) \(column)") }
        var cells = exports[year]?[module]?[row].components(separatedBy: ",") ?? []
        cells[place] = value
        exports[year]?[module]?[row] = cells.joined(separator: ",")
    }

    /// Adds a row to a file of a return.
    public mutating func add(_ year: Int, _ module: String, _ row: String) { exports[year]?[module]?.append(row) }

    /// Takes a row off.
    public mutating func remove(_ year: Int, _ module: String, _ key: String) {
        exports[year]?[module]?.removeAll { $0.hasPrefix("\(key),") }
    }

    /// Adds people to every return, who were born on a day, have had a plan since 2019, and are where they always were.
    /// - Parameter first: the first of their keys.
    public mutating func addPeople(
        _ count: Int, from first: Int = 1_000, born: String = "2017-05-04", school: String = "900001",
        postcode: String = "ZZ2 2ZZ"
    ) {
        for year in exports.keys {
            for person in first..<first + count {
                let upn = Self.upn(person)
                add(year, "person", "\(person),1,Added,A\(person),\(born),F,WBRI,\(postcode),\(upn),,")
                add(year, "requests", "\(person),\(person),,,,,H,,,")
                add(year, "assessment", "\(person),\(person),H,,,,,,")
                add(year, "namedplan", "\(person),\(person),2019-03-04,,,0,0,,,")
                add(year, "activeplans", "\(person),\(person),,,,,,,")
                add(year, "placementdetail", "\(person),\(person),\(school),,,,1,2019-03-04,,0,0,,")
                add(year, "senneed", "\(person),\(person),SLCN,1")
            }
        }
    }

    /// A valid UPN of the authority.
    public static func upn(_ number: Int) -> String {
        let digits = "999\(200_000_000 + number)".compactMap(\.wholeNumberValue)
        let letters = Array("ABCDEFGHJKLMNPQRTUVWXYZ")
        let sum = zip(digits, 2...13).reduce(0) { $0 + $1.0 * $1.1 }
        return "\(letters[sum % 23])\(digits.map(String.init).joined())"
    }

    /// The text of a file as the collection system writes it: days in words, and the columns that every file has.
    public func text(_ year: Int, _ module: String) -> String {
        let rows = exports[year]?[module] ?? []
        let whole = rows.enumerated().map { number, row in
            number == 0 ? "NativeId,\(module)orderseqcolumn,sourceid,\(row)" : "999,\(number),,\(row)"
        }
        return whole.map(Self.withDays).joined(separator: "\r\n") + "\r\n"
    }

    private static func withDays(_ row: String) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return row.components(separatedBy: ",").map { cell in
            guard let match = cell.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)( [\d:]+)?/), let month = Int(match.2) else {
                return cell
            }
            return "\(match.1)-\(months[month - 1])-\(match.3)\(match.4 ?? " 00:00:00")"
        }.joined(separator: ",")
    }

    /// The name of a file of an export.
    public static func name(_ year: Int, _ module: String) -> String {
        "Blade-Export_\(exported[year] ?? "")_\(module).csv"
    }

    /// Writes all returns, the register, its links and a population into a folder.
    public func write(to folder: String) throws {
        for (year, export) in exports {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(year)", withIntermediateDirectories: true)
            for module in export.keys {
                try Data(text(year, module).utf8).write(
                    to: URL(fileURLWithPath: "\(folder)/\(year)/\(Self.name(year, module))"))
            }
        }
        for (name, rows) in [("register.csv", register), ("register-links.csv", links), ("population.csv", people)] {
            try Data((rows.joined(separator: "\r\n") + "\r\n").utf8).write(
                to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
    }

    /// A return in its other form, XML: nested, without keys, and without items that are empty.
    public func document(_ year: Int) -> String {
        let names = [
            "person": "Person", "requests": "Requests", "assessment": "Assessment", "namedplan": "NamedPlan",
            "plandetail": "PlanDetail", "activeplans": "ActivePlans", "placementdetail": "PlacementDetail",
            "senneed": "SENneed",
        ]
        let children = [
            "person": ["requests"], "requests": ["assessment", "activeplans"], "assessment": ["namedplan"],
            "namedplan": ["plandetail"], "activeplans": ["placementdetail", "senneed"],
        ]
        func items(_ module: String, _ row: String) -> String {
            let columns = exports[year]?[module]?[0].components(separatedBy: ",") ?? []
            return zip(columns, row.components(separatedBy: ",")).filter { name, cell in
                !cell.isEmpty && !name.hasSuffix("tableid")
            }.map { "<\($0)>\($1)</\($0)>" }.joined()
        }
        func elements(_ module: String, of parent: String?) -> String {
            let rows = (exports[year]?[module] ?? []).dropFirst()
            return rows.map { row -> String in
                let cells = row.components(separatedBy: ",")
                if let parent, cells[1] != parent { return "" }
                let inner = (children[module] ?? []).map { elements($0, of: cells[0]) }.joined()
                let name = names[module] ?? module
                return "<\(name)>\(items(module, row))\n\(inner)</\(name)>\n"
            }.joined()
        }
        return
            "<Message><Header><Source>\(items("sen2", exports[year]?["sen2"]?[1] ?? ""))</Source></Header>\n<Persons>"
            + elements("person", of: nil) + "</Persons></Message>"
    }

    /// Three thousand people of every age and more, in every mid-year.
    private var people: [String] {
        ["area_code,year,age,population"]
            + (2023...2036).flatMap { year in (0...25).map { "E06000999,\(year),\($0),\(3_000 + 10 * $0)" } }
    }

    /// Everything in the returns that tells who somebody is.
    public var identifiers: Set<String> {
        var found: Set<String> = []
        for export in exports.values {
            let rows = export["person"] ?? []
            let names = rows[0].components(separatedBy: ",")
            for row in rows.dropFirst() {
                for (name, cell) in zip(names, row.components(separatedBy: ",")) where !cell.isEmpty {
                    if ["surname", "forename", "postcode", "upn", "uniquelearnernumber"].contains(name) {
                        found.insert(cell)
                    }
                    if name == "personbirthdate" { found.formUnion(Self.spellings(cell)) }
                }
            }
        }
        return found
    }

    private static func spellings(_ day: String) -> [String] {
        let parts = day.components(separatedBy: "-")
        return [day, parts.reversed().joined(separator: "/"), withDays(day), parts.joined()]
    }
}

private let headers = [
    "sen2":
        "sen2tableid,collection,year,referencedate,sourcelevel,lea,softwarecode,release,serialno,datetime,dmo,dco,dsco",
    "person":
        "persontableid,sen2tableid,surname,forename,personbirthdate,sex,ethnicity,postcode,upn,uniquelearnernumber,upnunknown",
    "requests":
        "requeststableid,persontableid,receiveddate,requestsource,rya,requestoutcomedate,requestoutcome,requestmediation,requesttribunal,exported",
    "assessment":
        "assessmenttableid,requeststableid,assessmentoutcome,assessmentoutcomedate,assessmentmediation,assessmenttribunal,othermediation,othertribunal,week20",
    "namedplan": "namedplantableid,assessmenttableid,startdate,planres,planwbp,pb,oa,dp,ceasedate,ceasereason",
    "plandetail":
        "plandetailtableid,namedplantableid,urn,ukprn,sensetting,sensettingother,placementrank,senunitindicator,resourcedprovisionindicator",
    "activeplans":
        "activeplanstableid,requeststableid,transferla,reviewmeeting,reviewoutcome,reviewdraft,phasetransferduedate,phasetransferfinaldate,lastreview",
    "placementdetail":
        "placementdetailtableid,activeplanstableid,urn,ukprn,sensetting,sensettingother,placementrank,entrydate,leavingdate,senunitindicator,resourcedprovisionindicator,res,wbp",
    "senneed": "senneedtableid,activeplanstableid,sentype,sentyperank",
]

private let first = """
    sen2: 1,SEN2,2025,2025-01-16,L,999,made up,1,1,2025-03-07 09:00:00,,,
    person: 101,1,Made,One,2014-05-04,M,WBRI,ZZ1 1ZZ,H999000118001,, ; 102,1,Made,Two,2012-09-15,F,WBRI,ZZ1 1ZZ,X999000118002,, ; 103,1,Made,Three,2006-11-20,M,WBRI,ZZ1 1ZZ,L999000118003,9990000017, ; 104,1,Made,Four,2016-02-29,F,WBRI,ZZ1 1ZZ,A999000118004,, ; 105,1,Made,Five,2021-11-02,M,WBRI,ZZ1 1ZZ,,,UN1
    requests: 111,101,,,,,H,,, ; 112,102,,,,,H,,, ; 113,103,,,,,H,,, ; 114,104,,,,,H,,, ; 115,105,2024-12-02,2,0,,A,,,
    assessment: 121,111,H,,,,,, ; 122,112,H,,,,,, ; 123,113,H,,,,,, ; 124,114,H,,,,,,
    namedplan: 131,121,2018-02-05,,,0,0,,, ; 132,122,2017-06-12,,,0,0,,, ; 133,123,2015-01-20,,,0,0,,, ; 134,124,2022-11-30,,,0,0,,,
    plandetail: 141,131,900001,,,,1,0,0 ; 142,132,900002,,,,1,0,1 ; 143,133,,10099001,,,1,0,0 ; 144,134,900008,,,,1,0,0
    activeplans: 151,111,,2024-10-08,,,,,2024-11-01 ; 152,112,,,,,,, ; 153,113,,,,,,, ; 154,114,,,,,,,
    placementdetail: 161,151,900001,,,,1,2018-09-03,,0,0,, ; 162,152,900002,,,,1,2024-09-03,,0,1,, ; 163,153,,10099001,,,1,2023-09-04,,0,0,, ; 164,154,900008,,,,1,2020-09-02,,0,0,,
    senneed: 171,151,ASD,1 ; 172,151,SLCN,2 ; 173,152,SLCN,1 ; 174,153,MLD,1 ; 175,154,SEMH,1
    """

private let second = """
    sen2: 2,SEN2,2026,2026-01-15,L,999,made up,1,1,2026-03-12 09:00:00,,,
    person: 201,2,Made,Two,2012-09-15,F,WBRI,ZZ1 1ZZ,X999000118002,, ; 202,2,Made,One,2014-05-04,M,WBRI,ZZ1 1ZZ,H999000118001,, ; 203,2,Made,Three,2006-11-20,M,WBRI,ZZ1 1ZZ,,9990000017, ; 204,2,Made,Four,2016-02-29,F,WBRI,ZZ1 1ZZ,A999000118004,, ; 205,2,Made,Six,2009-08-31,F,WBRI,ZZ1 1ZZ,D999000118006,, ; 206,2,Made,Five,2021-11-02,M,WBRI,ZZ1 1ZZ,P999000118005,,
    requests: 211,201,,,,,H,,, ; 212,202,,,,,H,,, ; 213,203,,,,,H,,, ; 214,204,,,,,H,,, ; 215,205,,,,,H,,, ; 216,206,2024-12-02,2,0,2025-01-10,Y,0,0,
    assessment: 221,211,H,,,,,, ; 222,212,H,,,,,, ; 223,213,H,,,,,, ; 224,214,H,,,,,, ; 225,215,H,,,,,, ; 226,216,Y,2025-04-14,0,0,0,0,0
    namedplan: 231,221,2017-06-12,,,0,0,,, ; 232,222,2018-02-05,,,0,0,,, ; 233,223,2015-01-20,,,0,0,,2025-07-31,4 ; 234,224,2022-11-30,,,0,0,,2025-10-20,5 ; 235,225,2019-03-12,A,,0,0,,, ; 236,226,2025-04-14,,,0,0,,,
    plandetail: 241,231,900003,,,,1,0,1 ; 242,232,900004,,,,1,0,0 ; 243,233,,10099001,,,1,0,0 ; 244,234,900008,,,,1,0,0 ; 245,235,900006,,,,1,0,0 ; 246,236,,,EYP,,1,0,0
    activeplans: 251,211,,,,,,, ; 252,212,,,,,2025-02-15,2025-02-14, ; 253,213,,,,,,, ; 254,214,,,,,,, ; 255,215,998,,,,,, ; 256,216,,,,,,,
    placementdetail: 261,251,900002,,,,1,2024-09-03,2025-08-31,0,1,, ; 262,251,900003,,,,1,2025-09-01,,0,1,, ; 263,251,900007,,,,2,2025-11-03,,0,0,, ; 264,252,900001,,,,1,2018-09-03,2025-07-22,0,0,, ; 265,252,900004,,,,1,2025-09-02,,0,0,, ; 266,253,,10099001,,,1,2023-09-04,,0,0,, ; 267,254,900008,,,,1,2020-09-02,2025-10-20,0,0,, ; 268,255,900006,,,,1,2021-09-06,,0,0,A, ; 269,256,,,EYP,,1,2025-05-06,,0,0,,
    senneed: 271,251,ASD,1 ; 272,251,SLCN,2 ; 273,252,ASD,1 ; 274,252,SLCN,2 ; 275,253,MLD,1 ; 276,254,SEMH,1 ; 277,255,SEMH,1 ; 278,256,SLCN,1
    """

private let schools = """
    URN,UKPRN,LA (code),TypeOfEstablishment (code),OpenDate,CloseDate,StatutoryLowAge,StatutoryHighAge,SchoolCapacity,NumberOfPupils,SENStat,TypeOfResourcedProvision (name),ResourcedProvisionCapacity,SEN1 (name),GSSLACode (name)
    900001,,999,01,,,3,11,420,400,,Not applicable,,,E06000999
    900002,,999,01,,31-08-2025,11,16,900,870,,Resourced provision,16,,E06000999
    900003,,999,34,01-09-2025,,11,16,900,,,Resourced provision,16,,E06000999
    900004,,999,07,,,11,19,120,104,104,Not applicable,,ASD - Autistic Spectrum Disorder,E06000999
    900005,10099001,999,18,,,16,,,,,Not applicable,,,E06000999
    900006,,998,10,,,5,19,60,55,,Not applicable,,,E06000998
    900007,,999,14,,,11,16,,,,Not applicable,,,E06000999
    900008,,999,01,,,3,11,210,205,,Not applicable,,,E06000999
    """

private let successors = """
    URN,LinkURN,LinkName,LinkType,LinkEstablishedDate
    900002,900003,Beech Academy,Successor,01-09-2025
    """
