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
        /// The years whose returns have it.
        let years: ClosedRange<Int>
    }

    private let columns: [String: [Column]]
    /// What each code of an item means.
    private let codes: [String: [String: String]]

    static let standard = Sen2Layout()

    private init() {
        let columns = ShippedTable("sen2-columns.csv", PackageResources.sen2_columns_csv)
            .rows(["file", "column", "kind", "use", "first", "last"]) { row, _ -> (file: String, column: Column)? in
                let years = (Int(row.text(4)) ?? 0)...(Int(row.text(5)) ?? .max)
                let column = Column(
                    name: row.text(1), isNeeded: row.text(3) == "needed", isUsed: row.text(3) != "passed",
                    isPrivate: row.text(2) == "private", years: years)
                return (row.text(0), column)
            }
        self.columns = Dictionary(grouping: columns, by: \.file).mapValues { $0.map(\.column) }
        let codes = ShippedTable("sen2-codes.csv", PackageResources.sen2_codes_csv)
            .rows(["column", "code", "meaning"]) { row, _ in
                (column: row.text(0), code: row.text(1), meaning: row.text(2))
            }
        self.codes = Dictionary(grouping: codes, by: \.column).mapValues { codes in
            Dictionary(codes.map { ($0.code, $0.meaning) }, uniquingKeysWith: { _, last in last })
        }
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

/// The files of a return as the collection system exports them.
package enum Sen2Form {
    /// The names of the parts of a return, in the order in which they hang on each other.
    package static let modules = Sen2Module.allCases.map(\.rawValue)

    /// The columns of a part in a year.
    package static func columns(of module: String, year: Int) -> [String] {
        guard let module = Sen2Module(rawValue: module) else { return [] }
        let own = Sen2Layout.standard.columns(of: module).filter { $0.years.contains(year) }.map(\.name)
        return ["NativeId", "\(module.rawValue)orderseqcolumn", "sourceid"] + own
    }

    /// The name of a file that was exported on a day.
    package static func name(_ module: String, exported day: CalendarDay) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "Blade-Export_\(two(day.day))-\(two(day.month))-\(day.year)_\(module).csv"
    }

    /// A day as exports have it.
    package static func text(_ day: CalendarDay) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(day.year)-\(months[day.month - 1])-\(day.day < 10 ? "0" : "")\(day.day) 00:00:00"
    }
}
