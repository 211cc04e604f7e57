import Formats
import Foundation
import Vocabulary

/// Puts the tables together, area by area.
struct CareBuilder {
    private(set) var areas: [String: CareRelease.Area] = [:]
    private(set) var findings: [Finding] = []
    private(set) var uses: [FileUse] = []
    private(set) var sources: [(name: String, digest: String)] = []
    private let classification = CareClassification.standard
    private var children: [String: [Int: Double]] = [:]
    private var neighbours: [String: [String]] = [:]
    /// Every area with all that the tables say of it, in whatever order they were read.
    var finished: [CareRelease.Area] {
        areas.map { key, area in
            var area = area
            area.children = children[key] ?? [:]
            area.neighbours = neighbours[key] ?? []
            return area
        }
    }
    /// The file that a figure was first read from.
    private var files: [String: String] = [:]

    mutating func read(_ file: SourceFile) {
        let columns = CareColumns(file)
        func position(_ names: String...) -> Int? { names.compactMap { columns[$0] }.first }
        if let name = position("la_name", "geo_breakdown"), let count = position("cla_31_march_number", "number"),
            let year = position("time_period"), let level = position("geographic_level"),
            let code = position("new_la_code"), let number = position("old_la_code"),
            let group = position("cla_group"), let label = position("characteristic")
        {
            sources.append((file.name, file.digest))
            readCounts(
                file,
                [year, level, number, code, name, group, label, count] + [position("region_name")].compactMap { $0 },
                isStock: columns["cla_31_march_number"] != nil)
        } else if let item = position("Short Desc"), let year = position("Years"),
            let name = position("LA and Regions"),
            let value = position("Values"), let number = position("LA Number")
        {
            sources.append((file.name, file.digest))
            readIndicators(file, [item, year, name, value, number])
        } else if let kind = position("population_type"), let children = position("population_estimate"),
            let year = position("time_period"), let level = position("geographic_level"),
            let number = position("old_la_code")
        {
            sources.append((file.name, file.digest))
            readChildren(file, [year, level, number, kind, children])
        } else if let number = position("old_la_code"), position("SN_1") != nil {
            sources.append((file.name, file.digest))
            readNeighbours(file, [number] + (1...10).compactMap { position("SN_\($0)") })
        } else {
            uses.append(.unread(file))
        }
    }

