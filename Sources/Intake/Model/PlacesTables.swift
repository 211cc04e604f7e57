import Formats
import Foundation
import Vocabulary

/// What a model folder says of places: who has them, where those without one go, and who would be elsewhere.
public struct GivenPlaces: Sendable, Equatable {
    /// The rows of `places.csv`.
    public let places: [PlacesRow]
    /// The rows of `overflow.csv`.
    public let overflow: [OverflowRow]
    /// The rows of `latent.csv`; empty where there is no such file.
    public let latent: [LatentRow]
    /// The rows of `carers.csv`; empty where there is no such file.
    public var carers: [CarerRow] = []

    static func read(_ reading: inout FolderReading, _ space: StateSpace) -> GivenPlaces? {
        guard reading.exists(.places) || reading.exists(.carers) else {
            for file in [ModelFile.overflow, .latent] where reading.exists(file) {
                reading.findings.append(
                    Finding(
                        .warning, file: reading.place.label(file.name), "the file is of no use without places.csv",
                        remedy: "Add it, or delete this file."))
            }
            return nil
        }
        let places = reading.exists(.places) ? reading.table(.places) { PlacesRow.read($0, space) } : []
        let overflow = reading.table(.overflow) { OverflowRow.read($0, space) }
        let (latent, carers): ([LatentRow], [CarerRow]) = (reading.rows(space), reading.rows(space))
        guard let places, let overflow else { return nil }
        return GivenPlaces(places: places, overflow: overflow, latent: latent, carers: carers)
    }

    /// All places: those listed, and those of carers.
    /// - Parameters:
    ///   - base: the year of the base.
    ///   - years: how many are projected.
    package func all(base: Int, years: Int, _ space: StateSpace) -> [PlacesRow] {
        places + CarerRow.places(carers, base: base, years: years, space)
    }

    func files(_ space: StateSpace) -> [(name: String, data: Data)] {
        var files: [(name: String, data: Data)] = []
        if !places.isEmpty || carers.isEmpty { files.append(PlacesRow.written(places, space)) }
        files.append(OverflowRow.written(overflow, space))
        files.append(latent, space)
        files.append(carers, space)
        return files
    }
}

/// A row of `places.csv`: the places of a provision from a September on.
public struct PlacesRow: ModelRow, Sendable, Equatable {
    /// The school, base or pool.
    public internal(set) var provision = ""
    /// Positions of the settings it serves.
    public internal(set) var settings: [Int] = []
    /// Positions of the needs it is for.
    public internal(set) var needs: [Int] = []
    /// Ages on 31 August.
    public var ages: ClosedRange<Int> { first...last }
    var first = 0
    var last = 0
    /// The September from which it has so many places, until another row of the same designation says otherwise.
    public internal(set) var september = 0
    /// All its places.
    public internal(set) var places = 0
    /// Those of them that other authorities' children have.
    public internal(set) var heldByOthers = 0
    /// The share of its places that can be filled, where a place is not one for every child; `nil` for all of them.
    public internal(set) var fill: Bracket?
    /// The share of places by which it may be over-filled; `nil` where the row does not say.
    public internal(set) var overfill: Double?
    /// What kind of provision it is, where the row says so.
    public enum Kind: String, Sendable, CaseIterable {
        /// A special school.
        case school
        /// A base in a mainstream school that the school or its trust commissions.
        case support = "support base"
        /// A base in a mainstream school that the authority commissions.
        case specialist = "specialist base"
        /// A pool of several that are not told apart.
        case pool
    }

    /// See ``Kind-swift.enum``.
    public internal(set) var kind: Kind?
    /// How many children the building is for; `nil` where the row does not say.
    public internal(set) var capacity: Int?
    /// How many children are on roll, those of other authorities among them; `nil` where the row does not say.
    public internal(set) var onRoll: Int?
    /// Where it is: an area of each set of `areas.csv`, separated by ``areaMark``; empty where it is nowhere in particular.
    public internal(set) var area = ""
    /// Where the figures are from.
    public internal(set) var source = ""
    /// How good that is; `nil` where the row does not say.
    public internal(set) var quality: AssumptionQuality?
    /// The row of the file.
    public internal(set) var line = 0

