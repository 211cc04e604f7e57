import Formats
import Vocabulary

/// A row of `indicators.csv`: a published figure that is kept beside the model; nothing is calculated from it.
public struct IndicatorRow: ModelRow, Sendable, Equatable {
    /// What is counted.
    public internal(set) var indicator = Indicator.allCases[0]
    /// A January, of plans by years in force, residential places and personal budgets; else a calendar year.
    public internal(set) var year = 0
    /// The part of it, such as a need or who asked; `all` for the whole.
    public internal(set) var category = ""
    /// People, or weeks.
    public internal(set) var value = 0.0
    /// Where it is from.
    public internal(set) var source = ""

    /// The category of a whole.
    public static let all = "all"

    static let file = ModelFile.indicators

    static func columns(_ space: StateSpace) -> [TableColumn<IndicatorRow>] {
        [
            .choice("indicator", \.indicator),
            .year("year", \.year, .counted), .name("category", \.category), .number("value", \.value, .count),
            .text("source", \.source, .required),
        ]
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[IndicatorRow]> {
        TableReader.rows(file, columns(space), IndicatorRow())
    }
}

extension NationalRelease.Area {
    /// What the release has of the area that no rate is made from, oldest first.
    public func indicators(_ classification: Classification, source: String) -> [IndicatorRow] {
        var rows: [IndicatorRow] = []
        func add(_ indicator: Indicator, _ year: Int, _ figures: [(category: String, value: Double)]) {
            for figure in figures where !figure.value.isNaN {
                rows.append(
                    IndicatorRow(
                        indicator: indicator, year: year, category: figure.category,
                        value: Numerals.rounded(figure.value, decimals: 3), source: source))
            }
        }
        func add(_ indicator: Indicator, _ year: Int, _ names: [String], _ values: [Double]) {
            add(indicator, year, Array(zip(names, values)).map { (category: $0.0, value: $0.1) })
        }
        func add(_ indicator: Indicator, _ year: Int, _ figures: [String: Double]) {
            let ordered = figures.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
            add(indicator, year, ordered.map { (category: $0.key, value: $0.value) })
        }
        for (january, plans) in plans.sorted(by: { $0.key < $1.key }) {
            add(.plansByYearsHeld, january, plans.byYearsHeld)
            add(.residentialPlaces, january, [IndicatorRow.all, "38 to 51 weeks", "52 weeks"], plans.residential)
            add(
                .personalBudgets, january,
                [IndicatorRow.all, "organised arrangements", "health", "education", "social care", "several"],
                plans.personalBudgets)
        }
        let disputed = ["mediation", "tribunal", "tribunal after mediation"]
        for (year, requests) in requests.sorted(by: { $0.key < $1.key }) {
            add(.requestsBySource, year, requests.bySource)
            add(.disputedRequests, year, disputed, requests.appeals.requests)
            add(.disputedAssessments, year, disputed, requests.appeals.assessments)
            add(.weeksToIssue, year, [IndicatorRow.all, "without exceptions"], requests.weeksToIssue)
        }
        for (year, endings) in endings.sorted(by: { $0.key < $1.key }) {
            add(.endingsByYearsHeld, year, endings.byYearsHeld)
            add(
                .endingsByNeed, year, classification.needs.map(\.code) + ["not reported"],
                endings.byNeedWithoutTransfers)
        }
        for (year, transfers) in phaseTransfers.sorted(by: { $0.key < $1.key }) {
            add(
                .phaseTransfers, year, ["due", "final plan issued"],
                [transfers.due ?? .nan, transfers.finished ?? .nan])
        }
        return rows
    }
}

extension NationalRelease.Endings {
    /// By need, then those not reported; transfers to other authorities are left out. Empty where unknown.
    public var byNeedWithoutTransfers: [Double] {
        byNeed.map { table in
            (0..<table.rows).map { need in
                table.row(need).enumerated().reduce(0) {
                    $1.offset == NationalRelease.transfer ? $0 : $0 + $1.element
                }
            }
        } ?? []
    }
}
