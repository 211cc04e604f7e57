import Projection
import Vocabulary

/// A change of income by a lever.
package struct FundingChange: LeverChange, Sendable, Equatable {
    /// Which items of income.
    package let items: [FundingItem]
    /// What happens to their amounts: times, plus, to be, or at most.
    package var effect: Effect

    /// States a change.
    package init(of items: [FundingItem], _ effect: Effect) {
        self.items = items
        self.effect = effect
    }
}

/// A change of unit costs by a lever.
package struct CostChange: LeverChange, Sendable, Equatable {
    /// Which needs and settings; costs are the same at every age.
    package let cells: CellSelection
    /// The names of the lines; all where none is named.
    package let lines: [String]
    /// What happens to costs: times, plus, to be, or at most.
    package var effect: Effect

    /// States a change.
    package init(of cells: CellSelection, lines: [String] = [], _ effect: Effect) {
        self.cells = cells
        self.lines = lines
        self.effect = effect
    }

    func acts(on line: CostLine, need: Int, setting: Int, in year: FinancialYear) -> Bool {
        effect.years.contains(year.starting) && (lines.isEmpty || lines.contains(line.name))
            && cells.needs.contains(need) && cells.settings.contains(setting)
    }

    /// Whether a line is changed that is paid for places or as a sum: it cannot be changed for some of its needs and settings alone.
    func acts(onWhole line: CostLine, in year: FinancialYear) -> Bool {
        line.unit != .counted && effect.years.contains(year.starting)
            && (lines.isEmpty || lines.contains(line.name)) && covers(line)
    }

    /// Whether all needs and settings that a line is paid for are meant.
    package func covers(_ line: CostLine) -> Bool {
        Set(line.settings).isSubset(of: cells.settings) && Set(line.pounds.keys).isSubset(of: cells.needs)
    }
}
