import Formats
import Finance
import Intake
import Projection
import Vocabulary

/// Whether the levers of scenarios meet anybody in a model: a lever that changes nothing gives a difference of 0 that looks like a result.
package struct LeverReach {
    private let study: PreparedStudy
    private let space: StateSpace
    private let met: PeopleMet

    /// Fewer expected people than this, over all years of a lever, are nobody.
    private static let fewest = 0.5

    /// Projects the expectations of a model.
    package init(_ study: PreparedStudy, _ model: FlowModel) {
        self.study = study
        space = study.folder.space
        met = PeopleMet(model)
    }

    /// An error for each lever that can never meet anybody, a warning for each that does not in this model, with the nearest cells where
    /// it would.
    package func findings(_ scenario: Scenario) -> [Finding] {
        scenario.levers.compactMap(finding)
    }

    private func finding(_ lever: Scenario.Lever) -> Finding? {
        if !lever.adjustments.isEmpty { return people(lever) }
        if let change = lever.costs.first { return cost(change, lever) }
        if let change = lever.outOfArea.first { return neutral(change.effect, lever) }
        if let change = lever.prevalence.first { return neutral(change.effect, lever) }
        if let change = lever.funding.first { return income(change, lever) }
        return places(lever)
    }

    private func finding(
        _ lever: Scenario.Lever, _ why: String, _ remedy: String, as severity: Finding.Severity = .warning
    ) -> Finding {
        Finding(
            severity, file: lever.text.file, line: lever.text.line, column: lever.name,
            "the lever changes nothing: \(why)",
            remedy: remedy)
    }

    private func people(_ lever: Scenario.Lever) -> Finding? {
        let all = lever.adjustments.reduce(0) { $0 + met.met(by: $1).values.reduce(0, +) }
        if all >= Self.fewest {
            let changed = lever.adjustments.map(met.changed)
            guard changed.allSatisfy({ $0 ?? .infinity < 1e-9 }) else { return nil }
            return finding(lever, "'by' leaves what there is", "Correct 'by', or delete the lever.")
        }
        let cells = LeverCells(lever.adjustments[0], space)
        if lever.adjustments.allSatisfy({ !isPossible($0) }) {
            return finding(
                lever, "no \(cells.words) can exist in this model", limits(cells) + "Correct 'where'.", as: .error)
        }
        let number =
            all < 0.05 ? "no \(cells.words)" : "about \(Quantity.plain((all * 10).rounded() / 10)) of \(cells.words)"
        return finding(lever, "there is \(number)", nearest(lever, cells))
    }

    /// Whether settings and ages allow any of the people of a change.
    private func isPossible(_ adjustment: RateAdjustment) -> Bool {
        adjustment.cells.cells(in: space).contains { cell in
            let place = space.coordinates(of: cell)
            // Rows are of the age at which somebody arrives, a year after departing.
            let before = max(place.age - space.stepsPerYear, 0)
            switch adjustment.quantity {
            case .moving(let to):
                return study.allows(age: before, need: place.need, setting: place.setting)
                    && to.contains {
                        $0 != place.setting && study.allows(age: place.age, need: place.need, setting: $0)
                            && study.allowsMove(age: place.age, need: place.need, from: place.setting, to: $0)
                    }
            case .entering(let settings):
                return settings.contains { study.allows(age: place.age, need: place.need, setting: $0) }
            case .joining, .population:
                return study.allows(age: place.age, need: place.need, setting: place.setting)
            case .leaving, .leavingBy, .staying, .becoming:
                return study.allows(age: before, need: place.need, setting: place.setting)
            }
        }
    }

    /// The ages of the settings that a lever names.
    private func limits(_ cells: LeverCells) -> String {
        let settings = Array((cells.selection.settings + cells.to).prefix(4))
        let ages = settings.compactMap { setting -> String? in
            let ages = (0..<space.ages).filter { age in
                (0..<space.need.count).contains { study.allows(age: age, need: $0, setting: setting) }
            }
            guard let first = ages.first, let last = ages.last else { return nil }
            return "\(space.setting.codes[setting]) has ages \(space.year(ofAge: first)) to \(space.year(ofAge: last))"
        }
        return ages.isEmpty ? "" : ages.joined(separator: ", ") + ". "
    }

    /// Where the lever would meet somebody if one part of 'where' were another: ages first, then needs, settings, and destinations.
    private func nearest(_ lever: Scenario.Lever, _ cells: LeverCells) -> String {
        for part in LeverCells.Part.allCases {
            let wider = cells.widened(part, space)
            var found: [Int: Double] = [:]
            for (cell, people) in met.met(by: wider.adjustment(like: lever.adjustments[0])) where part != .to {
                found[cells.value(part, ofCell: cell, space), default: 0] += people
            }
            if part == .to, cells.isOfMovers {
                for setting in 0..<space.setting.count {
                    var one = cells
                    one.to = [setting]
                    let people = met.met(by: one.adjustment(like: lever.adjustments[0])).values.reduce(0, +)
                    found[setting] = people
                }
            }
            let values = found.filter { $0.value >= Self.fewest }.keys.sorted()
            if values.isEmpty { continue }
            return
                "Nearest: there are \(wider.words(without: part)) \(Self.list(part, values, space, cells.preposition))."
        }
        return "Nobody does so anywhere near: correct 'where', or delete the lever."
    }

    private static func list(
        _ part: LeverCells.Part, _ values: [Int], _ space: StateSpace, _ preposition: String
    ) -> String {
        let most = 8
        func list(_ words: [String]) -> String {
            words.prefix(most).joined(separator: ", ") + (words.count > most ? ", …" : "")
        }
        switch part {
        case .ages:
            let years = Set(values.map(space.year(ofAge:))).sorted()
            return "at \(years.count == 1 ? "age" : "ages") \(list(years.map(String.init)))"
        case .needs: return "with \(list(values.map { space.need.codes[$0] }))"
        case .settings: return "\(preposition) \(list(values.map { space.setting.codes[$0] }))"
        case .to: return "to \(list(values.map { space.setting.codes[$0] }))"
        }
    }

    private func cost(_ change: CostChange, _ lever: Scenario.Lever) -> Finding? {
        let lines = study.accounts.lines.filter { change.lines.isEmpty || change.lines.contains($0.name) }
        var first = change.cells
        first.ages = [0]
        let cells = first.cells(in: space).filter { cell in
            let (_, need, setting) = space.coordinates(of: cell)
            return lines.contains { $0.settings.contains(setting) && $0.pounds[need] ?? 0 > 0 }
        }
        let names = change.lines.isEmpty ? "no line" : list(change.lines)
        if cells.isEmpty {
            return finding(
                lever, "\(names) is paid for these needs and settings", "Name others, or price them in costs.csv.",
                as: .error)
        }
        let divided = lines.filter { line in
            !line.unit.isOfPeople && !change.covers(line)
                && line.settings.contains(where: change.cells.settings.contains)
                && line.pounds.keys.contains(where: change.cells.needs.contains)
        }
        if !divided.isEmpty {
            return finding(
                lever,
                "\(list(divided.map(\.name))): paid for places or as a sum, and for other needs or settings too, so the lever leaves it as it is",
                "Leave 'need' and 'setting' out of 'where', or divide the line in costs.csv.",
                as: change.lines.isEmpty ? .warning : .error)
        }
        // Sums for a year are paid whoever is there.
        if lines.contains(where: { !$0.unit.isOfPeople }) { return neutral(change.effect, lever) }
        let people = met.people.reduce(0) { sum, people in
            sum + people.indices.reduce(0) { cells.contains($1 % space.cellsPerAge) ? $0 + people[$1] : $0 }
        }
        if people >= Self.fewest { return neutral(change.effect, lever) }
        let paid = Set(lines.flatMap(\.settings)).sorted().filter { setting in
            met.people.contains { people in
                people.indices.contains { $0 % space.setting.count == setting && people[$0] >= Self.fewest }
            }
        }
        return finding(
            lever, "nobody is there for whom it is paid",
            paid.isEmpty
                ? ""
                : "Nearest: there are \(space.service.words.people) in \(list(paid.map { space.setting.codes[$0] })).")
    }

    /// A size that leaves what there is.
    private func neutral(_ effect: Effect, _ lever: Scenario.Lever) -> Finding? {
        guard let neutral = effect.operation.neutral, effect.size.all.allSatisfy({ $0 == neutral }) else { return nil }
        return finding(lever, "'by' leaves what there is", "Correct 'by', or delete the lever.")
    }

    private func income(_ change: FundingChange, _ lever: Scenario.Lever) -> Finding? {
        guard let funding = study.accounts.funding, [.times, .atMost].contains(change.effect.operation) else {
            return nil
        }
        let last = study.base.january + study.population.count - 1
        let years = (study.base.january...max(last, study.base.january)).filter(change.effect.years.contains)
        func isThere(_ item: FundingItem) -> Bool {
            years.contains { funding.amount(item, FinancialYear(starting: $0)) != 0 }
        }
        if change.items.contains(where: isThere) { return neutral(change.effect, lever) }
        let stated = Funding.income.map(\.item).filter(isThere).map(\.rawValue)
        return finding(
            lever, "funding.csv has no \(list(change.items.map(\.rawValue))) in these years",
            "Nearest: it has \(list(stated)). Use 'add' for new income.")
    }

    /// Places that are multiplied by 1, added to by 0, or of which there are none.
    private func places(_ lever: Scenario.Lever) -> Finding? {
        guard let change = lever.places.first, !change.isClosure, let allocation = study.allocation else { return nil }
        if let nothing = neutral(change.effect, lever) { return nothing }
        func places(_ provision: Int) -> Int {
            allocation.provisions[provision].tranches.flatMap(\.changes).map(\.places).max() ?? 0
        }
        let most = change.provisions.map(places).max() ?? 0
        if change.effect.operation == .atMost && Double(most) <= change.effect.size.low {
            return finding(lever, "no provision has more than \(most) places", "Make 'by' smaller.")
        }
        if change.effect.operation == .times && most == 0 {
            return finding(lever, "there are no places to multiply", "Use 'add', or open a scheme.")
        }
        return nil
    }

    private func list(_ words: [String]) -> String {
        words.prefix(8).joined(separator: ", ") + (words.count > 8 ? ", …" : "")
    }
}

extension PreparedStudy {
    /// Whether somebody of an age, in steps, and need may be in a setting.
    func allows(age: Int, need: Int, setting: Int) -> Bool {
        switch folder.content {
        case .observed(let plans): plans.permitted.allows(age: age, need: need, setting: setting)
        case .given(let plans): plans.settings[setting].ages.contains(folder.space.year(ofAge: age))
        }
    }

    /// Whether somebody of an age and need may move from one setting to another.
    func allowsMove(age: Int, need: Int, from: Int, to: Int) -> Bool {
        guard case .observed(let plans) = folder.content else { return from != to }
        return plans.permitted.allowsMove(age: age, need: need, from: from, to: to)
    }
}
