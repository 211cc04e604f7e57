import Foundation
import Intake
import Oracles
import Testing
import Vocabulary

/// Yearly returns on children looked after, in folders named after their 31 March: twelve children in foster care throughout, and in every
/// year two who start in April and go home in March.
struct CareReturnsFixture {
    static let columns = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
    private(set) var headers: [Int: [String]] = [:]
    private(set) var episodes: [Int: [String]] = [:]
    var columns = Self.columns
    var headerColumns = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
    /// The name of the folder of each year.
    var folder: (Int) -> String = { String($0) }
    /// What becomes of each row before it is written.
    var change: (String) -> String = { $0 }

    init(_ years: ClosedRange<Int> = 2024...2025) {
        for year in years {
            headers[year] = []
            episodes[year] = []
            for child in 1000...1011 {
                add(year, String(child), born: "15/06/\(2010 + child % 6)", "01/05/2021,S,C2,N1,U4,PR1,,")
            }
            for child in 0...1 {
                let days = "\(10 + child)/04/\(year - 1),S,V2,N1,U6,PR1,\(10 + child)/03/\(year),E4A"
                add(year, "5\(year % 100)\(child)", born: "20/02/2014", days)
            }
        }
    }

    /// Adds a row to a year's return, from `DECOM` to `REC`, and the child to its header.
    mutating func add(_ year: Int, _ child: String, born: String = "20/02/2013", sex: Int = 1, _ row: String) {
        addHeader(year, child, born: born, sex: sex)
        episodes[year, default: []].append("\(child),\(row),,,,")
    }

    /// Takes a year's return away.
    mutating func leaveOut(_ year: Int) {
        headers[year] = nil
        episodes[year] = nil
    }

    /// Adds a child to a year's header only.
    mutating func addHeader(_ year: Int, _ child: String, born: String = "20/02/2013", sex: Int = 1) {
        let row = "\(child),\(sex),\(born),WBRI,UN1,,"
        if headers[year]?.contains(row) != true { headers[year, default: []].append(row) }
    }

    /// - Parameters:
    ///   - corrections: text of a file of answers.
    ///   - key: where the key of pseudonyms lies.
    func read(corrections: String? = nil, key: TemporaryFolder? = nil) throws -> Checked<CareEpisodes> {
        let place = try TemporaryFolder()
        if let corrections { try place.write("answers.csv", corrections) }
        for year in headers.keys {
            let name = folder(year)
            try FileManager.default.createDirectory(
                atPath: place.path("returns/\(name)"), withIntermediateDirectories: true)
            let header = [headerColumns] + (headers[year] ?? [])
            try place.write("returns/\(name)/header.csv", header.joined(separator: "\n") + "\n")
            let rows = [columns] + (episodes[year] ?? []).map(change)
            try place.write("returns/\(name)/episodes.csv", rows.joined(separator: "\n") + "\n")
        }
        return try CareEpisodes.read(
            place.path("returns"), corrections: corrections.map { _ in place.path("answers.csv") },
            key: key?.path("key"))
    }
}

extension Checked<CareEpisodes> {
    /// Children in care on the last day of a month.
    func inCare(_ year: Int, month: Int = 3) throws -> Int {
        let day = try #require(CalendarDay.lastDay(ofMonth: year * 12 + month - 1))
        return value.children.count { child in
            guard child.born.months(to: day) < 216 else { return false }
            return child.episodes.last { $0.began <= day }.map { $0.ended.map { $0 > day } ?? true } ?? false
        }
    }

    /// Children who were born on a day.
    func born(_ day: String) -> [CareEpisodes.Child] {
        value.children.filter { $0.born == CalendarDay(day) }
    }

    /// Findings whose words contain some.
    func findings(_ words: String) -> [Finding] { findings.filter { "\($0)".contains(words) } }

    /// The codes of a child's placements.
    func placements(_ child: CareEpisodes.Child) -> [String] {
        child.episodes.map { CareClassification.standard.placements[$0.placement].code }
    }

    /// What was used of a file, by the end of its name.
    func use(_ name: String) throws -> FileUse { try #require(uses.first { $0.file.hasSuffix(name) }) }
}
