import Assembly
import Intake
import Projection
import Sampling
import Vocabulary

/// A change of how many cases a stage of the front door has.
package struct FrontDoorChange: LeverChange, Sendable {
    /// The position of the stage.
    let stage: Int
    /// What happens; its years are years to a 31 March.
    package var effect: Effect
}

/// The way into care: contacts, referrals, children in need, protection, and those who start to be looked after.
///
/// A stage has cases of its own, and of those some come from the stage before it, so many months later. A lever on a stage therefore acts on every
/// later one as far as its cases come that way, and when they do. Starters change in proportion, whatever their age and reason; how many of them
/// came that way is told of those whom the model expects in the year, not of those the file counts.
package struct FrontDoor: Sendable {
    /// The stages, in order.
    package let rows: [FrontDoorRow]
    /// The year of the base 31 March.
    let base: Int
    /// People of each year from the base on, against those of the base.
    let people: [Double]
    /// Children expected to start in each projected year.
    private let starters: [Double]
    /// For each stage but the last, the share of its cases that goes on to the next.
    private let onward: [UncertainNumber]
    /// For each stage but the last, which shares of those who go on do so after 0, 1, 2 … months.
    private let delays: [[Double]]
    /// The worst rating of its rows.
    package var quality: AssumptionQuality { rows.map(\.quality).worst ?? .red }

    /// How finely the months between two stages are divided.
    private static let slices = 200

    /// Puts the way into care of a model together; `nil` where the folder has none.
    static func made(_ folder: ModelFolder, _ parts: ModelAssembly) -> Checked<FrontDoor?> {
        guard !folder.frontDoor.isEmpty else { return Checked(nil, findings: []) }
        guard folder.space.service == .care else {
            let finding = Finding(
                .error, file: folder.place.label(ModelFile.frontDoor.name),
                "it is the way into care, and this is a model of plans",
                remedy: "Delete the file; 'sendcast funnel' forecasts such a chain by itself.")
            return Checked(nil, findings: [finding])
        }
        return Checked(FrontDoor(folder, parts), findings: [])
    }

    private init(_ folder: ModelFolder, _ parts: ModelAssembly) {
        rows = folder.frontDoor
        let (base, horizon) = (parts.base.january, parts.population.count)
        self.base = base
        starters = (0..<horizon).map(parts.joiners)
        func people(_ year: Int) -> Double {
            folder.space.service.years.reduce(0) { $0 + (folder.population[base + year, $1] ?? 0) }
        }
        let now = people(0)
        self.people = (0...horizon).map { now > 0 && people($0) > 0 ? people($0) / now : 1 }
        func number(_ name: String, _ row: FrontDoorRow, _ stated: Bracket?) -> UncertainNumber {
            UncertainNumber(stated ?? Bracket(0), key: stableKey(name, row.stage))
        }
        let passing = rows.dropLast()
        onward = passing.map { number("onward", $0, $0.onward) }
        delays = passing.map { row in
            let months = number("months", row, row.months)
            return (0..<Self.slices).reduce(into: [Double](repeating: 0, count: Int(months.high.rounded()) + 1)) {
                let share = (Double($1) + 0.5) / Double(Self.slices)
                $0[Int(months.quantile(share).rounded())] += 1 / Double(Self.slices)
            }
        }
    }

    /// The share of a stage's cases that come from the one before it, by projected year.
    private func parts(_ stage: Int, _ draw: (UncertainNumber) -> Double) -> [Double] {
        let onward = rows[stage - 1].cases * draw(onward[stage - 1])
        return starters.indices.map { year in
            let cases = people[year + 1] * rows[stage].cases
            let all = stage == rows.count - 1 && starters[year] > 0 ? starters[year] : cases
            return all > 0 ? min(people[year + 1] * onward / all, 1) : 0
        }
    }

    /// How much of a change has reached each stage, by stage and projected year: 1 where it met all of a year's cases.
    func courses(
        _ change: FrontDoorChange, horizon: Int, _ draw: (UncertainNumber) -> Double = { $0.quantile(0.5) }
    ) -> [[Double]] {
        var course = (0..<12 * horizon).map { change.effect.strength(in: base + 1 + $0 / 12, month: $0 % 12) }
        return rows.indices.map { stage in
            if stage < change.stage { return [Double](repeating: 0, count: horizon) }
            if stage > change.stage {
                let (before, parts) = (course, parts(stage, draw))
                course = before.indices.map { month in
                    parts[month / 12]
                        * delays[stage - 1].enumerated().reduce(0) { sum, delay in
                            month >= delay.offset ? sum + delay.element * before[month - delay.offset] : sum
                        }
                }
            }
            return (0..<horizon).map { year in course[12 * year..<12 * (year + 1)].reduce(0, +) / 12 }
        }
    }

    /// What a change does to children who start to be looked after.
    func adjustments(of change: FrontDoorChange, space: StateSpace, horizon: Int) -> [RateAdjustment] {
        guard let course = courses(change, horizon: horizon).last, course.contains(where: { $0 > 0 }) else { return [] }
        let effect = Effect(
            change.effect.operation, by: change.effect.size, in: base + 1...2_200, course: course,
            origin: change.effect.origin)
        return [RateAdjustment(.joining, of: CellSelection(all: space), effect)]
    }
}

extension LeverReader {
    /// What a lever does to a stage of the front door; `nil` after a finding.
    mutating func frontDoor(_ lever: ScenarioText.Lever, _ effect: Effect) -> FrontDoorChange? {
        guard let door = frontDoor else {
            complain(
                lever, "this model has no way into care, stage by stage",
                space.service == .care ? "Add front-door.csv." : "It is of children in care: change 'requests' instead."
            )
            return nil
        }
        if lever.scope.without(.stage) != ScenarioText.Scope() {
            complain(
                lever, "the front door is not distinguished by age, reason or placement",
                "Say 'where: {stage: …}', or leave 'where' out for the first stage.")
            return nil
        }
        let (names, stages) = (lever.scope(.stage), door.rows.dropLast().map(\.stage))
        if names.isEmpty { return FrontDoorChange(stage: 0, effect: effect) }
        guard names.count == 1, let stage = stages.firstIndex(of: names[0]) else {
            unknown(names[0], "stage of front-door.csv before care", stages, lever)
            return nil
        }
        return FrontDoorChange(stage: stage, effect: effect)
    }
}
