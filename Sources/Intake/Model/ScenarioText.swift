import Formats
import Vocabulary

/// A scenario as its file states it: what is done, to what, by how much and when.
public struct ScenarioText: Sendable, Equatable {
    /// What a lever does.
    public enum Verb: String, CaseIterable, Sendable {
        case multiply, add, set, move, close, cap, delay, open
    }

    /// What a lever acts on.
    public enum Target: String, CaseIterable, Sendable {
        case joiners, leavers, movers, stayers, entry, reclassification, population, cost, places, funding
    }

    /// The cells that a lever acts on; empty lists for all.
    public struct Place: Sendable, Equatable {
        /// Codes of needs.
        public var needs: [String] = []
        /// Codes of reasons: for care, or where leavers go, for plans.
        public var reasons: [String] = []
        /// Where leavers go.
        public var routes: [String] = []
        /// Ages on 31 August before the arriving January.
        public var ages: [Int] = []
        /// Settings or groups: joined, left, or departed from.
        public var settings: [String] = []
        /// Settings, groups or needs arrived at.
        public var to: [String] = []
        /// Provisions, where places change.
        public var provisions: [String] = []
        /// Lines of spend, where costs change.
        public var lines: [String] = []
        /// Items of income, where funding changes.
        public var items: [String] = []

        /// Everywhere.
        public init() {}
    }

    /// One lever.
    public struct Lever: Sendable, Equatable {
        /// What it does.
        public let verb: Verb
        /// What it acts on; what is closed or opened has none.
        public let target: Target?
        /// The setting or provision that is closed, or the file of schemes that open.
        public let named: String
        /// The schemes of the file that open; all where none is named.
        public let schemes: [String]
        /// By how many years they open later than the file says.
        public let later: Int
        /// Where.
        public let place: Place
        /// Where people go instead.
        public let to: String
        /// By how much: least, likeliest, most.
        public let size: [Double]
        /// The first January, or the April of the first financial year of a cost.
        public let starts: Int?
        /// The last.
        public let ends: Int?
        /// Years to full effect.
        public let ramp: Int
        /// Where the size is from.
        public let source: String
        /// What it is called in outputs.
        public let name: String
        /// Where it stands in the file.
        public let line: Int?
    }

    /// The name, as the command line says it.
    public let name: String
    /// In words.
    public let title: String
    /// Who answers for it.
    public let owner: String
    /// The file.
    public let file: String
    /// What is done, in order.
    public let levers: [Lever]

    /// Reads a scenario's file.
    public static func read(_ file: SourceFile) -> Checked<ScenarioText?> {
        YAMLReader.read(file) { yaml -> ScenarioText? in
            let name = yaml.required("scenario")
            let title = yaml.text("title")
            let owner = yaml.text("owner")
            let levers = yaml.list("levers") { lever($0) }
            if levers.isEmpty { yaml.complain("the scenario has no levers", remedy: "Add a list 'levers'.") }
            return ScenarioText(
                name: name, title: title ?? name, owner: owner ?? "", file: file.name, levers: levers)
        }
    }

    private static func lever(_ yaml: YAMLReader) -> Lever? {
        let stated = Verb.allCases.compactMap { verb in yaml.text(verb.rawValue).map { (verb, $0) } }
        guard let (verb, word) = stated.first, stated.count == 1 else {
            let verbs = Verb.allCases.map(\.rawValue).joined(separator: ", ")
            yaml.complain(
                stated.isEmpty ? "the lever does nothing" : "the lever does several things at once",
                remedy: "Say one of \(verbs).")
            return nil
        }
        let isNamed = verb == .close || verb == .open
        let target =
            isNamed ? nil : Target(rawValue: yaml.word(verb.rawValue, among: Target.allCases.map(\.rawValue)))
        let size = yaml.threeNumbers("by")
        if size == nil && !isNamed { yaml.complain("the lever does not say by how much", remedy: "Add 'by'.") }
        let schemes = yaml.words("schemes")
        let later = yaml.integer("later", in: -20...20)
        if verb != .open && (!schemes.isEmpty || later != nil) {
            yaml.complain("'schemes' and 'later' are for 'open'", remedy: "Leave them out.")
        }
        let place = yaml.mapping("where") { Self.place($0) } ?? Place()
        let to = yaml.text("to")
        if verb == .close ? false : (verb == .move) != (to != nil) {
            yaml.complain(
                to == nil ? "the lever does not say where people go" : "only 'move' and 'close' send people somewhere",
                remedy: to == nil ? "Add 'to' with a setting." : "Use 'where: {to: …}' for moves that change.")
        }
        return Lever(
            verb: verb, target: target, named: isNamed ? word : "", schemes: schemes, later: later ?? 0, place: place,
            to: to ?? "",
            size: size.map { [$0.low, $0.likely, $0.high] } ?? [1, 1, 1],
            starts: yaml.integer("starts", in: 1990...2200), ends: yaml.integer("ends", in: 1990...2200),
            ramp: yaml.integer("ramp", in: 0...30) ?? 0, source: yaml.text("source") ?? "",
            name: yaml.text("name") ?? "\(verb.rawValue) \(word)", line: yaml.line)
    }

    private static func place(_ yaml: YAMLReader) -> Place {
        var place = Place()
        place.needs = yaml.words("need")
        place.reasons = yaml.words("reason")
        place.routes = yaml.words("route")
        place.settings = yaml.words("setting") + yaml.words("placement") + yaml.words("from") + yaml.words("group")
        place.to = yaml.words("to")
        place.provisions = yaml.words("provision")
        place.lines = yaml.words("line")
        place.items = yaml.words("item")
        let ages = yaml.words("age").compactMap { Self.ages($0, "age", 0, yaml) }
        let years = yaml.words("ncy").compactMap { Self.ages($0, "ncy", 4, yaml) }
        let bands = yaml.words("band").compactMap { name -> [Int]? in
            let known = Service.allCases.flatMap(\.bands)
            if let band = known.first(where: { $0.name == name.lowercased() }) { return Array(band.ages) }
            yaml.complain(
                "'\(name)' is not a band of ages",
                remedy: "Say \(known.map(\.name).joined(separator: ", ")).")
            return nil
        }
        place.ages = Set((ages + years + bands).joined()).sorted()
        return place
    }

    /// One age, or several as `5-10`; curriculum years are ages less four.
    private static func ages(_ text: String, _ key: String, _ shift: Int, _ yaml: YAMLReader) -> [Int]? {
        guard let ages = AgeRange.read(text, shift: shift) else {
            yaml.complain(
                "'\(text)' is not \(key == "age" ? "an age of 0 to 25" : "a curriculum year of −4 to 21")",
                remedy: "Write one, or several as '5-10'.")
            return nil
        }
        return Array(ages)
    }
}
