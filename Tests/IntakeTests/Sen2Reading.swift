import Foundation
import Intake
import Oracles
import Vocabulary

/// Returns that are written and read, each time in a folder of its own.
struct Sen2Reading {
    let folder: TemporaryFolder
    let records: Sen2Records
    let findings: [Finding]

    /// - Parameters:
    ///   - corrections: text of a file of answers.
    ///   - ledger: text of a table of what is paid.
    init(
        _ returns: MadeReturns, years: [Int] = [2025, 2026], links: Bool = true, corrections: String? = nil,
        ledger: String? = nil, postcodes: [String] = [], areas: [String] = [], key: TemporaryFolder? = nil
    ) throws {
        folder = try TemporaryFolder()
        try returns.write(to: folder.url.path)
        if let corrections { try folder.write("answers.csv", corrections) }
        if let ledger { try folder.write("ledger.csv", ledger) }
        let lookups = postcodes.indices.map { [folder] in folder.path("postcodes-\($0).csv") }
        for (place, text) in postcodes.enumerated() { try folder.write("postcodes-\(place).csv", text) }
        let read = try Sen2Records.read(
            .init(
                returns: years.map { [folder] in folder.path("\($0)") }, register: folder.path("register.csv"),
                links: links ? folder.path("register-links.csv") : nil,
                corrections: corrections.map { [folder] _ in folder.path("answers.csv") },
                key: (key ?? folder).path("key"), ledger: ledger.map { [folder] _ in folder.path("ledger.csv") },
                postcodes: lookups, areas: areas))
        (records, findings) = (read.value, read.findings)
    }

    /// `findings.csv`, row by row and without its header.
    var rows: [[String]] {
        String(decoding: records.findings, as: UTF8.self).split(separator: "\n").dropFirst().map {
            $0.components(separatedBy: ",")
        }
    }

    /// How often each fault was found.
    var faults: [String: Int] { Dictionary(rows.map { ($0[3], 1) }, uniquingKeysWith: +) }

    /// What became of plans between two Januaries, in words, sorted.
    var passages: [String] {
        records.passages.map { passage in
            func words(_ state: Sen2State?) -> String { state.map { "\($0.setting) \($0.need) \($0.age)" } ?? "–" }
            return "\(passage.january) \(words(passage.before)) > \(words(passage.after)) \(passage.kind.rawValue)"
        }.sorted()
    }

    /// A setting and need at the last census.
    var base: [String] { records.base.map { "\($0.age) \($0.need) \($0.setting)" }.sorted() }
}
