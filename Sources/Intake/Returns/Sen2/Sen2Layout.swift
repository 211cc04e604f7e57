import Formats
import Foundation
import Vocabulary

/// A file of the return on plans (SEN2), in the order in which they hang on each other.
enum Sen2Module: String, CaseIterable {
    case sen2, person, requests, assessment, namedplan, plandetail, activeplans, placementdetail, senneed

    /// The column of its own key.
    var key: String { "\(rawValue)tableid" }

    /// The file whose rows its rows hang on.
    var parent: Sen2Module? {
        switch self {
        case .sen2: nil
        case .person: .sen2
        case .requests: .person
        case .assessment, .activeplans: .requests
        case .namedplan: .assessment
        case .plandetail: .namedplan
        case .placementdetail, .senneed: .activeplans
        }
    }
}

/// The columns of the return and the codes of its items: data files that ship with Sendcast.
///
/// Sources: the Department for Education's specification of the person-level return, versions 1.1 to 1.3 (2023 to 2025), as readers of real
/// exports have it. The guide of the year overrules them.
struct Sen2Layout: Sendable {
    struct Column: Sendable {
        let name: String
        /// Whether a return cannot be read without it.
        let isNeeded: Bool
        /// Whether anything is read from it.
        let isUsed: Bool
        /// Whether its text tells who a person is.
        let isPrivate: Bool
    }

    private let columns: [String: [Column]]
    /// What each code of an item means.
    private let codes: [String: [String: String]]

    static let standard = Sen2Layout()

    private init() {
        func file(_ name: String, _ bytes: [UInt8]) -> SourceFile { SourceFile(name: name, bytes: Data(bytes)) }
        var columns: [String: [Column]] = [:]
        var codes: [String: [String: String]] = [:]
        var findings = FindingList(file: "sen2-columns.csv")
        CSVReader(file: file("sen2-columns.csv", PackageResources.sen2_columns_csv)).forEachRow(
            columns: ["file", "column", "kind", "use", "first", "last"], findings: &findings
        ) { row, _ in
            columns[row.text(0), default: []].append(
                Column(
                    name: row.text(1), isNeeded: row.text(3) == "needed", isUsed: row.text(3) != "passed",
                    isPrivate: row.text(2) == "private"))
        }
        CSVReader(file: file("sen2-codes.csv", PackageResources.sen2_codes_csv)).forEachRow(
            columns: ["column", "code", "meaning"], findings: &findings
        ) { row, _ in
            codes[row.text(0), default: [:]][row.text(1)] = row.text(2)
        }
        precondition(findings.findings.isEmpty, "the shipped layout of SEN2 is faulty")
        (self.columns, self.codes) = (columns, codes)
    }

    /// The columns that a file of the return may have, besides those that every file has.
    func columns(of module: Sen2Module) -> [Column] { columns[module.rawValue] ?? [] }

    /// Columns of every file, which say nothing.
    func isOfEveryFile(_ column: String) -> Bool {
        column == "nativeid" || column == "sourceid" || column.hasSuffix("orderseqcolumn")
    }

    /// The codes of an item; `nil` where it has no list.
    func codes(of column: String) -> [String: String]? { codes[column] }

    /// What a code means.
    func meaning(of code: String, _ column: String) -> String? { codes[column]?[code] }
}
