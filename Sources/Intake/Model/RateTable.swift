import Formats
import struct Foundation.Data
import Vocabulary

/// One row of a table of `rates/`: a figure, the cells it is about, and the people it stands for.
public struct RateRow: Sendable, Equatable {
    /// A flow, a group or a January that tells rows apart; empty where the table has none.
    public var kind = ""
    /// The arriving age; `nil` for any.
    public var age: Int?
    /// The need; `nil` for any.
    public var need: Int?
    /// The setting; `nil` for any.
    public var setting: Int?
    /// The setting or need that plans come to, where the table has one.
    public var to: Int?
    /// The rate, share or factor.
    public var figure = 0.0
    /// The people it stands for.
    public var weight = 0.0
    /// How far the figure may be out, where the table says it.
    public var deviation = 0.0
    /// Where it is from.
    public var source = ""
    /// The row of the file.
    public var line = 0

    /// States a figure; see the properties.
    public init(
        _ kind: String = "", age: Int? = nil, need: Int? = nil, setting: Int? = nil, to: Int? = nil,
        figure: Double = 0, weight: Double = 0, deviation: Double = 0, source: String = ""
    ) {
        self.kind = kind
        self.age = age
        self.need = need
        self.setting = setting
        self.to = to
        self.figure = figure
        self.weight = weight
        self.deviation = deviation
        self.source = source
    }
}

extension RateRow {
    /// What ``kind`` says: a flow or January, and the group where the table has one.
    public var words: [String] {
        kind.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
}

/// A table of `rates/`.
public enum RateTable: String, Sendable, CaseIterable {
    case leavers, routes, transfers, movers, tilts, joiners, entry, reclassified, deviations
    case growth, totals, capacity, assessments, mix, ceiling

    /// The tables of joiners and of their mix that every kind of model may have.
    static let ofJoiners = [RateTable.growth, .totals, .mix, .ceiling, .capacity, .assessments]

    /// The file within a model folder.
    public var file: String { modelFile.name }

    private var modelFile: ModelFile {
        switch self {
        case .leavers: .leavers
        case .routes: .routes
        case .transfers: .transfers
        case .movers: .movers
        case .tilts: .tilts
        case .joiners: .joiners
        case .entry: .entry
        case .reclassified: .reclassified
        case .deviations: .deviations
        case .growth: .growth
        case .totals: .totals
        case .capacity: .capacity
        case .assessments: .assessments
        case .mix: .mix
        case .ceiling: .ceiling
        }
    }

    /// Its columns.
    public var columns: [String] {
        switch self {
        case .leavers: ["age", "need", "setting", "rate", "weight", "source"]
        case .routes: ["age", "need", "setting", "route", "share", "source"]
        case .transfers: ["flow", "age", "rate", "source"]
        case .movers: ["age", "need", "setting", "to_setting", "rate", "weight", "source"]
        case .tilts: ["need", "setting", "factor", "source"]
        case .joiners: ["age", "need", "rate", "weight", "source"]
        case .entry: ["age", "need", "setting", "share", "weight", "source"]
        case .reclassified: ["age", "need", "to_need", "rate", "weight", "source"]
        case .deviations: ["flow", "group", "sd", "source"]
        case .growth: ["need", "january", "factor", "source"]
        case .totals: ["january", "plans", "deviation", "source"]
        case .mix: ["january", "group", "share", "source"]
        case .ceiling: ["january", "share", "deviation", "source"]
        case .capacity: ["year", "assessments", "source"]
        case .assessments: ["step", "age", "share", "weight", "source"]
        }
    }

    /// What its figures are.
    private var quantity: Quantity {
        switch self {
        case .leavers, .movers, .joiners, .reclassified: .rate
        case .routes, .entry, .assessments, .mix, .ceiling: .share
        case .transfers: .transferRate
        case .tilts: .tilt
        case .deviations: .deviation
        case .growth: .joinerFactor
        case .totals, .capacity: .count
        }
    }

    /// Whether a model can do without the file.
    var isOptional: Bool { [.routes, .transfers, .tilts, .reclassified, .deviations].contains(self) }

    /// The steps of an assessment: the share of requests that are assessed, of assessments that end in a plan, of plans that are
    /// issued within 20 weeks, and of requests whose plan is issued in the next calendar year.
    public enum Step: String, Sendable, CaseIterable {
        case assessed, issued
        case inTime = "within-20-weeks"
        case nextYear = "next-year"
    }

    /// What rows are distinguished by, where there is such a column.
    public var kinds: [String] {
        switch self {
        case .transfers: ["in", "out", "unrecorded"]
        case .assessments: Step.allCases.map(\.rawValue)
        case .deviations: ["joiners", "joiners-yearly", "joiners-growth", "leavers", "entering"]
        default: []
        }
    }

