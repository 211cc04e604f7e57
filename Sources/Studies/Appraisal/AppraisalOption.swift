import Finance
import Placement
import Projection
import Sampling
import Vocabulary

/// What a pound of a business case is of.
package enum ValuePart: String, Sendable, CaseIterable {
    case fees = "independent fees"
    case transport = "transport"
    case topUps = "top-ups"
    case places = "places"
    case other = "other spend"
    case opening = "revenue before opening"
    case capital = "capital"

    init(_ kind: CashFlows.Kind, in study: PreparedStudy) {
        switch kind {
        case .capital: self = .capital
        case .opening: self = .opening
        case .line(let number):
            let line = study.accounts.lines[number]
            if line.tag == CostLine.transport {
                self = .transport
            } else if line.unit == .placeYear {
                self = .places
            } else if study.feeLines.contains(number) {
                self = .fees
            } else {
                self = line.unit.isOfPeople ? .topUps : .other
            }
        }
    }
}

/// An option of a business case against doing nothing.
package struct AppraisalOption: Sendable {
    /// What kind of option it is.
    package enum Kind: String, Sendable {
        case nothing = "do nothing"
        case whole = "whole scenario"
        case schemes = "its schemes"
        case levers = "its other levers"
        case scheme = "scheme alone"
        case bases = "as specialist bases"
    }

    /// A step from spend to value.
    package struct Line: Sendable {
        /// What it is of.
        package let part: ValuePart
        /// The line of spend, or what is spent once.
        package let name: String
        /// Who bears it; empty of capital.
        package let payer: String
        /// Mean pounds over the projection at the prices of each year, without discount; above 0 what is avoided.
        package let cash: Double
        /// Mean present value of the projected years.
        package let projection: Double
        /// Mean present value of the years after them.
        package let beyond: Double
        /// Mean present value over the period.
        package var value: Double { projection + beyond }
    }

    /// The kind.
    package let kind: Kind
    /// What it is called.
    package let name: String
    /// Places when all phases are open.
    package let places: Int
    /// What is discounted.
    package let flows: CashFlows
    /// Net present value, payback and cost per place.
    package let worth: CapitalAppraisal
    /// From spend to value, line by line; the sum is the mean net present value.
    package let lines: [Line]

    init(_ kind: Kind, _ name: String, places: Int, _ flows: CashFlows, in study: PreparedStudy) {
        let terms = study.appraisalTerms
        (self.kind, self.name, self.places, self.flows) = (kind, name, places, flows)
        worth = CapitalAppraisal(flows, places: places, terms: terms)
        lines = flows.parts.map { part in
            let value = flows.presentValue(part, terms)
            let (line, payer): (String, String) =
                switch part.kind {
                case .capital: ("capital", "")
                case .opening: ("revenue before opening", "")
                case .line(let number): (study.accounts.lines[number].name, study.accounts.lines[number].payer)
                }
            let bias = part.kind == .capital ? terms.optimismBias ?? 1 : 1
            return Line(
                part: ValuePart(part.kind, in: study), name: line, payer: payer,
                cash: bias * flows.undiscounted { $0 == part.kind }.mean, projection: value.projection.mean,
                beyond: value.beyond.mean)
        }
    }

    /// Mean present value of a part.
    package func value(_ part: ValuePart) -> Double {
        lines.filter { $0.part == part }.reduce(0) { $0 + $1.value }
    }

    /// Simulates doing nothing and the options beside it.
    static func simulate(
        _ runs: ScenarioRuns, _ scenario: Scenario
    ) throws(UnusableData) -> (all: [AppraisalOption], whole: AppraisalOption, baseline: Outcome) {
        let (study, people, schemes) = (runs.study, runs.peopleAlone, scenario.schemes)
        let hasOthers = scenario.levers.contains {
            !$0.adjustments.isEmpty || !$0.places.isEmpty || !$0.closures.isEmpty || !$0.costs.isEmpty
                || !$0.outOfArea.isEmpty
        }
        let lists = (hasOthers ? [schemes] : []) + (schemes.count > 1 ? schemes.map { [$0] } : [])
        var simulations = [try people.adjusted(by: scenario, in: study)]
        for list in lists {
            simulations.append(
                try people.adjusted(by: [], placement: study.allocation?.adding(list), in: study))
        }
        var outcomes = people.run(with: simulations, runs.runs, threads: runs.threads)
        let baseline = outcomes.removeFirst()
        let without = AppraisalSide(outcome: baseline, budget: study.budget(baseline))
        func flows(_ list: [Scheme], _ outcome: Outcome, _ scenario: Scenario?) -> CashFlows {
            CashFlows(
                list,
                AppraisalSide(outcome: outcome, budget: study.budget(outcome, of: scenario, beside: without.budget)),
                against: without, in: study)
        }
        func places(_ list: [Scheme]) -> Int { list.reduce(0) { $0 + $1.places } }
        let nothing = CashFlows(
            [], first: FinancialYear(starting: study.base.january), last: nil, runs: runs.runs.count)
        let whole = AppraisalOption(
            .whole, scenario.name, places: places(schemes), flows(schemes, outcomes[0], scenario), in: study)
        var options = [AppraisalOption(.nothing, Kind.nothing.rawValue, places: 0, nothing, in: study), whole]
        for (list, outcome) in zip(lists, outcomes.dropFirst()) {
            let flows = flows(list, outcome, nil)
            let isTogether = hasOthers && options.count == 2
            options.append(
                AppraisalOption(
                    isTogether ? .schemes : .scheme, isTogether ? Kind.schemes.rawValue : list[0].name,
                    places: places(list), flows, in: study))
            if isTogether {
                let rest = whole.flows.adding(flows.scaled { _, _ in -1 })
                options.append(AppraisalOption(.levers, Kind.levers.rawValue, places: 0, rest, in: study))
            }
        }
        return (options, whole, baseline)
    }
}
