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
        /// The share of children who are placed outside the area.
        case outOfArea = "out_of_area"
        /// Pupils who start on SEN support, and requests for a plan that come from it.
        case support, requests
        /// Requests that are refused an assessment, and assessments that end without a plan.
        case refusals
        /// Cases of a stage on the way into care.
        case frontDoor = "front_door"
        /// Rates of `prevalence.csv`.
        case prevalence
    }

    /// How far a lever is from being done.
    public enum Status: String, CaseIterable, Sendable {
        case proposed, agreed
        case underWay = "under way"
        case delivered
    }

    /// How sure its owner is that a lever does what it says.
    public enum Confidence: String, CaseIterable, Sendable {
        case high, medium, low
    }

    /// The part of a model that a lever acts on; everything where nothing is said.
    public struct Scope: Sendable, Equatable {
        /// What the file names under each key; ages stand in ``ages``.
        private(set) var words: [Key: [String]] = [:]
        /// Ages on 31 August before the arriving January, of all keys that name ages.
        public private(set) var ages: [Int] = []

        /// Everywhere.
        public init() {}

        /// What is named under some keys.
        public func callAsFunction(_ keys: Key...) -> [String] { named(keys) }

        private func named(_ keys: [Key]) -> [String] { keys.flatMap { words[$0] ?? [] } }

        private static let ofSettings: [Key] = [.setting, .placement, .from, .group]

        /// Codes of settings or groups: joined, left, or departed from.
        public var settings: [String] { named(Self.ofSettings) }

        /// The same without what some keys name.
        public func without(_ keys: Key...) -> Scope { without(keys) }

        /// The same in all settings.
        public var withoutSettings: Scope { without(Self.ofSettings) }

        private func without(_ keys: [Key]) -> Scope {
            var scope = self
            for key in keys { scope.words[key] = nil }
            return scope
        }

        init(_ yaml: YAMLReader) {
            var ages: [ClosedRange<Int>] = []
            for key in Key.allCases {
                let named = yaml.words(key.rawValue)
                if named.isEmpty { continue }
                switch key {
                case .age: ages += named.compactMap { ScenarioText.ages($0, "age", 0, yaml) }
                case .ncy: ages += named.compactMap { ScenarioText.ages($0, "ncy", 4, yaml) }
                case .band: ages += named.compactMap { ScenarioText.band($0, yaml) }
                default: words[key] = named
                }
            }
            self.ages = Set(ages.joined()).sorted()
        }
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
        public let scope: Scope
        /// Where people go instead.
        public let to: String
        /// By how much: least, likeliest, most.
        public let size: [Double]
        /// The first January, or the April of the first financial year of a cost.
        public let starts: Int?
        /// The last.
        public let ends: Int?
        /// Both as the file says them.
        public let written: [String?]
        /// In a year of months, the first month that it acts in and the last; `nil` for whole years.
        public let firstMonth: FinancialMonth?
        /// See ``firstMonth``.
        public let lastMonth: FinancialMonth?
        /// Years to full effect.
        public let ramp: Int
        /// Where the size is from.
        public let source: String
        /// What it is called in outputs.
        public let name: String
        /// Who answers for it: the scenario's owner where the lever has none of its own; empty where nobody is named.
        public let owner: String
        /// How far it is, and how sure its owner; `nil` where the file does not say.
        public let status: Status?
        /// See ``status``.
        public let confidence: Confidence?
        /// The scenario's file.
        public let file: String
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
            let levers = yaml.list("levers") { lever($0, file, owner ?? "") }
            if levers.isEmpty { yaml.complain("the scenario has no levers", remedy: "Add a list 'levers'.") }
            return ScenarioText(
                name: name, title: title ?? name, owner: owner ?? "", file: file.name, levers: levers)
        }
    }

    private static func lever(_ yaml: YAMLReader, _ file: SourceFile, _ owner: String) -> Lever? {
        let stated = Verb.allCases.compactMap { verb in yaml.text(verb.rawValue).map { (verb, $0) } }
        guard let (verb, word) = stated.first, stated.count == 1 else {
            let verbs = Verb.allCases.map(\.rawValue).joined(separator: ", ")
            yaml.complain(
                stated.isEmpty ? "the lever does nothing" : "the lever does several things at once",
                remedy: "Say one of \(verbs).")
            return nil
        }
        let isNamed = verb.targets.isEmpty
        let target = isNamed ? nil : target(of: verb, yaml)
        let size = yaml.threeNumbers("by")
        if size == nil && !isNamed && !yaml.has("by") {
            yaml.complain("the lever does not say by how much", remedy: "Add 'by'.")
        }
        let schemes = yaml.words("schemes")
        let later = yaml.integer("later", in: -20...20)
        if verb != .open && (!schemes.isEmpty || later != nil) {
            yaml.complain("'schemes' and 'later' are for 'open'", remedy: "Leave them out.")
        }
        let scope = yaml.mapping("where") { Scope($0) } ?? Scope()
        let to = yaml.text("to")
        if verb == .close ? false : (verb == .move) != (to != nil) {
            yaml.complain(
                to == nil ? "the lever does not say where people go" : "only 'move' and 'close' send people somewhere",
                remedy: to == nil ? "Add 'to' with a setting." : "Use 'where: {to: …}' for moves that change.")
        }
        // Money counts by financial years, children by Januaries.
        let isMoney = target == .cost || target == .funding
        func year(_ key: String, _ meaning: WrittenYear.Meaning) -> (year: Int?, month: FinancialMonth?) {
            guard file.service == .care, let written = yaml.month(key) else {
                return (yaml.year(key, isMoney ? .financialYear : meaning), nil)
            }
            return (isMoney ? written.march - 1 : written.march, written.month)
        }
        let (starts, ends) = (year("starts", .firstJanuary), year("ends", .lastJanuary))
        return Lever(
            verb: verb, target: target, named: isNamed ? word : "", schemes: schemes, later: later ?? 0, scope: scope,
            to: to ?? "",
            size: size.map { [$0.low, $0.likely, $0.high] } ?? [1, 1, 1],
            starts: starts.year, ends: ends.year, written: [yaml.text("starts"), yaml.text("ends")],
            firstMonth: starts.month, lastMonth: ends.month,
            ramp: yaml.integer("ramp", in: 0...30) ?? 0, source: yaml.text("source") ?? "",
            name: yaml.text("name") ?? "\(verb.rawValue) \(word)", owner: yaml.text("owner") ?? owner,
            status: yaml.choiceIfAny("status", of: Status.self),
            confidence: yaml.choiceIfAny("confidence", of: Confidence.self), file: file.name, line: yaml.line)
    }

    /// What a verb acts on, if it may.
    private static func target(of verb: Verb, _ yaml: YAMLReader) -> Target? {
        guard let target = yaml.choice(verb.rawValue, of: Target.self) else { return nil }
        if verb.targets.contains(target) { return target }
        let words = verb.targets.map(\.rawValue)
        let others = Verb.allCases.filter { $0.targets.contains(target) }.map { "'\($0.rawValue): \(target.rawValue)'" }
        yaml.complain(
            "'\(verb.rawValue)' acts on \(words.listed(with: "or"))",
            remedy: "Choose \(words.count == 1 ? "that" : "one of them"), or say \(others.listed(with: "or")).")
        return nil
    }

    /// The bands of ages of all services.
    static let bands = Service.allCases.flatMap(\.bands)

    private static func band(_ name: String, _ yaml: YAMLReader) -> ClosedRange<Int>? {
        if let band = bands.first(where: { $0.name == name.lowercased() }) { return band.ages }
        yaml.complain(
            "'\(name)' is not a band of ages", remedy: "Say \(bands.map(\.name).joined(separator: ", ")).")
        return nil
    }

    /// One age, or several as `5-10`; curriculum years are ages less four.
    private static func ages(_ text: String, _ key: String, _ shift: Int, _ yaml: YAMLReader) -> ClosedRange<Int>? {
        guard let ages = AgeRange.read(text, shift: shift) else {
            yaml.complain(
                "'\(text)' is not \(key == "age" ? "an age of 0 to 25" : "a curriculum year of −4 to 21")",
                remedy: "Write one, or several as '5-10'.")
            return nil
        }
        return ages
    }
}
