import Formats
import Vocabulary

/// How children get to school and what that costs: `transport.csv` and `transport-costs.csv`.
///
/// A child of a row costs the share that is transported, times what a journey by each mode over each distance costs for a year, in the
/// row's shares. A place near home costs less than one far away, so that another place is another price.
public struct GivenTransport: Sendable, Equatable {
    /// Which children are transported, how far and how.
    public var rows: [TransportRow] = []
    /// What a mode costs.
    public var costs: [TransportCost] = []

    /// No transport.
    public init() {}

    /// States rows and costs.
    public init(rows: [TransportRow], costs: [TransportCost]) {
        (self.rows, self.costs) = (rows, costs)
    }

    /// Pounds for each child of a row for a year, whether transported or not, at the prices of the costs' year.
    public func price(of row: TransportRow) -> Double {
        let modes = row.modes
        return row.transported
            * costs.reduce(0) { sum, cost in
                let pounds = cost.near * row.near + cost.far * row.far + cost.outOfCounty * row.outOfCounty
                return sum + (modes[cost.mode] ?? 0) * pounds
            }
    }

    /// The part of the price of a row that would not be paid if nobody of it went to school outside the county, but as far as the others do.
    public func shareOutOfCounty(of row: TransportRow) -> Double {
        var home = row
        let inside = row.near + row.far
        (home.near, home.far, home.outOfCounty) =
            inside > 0 ? (row.near / inside, row.far / inside, 0) : (1, 0, 0)
        let price = price(of: row)
        return price > 0 ? 1 - self.price(of: home) / price : 0
    }

    /// The April in which the financial year of the costs begins; `nil` where there are none.
    public var priceYear: Int? { costs.first?.priceYear }
}

/// A row of `transport.csv`: children of some settings and ages.
public struct TransportRow: ModelRow, Sendable, Equatable {
    /// What the line of spend is called.
    public var name = ""
    /// Positions of the settings.
    public var settings: [Int] = []
    /// The youngest and oldest age on 31 August.
    public var ages: ClosedRange<Int> { youngest...oldest }
    var youngest = 0
    var oldest = 25
    /// The share of the children that are transported.
    public var transported = 0.0
    /// Of those, the shares that go to a place near home, far from it in the county, and outside it.
    public var near = 1.0
    /// See ``near``.
    public var far = 0.0
    /// See ``near``.
    public var outOfCounty = 0.0
    /// Of those, the shares that go by each mode.
    public var pass = 0.0
    /// See ``pass``.
    public var minibus = 0.0
    /// See ``pass``.
    public var fleet = 0.0
    /// See ``pass``.
    public var taxi = 1.0
    /// The share of taxi passengers who ride alone.
    public var solo = 0.0
    /// The coefficient of variation of what is not known about the price.
    public var uncertainty = 0.0
    /// Where the shares are from.
    public var source = ""
    /// How good that is.
    public var quality: AssumptionQuality?
    /// The row of the file.
    public internal(set) var line = 0

    /// Nobody.
    public init() {}

    /// The shares of modes.
    public var modes: [TransportMode: Double] {
        [.pass: pass, .minibus: minibus, .fleet: fleet, .sharedTaxi: taxi * (1 - solo), .soloTaxi: taxi * solo]
    }

    /// The columns of shares.
    static var shares: [(name: String, part: WritableKeyPath<TransportRow, Double>)] {
        [
            ("transported", \.transported), ("near", \.near), ("far", \.far), ("out_of_county", \.outOfCounty),
            ("pass", \.pass), ("minibus", \.minibus), ("fleet", \.fleet), ("taxi", \.taxi), ("solo", \.solo),
        ]
    }

    static let file = ModelFile.transport

    static func columns(_ space: StateSpace) -> [TableColumn<TransportRow>] {
        let ages = space.service.years
        return [
            .name("line", \.name), .settings(\.settings, space), .integer("min_age", \.youngest, ages),
            .integer("max_age", \.oldest, ages),
        ] + shares.map { .number($0.name, $0.part, .share) } + [
            .number("uncertainty", \.uncertainty, .uncertainty, otherwise: 0), .text("source", \.source),
            .quality(\.quality),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[TransportRow]> {
        TableReader.rows(file, columns(space), TransportRow()) { row, line, findings in
            row.line = line
            let sums = [
                ("near", "near, far and out_of_county", row.near + row.far + row.outOfCounty),
                ("pass", "pass, minibus, fleet and taxi", row.pass + row.minibus + row.fleet + row.taxi),
            ]
            for (column, names, sum) in sums where abs(sum - 1) > 0.005 {
                findings.add(
                    .error, line: line, column: column, "\(names) sum to \(Numerals.plain(sum)), and 1 was expected",
                    remedy: "They are shares of the children who are transported.")
            }
            let edges = space.service.bands.map(\.ages)
            let isOfBands =
                edges.contains { $0.lowerBound == row.youngest } && edges.contains { $0.upperBound == row.oldest }
            if row.youngest > row.oldest || !isOfBands {
                let bands = edges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ", ")
                findings.add(
                    .error, line: line, column: "min_age",
                    "ages \(row.youngest) to \(row.oldest) are not made of the bands \(bands)",
                    remedy: "Begin and end where bands do.")
            }
        }
    }
}

/// A row of `transport-costs.csv`: what a child who goes by a mode costs for a year.
public struct TransportCost: ModelRow, Sendable, Equatable {
    /// The mode.
    public var mode = TransportMode.pass
    /// Pounds to a place near home, far from it in the county, and outside it.
    public var near = 0.0
    /// See ``near``.
    public var far = 0.0
    /// See ``near``.
    public var outOfCounty = 0.0
    /// The April in which the financial year of these prices begins.
    public var priceYear = 0
    /// The index of `inflation.csv`.
    public var index = ""
    /// Where it is from.
    public var source = ""
    /// How good that is.
    public var quality: AssumptionQuality?
    /// The row of the file.
    public internal(set) var line = 0

    /// Nothing.
    public init() {}

    static let file = ModelFile.transportCosts

    static func columns(_ space: StateSpace) -> [TableColumn<TransportCost>] {
        [
            .choice("mode", \.mode), .number("near", \.near, .planYear), .number("far", \.far, .planYear),
            .number("out_of_county", \.outOfCounty, .planYear), .financialYear("price_year", \.priceYear),
            .text("index", \.index), .text("source", \.source), .quality(\.quality),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[TransportCost]> {
        var first: [TransportMode: Int] = [:]
        return TableReader.rows(file, columns(space), TransportCost()) { row, line, findings in
            row.line = line
            guard let other = first.updateValue(line, forKey: row.mode) else { return }
            findings.add(
                .error, line: line, column: "mode", "row \(other) is about '\(row.mode.rawValue)' already",
                remedy: "Delete one.")
        }
    }
}
