import Optimisation
import Outputs
import Vocabulary

/// Plans in whole numbers that add up: every table by band, need and setting is a sum of the same rounded cells, so that tables agree with
/// one another and with their totals; single years of age by setting are rounded apart, to the same total. Cells are rounded together by January (controlled rounding; Cox, 1987): the total is the rounded total, and
/// every margin is within 1 of its own.
struct RoundedCounts {
    private let bands: [String]
    private let needs: [String]
    private let settings: [String]
    private var cells: [Int: [Int32]] = [:]
    private var cellsOfAges: [Int: [Int32]] = [:]
    /// The forecast of all plans by January, as it stands in plans.csv.
    private(set) var totals: [Int: Double] = [:]

    /// Rounds a scenario's mean plans.
    init(_ tables: ResultTables, scenario: String, _ data: ReportData) throws(UnusableData) {
        (bands, needs, settings) = (data.bands, data.needs.map(\.code), data.settings.map(\.code))
        let places = Self.places(bands, needs, settings)
        let all = ResultFiles.all
        var cubes: [Int: Cube] = [:]
        var ages: [Int: Cube] = [:]
        for row in try tables.rows(.plans, where: ["scenario": [scenario]]) {
            if ["age", "age_band", "need", "setting"].allSatisfy({ row[$0] == all }), let january = Int(row["january"])
            {
                totals[january] = row.number("mean")
            }
            guard let january = Int(row["january"]), let mean = row.number("mean"),
                let setting = places.settings[row["setting"]]
            else { continue }
            if let band = places.bands[row["age_band"]], let need = places.needs[row["need"]] {
                cubes[january, default: Cube(bands.count, needs.count, settings.count)][band, need, setting] = mean
            } else if let age = Int(row["age"]), row["need"] == all, SchoolAge.all.contains(age) {
                ages[january, default: Cube(SchoolAge.all.count, 1, settings.count)][age, 0, setting] = mean
            }
        }
        for (january, cube) in cubes { cells[january] = Self.round(cube, total: totals[january]) }
        for (january, cube) in ages { cellsOfAges[january] = Self.round(cube, total: totals[january]) }
    }

    private static func places(
        _ bands: [String], _ needs: [String], _ settings: [String]
    ) -> (bands: [String: Int], needs: [String: Int], settings: [String: Int]) {
        func numbered(_ names: [String]) -> [String: Int] {
            Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        return (numbered(bands), numbered(needs), numbered(settings))
    }

    /// - Parameter total: the forecast of all, from which the cells' sum may be a little off: each is written to three decimals.
    private static func round(_ cube: Cube, total: Double?) -> [Int32] {
        func margin(_ count: Int, _ stride: Int) -> [Double] {
            cube.values.enumerated().reduce(into: Array(repeating: 0, count: count)) { sums, cell in
                sums[cell.offset / stride % count] += cell.element
            }
        }
        return ControlledRounding.round(
            cube, total: Int((total ?? cube.values.reduce(0, +)).rounded()),
            first: margin(cube.first, cube.second * cube.third),
            second: margin(cube.second, cube.third), third: margin(cube.third, 1))
    }

    /// Plans of a January; `nil` stands for all of a dimension.
    func plans(_ january: Int, band: String? = nil, need: String? = nil, settings wanted: Set<String>? = nil) -> Int {
        guard let cells = cells[january] else { return 0 }
        var sum = 0
        for (cell, count) in cells.enumerated() where count > 0 {
            let (rest, setting) = cell.quotientAndRemainder(dividingBy: settings.count)
            let (bandPlace, needPlace) = rest.quotientAndRemainder(dividingBy: needs.count)
            if let band, bands[bandPlace] != band { continue }
            if let need, needs[needPlace] != need { continue }
            if let wanted, !wanted.contains(settings[setting]) { continue }
            sum += Int(count)
        }
        return sum
    }

    /// All plans of a January, from single years of age.
    func plansOfAges(_ january: Int) -> Int { (cellsOfAges[january] ?? []).reduce(0) { $0 + Int($1) } }

    /// Plans of a January and age.
    func plans(_ january: Int, age: Int, settings wanted: Set<String>) -> Int {
        guard let cells = cellsOfAges[january] else { return 0 }
        return settings.enumerated().reduce(0) { sum, setting in
            wanted.contains(setting.element) ? sum + Int(cells[age * settings.count + setting.offset]) : sum
        }
    }

    /// Whole numbers near given ones whose sum is the rounded sum.
    static func wholes(_ values: [Double]) -> [Int] {
        var wholes = values.map { Int($0.rounded(.down)) }
        var missing = Int(values.reduce(0, +).rounded()) - wholes.reduce(0, +)
        for place in values.indices.sorted(by: { values[$0] - Double(wholes[$0]) > values[$1] - Double(wholes[$1]) })
        where missing > 0 {
            wholes[place] += 1
            missing -= 1
        }
        return wholes
    }
}