    /// Reads a table.
    func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[RateRow]> {
        var findings = FindingList(of: file)
        var rows: [RateRow] = []
        var lines: [RateKey: Int] = [:]
        let columns = columns
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { row, findings in
            guard let read = read(row, space, &findings) else { return }
            if findings.take(RateKey(read), line: row.line, of: &lines) { rows.append(read) }
        }
        return Checked(rows, findings)
    }

    private func read(_ row: borrowing CSVRow, _ space: StateSpace, _ findings: inout FindingList) -> RateRow? {
        var read = RateRow()
        var isSound = true
        read.line = row.line
        for (place, column) in columns.enumerated() {
            switch column {
            case "flow", "step":
                read.kind = row.choice(place, among: kinds, findings: &findings) ?? ""
                isSound = isSound && !read.kind.isEmpty
            case "route":
                read.kind = row.text(place)
                if read.kind.isEmpty {
                    findings.add(.error, line: row.line, column: "route", "a name was expected")
                    isSound = false
                }
            case "group": read.kind += "/" + row.text(place)
            case "age":
                if row.text(place) == NamedRow.any { continue }
                // Those who leave by their age are a year older than anybody.
                let last = self == .routes ? space.years : space.years - 1
                read.age = row.integer(place, in: 0...last, findings: &findings)
                isSound = isSound && read.age != nil
            case "need": isSound = position(row, place, space.need, &read.need, &findings) && isSound
            case "setting": isSound = position(row, place, space.setting, &read.setting, &findings) && isSound
            case "to_setting": isSound = position(row, place, space.setting, &read.to, &findings) && isSound
            case "to_need": isSound = position(row, place, space.need, &read.to, &findings) && isSound
            case "january", "year":
                let january = row.year(place, findings: &findings)
                read.kind = january.map(String.init) ?? ""
                if let january { findings.use.take(year: january) }
                isSound = isSound && january != nil
            case "source": read.source = row.text(place)
            case "deviation": isSound = number(row, place, .deviation, &read.deviation, &findings) && isSound
            case "weight": isSound = number(row, place, .weight, &read.weight, &findings) && isSound
            default: isSound = number(row, place, quantity, &read.figure, &findings) && isSound
            }
        }
        let needsTarget = columns.contains("to_setting") || columns.contains("to_need")
        if isSound && needsTarget && read.to == nil {
            findings.add(.error, line: row.line, "'any' cannot be where plans go", remedy: "Name it.")
            isSound = false
        }
        return isSound ? read : nil
    }

    /// The file.
    func data(_ rows: [RateRow], _ space: StateSpace) -> Data {
        let columns = columns
        var csv = CSVWriter(columns: columns.map(space.service.words.column))
        for row in rows { csv.append(columns.map { text($0, of: row, space) }) }
        return csv.data
    }

    private func text(_ column: String, of row: RateRow, _ space: StateSpace) -> String {
        func word(_ position: Int?, _ dimension: Dimension) -> String {
            position.map { dimension.codes[$0] } ?? NamedRow.any
        }
        switch column {
        case "flow", "january": return row.words.first ?? ""
        case "group": return row.words.count > 1 ? row.words[1] : ""
        case "step", "route", "year": return row.kind
        case "age": return row.age.map(String.init) ?? NamedRow.any
        case "need": return word(row.need, space.need)
        case "setting": return word(row.setting, space.setting)
        case "to_setting": return word(row.to, space.setting)
        case "to_need": return word(row.to, space.need)
        case "source": return row.source
        case "deviation": return Numerals.exact(row.deviation)
        case "weight": return Numerals.exact(row.weight)
        default: return Numerals.exact(row.figure)
        }
    }

    private func position(
        _ row: borrowing CSVRow, _ place: Int, _ dimension: Dimension, _ position: inout Int?,
        _ findings: inout FindingList
    ) -> Bool {
        let code = row.text(place)
        if code == NamedRow.any { return true }
        position = row.position(place, in: dimension, findings: &findings)
        return position != nil
    }

    private func number(
        _ row: borrowing CSVRow, _ place: Int, _ quantity: Quantity, _ figure: inout Double,
        _ findings: inout FindingList
    ) -> Bool {
        guard let number = row.number(place, quantity, findings: &findings) else { return false }
        figure = number
        return true
    }
}

private struct RateKey: Hashable {
    let kind: String
    let cells: [Int?]

    init(_ row: RateRow) {
        kind = row.kind
        cells = [row.age, row.need, row.setting, row.to]
    }
}

extension CSVRow {
    /// The position of a code, or `nil` after a finding.
    func position(_ column: Int, in dimension: Dimension, findings: inout FindingList) -> Int? {
        let code = text(column)
        if let position = dimension.position(of: code) { return position }
        if findings.addSpoilt(code, line: line, column: name(of: column)) { return nil }
        findings.add(
            .error, line: line, column: name(of: column),
            "'\(code.prefix(40))' is not a \(dimension.name) of this model",
            remedy: suggestion(
                for: code, among: dimension.codes, otherwise: "Add it to \(dimension.name)s.csv or correct this row."))
        return nil
    }
}
