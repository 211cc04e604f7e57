import Rates
import Vocabulary

/// How many expected people of a baseline a change of rates acts on: those who leave, move or join in its cells and years.
public struct PeopleMet: Sendable {
    private let model: FlowModel
    private let rates: ExpectedRates
    /// The same as they are in each year, until they stay.
    private let tilted: [ExpectedRates]
    /// Expected people by January, the base first, and cell.
    public let people: [[Double]]

    /// Projects the expectations of a model, as if nothing were ever full.
    public init(_ model: FlowModel) {
        self.model = model
        rates = ExpectedRates(model.rates)
        tilted = model.tilted(rates)
        people = rates.expectedPeople(model)
    }

    /// People whom a change meets over all its years, by cell; cells that meet nobody are left out.
    public func met(by adjustment: RateAdjustment) -> [Int: Double] {
        sum(adjustment) { year, cell in flow(adjustment, year: year, cell: cell) }
    }

    /// By how many people flows change at the largest of a change's sizes; `nil` where its size does not say it.
    public func changed(by adjustment: RateAdjustment) -> Double? {
        let sizes = adjustment.effect.size.all
        switch (adjustment.effect.operation, adjustment.quantity) {
        case (.times, _): return (sizes.map { abs($0 - 1) }.max() ?? 0) * met(by: adjustment).values.reduce(0, +)
        case (.shifting, _): return (sizes.max() ?? 0) * met(by: adjustment).values.reduce(0, +)
        case (.plus, _) where sizes.allSatisfy { $0 == 0 }: return 0
        case (.atMost, .leaving):
            return sum(adjustment) { year, row in
                present(year: year)(row) * max(rates.leaving[row] - adjustment.effect.size.low, 0)
            }.values.reduce(0, +)
        case (.atMost, .moving(let settings)):
            return sum(adjustment) { year, row in
                settings.reduce(0) { $0 + moving(year, row, to: $1) { max($0 - adjustment.effect.size.low, 0) } }
            }.values.reduce(0, +)
        case (.atMost, .joining):
            let cells = adjustment.cells.cells(in: model.space)
            return (0..<model.horizon).reduce(0) { sum, year in
                let joiners = cells.reduce(0) { $0 + joining(year: year, cell: $1) }
                return strength(adjustment, year) != 0 ? sum + max(joiners - adjustment.effect.size.low, 0) : sum
            }
        default: return nil
        }
    }

    private func strength(_ adjustment: RateAdjustment, _ year: Int) -> Double {
        adjustment.effect.strength(in: model.base.january + year + 1)
    }

    private func sum(_ adjustment: RateAdjustment, _ flow: (_ year: Int, _ cell: Int) -> Double) -> [Int: Double] {
        var found: [Int: Double] = [:]
        let cells = adjustment.cells.cells(in: model.space)
        for year in 0..<model.horizon where strength(adjustment, year) != 0 {
            for cell in cells {
                let people = flow(year, cell)
                if people > 0 { found[cell, default: 0] += people }
            }
        }
        return found
    }

    private func flow(_ adjustment: RateAdjustment, year: Int, cell: Int) -> Double {
        let settings = model.space.setting.count
        switch adjustment.quantity {
        case .leaving: return present(year: year)(cell) * rates.leaving[cell]
        case .leavingBy(let route):
            let share = model.rates.further.routes?.share(row: cell, route: route) ?? 0
            return present(year: year)(cell) * rates.leaving[cell] * Double(share)
        case .moving(let to):
            return to.reduce(0) { sum, setting in
                if case .shifting(let new) = adjustment.effect.operation, new == setting { return sum }
                return sum + moving(year, cell, to: setting) { $0 }
            }
        case .staying:
            if case .shifting(let new) = adjustment.effect.operation, new == cell % settings { return 0 }
            return rates.mustLeave[cell]
                ? 0 : present(year: year)(cell) * (1 - rates.leaving[cell]) * (1 - tilted.last(at: year).moving[cell])
        case .joining:
            if case .shifting(let new) = adjustment.effect.operation, new == cell % settings { return 0 }
            return joining(year: year, cell: cell)
        case .entering, .population: return joining(year: year, cell: cell)
        case .becoming(let needs): return becoming(needs, year: year, cell: cell)
        }
    }

    /// People who could leave or move within a year, by row: those who were a year younger, or those there in every step of a year.
    private func present(year: Int) -> (_ row: Int) -> Double {
        let space = model.space
        guard space.stepsPerYear == 1 else { return { people[year][$0] * Double(space.stepsPerYear) } }
        return { row in
            guard row >= space.cellsPerAge else { return 0 }
            if rates.reclassifying.isEmpty { return people[year][row - space.cellsPerAge] }
            let needs = space.need.count
            let (age, need, setting) = space.coordinates(of: row)
            return (0..<needs).reduce(0) { sum, before in
                let share = rates.reclassifying[(age * needs + before) * needs + need]
                return sum + share * people[year][space.cell(age: age - 1, need: before, setting: setting)]
            }
        }
    }

    /// Those who move from a row to another setting, with some share of them.
    private func moving(_ year: Int, _ row: Int, to setting: Int, _ part: (Double) -> Double) -> Double {
        let settings = model.space.setting.count
        guard setting != row % settings, !rates.mustLeave[row] else { return 0 }
        let rates = tilted.last(at: year)
        let share = rates.moving[row] * rates.destination[row * settings + setting]
        return present(year: year)(row) * (1 - rates.leaving[row]) * part(share)
    }

    private func joining(year: Int, cell: Int) -> Double {
        model.joinerExposure(year: year, cell: cell) * tilted.last(at: year).joining[cell]
            * Double(model.space.stepsPerYear)
    }

    private func becoming(_ to: [Int], year: Int, cell: Int) -> Double {
        let space = model.space
        let (age, need, setting) = space.coordinates(of: cell)
        guard age > 0, !rates.reclassifying.isEmpty else { return 0 }
        let first = (age * space.need.count + need) * space.need.count
        let share = to.filter { $0 != need }.reduce(0) { $0 + rates.reclassifying[first + $1] }
        return share * people[year][space.cell(age: age - 1, need: need, setting: setting)]
    }
}
