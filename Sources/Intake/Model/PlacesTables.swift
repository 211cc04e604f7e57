import Formats
import Vocabulary

/// What a model folder says of places: who has them, where those without one go, and who would be elsewhere.
public struct GivenPlaces: Sendable {
    /// The rows of `places.csv`.
    public let places: [PlacesRow]
    /// The rows of `overflow.csv`.
    public let overflow: [OverflowRow]
    /// The rows of `latent.csv`; empty where there is no such file.
    public let latent: [LatentRow]

    static func read(_ reading: inout FolderReading, _ space: StateSpace) -> GivenPlaces? {
        guard reading.exists("places.csv") else {
            for name in ["overflow.csv", "latent.csv"] where reading.exists(name) {
                reading.findings.append(
                    Finding(
                        .warning, file: "\(reading.path)/\(name)", "the file is of no use without places.csv",
                        remedy: "Add it, or delete this file."))
            }
            return nil
        }
        let places = reading.table("places.csv") { PlacesRow.read($0, space) }
        let overflow = reading.table("overflow.csv") { OverflowRow.read($0, space) }
        let latent = reading.exists("latent.csv") ? reading.table("latent.csv") { LatentRow.read($0, space) } : []
        guard let places, let overflow, let latent else { return nil }
        return GivenPlaces(places: places, overflow: overflow, latent: latent)
    }
}

/// A row of `places.csv`: the places of a provision from a September on.
public struct PlacesRow: Sendable, Equatable {
    /// The school, base or pool.
    public let provision: String
    /// Positions of the settings it serves.
    public let settings: [Int]
    /// Positions of the needs it is for.
    public let needs: [Int]
    /// Ages on 31 August.
    public let ages: ClosedRange<Int>
    /// The September from which it has so many places, until another row of the same designation says otherwise.
    public let september: Int
    /// All its places.
    public let places: Int
    /// Those of them that other authorities' children have.
    public let heldByOthers: Int
    /// The share of places by which it may be over-filled.
    public let overfill: Double
    /// Where it is.
    public let area: String
    /// Where the figures are from.
    public let source: String
    /// The row of the file.
    public let line: Int

    /// Places for children of this authority.
    public var own: Int { max(Int((Double(places) * (1 + overfill) + 1e-6).rounded(.down)) - heldByOthers, 0) }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[PlacesRow]> {
        TableReader.rows(
            file, ["provision", "setting", "needs", "min_age", "max_age", "september", "places"],
            optional: ["held_by_others", "overfill", "area", "source"]
        ) { row, findings in
            guard let provision = row.name("provision", &findings), let settings = row.settings(space, &findings),
                let needs = row.needs(space, &findings),
                let first = row.integer("min_age", 0...space.years - 1, &findings),
                let last = row.integer("max_age", 0...space.years - 1, &findings),
                let september = row.integer("september", 1990...2200, &findings),
                let places = row.integer("places", 0...100_000, &findings),
                let held = row.integer("held_by_others", 0...100_000, &findings, otherwise: 0),
                let overfill = row.number("overfill", .share, &findings, otherwise: 0)
            else { return nil }
            guard first <= last else {
                findings.add(
                    .error, line: row.line, column: "min_age",
                    "the lowest age, \(first), is above the highest, \(last)",
                    remedy: "Swap them.")
                return nil
            }
            findings.use.take(year: september)
            return PlacesRow(
                provision: provision, settings: settings, needs: needs, ages: first...last, september: september,
                places: places, heldByOthers: held, overfill: overfill, area: row.text("area"),
                source: row.text("source"), line: row.line)
        }
    }
}

/// A row of `overflow.csv`: where a share of those goes who ask for a setting and find no place.
public struct OverflowRow: Sendable, Equatable {
    /// The position of the setting asked for.
    public let setting: Int
    /// Positions of the needs.
    public let needs: [Int]
    /// Ages on 31 August.
    public let ages: ClosedRange<Int>
    /// 1 for where they go first; those who find no place there come to 2, and so on.
    public let order: Int
    /// The position of the setting they go to.
    public let to: Int
    /// The share of those who come to this order.
    public let share: Double
    /// When they ask again: `never`, at the age of the next `phase`, or `yearly`.
    public let asksAgain: String
    /// The row of the file.
    public let line: Int

