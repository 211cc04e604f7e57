import Algorithms
import Formats
import Intake
import Projection
import Rates
import RealModule
import Vocabulary

/// Which rates and assumptions matter most for a figure: exact derivatives of all rates, and one-at-a-time swings.
package struct Sensitivity: Sendable {
    /// One rate, and what a tenth more of it does.
    package struct RateEffect: Sendable {
        /// What it is, with its age, need and setting.
        package let name: String
        /// Its expected value.
        package let rate: Double
        /// The derivative of the figure.
        package let derivative: Double
        /// What a tenth more of the rate adds to the figure, to first order.
        package var tenth: Double { 0.1 * rate * derivative }
    }

    /// An assumption at its low and high end, the others as they are.
    package struct Swing: Sendable {
        /// The assumption.
        package let name: String
        /// How far it swings, in words.
        package let range: String
        /// The figure at the low and the high end.
        package let low: Double
        /// See ``low``.
        package let high: Double

        /// How far the figure goes.
        package var width: Double { abs(high - low) }
    }

    /// The figure as expected.
    package let expected: Double
    /// Every rate that matters, the largest effect first.
    package let rates: [RateEffect]
    /// The largest swing first.
    package let swings: [Swing]
    /// The figure when every assumption is at the end that raises it: all together, with correlations of one half, and
    /// independently.
    package let downside: (together: Double, half: Double, independent: Double)

    /// The 90 % point of a deviation, in standard deviations: of a Student's t of four degrees of freedom, as they are drawn.
    private static let quantile = 1.0841
    /// What stands for a deviation that a model does not state: a swing of a tenth.
    private static let unstated = 0.1 / quantile

    /// Takes an expected projection apart.
    /// - Throws: ``UnusableData`` where the model has no exact projection, with the reason.
    package init(_ study: PreparedStudy, _ model: FlowModel, of quantity: OutputQuantity) throws(UnusableData) {
        try quantity.checkIsSum()
        if let reason = ExactProjection.refusal(of: model) { throw UnusableData(reason) }
        let weights = quantity.weights(study)
        let exact = ExactProjection(model)
        func figure(_ people: [[Double]]) -> Double {
            quantity.januaries.reduce(0) { sum, part in
                sum + part.share
                    * zip(people[part.january - model.base.january], weights).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        let expected = figure(exact.means)
        rates = Self.effects(exact, quantity, weights)
        let swings = Self.swings(study, model, exact.rates, figure)
        self.swings = swings.sorted { $0.width > $1.width }
        let rises = swings.map { max($0.low, $0.high) - expected }
        let independent = rises.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let sum = rises.reduce(0, +)
        self.expected = expected
        downside = (
            Self.together(study, model, exact.rates, swings, figure),
            expected + ((independent * independent + sum * sum) / 2).squareRoot(),
            expected + independent
        )
    }

    private static func effects(
        _ exact: ExactProjection, _ quantity: OutputQuantity, _ weights: [Double]
    ) -> [RateEffect] {
        let space = exact.model.space
        let gradients = quantity.januaries.filter { $0.january > exact.model.base.january }.map { part in
            exact.gradient(january: part.january, weights: weights.map { $0 * part.share })
        }
        // Steps of an age in years have one rate: what each of them does is added up.
        func sum(_ cell: Int, _ values: (RateGradient, Int) -> Double) -> Double {
            gradients.reduce(0) { all, gradient in
                (0..<space.stepsPerYear).reduce(all) { $0 + values(gradient, cell + $1 * space.cellsPerAge) }
            }
        }
        var effects: [RateEffect] = []
        func add(_ what: String, _ cell: Int, _ rate: Double, _ derivative: Double) {
            if rate * derivative == 0 { return }
            let place = space.coordinates(of: cell)
            effects.append(
                RateEffect(
                    name:
                        "\(what), age \(space.year(ofAge: place.age)), \(space.need.codes[place.need]), \(space.setting.codes[place.setting])",
                    rate: rate, derivative: derivative))
        }
        let isYearly = space.stepsPerYear == 1
        for cell in 0..<space.count where space.coordinates(of: cell).age % space.stepsPerYear == 0 {
            add(
                space.service == .plans ? "joining" : "starting", cell, exact.rates.joining[cell],
                sum(cell) { $0.joining[$1] })
            if isYearly && cell < space.cellsPerAge || exact.rates.mustLeave[cell] { continue }
            add("leaving", cell, exact.rates.leaving[cell], sum(cell) { $0.leaving[$1] })
            if !exact.rates.mustMove[cell] {
                add("moving from", cell, exact.rates.moving[cell], sum(cell) { $0.moving[$1] })
            }
        }
        return effects.sorted { abs($0.tenth) > abs($1.tenth) }
    }

    /// The assumptions about flows as a whole: how many join and leave, how joiners grow, and what draws to each group.
    private static func swings(
        _ study: PreparedStudy, _ model: FlowModel, _ rates: ExpectedRates, _ figure: ([[Double]]) -> Double
    ) -> [Swing] {
        let (deviations, arrivals) = (model.rates.further.deviations, model.arrivals)
        var swings: [Swing] = []
        func add(_ name: String, _ deviation: Double?, _ change: (Double) -> (ExpectedRates, FlowModel)) {
            let size = quantile * (deviation ?? unstated)
            if size == 0 { return }
            let ends = [Double.exp(-size), Double.exp(size)].map { factor -> Double in
                let (rates, model) = change(factor)
                return figure(rates.expectedPeople(model, arrivals: arrivals))
            }
            func percent(_ factor: Double) -> String {
                Numerals.signed((100 * (factor - 1)).rounded()) { Numerals.grouped($0) }
            }
            swings.append(
                Swing(
                    name: name, range: "\(percent(Double.exp(-size))) to \(percent(Double.exp(size))) %", low: ends[0],
                    high: ends[1]
                ))
        }
        let words = flows(of: model.space.service)
        for joiners in Self.ages(words.joining, deviations?.joining, model.space) {
            add(joiners.name, joiners.deviation) { (rates.deviated(joining: $0, at: joiners.ages, model.space), model) }
        }
        for leavers in Self.ages(words.leaving, deviations?.leaving, model.space) {
            add(leavers.name, leavers.deviation) { (rates.deviated(leaving: $0, at: leavers.ages, model.space), model) }
        }
        let growth = model.joinerPath.deviation > 0 ? model.joinerPath.deviation : 0.01
        add(words.growth, growth / quantile) { (rates, model.growing($0)) }
        let groups = study.folder.groups
        let distinct = Array(groups.uniqued())
        for group in distinct {
            let members = groups.indices.filter { groups[$0] == group }
            add("pull of \(group)", members.first.flatMap { place in deviations.map { $0.entering[place] } }) {
                factor in
                let pull = groups.indices.map { members.contains($0) ? factor : 1 }
                return (rates.deviated(entering: pull, space: model.space), model)
            }
        }
        return swings
    }

    /// What the flows of a service are called: who joins, who leaves, and how joiners grow.
    static func flows(of service: Service) -> (joining: String, leaving: String, growth: String) {
        service == .plans
            ? ("new plans", "odds of ending", "growth of new plans, a year")
            : ("children who start", "odds of leaving", "growth of starters, a year")
    }

    /// Ages that stray together, in words; all of them where a model states no deviations.
    private static func ages(
        _ what: String, _ deviation: DeviationByAge?, _ space: StateSpace
    ) -> [(name: String, ages: [Int], deviation: Double?)] {
        guard let deviation else { return [(what, Array(0..<space.ages), nil)] }
        return deviation.together(space).map { ($0.name.isEmpty ? what : "\(what), \($0.name)", $0.ages, $0.deviation) }
    }

    /// Everything at the end that raises the figure, at once.
    private static func together(
        _ study: PreparedStudy, _ model: FlowModel, _ rates: ExpectedRates, _ swings: [Swing],
        _ figure: ([[Double]]) -> Double
    ) -> Double {
        let deviations = model.rates.further.deviations
        func end(_ name: String, _ deviation: Double?) -> Double {
            guard let swing = swings.first(where: { $0.name == name }) else { return 1 }
            let size = quantile * (deviation ?? unstated)
            return Double.exp(swing.high > swing.low ? size : -size)
        }
        let groups = study.folder.groups
        let pull = groups.indices.map { place in
            end("pull of \(groups[place])", deviations.map { $0.entering[place] })
        }
        let growth = model.joinerPath.deviation > 0 ? model.joinerPath.deviation : 0.01
        let words = flows(of: model.space.service)
        let joining = ages(words.joining, deviations?.joining, model.space).reduce(rates) {
            $0.deviated(joining: end($1.name, $1.deviation), at: $1.ages, model.space)
        }
        let ending = ages(words.leaving, deviations?.leaving, model.space).reduce(joining) {
            $0.deviated(leaving: end($1.name, $1.deviation), at: $1.ages, model.space)
        }
        let worst = ending.deviated(entering: pull, space: model.space)
        let growing = model.growing(end(words.growth, growth / quantile))
        return figure(worst.expectedPeople(growing, arrivals: model.arrivals))
    }
}

extension ExpectedRates {
    /// Joiners at some ages multiplied.
    fileprivate func deviated(joining factor: Double, at ages: [Int], _ space: StateSpace) -> ExpectedRates {
        var rates = self
        for age in ages {
            for cell in age * space.cellsPerAge..<(age + 1) * space.cellsPerAge { rates.joining[cell] *= factor }
        }
        return rates
    }

    /// The odds of leaving at some ages multiplied.
    fileprivate func deviated(leaving odds: Double, at ages: [Int], _ space: StateSpace) -> ExpectedRates {
        var rates = self
        for age in ages {
            for row in age * space.cellsPerAge..<(age + 1) * space.cellsPerAge where !mustLeave[row] {
                let raised = leaving[row] * odds
                rates.leaving[row] = raised / (1 - leaving[row] + raised)
            }
        }
        return rates
    }

    /// Settings that draw more or less: joiners enter them and movers go to them in proportion, and more or fewer move.
    fileprivate func deviated(entering pull: [Double], space: StateSpace) -> ExpectedRates {
        var rates = self
        let settings = pull.count
        for row in 0..<space.count {
            let range = row * settings..<(row + 1) * settings
            let mean = zip(destination[range], pull).reduce(0) { $0 + $1.0 * $1.1 }
            if mean > 0 {
                for (to, place) in range.enumerated() { rates.destination[place] *= pull[to] / mean }
                if !mustMove[row] {
                    let raised = moving[row] * mean / pull[row % settings]
                    rates.moving[row] = raised / (1 - moving[row] + raised)
                }
            }
        }
        for first in stride(from: 0, to: space.count, by: settings) {
            let all = joining[first..<first + settings].reduce(0, +)
            let drawn = (0..<settings).reduce(0) { $0 + joining[first + $1] * pull[$1] }
            if drawn > 0 {
                for setting in 0..<settings { rates.joining[first + setting] *= pull[setting] * all / drawn }
            }
        }
        return rates
    }
}

extension FlowModel {
    /// The same model with joiners that grow faster or more slowly, by a factor a year from the second year on.
    fileprivate func growing(_ factor: Double) -> FlowModel {
        let factors = (0..<horizon).map { year in
            space.need.codes.indices.map { need in
                (joinerPath.factors.isEmpty ? 1 : joinerPath.factors[year][need]) * Double.pow(factor, Double(year))
            }
        }
        return following(factors)
    }
}
