import Foundation
import Finance
import Intake
import Projection
import Vocabulary

/// A figure of a projection that a goal or a sensitivity speaks of: `plans in 2031`, `IS in 2031`, `SEMH in 2031`,
/// `independent special in 2031`, or `spend in 2030-31`.
public struct OutputQuantity: Sendable, Equatable {
    /// As it was said.
    public let text: String
    /// The January, or for spend the second of the financial year's two.
    public let january: Int
    /// The positions of needs that are counted.
    public let needs: [Int]
    /// The positions of settings that are counted.
    public let settings: [Int]
    /// Whether pounds of a financial year are meant.
    public let isSpend: Bool

    /// Reads a quantity.
    /// - Throws: a finding that says what was expected.
    public init(_ text: String, in study: Study) throws(Finding) {
        func refuse(_ message: String, _ remedy: String) -> Finding {
            Finding(.error, column: text, message, remedy: remedy)
        }
        let parts = text.components(separatedBy: " in ")
        let form = "Write 'plans in 2031', a setting, group or need for 'plans', or 'spend in 2030-31'."
        guard parts.count == 2 else { throw refuse("this is no figure of a projection", form) }
        let name = parts[0].trimmingCharacters(in: .whitespaces)
        let years = parts[1].split(separator: "-").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard let first = years.first else { throw refuse("'\(parts[1])' is not a year", form) }
        let space = study.folder.space
        isSpend = name == "spend"
        guard (1_900...2_300).contains(first), years.count < 2 || years[1] == (first + 1) % 100 else {
            throw refuse("'\(parts[1])' is not a year", form)
        }
        january = isSpend ? first + 1 : first
        let known = study.base.january + 1...max(study.lastJanuary, study.base.january + 1)
        guard known.contains(january), isSpend == (years.count == 2) else {
            throw refuse(
                "the projection has Januaries \(known.lowerBound) to \(known.upperBound), and spend of "
                    + "\(FinancialYear(starting: known.lowerBound - 1)) to \(FinancialYear(starting: known.upperBound - 1))",
                form)
        }
        self.text = text
        let (allNeeds, allSettings) = (Array(0..<space.need.count), Array(0..<space.setting.count))
        let groups = study.folder.groups
        if isSpend || name == "plans" {
            (needs, settings) = (allNeeds, allSettings)
        } else if let need = space.need.position(of: name) {
            (needs, settings) = ([need], allSettings)
        } else if let setting = space.setting.position(of: name) {
            (needs, settings) = (allNeeds, [setting])
        } else if groups.contains(name) {
            (needs, settings) = (allNeeds, groups.indices.filter { groups[$0] == name })
        } else {
            let names = ["plans", "spend"] + space.need.codes + space.setting.codes + groups
            let hint = nearestSpelling(to: name, among: names).map { "Did you mean '\($0)'?" }
            throw refuse("'\(name)' is neither a need, a setting nor a group of this model", hint ?? form)
        }
    }

    /// The figure in every run.
    /// - Precondition: the outcome keeps people by need and setting.
    public func values(_ outcome: Outcome, _ budget: @autoclosure () -> Budget) -> [Double] {
        if isSpend {
            let year = FinancialYear(starting: january - 1)
            return budget().amounts(.spend).first { $0.year == year }?.runs ?? []
        }
        guard let series = outcome.stockLayout.series([.need, .setting]) else {
            preconditionFailure("people by need and setting are not kept")
        }
        let (step, count) = (january - outcome.model.base.january, outcome.model.space.setting.count)
        var sums = [Double](repeating: 0, count: outcome.runs.count)
        for need in needs {
            for setting in settings {
                outcome.stocks.values(step: step, series: series.lowerBound + need * count + setting) { people in
                    for run in sums.indices { sums[run] += Double(people[run]) }
                }
            }
        }
        return sums
    }

    /// What one plan in a cell counts: 1 or nothing, or pounds a year at the prices of the financial year.
    public func weights(_ study: Study) -> [Double] {
        let space = study.folder.space
        return (0..<space.count).map { cell in
            let place = space.place(of: cell)
            guard needs.contains(place.need), settings.contains(place.setting) else { return 0 }
            if !isSpend { return 1 }
            return study.accounts.costOfPlan(
                age: place.age, need: place.need, setting: place.setting, in: FinancialYear(starting: january - 1))
        }
    }

    /// The Januaries that the figure is made of, with their shares.
    public var januaries: [(january: Int, share: Double)] {
        isSpend ? [(january - 1, 5.0 / 12), (january, 7.0 / 12)] : [(january, 1)]
    }
}
