/// Which verbs go with which quantities, and what they do: the reader of scenarios, their JSON Schema and the table of the documentation are
/// made from this.
public struct LeverUse: Sendable {
    /// The verbs.
    public let verbs: [ScenarioText.Verb]
    /// What they act on; none where they name something.
    public let targets: [ScenarioText.Target]
    /// What they name.
    public let named: String
    /// What becomes of it.
    public let result: String

    private init(
        _ verbs: [ScenarioText.Verb], _ targets: [ScenarioText.Target] = [], named: String = "", _ result: String
    ) {
        self.verbs = verbs
        self.targets = targets
        self.named = named
        self.result = result
    }

    private static let changes: [ScenarioText.Verb] = [.multiply, .add, .set, .cap]

    /// All of them, in the order of the documentation.
    public static let all: [LeverUse] = [
        LeverUse(
            changes, [.joiners, .leavers, .movers, .entry, .reclassification, .population, .cost],
            "changes it by `by`; amounts are plans a year of all the cells together for joiners, people of each age for population, "
                + "pounds for costs, and rates otherwise"),
        LeverUse([.move], [.joiners, .movers, .stayers], "sends the share `by` to the setting `to`"),
        LeverUse(
            [.close], named: "a setting or group",
            "sends its children, and those who would enter it, to the setting `to`; plans that arrive from other authorities still "
                + "enter it, and leave a year later"),
        LeverUse(
            [.close], named: "a provision", "it takes nobody, and its children ask for another place of their setting"),
        LeverUse(changes, [.places], "changes the places of `where: {provision: …}`, or of all"),
        LeverUse(
            changes, [.funding],
            "changes income from a financial year on: the high needs block, or `where: {item: …}`"),
        LeverUse(
            changes, [.outOfArea],
            "changes the share of the children of `where` who are placed outside the area (`out-of-area.csv`) from a January on, and what "
                + "their journeys to school cost from the April after; they stay in their setting"),
        LeverUse(
            [.open], named: "a table of schemes beside the scenario",
            "opens its schemes, or those named in `schemes`, `later` years later than it says"),
        LeverUse(
            [.multiply], [.support, .requests],
            "multiplies how many pupils start on SEN support, or how many of those who have it go on to a plan (with `support.csv`); "
                + "whole phases, `where: {band: 5 to 10}` or `11 to 15`; plans follow as pupils grow up"),
        LeverUse(
            [.multiply], [.refusals],
            "multiplies how many requests are refused an assessment (with `rates/assessments.csv`), or with `where: {decision: plan}` how many "
                + "assessments end without a plan; mediation and appeals give a part of them back later (`law.csv`)"),
        LeverUse(
            [.multiply], [.frontDoor],
            "multiplies the cases of the first stage of `front-door.csv`, or of `where: {stage: …}`; later stages, and children who start to be "
                + "looked after, follow as far as they come that way, and as many months later"),
        LeverUse(
            [.multiply], [.prevalence],
            "multiplies the rates of `prevalence.csv` that `where: {line: …}` names, or all of them, from a January on; services that `costs.csv` "
                + "prices for those counted follow (`payers.csv`)"),
        LeverUse([.delay], [.joiners], "they join `by` years later, and older"),
    ]

    /// The table of the documentation, in Markdown.
    public static var table: String {
        func codes(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }
        let rows = all.map { use in
            let targets = use.targets.isEmpty ? use.named : codes(use.targets.map(\.rawValue))
            return "| \(codes(use.verbs.map(\.rawValue))) | \(targets) | \(use.result) |\n"
        }
        return "| verb | acts on | what it does |\n| --- | --- | --- |\n" + rows.joined()
    }
}

extension ScenarioText.Verb {
    /// What it may act on; nothing where it names a setting, a provision or a table.
    public var targets: [ScenarioText.Target] {
        let own = LeverUse.all.filter { $0.verbs.contains(self) }.flatMap(\.targets)
        return ScenarioText.Target.allCases.filter(own.contains)
    }

    /// What it does, in a sentence.
    var description: String {
        switch self {
        case .multiply: "Multiplies it by 'by'."
        case .add: "Adds 'by': plans a year to joiners, a share to a rate, people of each age, pounds to a cost."
        case .set: "Sets it to 'by'."
        case .move: "Sends a share 'by' of joiners, movers or stayers to the setting 'to'."
        case .close:
            "Closes a setting, whose children go to the setting 'to', or a provision, whose children ask for another place."
        case .open: "Opens the schemes of a table in the folder of scenarios, such as schemes.csv."
        case .cap: "Holds it at 'by' where it is above."
        case .delay: "Joiners join 'by' years later."
        }
    }
}

extension ScenarioText.Scope {
    /// A key of 'where'.
    public enum Key: String, CaseIterable, Sendable {
        case need, age, ncy, band, reason, placement, route, setting, from, group, provision, line, item, to, decision,
            stage

        /// The only quantities that it is for; `nil` where it is for any.
        public var targets: [ScenarioText.Target]? {
            switch self {
            case .route: [.leavers]
            case .provision: [.places]
            case .line: [.cost, .prevalence]
            case .item: [.funding]
            case .to: [.movers, .reclassification]
            case .decision: [.refusals]
            case .stage: [.frontDoor]
            default: nil
            }
        }

        /// What it names.
        var description: String {
            switch self {
            case .need: "Needs."
            case .age: "Ages on 31 August before the arriving January: 11, or 5-10."
            case .ncy: "National curriculum years, as ages."
            case .band: "Bands: \(ScenarioText.bands.map(\.name).joined(separator: ", "))."
            case .reason: "Reasons for care; of plans, why they end (rates/routes.csv)."
            case .placement: "Placements: the settings of care."
            case .route: "Where leavers go (rates/routes.csv); they can be multiplied."
            case .setting: "Settings joined, left or departed from."
            case .from: "Settings departed from."
            case .group: "Groups of settings."
            case .provision: "Provisions, where places change."
            case .line: "Lines of costs.csv, where costs change, or rows of prevalence.csv."
            case .item: "Items of income, where funding changes."
            case .to: "Settings or groups moved to, or needs changed to."
            case .decision: "The decision that is refused: assessment, or plan."
            case .stage: "A stage of front-door.csv, before care."
            }
        }
    }
}
