import Assembly
import Finance
import Formats
import Intake
import Projection
import Vocabulary

/// Prices of `costs.csv` and `transport-costs.csv` that look like typing errors: ten or a hundred times England's, or a tenth of them.
struct PriceCheck {
    private var notes: AssemblyNotes

    var findings: [Finding] { notes.findings }

    /// By how many times a price may be off England's, and a sum for a year for each plan.
    private static let (mostApart, mostApartOfSums) = (4.0, 6.0)
    /// How uncertain a price is at most that is rated red, and another one.
    private static let (mostUncertain, mostUncertainOfOthers) = (0.8, 0.4)

    init(_ folder: ModelFolder, base: Cohort) {
        notes = AssemblyNotes(folder)
        if folder.space.service != .plans || base.total == 0 { return }
        for row in folder.money.lines {
            checkUncertainty(row)
            if row.cost == 0 || row.tag == CostLine.transport { continue }
            let codes = row.settings.map { folder.space.setting.codes[$0] }
            guard let usual = UsualPrice.range(row.name, row.unit, codes) else { continue }
            let isSum = row.unit == .year
            let cost = isSum ? row.cost / Double(base.total) : row.cost
            let apart = isSum ? Self.mostApartOfSums : Self.mostApart
            if cost >= usual.lowerBound / apart && cost <= usual.upperBound * apart { continue }
            let england =
                usual.lowerBound == usual.upperBound
                ? "£\(Numerals.grouped(usual.lowerBound))"
                : "£\(Numerals.grouped(usual.lowerBound)) to £\(Numerals.grouped(usual.upperBound))"
            notes.add(
                .warning, "costs.csv", line: row.line, column: "cost",
                "'\(row.name)' costs £\(Numerals.grouped(row.cost))"
                    + (row.unit == .counted
                        ? " for each; the usual price is \(england)"
                        : isSum
                            ? " a year, £\(Numerals.grouped(cost)) for each of \(Numerals.grouped(Double(base.total))) plans; England's is \(england)"
                            : " a \(row.unit.rawValue); England's is \(england)"),
                remedy: "Correct it if it is a typing error.")
        }
        for cost in folder.money.transport.costs { checkTransport(cost) }
    }

    private mutating func checkUncertainty(_ row: CostRow) {
        let most = row.quality == .red ? Self.mostUncertain : Self.mostUncertainOfOthers
        if row.uncertainty <= most { return }
        notes.add(
            .warning, "costs.csv", line: row.line, column: "uncertainty",
            "the price of '\(row.name)', rated \(row.quality?.rawValue ?? "by nobody"), is uncertain by "
                + "\(Numerals.plain(100 * row.uncertainty)) %; \(Numerals.plain(100 * most)) % at most was expected",
            remedy: "Write 5 % as 0.05.")
    }

    private mutating func checkTransport(_ cost: TransportCost) {
        guard let england = TransportFigures.shipped.costs.first(where: { $0.mode == cost.mode }) else { return }
        let pairs = [
            ("near", cost.near, england.near), ("far", cost.far, england.far),
            ("out_of_county", cost.outOfCounty, england.outOfCounty),
        ]
        for (column, own, usual) in pairs
        where own != 0 && !(1 / Self.mostApart...Self.mostApart).contains(own / usual) {
            notes.add(
                .warning, "transport-costs.csv", line: cost.line, column: column,
                "a \(cost.mode.rawValue) costs £\(Numerals.grouped(own)) a year; England's is £\(Numerals.grouped(usual))",
                remedy: "Correct it if it is a typing error.")
        }
    }
}
