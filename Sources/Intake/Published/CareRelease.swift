import Formats
import Foundation
import Vocabulary

/// The national statistics "Children looked after in England including adoptions" (Department for Education), for every area: children
/// on 31 March, those who started and those who ceased to be looked after in the year to it, and from the local authority interactive tool,
/// where that is beside them, spend, weekly costs and care leavers.
///
/// Tables are known by their columns. Counts below 5, and others from which they could be worked out, are published as `c`.
public struct CareRelease: Sendable {
    /// Figures by code (``CareClassification``); not a number where all that they are made of was held back.
    public typealias Counts = [String: Double]

    /// Everything published of one area and year.
    public struct Year: Sendable, Equatable {
        /// Children on 31 March: by band of ages, `0` to `4` in the order of ``Service/bands``.
        public var byBand: Counts = [:]
        /// By reason.
        public var byReason: Counts = [:]
        /// By kind of placement: `fostering`, `homes`, `supported`, `residential`, `adoption`, `parents`, `other`.
        public var byKind: Counts = [:]
        /// By provider: `own`, `private`, `parents`, `unknown`.
        public var byProvider: Counts = [:]
        /// Started in the year, by band.
        public var startedByBand: Counts = [:]
        /// Started in the year, by reason.
        public var startedByReason: Counts = [:]
        /// Ceased in the year, by band: `4` is age 16, `5` age 17, `6` 18 and over.
        public var ceasedByBand: Counts = [:]
        /// Ceased in the year, by route (``CareClassification/routes``).
        public var ceasedByRoute: Counts = [:]
        /// Of those who ceased at any age, who stayed with their carers at 18: `staying put`.
        public var ceasedTo: Counts = [:]
        /// Children on 31 March, started and ceased.
        public var total = Double.nan
        /// See ``total``.
        public var started = Double.nan
        /// See ``total``.
        public var ceased = Double.nan
        /// Counts of which a part is held back, such as `kind homes`: what is known of them is too low.
        public var heldBack: Set<String> = []
    }

    /// One area.
    public struct Area: PublishedArea {
        /// See ``PublishedArea``.
        public internal(set) var code: String
        /// See ``PublishedArea``.
        public let number: String
        /// See ``PublishedArea``.
        public internal(set) var name: String
        /// See ``PublishedArea``.
        public let isNational: Bool
        /// See ``PublishedArea``.
        public internal(set) var codes: Set<String> = []
        /// See ``PublishedArea``.
        public internal(set) var region = ""
        /// By 31 March.
        public var years: [Int: Year] = [:]
        /// Children on 31 March of earlier years too.
        public var totals: [Int: Double] = [:]
        /// People of 0 to 17, looked after or not, by 31 March.
        public var children: [Int: Double] = [:]
        /// Pounds a child and week by what is paid for (`all`, `fostering`, `homes`) and the April in which the financial year begins.
        public var weekly: [String: [Int: Double]] = [:]
        /// The share of children looked after who have a plan, by 31 March.
        public var withPlan: [Int: Double] = [:]
        /// Pounds of a financial year by what they are spent on (`all` children looked after, and of that `leaving care`) and its April.
        public var spend: [String: [Int: Double]] = [:]
        /// Care leavers of 19 to 21 on their birthdays in the year to 31 March.
        public var careLeavers: [Int: Double] = [:]
        /// Of those of 19 and 20 who left foster care at 18, the share who still live with those carers, by 31 March.
        public var stayingPut: [Int: Double] = [:]
        /// The DfE numbers of its statistical neighbours, the nearest first.
        public var neighbours: [String] = []
        /// Of care leavers of 19 to 21, the share whom the authority is not in touch with, by 31 March.
        public var notInTouch: [Int: Double] = [:]

        /// An area of which nothing is published.
        public init(name: String, code: String = "", number: String = "", isNational: Bool = false) {
            self.name = name
            self.code = code
            self.number = number
            self.isNational = isNational
            codes = code.isEmpty ? [] : [code]
        }
    }

