import Foundation
import Finance
import Intake
import Projection
import Vocabulary

/// A figure of a projection that a goal or a sensitivity speaks of: `plans in 2031`, `IS in 2031`, `SEMH in 2031`,
/// `independent special in 2031`, or `spend in 2030-31`.
package struct OutputQuantity: Sendable, Equatable {
    /// As it was said.
    package let text: String
    /// The January, or for spend the second of the financial year's two.
    package let january: Int
    /// The positions of needs that are counted.
    package let needs: [Int]
    /// The positions of settings that are counted.
    package let settings: [Int]
    /// Whether pounds of a financial year are meant.
    package let isSpend: Bool
    /// Whether those are the balance of the grant at the end of the year.
    package let isBalance: Bool
    /// Whether people are counted at the ends of financial years.
    private let isOfAprils: Bool

    /// Reads a quantity.
    /// - Parameter option: the option of the command line that says it.
    /// - Throws: ``UnusableData`` that says what was expected.
    package init(
        _ text: String, in study: PreparedStudy, option: String = "--output"
    ) throws(UnusableData) {
        func refuse(_ message: String, _ remedy: String) -> UnusableData {
            UnusableData(column: option, "'\(text)': \(message)", remedy: remedy)
        }
        let parts = text.components(separatedBy: " in ")
        let words = study.folder.space.service.words.people
        let dimensions = [study.folder.space.setting.name, study.folder.space.need.name]
        let form =
            "Write '\(words) in 2031', a \(dimensions[0]), group or \(dimensions[1]) for '\(words)', or 'spend in 2030-31'."
        guard parts.count == 2 else { throw refuse("this is no figure of a projection", form) }
        let name = parts[0].trimmingCharacters(in: .whitespaces)
        let years = parts[1].split(separator: "-").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard let first = years.first else { throw refuse("'\(parts[1])' is not a year", form) }
        let space = study.folder.space
        isOfAprils = space.stepsPerYear > 1
        isBalance = name == "balance"
        isSpend = name == "spend" || isBalance
        guard (1_900...2_300).contains(first), years.count < 2 || years[1] == (first + 1) % 100 else {
            throw refuse("'\(parts[1])' is not a year", form)
        }
        january = isSpend ? first + 1 : first
        let known = study.base.january + 1...max(study.lastJanuary, study.base.january + 1)
        if isSpend && years.count == 1, known.contains(first + 1) {
            throw refuse("pounds are of a financial year", "Write '\(name) in \(FinancialYear(starting: first))'.")
        }
        guard known.contains(january), isSpend == (years.count == 2) else {
            throw refuse(
                "the projection has \(study.folder.space.service == .plans ? "Januaries" : "31 Marches") \(known.lowerBound) to \(known.upperBound), and spend of "
                    + "\(FinancialYear(starting: known.lowerBound - 1)) to \(FinancialYear(starting: known.upperBound - 1))",
                form)
        }
        let ends = study.accounts.funding?.balanceEnds?.starting ?? 2_300
        if isBalance && (study.accounts.funding == nil || january - 1 > ends) {
            throw refuse(
                study.accounts.funding == nil
                    ? "the model has no income, so there is no balance"
                    : "the statutory override ends with \(FinancialYear(starting: ends)), and no balance is forecast after it",
                study.accounts.funding == nil ? "Add funding.csv." : "Ask for that year or an earlier one.")
        }
        self.text = text
        guard let counted = isSpend ? Self.all(of: study) : Self.counted(name, study) else {
            let names =
                [words, "spend", "balance"] + space.need.codes + space.setting.codes + study.folder.groups
            let begun = names.first { name.count > 2 && $0.lowercased().hasPrefix(name.lowercased()) }
            throw refuse(
                "'\(name)' is neither a \(space.need.name), a \(space.setting.name) nor a group of this model",
                begun.map { "Did you mean '\($0)'?" } ?? suggestion(for: name, among: names, otherwise: form))
        }
        (needs, settings) = counted
    }

    private static func all(of study: PreparedStudy) -> (needs: [Int], settings: [Int]) {
        let space = study.folder.space
        return (Array(0..<space.need.count), Array(0..<space.setting.count))
    }

    /// Who is counted by the name of all people, a need, a setting or a group of settings; `nil` where it is none.
    private static func counted(_ name: String, _ study: PreparedStudy) -> (needs: [Int], settings: [Int])? {
        let (space, groups, all) = (study.folder.space, study.folder.groups, all(of: study))
        if name == space.service.words.people { return all }
        if let need = space.need.position(of: name) { return ([need], all.settings) }
        if let setting = space.setting.position(of: name) { return (all.needs, [setting]) }
        return groups.contains(name) ? (all.needs, groups.indices.filter { groups[$0] == name }) : nil
    }

    /// The figure in every run.
    /// - Precondition: the outcome keeps people by need and setting.
    package func values(_ outcome: Outcome, _ budget: @autoclosure () -> Budget) -> [Double] {
        if isSpend {
            let year = FinancialYear(starting: january - 1)
            return budget().amounts(isBalance ? .balance : .spend).first { $0.year == year }?.runs ?? []
        }
        guard let series = outcome.stockLayout.series([.need, .setting]) else {
            preconditionFailure("people by need and setting are not kept")
        }
        let (step, count) = (january - outcome.model.base.january, outcome.model.space.setting.count)
        return outcome.stocks.sums(
            step: step,
            series: needs.flatMap { need in settings.map { series.lowerBound + need * count + $0 } })
    }

    /// Refuses a figure that is no sum over people.
    func checkIsSum() throws(UnusableData) {
        if isBalance {
            throw UnusableData(
                column: text, "the balance hangs on income too, and only 'goal' searches for it",
                remedy: "Ask for 'spend in \(FinancialYear(starting: january - 1))'.")
        }
    }

    /// What one plan in a cell counts: 1 or nothing, or pounds a year at the prices of the financial year.
    package func weights(_ study: PreparedStudy) -> [Double] {
        let space = study.folder.space
        return (0..<space.count).map { cell in
            let place = space.coordinates(of: cell)
            guard needs.contains(place.need), settings.contains(place.setting) else { return 0 }
            if !isSpend { return 1 }
            return study.accounts.costOfPlan(
                age: space.year(ofAge: place.age), need: place.need, setting: place.setting,
                in: FinancialYear(starting: january - 1), service: space.service)
        }
    }

    /// The Januaries that the figure is made of, with their shares: of an academic year's mix, or of both ends of a financial year.
    package var januaries: [(january: Int, share: Double)] {
        if !isSpend { return [(january, 1)] }
        let first = isOfAprils ? 0.5 : 5.0 / 12
        return [(january - 1, first), (january, 1 - first)]
    }
}
