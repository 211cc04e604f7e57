import Foundation

/// A whole national release of ``MadeTowns``, in the layout of a year, with the oddities of the real ones.
///
/// The layouts of 2022 and 2025 are those of the published files; those of 2023, 2024 and 2026 follow the department's data
/// guidance, and what users of them wrote down.
public struct MadeRelease: Sendable {
    /// The year whose June release it is like.
    public enum Layout: Int, Sendable, CaseIterable {
        case of2022 = 2022
        case of2023, of2024, of2025, of2026

        /// Whether plans are by single year of age, placement and need.
        public var isDetailed: Bool { rawValue >= 2025 }
        /// The January of the release.
        public var january: Int { rawValue }
    }

    /// What is odd about a town's figures.
    public enum Oddity: Sendable {
        /// Every figure of the newest January and calendar year is `x` (Isle of Wight, 2026).
        case withheld
        /// Few plans begun, no assessments, endings `x` in the newest calendar year (Leicester, 2026).
        case incompleteFlows
        /// The newest January has two fifths of its plans (Newham, 2025).
        case incompleteStock
        /// Needs of the newest January are `x` (Brighton and Hove, 2026).
        case needsWithheld
        /// All but totals is `x` (Hackney, 2024).
        case totalsOnly
        /// Placements below five of plans in force are `c`.
        case suppressed
        /// Cells that are not available say `no data`.
        case wordForMissing
    }

    /// The layout.
    public var layout: Layout
    /// The towns.
    public var towns: MadeTowns
    /// What is odd, by the number of a town.
    public var oddities: [Int: Oddity] = [:]
    /// Whether totals of years before those by age are there.
    public var hasHistory = true
    /// Figures of the newest January are multiplied by it: a corrected edition.
    public var correction = 1.0

    /// Makes a release.
    public init(_ layout: Layout = .of2025, towns: Int = 24) {
        self.layout = layout
        self.towns = MadeTowns(towns, first: layout.january - 1)
    }

    /// The department's number of a town, none of a real authority.
    public static func number(_ town: Int) -> String { String(500 + town) }
    /// The code of the Office for National Statistics of a town.
    public static func code(_ town: Int) -> String { "E0800\(1_000 + town)" }
    /// The name of a town.
    public static func name(_ town: Int) -> String { "Town \(town)" }

    /// Writes the release's files into a folder, with people of the towns in `population.csv`.
    public func write(to folder: URL) throws {
        let data = folder.appendingPathComponent("data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: data.appendingPathComponent(name)) }
        try Data(population.utf8).write(to: folder.appendingPathComponent("population.csv"))
    }

    /// The files of `data`, by name.
    public var files: [(name: String, text: String)] {
        layout.isDetailed ? DetailedTables(self).files : BandTables(self).files
    }

    /// As many people of every age in every year.
    private var population: String {
        var text = "area_code,area_name,year,age,population\n"
        for town in 0..<towns.count {
            for year in 2023...2026 {
                for age in 0...25 {
                    text += "\(Self.code(town)),\(Self.name(town)),\(year),\(age),\(40_000 + 1_000 * town)\n"
                }
            }
        }
        return text
    }

    /// England, nine regions and the towns, each with the towns that it is made of.
    var areas: [MadeArea] {
        let all = (0..<towns.count).map { (number: $0, years: towns.years($0)) }
        func sum(_ parts: [(number: Int, years: [Int: MadeTowns.Year])]) -> [Int: MadeTowns.Year] {
            Dictionary(
                uniqueKeysWithValues: MadeTowns.januaries.map { january in
                    (january, parts.reduce(MadeTowns.Year.none) { $0 + ($1.years[january] ?? .none) })
                })
        }
        var areas = [MadeArea(level: "National", code: "", number: "", name: "", region: "", years: sum(all))]
        for region in 0..<9 {
            let parts = all.filter { $0.number % 9 == region }
            if parts.isEmpty { continue }
            areas.append(
                MadeArea(
                    level: "Regional", code: "", number: "", name: "", region: "E1200000\(region + 1),Region \(region)",
                    years: sum(parts)))
        }
        for (number, years) in all {
            var years = years
            let oddity = oddities[number]
            if correction != 1 { years[layout.january] = years[layout.january]?.scaled(by: correction) }
            if oddity == .incompleteStock { years[layout.january] = years[layout.january]?.scaled(by: 0.4) }
            if oddity == .incompleteFlows, let year = years[layout.january - 1] {
                years[layout.january - 1] = year.withBegun(scaledBy: 0.2)
            }
            areas.append(
                MadeArea(
                    level: "Local authority", code: Self.code(number), number: Self.number(number),
                    name: Self.name(number), region: "E1200000\(number % 9 + 1),Region \(number % 9)", years: years,
                    oddity: oddity))
        }
        return areas
    }
}

/// An area of a made release.
struct MadeArea {
    let level: String
    let code: String
    let number: String
    let name: String
    /// Code and name of the region, as two fields.
    let region: String
    let years: [Int: MadeTowns.Year]
    var oddity: MadeRelease.Oddity?

    /// The twelve, or ten, columns that say which area and time a row is of.
    func identity(_ period: String, _ identifier: String, isOldOrder: Bool = false) -> String {
        let region = region.isEmpty ? "," : region
        let codes = isOldOrder ? "\(number),\(code)" : "\(code),\(number)"
        return "\(period),\(identifier),\(level),E92000001,England,\(region),\(codes),\(name)"
    }

    /// Plans in force in January; before those that are known by age, ever fewer.
    func total(_ january: Int) -> Double {
        if let year = years[january] { return year.total }
        let first = years[MadeTowns.januaries.lowerBound]?.total ?? 0
        return (first * pow(0.93, Double(MadeTowns.januaries.lowerBound - january))).rounded()
    }
}

extension MadeTowns.Year {
    func scaled(by factor: Double) -> Self {
        var year = self
        year.stock = stock.map { $0.map { ($0 * factor).rounded() } }
        return year
    }

    func withBegun(scaledBy factor: Double) -> Self {
        var year = self
        year.begun = begun.map { $0.map { ($0 * factor).rounded() } }
        return year
    }

    /// Plans by setting.
    public var bySetting: [Double] { (0..<3).map { setting in stock.reduce(0) { $0 + $1[setting] } } }
    /// Plans begun by setting.
    public var begunBySetting: [Double] { (0..<3).map { setting in begun.reduce(0) { $0 + $1[setting] } } }
}