    /// The folder or file that was read.
    public let path: String
    /// Its tables, with their digests.
    public let sources: [(name: String, digest: String)]
    /// England first, then authorities by name.
    public let areas: [Area]

    /// The last 31 March of which children are known.
    public var last: Int { england?.years.filter { !$0.value.total.isNaN }.keys.max() ?? 0 }
    /// England.
    public var england: Area? { areas.first { $0.isNational } }
    /// Every authority with children on the last 31 March, by name.
    public var authorities: [Area] { areas.filter { !$0.isNational && ($0.years[last]?.total ?? 0) > 0 } }

    /// The area with a name, an ONS code or a DfE number.
    /// - Throws: ``UnusableData`` that suggests the nearest name.
    public func area(_ wanted: String) throws(UnusableData) -> Area {
        let key = NationalRelease.key(wanted)
        if let area = areas.first(where: {
            [NationalRelease.key($0.name), NationalRelease.key($0.code), $0.number].contains(key)
        }) {
            return area
        }
        throw UnusableData(
            file: path, "'\(wanted)' is not an authority of these tables",
            remedy: suggestion(
                for: wanted, among: areas.map(\.name), otherwise: "sendcast new --list --care \(path) lists them."))
    }

    /// Reads the tables: the release's zip file, or a folder with its tables.
    /// - Throws: ``UnusableData`` where there are none on children looked after, or one cannot be read.
    public static func read(_ path: String) throws(UnusableData) -> Checked<CareRelease> {
        let files = try ReleaseTables.open(path)
        var builder = CareBuilder()
        for file in files { builder.read(file) }
        let areas = builder.finished.sorted { ($0.isNational ? 0 : 1, $0.name) < ($1.isNational ? 0 : 1, $1.name) }
        let release = CareRelease(path: path, sources: builder.sources, areas: areas)
        var findings = builder.findings
        if release.last == 0 || release.england?.years[release.last]?.startedByBand.isEmpty != false {
            findings.append(
                Finding(
                    .error, file: path,
                    "there are no tables on children looked after on 31 March, starting and ceasing",
                    remedy: "Add those of 'Children looked after in England including adoptions' by local authority."))
        }
        guard !findings.containsErrors else { throw UnusableData(findings) }
        return Checked(release, findings: findings, uses: builder.uses)
    }
}

/// Puts the tables together, area by area.
private struct CareBuilder {
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
            let text = row.text(7)
            let count = Double(text) ?? .nan
            if count.isNaN && !["c", "z", "x", ":", "low", "k"].contains(text) {
                return list.add(
                    .error, line: row.line, column: row.name(of: 7), "'\(text.prefix(20))' is not a count",
                    remedy: "Numbers, or one of the release's symbols c, z, x.")
            }
            if text == "z" || text == "x" { return list.use.leaveOut("that do not apply (z, x)") }
            let key = Self.key(row.text(2), isNational: isNational)
            let figure = "\(key)/\(year)/\(isStock)/\(group)/\(CareClassification.key(row.text(6)))"
            if let other = files.updateValue(file.name, forKey: figure) {
                list.use.leaveOut(other == file.name ? "that stand there twice" : "that another file has already")
                if other == file.name { return }
                files[figure] = other
                return repeated.add(row.line)
            }
            var area =
                areas[key]
                ?? CareRelease.Area(
                    name: isNational ? "England" : row.text(4), code: isNational ? "E92000001" : row.text(3),
                    number: isNational ? "" : row.text(2), isNational: isNational)
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

