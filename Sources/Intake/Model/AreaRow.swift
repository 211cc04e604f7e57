import Formats
import Vocabulary

/// A row of `areas.csv`: how much of some children lives in an area of a set, such as a district or a ward group.
///
/// A set is one way of dividing the authority; there may be several, whose areas cross. Exactly one of ``children``, ``population`` and
/// ``share`` is stated.
public struct AreaRow: ModelRow, Sourced, Sendable, Equatable {
    /// The set, such as `district`.
    public package(set) var set = ""
    /// The area.
    public package(set) var area = ""
    /// Ages on 31 August.
    public var ages: ClosedRange<Int> { first...last }
    package var first = 0
    package var last = 0
    /// Positions of the needs.
    public package(set) var needs: [Int] = []
    /// Children with plans who were counted there.
    public package(set) var children: Int?
    /// People of these ages who live there; children are taken to have plans alike everywhere.
    public package(set) var population: Double?
    /// The share of the authority's children who live there.
    public package(set) var share: Double?
    /// How far a population or share may be out: its standard deviation, as a share of itself.
    public package(set) var spread: Double?
    /// Where its figures are from.
    public package(set) var origin = Origin()
    /// The row of the file.
    public package(set) var line = 0

    /// A row of no area.
    package init() {}

    static let file = ModelFile.areas

    static func columns(_ space: StateSpace) -> [TableColumn<AreaRow>] {
        .of(
            [
                .name("area_set", \.set), .name("area", \.area), .integer("min_age", \.first, 0...space.years - 1),
                .integer("max_age", \.last, 0...space.years - 1), .needs("need", \.needs, space),
                .integer("children", \.children, 0...1_000_000), .number("population", \.population, .weight),
                .number("share", \.share, .share), .number("spread", \.spread, .uncertainty),
            ], .origin(\.origin))
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[AreaRow]> {
        TableReader.rows(file, columns(space), AreaRow()) { row, line, findings in
            row.line = line
            if row.first > row.last {
                findings.add(
                    .error, sharing: "ages", line: line, column: "min_age",
                    "the lowest age, \(row.first), is above the highest, \(row.last)", remedy: "Swap them.")
            }
            let stated = [row.children.map(Double.init), row.population, row.share].compactMap { $0 }
            if stated.count != 1 {
                findings.add(
                    .error, sharing: "stated", line: line, column: "children",
                    "one of 'children', 'population' and 'share' was expected, and the row has \(stated.count)",
                    remedy: "Keep the best of them: children counted, else a share of children, else people.")
            }
            if row.area.contains(PlacesRow.areaMark) {
                findings.add(
                    .error, sharing: "mark", line: line, column: "area",
                    "'\(row.area)' has a semicolon, which separates areas in places.csv", remedy: "Rename the area.")
            }
            findings.use.take(area: row.area)
        }
    }
}
