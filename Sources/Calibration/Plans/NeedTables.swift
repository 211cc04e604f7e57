import Intake
import Optimisation
import Vocabulary

/// Plans by age, need and setting, made from the two-way tables that are published.
struct NeedTables: Sendable {
    /// How many of England's children are added to an authority's row where shares of needs or settings are made.
    static let pseudoChildren = 3.0

    /// Ages × needs × settings.
    let cube: Cube
    /// The tables that the cube was made to meet: ages × needs, ages × settings, needs × settings.
    let margins: Margins
    /// What was not published of the authority and taken from England's pattern.
    let assumed: [String]
    /// How many plans had no recorded need.
    let needNotRecorded: Double

    /// Three two-way tables.
    struct Margins: Sendable, Equatable {
        var ageAndNeed: CountTable
        var ageAndSetting: CountTable
        var needAndSetting: CountTable

        /// Some of the needs, and another total.
        func keeping(_ needs: [Int], total: Double) -> Margins {
            let factor = total / max(ageAndSetting.total, 1e-9)
            return Margins(
                ageAndNeed: ageAndNeed.transposed.keepingRows(needs).transposed.map { $0 * factor },
                ageAndSetting: ageAndSetting.map { $0 * factor },
                needAndSetting: needAndSetting.keepingRows(needs).map { $0 * factor })
        }
    }

    /// Rakes a pattern to an authority's margins.
    /// - Parameters:
    ///   - byAge: ages × settings, nothing unrecorded; all else is made to fit its totals.
    ///   - plans: the needs of the same plans, as published.
    ///   - toAugust31: turns a table by published age into one by age on 31 August.
    ///   - pattern: England's cube, or any positive one.
    init(
        byAge: CountTable, _ plans: NationalRelease.Plans, pattern: Cube,
        toAugust31: (CountTable) -> CountTable = { $0 }
    ) {
        var assumed: [String] = []
        let needs = pattern.second
        let national = (age: pattern.firstSecond, setting: pattern.secondThird.transposed)
        func usable(_ table: CountTable?) -> CountTable? { table.flatMap { $0.isComplete && $0.total > 0 ? $0 : nil } }
        let needTotals = plans.byNeed.map { Self.spread($0, like: national.age.columnSums) }
        func scaled(_ totals: [Double], to sum: Double) -> [Double] {
            let now = max(totals.reduce(0, +), 1e-9)
            return totals.map { $0 * sum / now }
        }
        let ages = byAge.rowSums
        let total = ages.reduce(0, +)
        let ownAge = usable(plans.needByAge).map { Self.spread(toAugust31($0), like: national.age) }
        let ownSetting = usable(plans.needBySetting).map {
            Self.spread($0.keepingRows(Array(0..<byAge.columns)), like: national.setting)
        }
        if ownAge == nil { assumed.append("needs by age") }
        if ownSetting == nil { assumed.append("needs by setting") }
        if needTotals == nil && ownAge == nil { assumed.append("the mix of needs") }
        let needMargin = scaled(
            needTotals ?? ownAge?.columnSums ?? pattern.firstSecond.columnSums, to: total)
        let ageMargin = Raking.fit(
            Self.drawn(ownAge, to: national.age, rows: ages), rows: ages, columns: needMargin)
        let settings = byAge.columnSums
        let settingMargin = Raking.fit(
            Self.drawn(ownSetting, to: national.setting, rows: settings), rows: settings, columns: needMargin)
        var seed = pattern
        for place in seed.values.indices { seed.values[place] = max(seed.values[place], 1e-9) }
        margins = Margins(ageAndNeed: ageMargin, ageAndSetting: byAge, needAndSetting: settingMargin.transposed)
        cube = Raking.fit(
            seed, firstSecond: ageMargin, firstThird: byAge, secondThird: settingMargin.transposed)
        self.assumed = assumed
        needNotRecorded = plans.byNeed.map { $0.count > needs ? max($0[needs], 0) : 0 } ?? 0
    }

    /// A table's rows with a little of the national mix, so that no share is zero for want of children.
    private static func drawn(_ own: CountTable?, to national: CountTable, rows: [Double]) -> CountTable {
        var table = CountTable(rows: national.rows, columns: national.columns)
        for row in 0..<table.rows {
            let shares = national.row(row)
            let sum = max(shares.reduce(0, +), 1e-9)
            for column in 0..<table.columns {
                table[row, column] = (own?[row, column] ?? 0) + pseudoChildren * max(shares[column] / sum, 1e-9)
            }
        }
        return table
    }

    /// The last column (not recorded) spread over the others in proportion to them and a little of the national mix.
    private static func spread(_ table: CountTable, like national: CountTable) -> CountTable {
        var result = CountTable(rows: table.rows, columns: table.columns - 1)
        for row in 0..<table.rows {
            let values = spread(table.row(row), like: national.row(row))
            for (column, value) in values.enumerated() { result[row, column] = value }
        }
        return result
    }

    private static func spread(_ row: [Double], like national: [Double]) -> [Double] {
        let known = Array(row.dropLast())
        let sum = max(national.reduce(0, +), 1e-9)
        let weights = zip(known, national).map { $0 + pseudoChildren * $1 / sum }
        let all = max(weights.reduce(0, +), 1e-9)
        return zip(known, weights).map { $0 + (row.last ?? 0) * $1 / all }
    }
}

extension CountTable {
    /// Rows and columns exchanged.
    var transposed: CountTable {
        var table = CountTable(rows: columns, columns: rows)
        for row in 0..<rows { for column in 0..<columns { table[column, row] = self[row, column] } }
        return table
    }

    /// Some rows, in the order given.
    func keepingRows(_ kept: [Int]) -> CountTable {
        var table = CountTable(rows: kept.count, columns: columns)
        table.values = kept.flatMap(row)
        return table
    }

    /// The first columns alone.
    func firstColumns(_ count: Int) -> CountTable {
        var table = CountTable(rows: rows, columns: count)
        for row in 0..<rows { for column in 0..<count { table[row, column] = self[row, column] } }
        return table
    }
}
