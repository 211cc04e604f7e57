import Formats
import Foundation
import Intake
import Vocabulary

/// The layouts of statutory returns: data files that ship with Sendcast, for templates change from year to year.
struct ReturnLayout: Sendable {
    /// What a table counts.
    enum Count: String, Sendable {
        case plans, requests, assessments
        case issued = "plans issued"
        case places = "places and children"
        case pounds
    }

    /// What the rows of a table are.
    enum Rows: Sendable, Equatable {
        case need
        case ageGroup
        case provision
        /// National curriculum years, by the ages of their children on 31 August.
        case yearGroups(ClosedRange<Int>)
        /// Schools, bases and units of the ledger.
        case ledger
        /// Lines of spend, income and balance.
        case line
    }

    /// How years are called.
    enum Label: String, Sendable {
        case academic, january, calendar, financial
        /// A calendar year whose plans are counted in the January after it.
        case census

        /// What a return calls the January.
        func name(of january: Int) -> String {
            switch self {
            case .academic: "\(january - 1)/\(String(january).suffix(2))"
            case .january: "January \(january)"
            case .calendar: String(january - 1)
            case .census: "\(january - 1) (January \(january))"
            case .financial: FinancialYear(starting: january).description
            }
        }
    }

    /// A table of a return.
    struct Table: Sendable {
        /// Which return: `scap`, `dsg` or `reform`.
        let of: String
        let id: String
        let title: String
        let count: Count
        let rows: Rows
        /// Whether each year has a column for each age group.
        let isByAgeGroup: Bool
        /// What the return calls the settings counted; empty for all.
        let places: [String]
        private let first: String
        private let last: String
        let label: Label

        init(_ fields: [String]) {
            of = fields[0]
            id = fields[1]
            title = fields[2]
            guard let count = Count(rawValue: fields[3]), let label = Label(rawValue: fields[9]) else {
                preconditionFailure("the shipped layout of \(fields[0]) \(fields[1]) is faulty")
            }
            self.count = count
            self.label = label
            rows =
                switch fields[4] {
                case "need": .need
                case "age group": .ageGroup
                case "provision": .provision
                case "year group R-6": .yearGroups(4...10)
                case "year group 7-11": .yearGroups(11...15)
                case "ledger": .ledger
                default: .line
                }
            isByAgeGroup = fields[5] == "age group by year"
            places = fields[6].split(separator: "=").last.map { $0.split(separator: "|").map(String.init) } ?? []
            first = fields[7]
            last = fields[8]
        }

        /// The Januaries of the table that a run has: `+1` is the one after the base.
        func januaries(base: Int, last end: Int) -> [Int] {
            func january(_ text: String) -> Int { text.hasPrefix("+") ? base + (Int(text) ?? 0) : Int(text) ?? base }
            let (from, to) = (max(january(first), base), min(january(last), count == .pounds ? end - 1 : end))
            return from <= to ? Array(from...to) : []
        }
    }

    /// The returns in words.
    static let titles = [
        "scap": "SCAP forecast", "dsg": "DSG plan", "reform": "Reform plan",
    ]

    /// The tables, in the order of their returns.
    let tables: [Table]
    /// The categories of a dimension of a return, in its order.
    private let categories: [[String]]
    /// What a return calls provisions of a kind of the ledger, whatever it calls their setting.
    private let kinds: [[String]]

    /// The layouts that ship with Sendcast.
    static let standard: ReturnLayout = {
        func read(_ name: String, _ bytes: [UInt8]) -> [[String]] {
            guard let table = try? TextTable(SourceFile(name: name, bytes: Data(bytes))) else {
                preconditionFailure("the shipped \(name) is faulty")
            }
            return table.rows
        }
        return ReturnLayout(
            tables: read("returns-tables.csv", PackageResources.returns_tables_csv).map(Table.init),
            categories: read("returns-categories.csv", PackageResources.returns_categories_csv),
            kinds: read("returns-kinds.csv", PackageResources.returns_kinds_csv))
    }()

    /// What a return calls provisions of a kind, a word of `places.csv`; `nil` where it goes by their setting.
    func category(ofKind kind: String, in name: String) -> String? {
        kinds.first { $0[0] == name && $0[1] == kind }?[2]
    }

    /// The categories of `need`, `age group` or `provision` in a return.
    func categories(_ dimension: String, of name: String) -> [String] {
        categories.filter { $0[0] == name && $0[1] == dimension }.map { $0[2] }
    }
}
