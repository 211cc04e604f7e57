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
