import Formats
import Intake
import Projection
import Studies
import Vocabulary

extension StudyResult {
    /// The share of children of 5 to 15 who have a plan, in the mean of all runs; `nil` where bands or people are not kept.
    package func schoolAgeShare(january: Int) -> Double? {
        guard study.folder.space.service == .plans, let bands = outcome.stockLayout.series(.band) else { return nil }
        let names = ["5 to 10", "11 to 15"]
        let chosen = zip(bands, outcome.stockLayout.bands).filter { names.contains($0.1.name) }.map(\.0)
        let people = (5...15).reduce(0) { $0 + (study.folder.population[january, $1] ?? 0) }
        guard chosen.count == names.count, people > 0 else { return nil }
        let step = january - study.base.january
        return chosen.reduce(0) { $0 + outcome.stocks.mean(step: step, series: $1) } / people
    }

    /// How a scenario of the reform compares with what the Department for Education expects of it, in a line; `nil` of other scenarios, and where
    /// the projection does not reach so far. The department's figures are of pupils in England: a comparison, and never an input.
    package var besideTheReform: String? {
        guard let scenario, scenario.name.contains(ShippedScenarios.reform), let path = DepartmentPath.ofReform else {
            return nil
        }
        func share(_ january: Int) -> Double? {
            let bands = outcome.stockLayout.bands.indices.filter {
                ["5 to 10", "11 to 15"].contains(outcome.stockLayout.bands[$0].name)
            }
            let plans = plans.filter { row in
                row.january == january && row.label.age == nil && row.label.need == nil && row.label.setting == nil
                    && row.label.band.map(bands.contains) ?? false
            }
            let people = (5...15).reduce(0) { $0 + (study.folder.population[january, $1] ?? 0) }
            return plans.isEmpty || people == 0 ? nil : plans.reduce(0) { $0 + $1.people.mean } / people
        }
        let base = study.base.january
        guard let first = share(base), let last = share(path.last.january) else { return nil }
        func percent(_ share: Double) -> String { Numerals.fixed(100 * share, decimals: 1) }
        return
            "Of children of 5 to 15, \(percent(first)) % have a plan in January \(base) and \(percent(last)) % in January "
            + "\(path.last.january) here. For comparison alone, the department expects the reform to take pupils of England with a plan "
            + "from \(percent(path.first.share)) % in \(path.first.january) to \(percent(path.last.share)) %."
    }

    /// How the forecast compares with what the Department for Education expects of England, in a line; `nil` where it does not reach
    /// so far.
    package var besideTheDepartment: String? {
        guard study.folder.space.service == .plans, let path = DepartmentPath.growth(from: study.base.january),
            let people = total(january: path.to.january), study.base.total > 0
        else { return nil }
        let own = people.mean / Double(study.base.total)
        func percent(_ factor: Double) -> String { "+\(Int(((factor - 1) * 100).rounded())) %" }
        return "The department's own path for England, without reform: \(path.to.words) "
            + "\(Int(path.to.plans / 1_000_000)) million plans in January \(path.to.january), \(percent(path.factor)) since "
            + "\(study.base.january); here \(percent(own))."
    }
}