    private mutating func readIndicators(_ file: SourceFile, _ order: [Int]) {
        var list = FindingList(of: file)
        var areas = areas
        CSVReader(file: file).forEachRow(findings: &list, choosing: { _, _ in order }) { row, list in
            guard let item = CareRelease.Area.Indicator(rawValue: row.text(0)) else {
                return list.use.leaveOut("of indicators that are not read")
            }
            guard let value = Double(row.text(3)), let year = Int(row.text(1).prefix(4)) else {
                return list.use.leaveOut("without a figure or a year")
            }
            let isNational = row.text(2) == "England"
            let number = row.text(4).prefix { $0 != "." }
            let key = Self.key(String(number), isNational: isNational)
            guard areas[key] != nil else { return list.use.leaveOut("of areas without children looked after") }
            list.use.take(year: year)
            list.use.take(area: key)
            areas[key]?.take(item, year: year, value)
        }
        self.areas = areas
        findings += list.findings
        uses.append(list.use)
    }
}

extension CareRelease.Area {
    /// What is read of the interactive tool, by the names that it has there.
    fileprivate enum Indicator: String {
        case weekOfAll = "LACFinance"
        case weekOfFostering = "FosteringFinance"
        case weekOfHomes = "RescareFinance"
        case children = "LACnum"
        case withPlan = "LAC_SEN_Statement"
        case spend = "TotalLACFinance"
        case spendOnLeavers = "LeaveCareSupServTotExp"
        case careLeavers = "NoCareLeavers"
        case stayingPut = "StayingPut"
        case notInTouch = "CareLeavers_LA_NotInTouch"
    }

    fileprivate mutating func take(_ item: Indicator, year: Int, _ value: Double) {
        switch item {
        case .weekOfAll: weekly["all", default: [:]][year] = value
        case .weekOfFostering: weekly["fostering", default: [:]][year] = value
        case .weekOfHomes: weekly["homes", default: [:]][year] = value
        case .children: totals[year] = value
        case .withPlan: withPlan[year] = value / 100
        case .spend: spend["all", default: [:]][year] = value
        case .spendOnLeavers: spend["leaving care", default: [:]][year] = value
        case .careLeavers: careLeavers[year] = value
        case .stayingPut: stayingPut[year] = value / 100
        case .notInTouch: notInTouch[year] = value / 100
        }
    }
}

extension CareRelease.Year {
    /// The groups of characteristics that are read.
    fileprivate enum Group: String, CaseIterable {
        case age = "age group"
        case need = "category of need"
        case placement
        case provider = "place providers"
        case ageOnStarting = "age on starting"
        case ageOnCeasing = "age on ceasing"
        case route = "reason episode ceased"

        init?(_ label: String) { self.init(rawValue: CareClassification.key(label)) }
    }

    /// Adds a count; says whether its label is known.
    fileprivate mutating func take(
        _ count: Double, group: Group, label: String, isStock: Bool, _ classification: CareClassification
    ) -> Bool {
        if CareClassification.key(label) == "total" {
            switch group {
            case .age: total = count
            case .ageOnStarting: started = count
            case .ageOnCeasing: ceased = count
            default: break
            }
            return true
        }
        func add(_ table: String, _ counts: WritableKeyPath<Self, CareRelease.Counts>) -> Bool {
            guard let code = classification.code(of: label, in: table) else { return false }
            // Of several labels of one code what is known counts: what is held back of one is small, and all are scaled to the total later.
            if count.isNaN { heldBack.insert("\(table) \(code)") }
            let before = self[keyPath: counts][code]
            self[keyPath: counts][code] = before.map { $0.isNaN ? count : count.isNaN ? $0 : $0 + count } ?? count
            return true
        }
        switch group {
        case .age: return add("band", \.byBand)
        case .need: return add("reason", isStock ? \.byReason : \.startedByReason)
        case .placement: return add("kind", \.byKind)
        case .provider: return add("provider", \.byProvider)
        case .ageOnStarting: return add("band", \.startedByBand)
        case .ageOnCeasing:
            let isSingle = add("band on ceasing", \.ceasedByBand)
            return add("band", \.ceasedByBand) || isSingle
        case .route:
            _ = add("ceased to", \.ceasedTo)
            return add("route", \.ceasedByRoute)
        }
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
