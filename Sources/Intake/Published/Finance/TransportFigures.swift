import Formats
import Foundation
import Vocabulary

/// What is published of journeys to school in England, and what is judged: two data files that ship with Sendcast.
public struct TransportFigures: Sendable {
    /// Children of some settings and ages.
    public struct Group: Sendable {
        /// The codes of the settings.
        public let settings: [String]
        /// England's children who are transported.
        public let users: Double
        /// Shares, without the positions of settings.
        public let row: TransportRow
        /// Whether line 2.1.4 of section 251 is of them.
        public var isUnder16: Bool { row.ages.upperBound < 16 }
    }

    /// A mode as it is published: one cost for all distances, and for all taxis.
    struct Mode {
        let mode: TransportMode
        /// Modes of a family share the published cost.
        let family: String
        let cost: Double
        /// How it lies to the others of its family.
        let factor: Double
        let (near, far, outOfCounty): (Double, Double, Double)
        let source: String
        let quality: AssumptionQuality?
    }

    /// The groups.
    public let groups: [Group]
    /// What each mode costs in England: over all children of a mode it is the published cost.
    public let costs: [TransportCost]

    /// What ships with Sendcast.
    public static let shipped: TransportFigures = {
        let groups = readGroups()
        return TransportFigures(groups: groups, costs: costs(readModes(), groups))
    }()

    private static func readGroups() -> [Group] {
        let file = SourceFile(name: "transport-groups.csv", bytes: Data(PackageResources.transport_groups_csv))
        let columns =
            ["line", "setting", "min_age", "max_age"] + TransportRow.shares.map(\.name)
            + ["uncertainty", "users", "source", "quality"]
        let read = TableReader.rows(file, columns) { cells, findings -> Group? in
            var row = TransportRow()
            row.name = cells.text("line")
            row.source = cells.text("source")
            guard let youngest = cells.integer("min_age", Service.plans.years, &findings),
                let oldest = cells.integer("max_age", Service.plans.years, &findings),
                let uncertainty = cells.number("uncertainty", .uncertainty, &findings),
                let users = cells.number("users", .count, &findings), let quality = cells.rating(&findings)
            else { return nil }
            (row.youngest, row.oldest, row.uncertainty, row.quality) = (youngest, oldest, uncertainty, quality)
            for (name, part) in TransportRow.shares {
                guard let share = cells.number(name, .share, &findings) else { return nil }
                row[keyPath: part] = share
            }
            let settings = cells.text("setting").split(separator: " ").map(String.init)
            return Group(settings: settings, users: users, row: row)
        }
        precondition(read.findings.isEmpty && !read.value.isEmpty, "transport-groups.csv is faulty: \(read.findings)")
        return read.value
    }

    private static func readModes() -> [Mode] {
        let file = SourceFile(name: "transport-modes.csv", bytes: Data(PackageResources.transport_modes_csv))
        var findings = FindingList(of: file)
        var modes: [Mode] = []
        let columns = ["mode", "family", "cost", "factor", "near", "far", "out_of_county", "source", "quality"]
        CSVReader(file: file).forEachRow(columns: columns, findings: &findings) { cells, _ in
            let numbers = (2...6).compactMap { Double(cells.text($0)) }
            guard let mode = TransportMode(rawValue: cells.text(0)), numbers.count == 5 else { return }
            modes.append(
                Mode(
                    mode: mode, family: cells.text(1), cost: numbers[0], factor: numbers[1], near: numbers[2],
                    far: numbers[3], outOfCounty: numbers[4], source: cells.text(7),
                    quality: AssumptionQuality(rawValue: cells.text(8))))
        }
        precondition(
            findings.findings.isEmpty && modes.count == TransportMode.allCases.count, "transport-modes.csv is faulty")
        return modes
    }

    /// The April of the published costs.
    private static let year = 2025

    /// Costs by distance, so that the children under 16 of a family of modes cost on average what is published of it.
    private static func costs(_ modes: [Mode], _ groups: [Group]) -> [TransportCost] {
        let young = groups.filter(\.isUnder16)
        func users(_ mode: Mode, _ weight: (TransportRow) -> Double) -> Double {
            young.reduce(0) { $0 + $1.users * ($1.row.modes[mode.mode] ?? 0) * weight($1.row) }
        }
        return modes.map { mode in
            let family = modes.filter { $0.family == mode.family }
            let all = family.reduce(0) { $0 + users($1) { _ in 1 } }
            let weighted = family.reduce(0) { sum, each in
                sum + each.factor
                    * users(each) { $0.near * each.near + $0.far * each.far + $0.outOfCounty * each.outOfCounty }
            }
            let unit = mode.cost * mode.factor * all / weighted
            var cost = TransportCost()
            cost.mode = mode.mode
            (cost.near, cost.far, cost.outOfCounty) = (mode.near * unit, mode.far * unit, mode.outOfCounty * unit)
            (cost.priceYear, cost.index) = (year, "transport")
            (cost.source, cost.quality) = (mode.source, mode.quality)
            return cost
        }
    }
}
