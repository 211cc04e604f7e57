import Finance
import Intake
import Placement
import Projection
import Vocabulary

/// Finds the cells that levers speak of, and says what they cannot mean.
public struct LeverReader {
    private let space: StateSpace
    private let groups: [String]
    private let januaries: ClosedRange<Int>
    let allocation: Allocation?
    /// The Septembers that show in the projection and not at its base.
    var openings: ClosedRange<Int> { januaries.lowerBound...max(januaries.upperBound - 1, januaries.lowerBound) }
    private let costs: [CostLine]
    private let hasFunding: Bool
    private let routes: [String]
    /// The tables of schemes of the scenario in hand, by the names of their files.
    var schemes: [String: [SchemeRow]] = [:]
    /// What was noticed.
    public internal(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - groups: the group of each setting.
    ///   - januaries: the projected Januaries, the base first.
    ///   - allocation: who has places in the baseline; `nil` where nothing is full.
    ///   - accounts: the lines of spend, and what comes in.
    ///   - routes: where leavers go, if they are told apart.
    public init(
        _ space: StateSpace, groups: [String], januaries: ClosedRange<Int>, allocation: Allocation? = nil,
        accounts: Accounts = Accounts(lines: []), routes: [String] = []
    ) {
        self.routes = routes
        costs = accounts.lines
        hasFunding = accounts.funding != nil
        self.space = space
        self.groups = groups
        self.januaries = januaries
        self.allocation = allocation
    }

    /// Puts a scenario in the model's terms.
    /// - Parameter schemes: the tables that its levers open, by the names of their files.
    public mutating func scenario(_ text: ScenarioText, schemes: [String: [SchemeRow]] = [:]) -> Scenario {
        self.schemes = schemes
        var levers: [Scenario.Lever] = []
        let start = findings.count
        for (number, lever) in text.levers.enumerated() {
            let before = findings.count
            let read = read(lever, text, number)
            if !findings[before...].containsErrors { levers.append(read) }
        }
        return Scenario(
            name: text.name, titles: [text.title], levers: levers,
            findings: findings[start...].filter { $0.severity != .error })
    }

    private mutating func read(_ lever: ScenarioText.Lever, _ text: ScenarioText, _ number: Int) -> Scenario.Lever {
        let size = RateAdjustment.Size(
            low: lever.size[0], likely: lever.size[1], high: lever.size[2], key: stableKey(text.name, String(number)))
        var effects = LeverEffects(size: size, years: years(lever, text), ramp: lever.ramp)
        check(lever, text)
        switch (lever.verb, lever.target) {
        case (.open, _): effects.schemes = open(lever, text)
        case (.close, _) where isProvision(lever.named): effects.places = closeProvision(lever, text, effects.years)
        case (.close, _):
            close(lever, text, &effects)
            let closed = settings([lever.named], text, lever)
            effects.closures = [SettingClosure(settings: closed, januaries: effects.years)]
        case (_, .places): effects.places = changePlaces(lever, text, Self.change(lever.verb), size, effects.years)
        case (.move, let target?): move(target, lever, text, &effects)
        case (.delay, .joiners):
            guard let years = Int(exactly: lever.size[1]), (1...10).contains(years) else { break }
            effects.add(.joining, .delaying(years: years), cells(lever.place, text, lever), by: .exactly(1))
        case (.delay, _):
            complain(lever, text, "'delay' acts on joiners", "Change 'starts' to delay another lever.")
        case (_, let target?): change(target, lever, text, &effects)
        case (_, nil): break
        }
        return Scenario.Lever(
            name: lever.name, file: text.file, text: lever, adjustments: effects.adjustments, costs: effects.costs,
            schemes: effects.schemes, places: effects.places, closures: effects.closures,
            funding: effects.funding)
    }

    /// Sends a share of people to another setting.
    private mutating func move(
        _ target: ScenarioText.Target, _ lever: ScenarioText.Lever, _ text: ScenarioText, _ effects: inout LeverEffects
    ) {
        guard let new = destination(lever, text) else { return }
        let cells = cells(lever.place, text, lever)
        switch target {
        case .movers: effects.add(.moving(to: settings(lever.place.to, text, lever)), .shifting(to: new), cells)
        case .stayers: effects.add(.staying, .shifting(to: new), cells)
        case .joiners: effects.add(.joining, .shifting(to: new), cells)
        default: complain(lever, text, "'move' acts on joiners, movers or stayers", "Choose one of them.")
        }
    }

    /// Multiplies, adds to, sets or caps rates, people or costs.
    private mutating func change(
        _ target: ScenarioText.Target, _ lever: ScenarioText.Lever, _ text: ScenarioText, _ effects: inout LeverEffects
    ) {
        let change = Self.change(lever.verb)
        let cells = cells(lever.place, text, lever)
        switch target {
        case .joiners: effects.add(.joining, change, cells)
        case .leavers: leave(change, cells, lever, text, &effects)
        case .movers: effects.add(.moving(to: settings(lever.place.to, text, lever)), change, cells)
        case .entry:
            var everywhere = lever.place
            everywhere.settings = []
            let entered = settings(lever.place.settings, text, lever)
            effects.add(.entering(entered), change, self.cells(everywhere, text, lever))
        case .reclassification: effects.add(.becoming(needs(lever.place.to, text, lever)), change, cells)
        case .population: effects.add(.population, change, cells)
        case .cost:
            let chosen = Set(cells.map { $0 % space.setting.count })
            effects.costs.append(
                CostChange(
                    change: change, size: effects.size, cells: Set(cells.map { $0 % space.cellsPerAge }),
                    lines: lines(lever, text, chosen), years: effects.years, ramp: lever.ramp))
        case .funding: effects.funding = funding(change, lever, text, effects)
        case .places: break
        case .stayers:
            complain(lever, text, "those who stay can only be moved", "Say 'move: stayers', or change movers.")
        }
    }

    /// Changes leavers, or those of some routes alone.
    private mutating func leave(
        _ change: RateAdjustment.Change, _ cells: [Int], _ lever: ScenarioText.Lever, _ text: ScenarioText,
        _ effects: inout LeverEffects
    ) {
        let names = lever.place.routes(of: space.service)
        if names.isEmpty { return effects.add(.leaving, change, cells) }
        if change != .times {
            complain(
                lever, text, "leavers of one route can only be multiplied", "Say 'multiply', or leave the route out.")
        }
        for name in names {
            if let route = routes.firstIndex(of: name) {
                effects.add(.leavingBy(route: route), change, cells)
            } else {
                unknown(name, "route of rates/routes.csv", routes, text, lever)
            }
        }
    }

    /// A change of income: of the high needs block where no item is named.
    private mutating func funding(
        _ change: RateAdjustment.Change, _ lever: ScenarioText.Lever, _ text: ScenarioText, _ effects: LeverEffects
    ) -> [FundingChange] {
        var place = lever.place
        place.items = []
        if place != ScenarioText.Place() {
            complain(lever, text, "income is not told apart by children", "Say 'where: {item: …}', or leave it out.")
        }
        if !hasFunding {
            complain(lever, text, "this model does not say what comes in", "Add funding.csv.")
        }
        let known = Funding.income.map(\.item)
        var items: [Funding.Item] = []
        for name in lever.place.items {
            if let item = Funding.Item(rawValue: name), known.contains(item) {
                items.append(item)
            } else {
                unknown(name, "item of income", known.map(\.rawValue), text, lever)
            }
        }
        return [
            FundingChange(
                change: change, size: effects.size, items: items.isEmpty ? [.block] : items, years: effects.years,
                ramp: lever.ramp)
        ]
    }

    /// The lines of spend that a lever names. An amount is one line's: where several are paid for the same plans, one must be named.
    private mutating func lines(_ lever: ScenarioText.Lever, _ text: ScenarioText, _ settings: Set<Int>) -> [String] {
        for name in lever.place.lines where !costs.contains(where: { $0.name == name }) {
            unknown(name, "line of costs.csv", costs.map(\.name), text, lever)
        }
        let here = costs.filter { line in
            (lever.place.lines.isEmpty || lever.place.lines.contains(line.name))
                && line.settings.contains(where: settings.contains)
        }
        if here.isEmpty {
            let names = settings.sorted().map { space.setting.codes[$0] }.joined(separator: ", ")
            let paid = costs.filter { lever.place.lines.contains($0.name) }.flatMap(\.settings)
            let places = Set(paid).sorted().map { space.setting.codes[$0] }.joined(separator: ", ")
            complain(
                lever, text, "the lever can never change anything: no such line of costs.csv is paid for \(names)",
                places.isEmpty ? "Name another line or setting." : "It is paid for \(places).")
        }
        for setting in settings.sorted() where lever.verb != .multiply {
            let names = here.filter { $0.settings.contains(setting) }.map(\.name)
            if names.count > 1 {
                complain(
                    lever, text, "\(space.setting.codes[setting]) has the lines \(names.joined(separator: ", "))",
                    "Say which one with 'where: {line: …}', or use 'multiply'.")
                break
            }
        }
        return lever.place.lines
    }

    private static func change(_ verb: ScenarioText.Verb) -> RateAdjustment.Change {
        switch verb {
        case .multiply: .times
        case .add: .plus
        case .set: .toBe
        default: .atMost
        }
    }

    /// A closed setting: nobody joins it or moves to it, and those in it go, all to one other.
    private mutating func close(
        _ lever: ScenarioText.Lever, _ text: ScenarioText, _ effects: inout LeverEffects
    ) {
        let closed = settings([lever.named], text, lever)
        guard let new = destination(lever, text), !closed.isEmpty else { return }
        if lever.place != ScenarioText.Place() || lever.size != [1, 1, 1] || lever.ramp > 1 {
            complain(
                lever, text, "a setting closes for all, and at once",
                "Leave out 'where', 'by' and 'ramp', or use 'move'.")
        }
        if closed.contains(new) {
            return complain(lever, text, "children cannot go to the setting that closes", "Name another.")
        }
        let all = Array(0..<space.count)
        let inside = all.filter { closed.contains($0 % space.setting.count) }
        effects.add(.moving(to: closed), .shifting(to: new), all, by: .exactly(1))
        effects.add(.staying, .shifting(to: new), inside, by: .exactly(1))
        effects.add(.joining, .shifting(to: new), inside, by: .exactly(1))
    }

    /// The one setting that people are sent to.
    private mutating func destination(_ lever: ScenarioText.Lever, _ text: ScenarioText) -> Int? {
        if lever.to.isEmpty {
            complain(lever, text, "the lever does not say where people go", "Add 'to' with a setting.")
            return nil
        }
        let found = settings([lever.to], text, lever)
        if found.count > 1 {
            complain(lever, text, "'\(lever.to)' is a group of settings", "Name the one setting that people go to.")
            return nil
        }
        return found.first
    }

    /// Whether the sizes and the parts of 'where' make sense for the verb.
    private mutating func check(_ lever: ScenarioText.Lever, _ text: ScenarioText) {
        let (low, high) = (lever.size[0], lever.size[2])
        checkSize(lever, text)
        if lever.target == .entry && lever.place.settings.isEmpty {
            complain(lever, text, "the setting that is entered is missing", "Add 'setting' to 'where'.")
        }
        if lever.target == .reclassification && !lever.place.settings.isEmpty {
            complain(lever, text, "needs change alike in all settings", "Leave 'setting' out.")
        }
        if lever.verb == .delay && (low != high || low != low.rounded() || !(1...10).contains(low)) {
            complain(lever, text, "'by' is a whole number of years from 1 to 10", "Correct it.")
        }
        if lever.target == .cost && !lever.place.ages.isEmpty {
            complain(lever, text, "costs are not told apart by age", "Say 'where: {line: …}', or leave the age out.")
        }
        if lever.target != .leavers && !lever.place.routes(of: space.service).isEmpty {
            complain(lever, text, "'where: {route: …}' is for leavers", "Leave it out.")
        }
        if lever.target != .funding && !lever.place.items.isEmpty {
            complain(lever, text, "'where: {item: …}' is for funding", "Leave it out.")
        }
        if lever.target != .cost && !lever.place.lines.isEmpty {
            complain(lever, text, "'where: {line: …}' is for costs", "Leave it out.")
        }
        if lever.target != .places && !lever.place.provisions.isEmpty {
            complain(lever, text, "'where: {provision: …}' is for places", "Leave it out.")
        }
        if [.movers, .reclassification].contains(lever.target) && lever.verb != .close { return }
        if !lever.place.to.isEmpty {
            complain(lever, text, "'where: {to: …}' is for movers and reclassification", "Leave it out.")
        }
    }

    private mutating func years(_ lever: ScenarioText.Lever, _ text: ScenarioText) -> ClosedRange<Int> {
        if lever.verb == .open && (lever.starts ?? lever.ends) != nil {
            complain(lever, text, "schemes open when their table says", "Use 'later' instead of 'starts' and 'ends'.")
        }
        // A financial year is named by the January in which it is still to come.
        let shift = lever.target == .cost || lever.target == .funding ? 1 : 0
        let known =
            januaries.lowerBound + 1 - shift...max(januaries.upperBound - shift, januaries.lowerBound + 1 - shift)
        let (first, last) = (lever.starts ?? known.lowerBound, lever.ends ?? 2_200)
        guard first <= last, first <= known.upperBound, last >= known.lowerBound else {
            complain(
                lever, text,
                "the lever acts from \(first) to \(last); the projection ends in \(space.service.words.day) \(januaries.upperBound)",
                "Correct 'starts' and 'ends'.")
            return januaries
        }
        return first...last
    }

    /// The cells of a place: arriving age, need, and setting joined or departed from.
    private mutating func cells(
        _ place: ScenarioText.Place, _ text: ScenarioText, _ lever: ScenarioText.Lever
    ) -> [Int] {
        let reasons = space.service == .care ? place.reasons : []
        let needs = needs(place.needs + reasons, text, lever)
        let settings = settings(place.settings, text, lever)
        let ages =
            place.ages.isEmpty ? Array(0..<space.ages) : place.ages.flatMap { Array(space.ages(ofYear: $0)) }
        return ages.flatMap { age in
            needs.flatMap { need in settings.map { space.cell(age: age, need: need, setting: $0) } }
        }
    }

    /// Settings by code or by group; all where none are named.
    private mutating func settings(
        _ names: [String], _ text: ScenarioText, _ lever: ScenarioText.Lever
    ) -> [Int] {
        if names.isEmpty { return Array(0..<space.setting.count) }
        var found: [Int] = []
        for name in names {
            let group = groups.indices.filter { groups[$0] == name }
            if let setting = space.setting.position(of: name) {
                found.append(setting)
            } else if !group.isEmpty {
                found += group
            } else {
                unknown(name, "setting or group", space.setting.codes + groups, text, lever)
            }
        }
        return Set(found).sorted()
    }

    private mutating func needs(_ codes: [String], _ text: ScenarioText, _ lever: ScenarioText.Lever) -> [Int] {
        if codes.isEmpty { return Array(0..<space.need.count) }
        var found: [Int] = []
        for code in codes {
            if let need = space.need.position(of: code) {
                found.append(need)
            } else {
                unknown(code, "need", space.need.codes, text, lever)
            }
        }
        return Set(found).sorted()
    }

    mutating func unknown(
        _ name: String, _ what: String, _ known: [String], _ text: ScenarioText, _ lever: ScenarioText.Lever
    ) {
        let hint = nearestSpelling(to: name, among: known).map { "Did you mean '\($0)'?" }
        complain(
            lever, text, "'\(name)' is not a \(what) of this model",
            hint ?? "They are \(Array(Set(known)).sorted().prefix(20).joined(separator: ", ")).")
    }

    mutating func complain(
        _ lever: ScenarioText.Lever, _ text: ScenarioText, _ message: String, _ remedy: String
    ) {
        findings.append(
            Finding(.error, file: text.file, line: lever.line, column: lever.name, message, remedy: remedy))
    }
}

/// What a lever becomes while it is read.
struct LeverEffects {
    let size: RateAdjustment.Size
    let years: ClosedRange<Int>
    let ramp: Int
    var adjustments: [RateAdjustment] = []
    var costs: [CostChange] = []
    var schemes: [Scheme] = []
    var places: [PlacesChange] = []
    var closures: [SettingClosure] = []
    var funding: [FundingChange] = []

    init(size: RateAdjustment.Size, years: ClosedRange<Int>, ramp: Int) {
        self.size = size
        self.years = years
        self.ramp = ramp
    }

    /// Adds a change of rates; the lever's own size where none is stated.
    mutating func add(
        _ quantity: RateAdjustment.Quantity, _ change: RateAdjustment.Change, _ cells: [Int],
        by stated: RateAdjustment.Size? = nil
    ) {
        adjustments.append(
            RateAdjustment(quantity, change, by: stated ?? size, cells: cells, januaries: years, ramp: ramp))
    }
}

extension ScenarioText.Place {
    /// Where leavers go: of plans these are the reasons why they end.
    func routes(of service: Service) -> [String] { service == .care ? routes : routes + reasons }
}