    /// The words for ``asksAgain``; `phase` where the column is missing or empty.
    public static let askings = ["never", "phase", "yearly"]

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[OverflowRow]> {
        TableReader.rows(
            file, ["setting", "need", "age_band", "order", "to_setting", "share"], optional: ["asks_again", "source"]
        ) { row, findings in
            let words = askings.map { $0 == "yearly" && space.stepsPerYear > 1 ? "monthly" : $0 }
            guard let setting = row.setting("setting", space, &findings),
                let needs = row.needs(space, column: "need", &findings), let ages = row.ageBand(&findings),
                let order = row.integer("order", 1...9, &findings),
                let to = row.setting("to_setting", space, &findings),
                let share = row.number("share", .share, &findings),
                let asking = row.word("asks_again", words, &findings, otherwise: "phase")
            else { return nil }
            if setting == to {
                findings.add(
                    .error, line: row.line, column: "to_setting", "those without a place cannot go where they asked to",
                    remedy: "Name another setting.")
                return nil
            }
            return OverflowRow(
                setting: setting, needs: needs, ages: ages, order: order, to: to, share: share,
                asksAgain: words.firstIndex(of: asking).map { askings[$0] } ?? asking,
                line: row.line)
        }
    }
}

/// A row of `latent.csv`: the share of children in a setting who would be in another if it had a place.
public struct LatentRow: Sendable, Equatable {
    /// Positions of the needs.
    public let needs: [Int]
    /// Ages on 31 August.
    public let ages: ClosedRange<Int>
    /// The position of the setting they are in.
    public let setting: Int
    /// The position of the setting they want.
    public let wanted: Int
    /// Which share.
    public let share: Double
    /// Where the share is from.
    public let source: String
    /// How good the evidence is.
    public let quality: AssumptionQuality
    /// The row of the file.
    public let line: Int

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[LatentRow]> {
        TableReader.rows(
            file, ["need", "age_band", "setting", "wanted_setting", "share", "source", "quality"]
        ) { row, findings in
            guard let needs = row.needs(space, column: "need", &findings), let ages = row.ageBand(&findings),
                let setting = row.setting("setting", space, &findings),
                let wanted = row.setting("wanted_setting", space, &findings),
                let share = row.number("share", .share, &findings),
                let quality = row.word("quality", AssumptionQuality.allCases.map(\.rawValue), &findings)
            else { return nil }
            return LatentRow(
                needs: needs, ages: ages, setting: setting, wanted: wanted, share: share, source: row.text("source"),
                quality: AssumptionQuality(rawValue: quality) ?? .red, line: row.line)
        }
    }
}

/// A row of a table of schemes: places that open in a September, and what they cost to build.
public struct SchemeRow: Sendable, Equatable {
    /// The scheme; its rows are phases of it.
    public let scheme: String
    /// The school, base or pool that gets the places: one of `places.csv`, or a new one.
    public let provision: String
    /// Positions of the settings it serves.
    public let settings: [Int]
    /// Positions of the needs it is for.
    public let needs: [Int]
    /// The September.
    public let opens: Int
    /// Ages on 31 August, from the year groups of the file.
    public let ages: ClosedRange<Int>
    /// Places; fewer than nought where they close.
    public let places: Int
    /// Pounds of capital.
    public let capital: Double
    /// The April in which the financial year of that spend begins.
    public let spendYear: Int
    /// What capital is multiplied by: least, likeliest, most.
    public let overrun: [Double]
    /// Years by which it may open late: least, likeliest, most.
    public let delay: [Double]
    /// Pounds of revenue before it opens.
    public let revenueBeforeOpening: Double
    /// Where the figures are from.
    public let source: String
    /// The row of the file.
    public let line: Int

    /// Reads a table of schemes.
    public static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[SchemeRow]> {
        TableReader.rows(
            file,
            ["scheme", "provision", "setting", "needs", "opens", "year_group", "places", "capital", "spend_year"],
            optional: [
                "overrun_low", "overrun_likely", "overrun_high", "delay_low", "delay_likely", "delay_high",
                "revenue_before_opening", "source",
            ]
        ) { row, findings in
            guard let scheme = row.name("scheme", &findings), let provision = row.name("provision", &findings),
                let settings = row.settings(space, &findings), let needs = row.needs(space, &findings),
                let opens = row.integer("opens", 1990...2200, &findings),
                let ages = row.yearGroups("year_group", &findings),
                let places = row.integer("places", -100_000...100_000, &findings),
                let capital = row.number("capital", .capital, &findings),
                let spend = row.integer("spend_year", 1990...2200, &findings),
                let overrun = row.three("overrun", .overrun, &findings, otherwise: 1),
                let delay = row.three("delay", .delay, &findings, otherwise: 0),
                let revenue = row.number("revenue_before_opening", .capital, &findings, otherwise: 0)
            else { return nil }
            findings.use.take(year: opens)
            return SchemeRow(
                scheme: scheme, provision: provision, settings: settings, needs: needs, opens: opens, ages: ages,
                places: places, capital: capital, spendYear: spend, overrun: overrun, delay: delay,
                revenueBeforeOpening: revenue, source: row.text("source"), line: row.line)
        }
    }
}