    /// Which areas are most like each.
    private mutating func readNeighbours(_ file: SourceFile, _ order: [Int]) {
        var list = FindingList(of: file)
        var neighbours = neighbours
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            neighbours[row.text(0)] = (1..<order.count).map { row.text($0) }.filter { !$0.isEmpty }
            list.use.take(area: row.text(0))
        }
        self.neighbours = neighbours
        findings += list.findings
        uses.append(list.use)
    }

    /// People of 0 to 17, which the release divides by for its rates.
    private mutating func readChildren(_ file: SourceFile, _ order: [Int]) {
        var list = FindingList(of: file)
        var children = children
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            let level = CareClassification.key(row.text(1))
            let isNational = level == "national"
            guard isNational || level == "local authority" else { return list.use.leaveOut("of regions") }
            guard CareClassification.key(row.text(3)).hasPrefix("children looked after on 31 march") else {
                return list.use.leaveOut("whose population stands in another row")
            }
            if ["x", "z", "c", ":"].contains(row.text(4)) { return list.use.leaveOut("without a population") }
            let (year, people) = (row.integer(0, in: 1990...2200, findings: &list), row.amount(4, findings: &list))
            guard let year, let people else { return }
            let key = Self.key(row.text(2), isNational: isNational)
            children[key, default: [:]][year] = people
            list.use.take(year: year)
            list.use.take(area: key)
        }
        self.children = children
        findings += list.findings
        uses.append(list.use)
    }

    private static func key(_ number: String, isNational: Bool) -> String { isNational ? "England" : number }

    private mutating func readCounts(_ file: SourceFile, _ order: [Int], isStock: Bool) {
        var list = FindingList(of: file)
        let classification = classification
        var (areas, files) = (areas, files)
        var repeated = RowTally()
        var unknown: [String: RowTally] = [:]
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            let level = CareClassification.key(row.text(1))
            let isNational = level == "national"
            guard isNational || level == "local authority" else { return list.use.leaveOut("of regions") }
            guard let group = CareRelease.Year.Group(row.text(5)) else {
                return list.use.leaveOut("of characteristics that are not read")
            }
            guard let year = row.integer(0, in: 1990...2200, findings: &list) else { return }
            guard let count = Self.count(row, &list) else { return }
            let key = Self.key(row.text(2), isNational: isNational)
            let figure = "\(key)/\(year)/\(isStock)/\(group)/\(CareClassification.key(row.text(6)))"
            if let other = files.updateValue(file.name, forKey: figure) {
                list.use.leaveOut(other == file.name ? "that stand there twice" : "that another file has already")
                if other == file.name { return }
                files[figure] = other
                return repeated.add(row.line)
            }
            var area = areas[key] ?? (isNational ? .england : .init(name: row.text(4), code: row.text(3), number: key))
            area.codes.insert(row.text(3))
            if order.count > 8 && !isNational { area.region = row.text(8) }
            list.use.take(year: year)
            list.use.take(area: key)
            if !area.years[year, default: .init()].take(
                count, group: group, label: row.text(6), isStock: isStock, classification)
            {
                unknown["\(row.text(5)): \(row.text(6))", default: RowTally()].add(row.line)
                list.use.leaveOut("with labels that are not known")
            }
            if isStock, let total = area.years[year]?.total, !total.isNaN { area.totals[year] = total }
            areas[key] = area
        }
        list.add(
            .warning, rows: repeated, "another file has these figures already; they are passed over",
            remedy: "Keep one release in the folder.")
        for (label, rows) in unknown.sorted(by: { $0.key < $1.key }) {
            list.add(
                .warning, rows: rows, column: "characteristic",
                "'\(label.prefix(120))' is not a label that Sendcast knows: its children are in the total, and in no group of it",
                remedy: "Look whether the release has new labels, and whether a newer Sendcast knows them.")
        }
        self.areas = areas
        self.files = files
        findings += list.findings
        uses.append(list.use)
    }

    /// A row's count, not a number where it is held back; `nil` where there is none.
    private static func count(_ row: borrowing CSVRow, _ list: inout FindingList) -> Double? {
        let text = row.text(7)
        if let count = Double(text), count.isFinite { return count }
        switch text {
        case "z", "x": list.use.leaveOut("that do not apply (z, x)")
        case "c", ":", "low", "k": return .nan
        default:
            list.add(
                .error, line: row.line, column: row.name(of: 7), "'\(text.prefix(20))' is not a count",
                remedy: "Numbers, or one of the release's symbols c, z, x.")
        }
        return nil
    }

    private mutating func readIndicators(_ file: SourceFile, _ order: [Int]) {
        var list = FindingList(of: file)
        var areas = areas
        let compared = BenchmarkIndicator.ofTool
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            let name = row.text(0)
            let item = CareRelease.Area.Indicator(rawValue: name)
            guard item != nil || compared.contains(name) else {
                return list.use.leaveOut("of indicators that are not read")
            }
            guard let value = Double(row.text(3)), value.isFinite, let year = Int(row.text(1).prefix(4)) else {
                return list.use.leaveOut("without a figure or a year")
            }
            let isNational = row.text(2) == "England"
            let number = row.text(4).prefix { $0 != "." }
            let key = Self.key(String(number), isNational: isNational)
            guard areas[key] != nil else { return list.use.leaveOut("of areas without children looked after") }
            list.use.take(year: year)
            list.use.take(area: key)
            if let item {
                areas[key]?.take(item, year: year, value)
            } else {
                areas[key]?.tool[name, default: [:]][year] = value
            }
        }
        self.areas = areas
        findings += list.findings
        uses.append(list.use)
    }
}

extension FileUse {
    /// A table of which nothing is read.
    static func unread(_ file: SourceFile) -> FileUse {
        var list = FindingList(of: file)
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in [] }) { _, list in
            list.use.leaveOut("of a table that is not read")
        }
        return list.use
    }
}
