import Finance
import Intake
import Placement
import Projection
import Sampling
import Vocabulary

/// Finds the cells that levers speak of, and says what they cannot mean.
package struct LeverReader {
    let space: StateSpace
    private let groups: [String]
    let januaries: ClosedRange<Int>
    let allocation: Allocation?
    /// The Septembers that show in the projection and not at its base.
    var openings: ClosedRange<Int> { januaries.lowerBound...max(januaries.upperBound - 1, januaries.lowerBound) }
    private let costs: [CostLine]
    private let hasFunding: Bool
    private let routes: [String]
    /// Shares of children who are placed outside the area, and how children get to school.
    let outOfArea: [OutOfAreaRow]
    let transport: GivenTransport
    let support: SupportStage?
    let law: LawStage?
    /// The way into care, where the model has it.
    let frontDoor: FrontDoor?
    /// The names of rates of prevalence.
    let prevalence: [String]
    /// The tables of schemes of the scenario in hand, by the names of their files.
    var schemes: [String: [SchemeRow]] = [:]
    /// What was noticed.
    package internal(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - groups: the group of each setting.
    ///   - januaries: the projected Januaries, the base first.
    ///   - allocation: who has places in the baseline; `nil` where nothing is full.
    ///   - accounts: the lines of spend, and what comes in.
    ///   - routes: where leavers go, if they are distinguished.
    ///   - outOfArea: shares of children who are placed outside the area.
    ///   - transport: how children get to school, and what that costs.
    ///   - support: pupils with SEN support, where the model has them.
    ///   - law: what becomes of refusals, where the model says what becomes of requests.
    ///   - prevalence: the names of rates of prevalence.
    package init(
        _ space: StateSpace, groups: [String], januaries: ClosedRange<Int>, allocation: Allocation? = nil,
        accounts: Accounts = Accounts(lines: []), routes: [String] = [], outOfArea: [OutOfAreaRow] = [],
        transport: GivenTransport = GivenTransport(), support: SupportStage? = nil, law: LawStage? = nil,
        frontDoor: FrontDoor? = nil, prevalence: [String] = []
    ) {
        (self.outOfArea, self.transport) = (outOfArea, transport)
        self.routes = routes
        (self.support, self.law, self.frontDoor, self.prevalence) = (support, law, frontDoor, prevalence)
        costs = accounts.lines
        hasFunding = accounts.funding != nil
        self.space = space
        self.groups = groups
        self.januaries = januaries
        self.allocation = allocation
    }

    /// Puts a scenario in the model's terms.
    /// - Parameter schemes: the tables that its levers open, by the names of their files.
    package mutating func scenario(_ text: ScenarioText, schemes: [String: [SchemeRow]] = [:]) -> Scenario {
        self.schemes = schemes
        var levers: [Scenario.Lever] = []
        let start = findings.count
        for (number, lever) in text.levers.enumerated() {
            let before = findings.count
            let read = read(lever, key: stableKey(text.name, String(number)))
            if !findings[before...].containsErrors { levers.append(read) }
        }
        return Scenario(
            name: text.name, titles: [text.title], levers: levers,
            findings: findings[start...].filter { $0.severity != .error })
    }

    private mutating func read(_ lever: ScenarioText.Lever, key: UInt32) -> Scenario.Lever {
        let size = UncertainNumber(low: lever.size[0], likely: lever.size[1], high: lever.size[2], key: key)
        var read = Scenario.Lever(lever)
        let years = years(lever)
        check(lever)
        if isOfPlansAlone(lever) { return read }
        func effect(_ operation: Effect.Operation, by stated: UncertainNumber? = nil) -> Effect {
            Effect(
                operation, by: stated ?? size, in: years, ramp: lever.ramp,
                months: Effect.ClosedEnds(first: lever.firstMonth?.number ?? 0, last: lever.lastMonth?.number ?? 11),
                origin: Effect.Origin(file: lever.file, line: lever.line, lever: lever.name))
        }
        switch (lever.verb, lever.target) {
        case (.open, _): read.schemes = open(lever)
        case (.close, _) where isProvision(lever.named):
            read.places = closeProvision(lever, effect(.toBe, by: .exactly(0)))
        case (.close, _):
            let closed = settings([lever.named], lever)
            read.adjustments = close(closed, lever) { effect(.shifting(to: $0), by: .exactly(1)) }
            read.closures = [SettingClosure(settings: closed, effect(.toBe, by: .exactly(0)))]
        case (.move, let target?):
            if let new = destination(lever) { read.adjustments = move(target, lever, effect(.shifting(to: new))) }
        case (.delay, _):
            guard let later = Int(exactly: lever.size[1]), (1...10).contains(later) else { break }
            let effect = effect(.delaying(years: later), by: .exactly(1))
            read.adjustments = [RateAdjustment(.joining, of: cells(lever.scope, lever), effect)]
        case (let verb, .support), (let verb, .requests):
            guard let change = support(lever, effect(verb.operation)), let stage = support else { break }
            read.support = [change]
            read.adjustments = stage.adjustments(of: change, space: space, horizon: januaries.count - 1)
        case (let verb, .refusals):
            guard let change = refusals(lever, effect(verb.operation)), let law else { break }
            read.refusals = [change]
            read.adjustments = law.adjustments(of: change, space: space, horizon: januaries.count - 1)
        case (let verb, .frontDoor):
            guard let change = frontDoor(lever, effect(verb.operation)), let frontDoor else { break }
            read.frontDoor = [change]
            read.adjustments = frontDoor.adjustments(of: change, space: space, horizon: januaries.count - 1)
        case (let verb, .prevalence): read.prevalence = prevalence(lever, effect(verb.operation))
        case (let verb, .places): read.places = changePlaces(lever, effect(verb.operation))
        case (let verb, .outOfArea): read.outOfArea = changeOutOfArea(lever, effect(verb.operation))
        case (let verb, .funding): read.funding = funding(lever, effect(verb.operation))
        case (let verb, .cost): read.costs = costs(lever, effect(verb.operation))
        case (let verb, let target?): read.adjustments = change(target, lever, effect(verb.operation))
        case (_, nil): break
        }
        return read
    }

    /// Sends a share of people to another setting.
    private mutating func move(
        _ target: ScenarioText.Target, _ lever: ScenarioText.Lever, _ effect: Effect
    ) -> [RateAdjustment] {
        let cells = cells(lever.scope, lever)
        return switch target {
        case .movers: [RateAdjustment(.moving(to: settings(lever.scope(.to), lever)), of: cells, effect)]
        case .stayers: [RateAdjustment(.staying, of: cells, effect)]
        default: [RateAdjustment(.joining, of: cells, effect)]
        }
    }

    /// Multiplies, adds to, sets or caps rates or people.
    private mutating func change(
        _ target: ScenarioText.Target, _ lever: ScenarioText.Lever, _ effect: Effect
    ) -> [RateAdjustment] {
        let scope = target == .entry ? lever.scope.withoutSettings : lever.scope
        let cells = cells(scope, lever)
        func adjustment(_ quantity: RateAdjustment.Quantity) -> [RateAdjustment] {
            [RateAdjustment(quantity, of: cells, effect)]
        }
        switch target {
        case .leavers: return leave(cells, lever, effect)
        case .movers: return adjustment(.moving(to: settings(lever.scope(.to), lever)))
        case .entry: return adjustment(.entering(settings(lever.scope.settings, lever)))
        case .reclassification: return adjustment(.becoming(needs(lever.scope(.to), lever)))
        case .population: return adjustment(.population)
        case .joiners: return adjustment(.joining)
        case .cost, .funding, .outOfArea, .places, .stayers, .support, .requests, .refusals, .frontDoor, .prevalence:
            return []
        }
    }

    /// Changes leavers, or those of some routes alone.
    private mutating func leave(
        _ cells: CellSelection, _ lever: ScenarioText.Lever, _ effect: Effect
    ) -> [RateAdjustment] {
        let names = lever.scope.routes(of: space.service)
        if names.isEmpty { return [RateAdjustment(.leaving, of: cells, effect)] }
        if effect.operation != .times {
            complain(lever, "leavers of one route can only be multiplied", "Say 'multiply', or leave the route out.")
        }
        return names.compactMap { name in
            if let route = routes.firstIndex(of: name) {
                return RateAdjustment(.leavingBy(route: route), of: cells, effect)
            }
            unknown(name, "route of rates/routes.csv", routes, lever)
            return nil
        }
    }

    /// A change of income: of the high needs block where no item is named.
    private mutating func funding(_ lever: ScenarioText.Lever, _ effect: Effect) -> [FundingChange] {
        if lever.scope.without(.item) != ScenarioText.Scope() {
            complain(lever, "income is not distinguished by children", "Say 'where: {item: …}', or leave it out.")
        }
        if !hasFunding { complain(lever, "this model does not say what comes in", "Add funding.csv.") }
        let known = Funding.income.map(\.item)
        let items = lever.scope(.item).compactMap { name -> FundingItem? in
            if let item = known.first(where: { $0.rawValue == name }) { return item }
            unknown(name, "item of income", known.map(\.rawValue), lever)
            return nil
        }
        return [FundingChange(of: items.isEmpty ? [.block] : items, effect)]
    }

    private mutating func costs(_ lever: ScenarioText.Lever, _ effect: Effect) -> [CostChange] {
        let cells = cells(lever.scope, lever)
        return [CostChange(of: cells, lines: lines(lever, cells.settings), effect)]
    }

    /// The lines of spend that a lever names. An amount is one line's: where several are paid for the same plans, one must be named.
    private mutating func lines(_ lever: ScenarioText.Lever, _ settings: [Int]) -> [String] {
        for name in lever.scope(.line) where !costs.contains(where: { $0.name == name }) {
            unknown(name, "line of costs.csv", costs.map(\.name), lever)
        }
        let here = costs.filter { line in
            (lever.scope(.line).isEmpty || lever.scope(.line).contains(line.name))
                && line.settings.contains(where: settings.contains)
        }
        if here.isEmpty {
            let names = settings.map { space.setting.codes[$0] }.joined(separator: ", ")
            let paid = costs.filter { lever.scope(.line).contains($0.name) }.flatMap(\.settings)
            let places = Set(paid).sorted().map { space.setting.codes[$0] }.joined(separator: ", ")
            complain(
                lever, "the lever can never change anything: no such line of costs.csv is paid for \(names)",
                places.isEmpty ? "Name another line or setting." : "It is paid for \(places).")
        }
        for setting in settings where lever.verb != .multiply {
            let names = here.filter { $0.settings.contains(setting) }.map(\.name)
            if names.count > 1 {
                complain(
                    lever, "\(space.setting.codes[setting]) has the lines \(names.joined(separator: ", "))",
                    "Say which one with 'where: {line: …}', or use 'multiply'.")
                break
            }
        }
        return lever.scope(.line)
    }

    /// A closed setting: nobody joins it or moves to it, and those in it go, all to one other.
    private mutating func close(
        _ closed: [Int], _ lever: ScenarioText.Lever, _ effect: (_ new: Int) -> Effect
    ) -> [RateAdjustment] {
        guard let new = destination(lever), !closed.isEmpty else { return [] }
        if lever.scope != ScenarioText.Scope() || lever.size != [1, 1, 1] || lever.ramp > 1 {
            complain(
                lever, "a setting closes for all, and at once",
                "Leave out 'where', 'by' and 'ramp', or use 'move'.")
        }
        if closed.contains(new) {
            complain(lever, "children cannot go to the setting that closes", "Name another.")
            return []
        }
        let all = CellSelection(all: space)
        var inside = all
        inside.settings = closed
        return [
            RateAdjustment(.moving(to: closed), of: all, effect(new)),
            RateAdjustment(.staying, of: inside, effect(new)),
            RateAdjustment(.joining, of: inside, effect(new)),
        ]
    }

    /// The one setting that people are sent to.
    private mutating func destination(_ lever: ScenarioText.Lever) -> Int? {
        if lever.to.isEmpty {
            complain(
                lever, "the lever does not say where people go",
                "Add 'to' with a \(space.service.words.column("setting")).")
            return nil
        }
        let found = settings([lever.to], lever)
        if found.count > 1 {
            complain(lever, "'\(lever.to)' is a group of settings", "Name the one setting that people go to.")
            return nil
        }
        return found.first
    }

    /// Whether the sizes and the parts of 'where' make sense for the verb.
    private mutating func check(_ lever: ScenarioText.Lever) {
        let (low, high) = (lever.size[0], lever.size[2])
        checkSize(lever)
        let setting = space.service.words.column("setting")
        if lever.target == .entry && lever.scope.settings.isEmpty {
            complain(lever, "the \(setting) that is entered is missing", "Add '\(setting)' to 'where'.")
        }
        if lever.target == .reclassification && !lever.scope.settings.isEmpty {
            complain(lever, "needs change alike in all settings", "Leave '\(setting)' out.")
        }
        if lever.verb == .delay && (low != high || low != low.rounded() || !(1...10).contains(low)) {
            complain(lever, "'by' is a whole number of years from 1 to 10", "Correct it.")
        }
        if lever.verb == .delay && (lever.firstMonth ?? lever.lastMonth) != nil {
            complain(lever, "a delay begins and ends with a year", "Say the year alone.")
        }
        if lever.target == .cost && !lever.scope.ages.isEmpty {
            complain(lever, "costs are not distinguished by age", "Say 'where: {line: …}', or leave the age out.")
        }
        for key in ScenarioText.Scope.Key.allCases {
            guard let targets = key.targets, !lever.scope(key).isEmpty else { continue }
            if lever.target.map(targets.contains) ?? false { continue }
            let words = targets.map(\.rawValue).listed(with: "and")
            complain(lever, "'where: {\(key.rawValue): …}' is for \(words)", "Leave it out.")
        }
        if space.service == .plans && lever.target != .leavers && !lever.scope(.reason).isEmpty {
            complain(lever, "'where: {reason: …}' is for leavers", "Leave it out.")
        }
    }

    private mutating func years(_ lever: ScenarioText.Lever) -> ClosedRange<Int> {
        if lever.verb == .open && (lever.starts ?? lever.ends) != nil {
            complain(lever, "schemes open when their table says", "Use 'later' instead of 'starts' and 'ends'.")
        }
        // A financial year is named by the January in which it is still to come.
        let shift = lever.target == .cost || lever.target == .funding ? 1 : 0
        let known =
            januaries.lowerBound + 1 - shift...max(januaries.upperBound - shift, januaries.lowerBound + 1 - shift)
        let (first, last) = (lever.starts ?? known.lowerBound, lever.ends ?? 2_200)
        guard first <= last, first <= known.upperBound, last >= known.lowerBound else {
            complain(
                lever,
                "the lever acts from \(first)\(lever.ends.map { " to \($0)" } ?? " on"); the projection ends \(space.service.words.onDay) "
                    + "\(januaries.upperBound)",
                first > known.upperBound
                    ? "Project further ('sendcast new … --horizon \(first + shift - januaries.lowerBound)'), or let it start earlier."
                    : "Correct 'starts' and 'ends'.")
            return januaries
        }
        return first...last
    }

    /// Ages of arrival, needs, and settings joined or departed from.
    mutating func cells(_ scope: ScenarioText.Scope, _ lever: ScenarioText.Lever) -> CellSelection {
        let needs = needs(scope(.need) + (space.service == .care ? scope(.reason) : []), lever)
        let ages = scope.ages.isEmpty ? Array(0..<space.ages) : scope.ages.flatMap { space.ages(ofYear: $0) }
        return CellSelection(ages: ages, needs: needs, settings: settings(scope.settings, lever))
    }

    /// Settings by code or by group; all where none are named.
    private mutating func settings(
        _ names: [String], _ lever: ScenarioText.Lever
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
                unknown(name, "setting or group", space.setting.codes + groups, lever)
            }
        }
        return Set(found).sorted()
    }

    mutating func needs(_ codes: [String], _ lever: ScenarioText.Lever) -> [Int] {
        if codes.isEmpty { return Array(0..<space.need.count) }
        var found: [Int] = []
        for code in codes {
            if let need = space.need.position(of: code) {
                found.append(need)
            } else {
                unknown(code, "need", space.need.codes, lever)
            }
        }
        return Set(found).sorted()
    }

    mutating func unknown(
        _ name: String, _ what: String, _ known: [String], _ lever: ScenarioText.Lever
    ) {
        complain(lever, "'\(name)' is not a \(what) of this model", suggestion(for: name, among: known))
    }

    mutating func complain(
        _ lever: ScenarioText.Lever, _ message: String, _ remedy: String
    ) {
        findings.append(
            Finding(.error, file: lever.file, line: lever.line, column: lever.name, message, remedy: remedy))
    }
}

extension ScenarioText.Scope {
    /// Where leavers go: of plans these are the reasons why they end.
    func routes(of service: Service) -> [String] { service == .care ? self(.route) : self(.route, .reason) }
}

extension ScenarioText.Verb {
    /// What a verb that changes figures does to one.
    fileprivate var operation: Effect.Operation {
        switch self {
        case .multiply: .times
        case .add: .plus
        case .set: .toBe
        case .cap, .move, .close, .delay, .open: .atMost
        }
    }
}