    /// What separates areas of several sets.
    package static let areaMark: Character = ";"

    /// The names in ``area``.
    public var areas: [String] { Self.areas(area) }

    /// The names in a cell.
    static func areas(_ cell: String) -> [String] {
        cell.split(separator: areaMark).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// Places for children of this authority.
    public var own: Int { max(places - heldByOthers, 0) }

    /// How many more children of this authority it takes where it is over-filled.
    /// - Parameter usual: the share for rows that do not say.
    public func beyond(usual: Double) -> Int {
        let most = Int((Double(places) * (1 + (overfill ?? usual)) + 1e-6).rounded(.down))
        return max(most - heldByOthers, 0) - own
    }

    static let file = ModelFile.places

    static func columns(_ space: StateSpace) -> [TableColumn<PlacesRow>] {
        .of(
            [
                .name("provision", \.provision), .settings(\.settings, space), .needs("needs", \.needs, space),
                .integer("min_age", \.first, 0...space.years - 1), .integer("max_age", \.last, 0...space.years - 1),
                .year("september", \.september, .opening), .integer("places", \.places, 0...100_000),
                .integer("held_by_others", \.heldByOthers, 0...100_000, otherwise: 0),
                .number("overfill", \.overfill, .share),
            ], .bracket("fill", \.fill, .share),
            [
                .choice("kind", \.kind), .integer("capacity", \.capacity, 0...100_000),
                .integer("on_roll", \.onRoll, 0...100_000), .text("area", \.area), .text("source", \.source),
                .quality(\.quality),
            ])
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[PlacesRow]> {
        TableReader.rows(file, columns(space), PlacesRow()) { row, line, findings in
            row.line = line
            if row.first > row.last {
                findings.add(
                    .error, line: line, column: "min_age",
                    "the lowest age, \(row.first), is above the highest, \(row.last)", remedy: "Swap them.")
            }
            findings.use.take(year: row.september)
        }
    }
}

/// A row of `overflow.csv`: where a share of those goes who ask for a setting and find no place.
public struct OverflowRow: ModelRow, Sendable, Equatable {
    /// The position of the setting asked for.
    public internal(set) var setting = 0
    /// Positions of the needs.
    public internal(set) var needs: [Int] = []
    /// Ages on 31 August.
    public internal(set) var ages = 0...0
    /// 1 for where they go first; those who find no place there come to 2, and so on.
    public internal(set) var order = 0
    /// The position of the setting they go to.
    public internal(set) var to = 0
    /// The share of those who come to this order.
    public internal(set) var share = Bracket(0)
    /// When they ask again.
    public internal(set) var asksAgain = AskingAgain.phase
    /// Where the share is from.
    public internal(set) var source = ""
    /// Of when it is.
    public internal(set) var date = ""
    /// How good the evidence is; `nil` where the row does not say.
    public internal(set) var quality: AssumptionQuality?
    /// The row of the file.
    public internal(set) var line = 0

    /// Multiplies its share, at most to all.
    mutating func times(_ factor: Double) { share = share.map { min($0 * factor, 1) } }

    static let file = ModelFile.overflow

    static func columns(_ space: StateSpace) -> [TableColumn<OverflowRow>] {
        .of(
            [
                .setting("setting", \.setting, space), .needs("need", \.needs, space), .ageBand(\.ages, space.service),
                .integer("order", \.order, 1...9), .setting("to_setting", \.to, space),
            ], .bracket("share", \.share, .share),
            [
                .choice(
                    "asks_again", \.asksAgain, otherwise: .phase,
                    words: { $0 == .yearly && space.stepsPerYear > 1 ? "monthly" : $0.rawValue }),
                .text("source", \.source), .text("date", \.date), .quality(\.quality),
            ])
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[OverflowRow]> {
        TableReader.rows(file, columns(space), OverflowRow()) { row, line, findings in
            row.line = line
            if row.setting == row.to {
                findings.add(
                    .error, line: line, column: "to_setting", "those without a place cannot go where they asked to",
                    remedy: "Name another setting.")
            }
        }
    }
}

/// A row of `latent.csv`: the share of children in a setting who would be in another if it had a place.
public struct LatentRow: ModelRow, Sendable, Equatable {
    /// Positions of the needs.
    public internal(set) var needs: [Int] = []
    /// Ages on 31 August.
    public internal(set) var ages = 0...0
    /// The position of the setting they are in.
    public internal(set) var setting = 0
    /// The position of the setting they want.
    public internal(set) var wanted = 0
    /// Which share.
    public internal(set) var share = 0.0
    /// Where the share is from.
    public internal(set) var source = ""
    /// How good the evidence is.
    public internal(set) var quality = AssumptionQuality.red
    /// The row of the file.
    public internal(set) var line = 0

    static let file = ModelFile.latent

    static func columns(_ space: StateSpace) -> [TableColumn<LatentRow>] {
        [
            .needs("need", \.needs, space), .ageBand(\.ages, space.service), .setting("setting", \.setting, space),
            .setting("wanted_setting", \.wanted, space), .number("share", \.share, .share),
            .text("source", \.source, .required), .quality(\.quality),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[LatentRow]> {
        TableReader.rows(file, columns(space), LatentRow()) { row, line, _ in row.line = line }
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
    /// How many months after the first of that year they open; 0 where it says a year alone.
    public let month: Int
    /// Ages on 31 August, from the year groups of the file.
    public let ages: ClosedRange<Int>
    /// Places; fewer than zero where they close.
    public let places: Int
    /// Pounds of capital.
    public let capital: Double
    /// The April in which the financial year of that spend begins.
    public let spendYear: Int
    /// What capital is multiplied by: least, likeliest, most.
    public let overrun: [Double]
    /// Years by which it may open late, the months to its registration among them: least, likeliest, most.
    public let delay: [Double]
    /// The share of its places that can be filled: least, likeliest, most.
    public let fill: [Double]
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
                "registration_low", "registration_likely", "registration_high", "fill_low", "fill_likely", "fill_high",
                "revenue_before_opening", "source",
            ]
        ) { row, findings in
            let (scheme, provision) = (row.name("scheme", &findings), row.name("provision", &findings))
            let (settings, needs) = (row.settings(space, &findings), row.needs(space, &findings))
            let opens = row.opening("opens", &findings)
            let ages = row.yearGroups("year_group", &findings)
            let places = row.integer("places", -100_000...100_000, &findings)
            let capital = row.number("capital", .capital, &findings)
            let spend = row.year("spend_year", .financialYear, &findings)
            let overrun = row.three("overrun", .overrun, &findings, otherwise: 1)
            let delay = row.three("delay", .delay, &findings, otherwise: 0)
            let registration = row.three("registration", .months, &findings, otherwise: 0)
            let fill = row.three("fill", .share, &findings, otherwise: 1)
            let revenue = row.number("revenue_before_opening", .capital, &findings, otherwise: 0)
            guard let scheme, let provision, let settings, let needs, let opens, let ages, let places, let capital,
                let spend, let overrun, let delay, let registration, let fill, let revenue
            else { return nil }
            findings.use.take(year: opens.year)
            return SchemeRow(
                scheme: scheme, provision: provision, settings: settings, needs: needs, opens: opens.year,
                month: opens.month,
                ages: ages,
                places: places, capital: capital, spendYear: spend, overrun: overrun,
                delay: zip(delay, registration).map { $0 + $1 / 12 }, fill: fill, revenueBeforeOpening: revenue,
                source: row.text("source"), line: row.line)
        }
    }
}
