import Formats
import Vocabulary

/// A row of `prevalence.csv`: a number for every 1,000 people, or plans, from which a forecast follows at constant prevalence. Of some
/// settings it is a share of the children there by what the model does not tell apart: distance, provider, who is alone in a home.
public struct PrevalenceRow: ModelRow, Sourced, Sendable, Equatable {
    /// What the number is of.
    public enum Base: String, CaseIterable, Sendable {
        /// People of the area.
        case people
        /// Plans, or children in care: those whom the model is of.
        case modelled = "model"
        /// Pupils with SEN support.
        case support
    }

    /// The phases whose pupils with SEN support a rate is of; none where ages are not those of phases.
    package var phases: [SupportPhase] {
        let phases = SupportPhase.allCases.filter { ages.contains($0.band.lowerBound) }
        let isWhole =
            phases.first?.band.lowerBound == ages.lowerBound && phases.last?.band.upperBound == ages.upperBound
        return isWhole ? phases : []
    }

    /// What is counted, in words.
    public internal(set) var name = ""
    /// What the number is of.
    public internal(set) var base = Base.people
    /// The ages.
    public internal(set) var ages = 0...0
    /// Positions of the needs; all where people are meant.
    public internal(set) var needs: [Int] = []
    /// Positions of the settings; all where nothing is said.
    public internal(set) var settings: [Int] = []
    /// The likeliest number for 1,000.
    public internal(set) var likely = 0.0
    /// The least and the most; `nil` where the number is known.
    public internal(set) var low: Double?
    /// See ``low``.
    public internal(set) var high: Double?
    /// Areas of `areas.csv` in which the people live, of one set, separated as those of places; empty for all.
    public internal(set) var area = ""
    /// The names in ``area``.
    package var areas: [String] { PlacesRow.areas(area) }
    /// Who pays or acts; empty where nobody is named.
    public internal(set) var agency = ""
    /// Where its figures are from.
    public internal(set) var origin = Origin()

    private init() {}

    /// States a rate.
    /// - Parameters:
    ///   - needs: positions of needs; all where `nil`.
    ///   - settings: positions of settings; all where `nil`.
    ///   - rates: for 1,000, the least, the likeliest and the most.
    package init(
        _ name: String, _ space: StateSpace, of base: Base = .modelled, needs: [Int]? = nil, settings: [Int]? = nil,
        rates: (low: Double, likely: Double, high: Double), source: String, date: String, _ quality: AssumptionQuality
    ) {
        (self.name, self.base, origin) = (name, base, Origin(source, date, quality))
        ages = space.service.years
        self.needs = needs ?? Array(space.need.codes.indices)
        self.settings = settings ?? Array(space.setting.codes.indices)
        likely = rates.likely
        if rates.low < rates.high { (low, high) = (rates.low, rates.high) }
    }

    static let file = ModelFile.prevalence

    static func columns(_ space: StateSpace) -> [TableColumn<PrevalenceRow>] {
        .of(
            [
                .name("name", \.name), .choice("of", \.base), .ageBand(\.ages, space.service),
                .needs("need", \.needs, space), .anySettings(\.settings, space),
                .number("per_1000", \.likely, .perThousand),
                .number("low", \.low, .perThousand), .number("high", \.high, .perThousand), .text("agency", \.agency),
            ], .origin(\.origin), [.text("area", \.area)])
    }

    static func read(_ file: SourceFile, _ space: StateSpace) -> Checked<[PrevalenceRow]> {
        var lines: [String: Int] = [:]
        return TableReader.rows(file, columns(space), PrevalenceRow()) { row, line, findings in
            func refuse(_ column: String, _ message: String, _ remedy: String) {
                findings.add(.error, line: line, column: column, message, remedy: remedy)
            }
            if let first = lines.updateValue(line, forKey: row.name) {
                refuse("name", "row \(first) has the same name", "Give each a name of its own.")
            }
            let (low, high) = (row.low ?? row.likely, row.high ?? row.likely)
            if low > row.likely || row.likely > high || (row.low == nil) != (row.high == nil) {
                refuse(
                    "low", "low, per_1000 and high are not in order, or one of the two ends is missing",
                    "Give all three in order, or per_1000 alone.")
            }
            if row.base == .support && row.phases.isEmpty {
                refuse(
                    "age_band", "pupils with SEN support are counted by phase", "Say 5-10, 11-15, or 5-15 for both.")
            }
            if row.base != .people && !row.areas.isEmpty {
                refuse("area", "\(row.base.rawValue) is not distinguished by area", "Say 'people', or leave it empty.")
            }
            let isOfNeeds = row.needs.count < space.need.count
            if row.base != .modelled && isOfNeeds {
                refuse("need", "\(row.base.rawValue) is not distinguished by need", "Write 'any'.")
            }
            let isOfSettings = row.settings.count < space.setting.count
            if isOfSettings && (row.base != .modelled || row.ages != space.service.years) {
                let setting = space.service.words.column("setting")
                refuse(
                    setting, "a rate of some \(setting)s is one of the model's children of any age",
                    "Say 'model' and 'any', or leave \(setting) empty.")
            }
            if isOfNeeds && row.ages != space.service.years && bands(row.ages, space.service).isEmpty {
                let names = space.service.bands.map(\.name).listed(with: "or")
                refuse("age_band", "with a need, ages are whole bands", "Say 'any', or \(names).")
            }
        }
    }

    /// The bands that make up some ages; none where they do not.
    package static func bands(_ ages: ClosedRange<Int>, _ service: Service) -> [Int] {
        let bands = service.bands.indices.filter { ages.contains(service.bands[$0].ages.lowerBound) }
        let covered = bands.map { service.bands[$0].ages }
        let isWhole = covered.first?.lowerBound == ages.lowerBound && covered.last?.upperBound == ages.upperBound
        return isWhole ? bands : []
    }
}
