import Assembly
import Intake
import Placement
import Projection
import Sampling
import Vocabulary

/// Turns `places.csv`, `overflow.csv` and `latent.csv` into an allocation, and notes what does not fit together.
struct PlacesAssembly {
    private let folder: ModelFolder
    private let space: StateSpace
    private var notes: AssemblyNotes
    private(set) var allocation: Allocation?

    var findings: [Finding] { notes.findings }

    init(_ folder: ModelFolder, base: Cohort) {
        self.folder = folder
        space = folder.space
        notes = AssemblyNotes(folder)
        guard let given = folder.places else {
            if space.service == .plans, case .given = folder.content {
                notes.add(
                    .note, "places.csv", "there is no such file, so places and shortages are not shown",
                    remedy: "'sendcast new --register' makes one; Files in the documentation says what it holds.")
            }
            return
        }
        let provisions = provisions(given, base)
        let policy = policy(given, provisions)
        guard !notes.findings.containsErrors else { return }
        let made = Allocation(space: space, provisions: provisions, policy: policy)
        checkBase(made, base)
        for finding in LedgerCheck(given.places, space, base: base).findings {
            notes.add(
                .warning, "places.csv", line: finding.line, column: finding.column, finding.message,
                remedy: finding.remedy)
        }
        allocation = made
    }

    /// The most years that a model projects.
    private static let furthest = 30

    private mutating func provisions(_ given: GivenPlaces, _ base: Cohort) -> [Provision] {
        let rows = given.all(base: base.january, years: folder.description.horizon ?? Self.furthest, space)
        if rows.isEmpty {
            notes.add(.error, "places.csv", "no provision is listed", remedy: "Add rows, or delete the file.")
        }
        var provisions: [Provision] = []
        var lines: [String: Int] = [:]
        let overfill =
            folder.description.places.overfill ?? (space.service == .plans ? PlacementPolicy.standardOverfill : 0)
        for row in rows.sorted(by: { $0.september < $1.september }) {
            let designation = Provision.Designation(
                settings: row.settings, needs: row.needs, ages: space.ages(ofYears: row.ages))
            let key = "\(row.provision)\n\(row.settings)\(row.needs)\(row.ages)\(row.september)"
            if let first = lines.updateValue(row.line, forKey: key) {
                notes.add(
                    .error, "places.csv", line: row.line,
                    "row \(first) is about the same places and \(space.service.words.column("september"))",
                    remedy: "Delete one.")
            }
            let place = provisions.firstIndex { $0.name == row.provision } ?? provisions.count
            if place == provisions.count {
                provisions.append(Provision(name: row.provision, tranches: []))
            }
            let before = provisions[place].tranches.first { $0.designation == designation }?.changes ?? []
            provisions[place].add(
                Provision.Change(
                    september: row.september, places: row.own - before.reduce(0) { $0 + $1.places },
                    overfill: row.beyond(usual: overfill) - before.reduce(0) { $0 + $1.overfill }), designation)
            if let fill = row.fill {
                provisions[place].fill(
                    Provision.Fill(
                        september: row.september,
                        share: UncertainNumber(fill, key: stableKey(row.provision, "fill"))), designation)
            }
            if row.september < base.january {
                provisions[place].enrol(row.onRoll.map { max($0 - row.heldByOthers, 0) }, designation)
            }
        }
        return provisions
    }

    private mutating func policy(_ given: GivenPlaces, _ provisions: [Provision]) -> PlacementPolicy {
        let stated = folder.description.places
        var policy = PlacementPolicy()
        let usual = space.service == .plans ? PlacementPolicy.standardPhaseAges : []
        policy.phaseAges = stated.phaseAges.map { Set($0.map { $0 * space.stepsPerYear }) } ?? usual
        policy.servesPhaseFirst = stated.servesPhaseFirst ?? true
        policy.returning = stated.returning ?? 1
        // Places in care are for children of an age, whatever the reason they came for.
        policy.flexibility =
            stated.flexibility ?? (space.service == .plans ? PlacementPolicy.standardFlexibility : 1)
        for code in stated.firstNeeds {
            guard let need = space.need.position(of: code) else {
                notes.add(
                    .error, "model.yaml", column: "places.first_needs", "'\(code)' is not a need of this model",
                    remedy: suggestion(for: code, among: space.need.codes))
                continue
            }
            policy.firstNeeds.append(need)
        }
        setRoutes(given, provisions, &policy)
        setLatent(given, provisions, &policy)
        return policy
    }

    private mutating func setRoutes(
        _ given: GivenPlaces, _ provisions: [Provision], _ policy: inout PlacementPolicy
    ) {
        var rows: [PlacementPolicy.Asked: [OverflowRow]] = [:]
        for row in given.overflow {
            for need in row.needs {
                for age in space.ages(ofYears: row.ages) {
                    rows[PlacementPolicy.Asked(setting: row.setting, need: need, age: age), default: []].append(row)
                }
            }
        }
        var faults: [String: Int] = [:]
        func name(_ asked: PlacementPolicy.Asked) -> String {
            "\(space.setting.codes[asked.setting]), \(space.need.codes[asked.need]), age \(space.year(ofAge: asked.age))"
        }
        for setting in space.setting.codes.indices {
            for need in space.need.codes.indices {
                for age in 0..<space.ages {
                    let asked = PlacementPolicy.Asked(setting: setting, need: need, age: age)
                    guard provisions.areLimited(age: age, need: need, setting: setting) else { continue }
                    let orders = Dictionary(grouping: rows[asked] ?? [], by: \.order).sorted { $0.key < $1.key }
                    policy.routes[asked] = orders.map { order in
                        order.value.map(route)
                    }
                    if let fault = fault(orders.map(\.value), provisions, asked) {
                        faults["\(setting) \(fault)", default: 0] += 1
                        if faults["\(setting) \(fault)"] == 1 {
                            notes.add(
                                .error, "overflow.csv", line: orders.last?.value.last?.line,
                                "\(fault); the first such are \(name(asked))",
                                remedy:
                                    "Give each setting of places.csv rows for all its needs and ages ('any'), whose "
                                    + "last order sends all of them to settings without places listed.")
                        }
                    }
                }
            }
        }
    }

    /// Where a row sends children.
    private func route(_ row: OverflowRow) -> PlacementPolicy.Route {
        let codes = space.setting.codes
        return PlacementPolicy.Route(
            to: row.to,
            share: UncertainNumber(row.share, key: stableKey(codes[row.setting], codes[row.to])),
            asking: row.asksAgain)
    }

    /// What is wrong with the orders of those who ask for a setting.
    private func fault(
        _ orders: [[OverflowRow]], _ provisions: [Provision], _ asked: PlacementPolicy.Asked
    ) -> String? {
        guard let last = orders.last else { return "children without a place have nowhere to go" }
        for rows in orders {
            if rows.reduce(0, { $0 + $1.share.likely }) > 1 + 1e-6 { return "shares of one order sum to more than 1" }
            if Set(rows.map(\.to)).count < rows.count { return "one order names a setting twice" }
        }
        if last.reduce(0, { $0 + $1.share.likely }) < 1 - 1e-6 { return "shares of the last order sum to less than 1" }
        let isFull = last.contains { row in
            provisions.areLimited(age: asked.age, need: asked.need, setting: row.to)
        }
        return isFull ? "the last order names a setting that may be full itself" : nil
    }

    private mutating func setLatent(
        _ given: GivenPlaces, _ provisions: [Provision], _ policy: inout PlacementPolicy
    ) {
        if given.latent.allSatisfy({ $0.share == 0 }) {
            notes.add(
                .warning, "latent.csv",
                "nobody is said to be in another setting today because their own was full, so new places look less useful "
                    + "than they are (rated red)",
                remedy: "State shares of children by need, age and setting who would be elsewhere, with a source.")
        }
        var shares: [PlacementPolicy.Asked: Double] = [:]
        for row in given.latent {
            for need in row.needs {
                for age in space.ages(ofYears: row.ages) {
                    shares[PlacementPolicy.Asked(setting: row.setting, need: need, age: age), default: 0] += row.share
                }
            }
            let isUseful = row.needs.contains { need in
                space.ages(ofYears: row.ages).contains { age in
                    provisions.areLimited(age: age, need: need, setting: row.wanted)
                }
            }
            if !isUseful || row.setting == row.wanted {
                notes.add(
                    .error, "latent.csv", line: row.line, column: "wanted_setting",
                    "\(space.setting.codes[row.wanted]) is never full for these children, or they are in it",
                    remedy: "Name a setting of places.csv that takes them.")
            }
            policy.latent.append(
                PlacementPolicy.Latent(
                    needs: row.needs, ages: space.ages(ofYears: row.ages), setting: row.setting, wanted: row.wanted,
                    share: row.share))
        }
        if let (asked, share) = shares.first(where: { $0.value > 1 + 1e-6 }) {
            notes.add(
                .error, "latent.csv", column: "share",
                "shares of \(space.need.codes[asked.need]) at age \(space.year(ofAge: asked.age)) in \(space.setting.codes[asked.setting]) "
                    + "sum to \(share), more than 1", remedy: "A child can want one other setting.")
        }
    }

    /// More empty places than these, and this share of all, are worth a question.
    private static let (fewestEmpty, shareEmpty) = (9.0, 0.02)

    /// Says where the base is over-full or places stand empty, and which of its children no provision takes.
    private mutating func checkBase(_ allocation: Allocation, _ base: Cohort) {
        for setting in allocation.settings {
            var (taken, others) = (0, 0)
            for (cell, count) in base.counts.enumerated() where cell % space.setting.count == setting {
                let place = space.coordinates(of: cell)
                if allocation.provisions.areLimited(age: place.age, need: place.need, setting: setting) {
                    taken += Int(count)
                } else {
                    others += Int(count)
                }
            }
            let code = space.setting.codes[setting]
            let (places, beyond) = allocation.provisions.open(in: setting, january: base.january)
            if taken > places + beyond {
                let most = beyond > 0 ? " and \(beyond) by over-fill" : ""
                notes.add(
                    .warning, "places.csv",
                    "\(space.service.words.day) \(base.january) has \(taken) children in \(code), for \(places) places\(most): nobody leaves "
                        + "for that, and where places bind nobody comes until there is room",
                    remedy: "Check the places, and those that other authorities' children hold.")
            } else if Double(places - taken) > max(Self.fewestEmpty, Self.shareEmpty * Double(places)) {
                notes.add(
                    .warning, "places.csv",
                    "\(places) places in \(code) are open \(space.service.words.onDay) \(base.january) and \(taken) \(taken == 1 ? "child sits" : "children sit") in them: "
                        + "\(places - taken) stand empty from the beginning",
                    remedy: "If a row names places that others hold already, take them off those; else leave it.")
            }
            if others > 0 {
                notes.add(
                    .note, "places.csv",
                    "\(others) children in \(code) are of ages or needs that no provision takes; it is never full for "
                        + "them", remedy: "Widen a provision, or leave it.")
            }
        }
    }
}
