import Finance
import Intake
import Optimisation
import Placement
import Projection
import Sampling
import Vocabulary

/// What a scheme does when it is the only one, on the mean of paired runs.
package struct SchemeBenefit: Sendable {
    /// The scheme, opening when its table says.
    package let scheme: Scheme
    /// Expected capital in pounds, with overruns.
    package let capital: Double
    /// Places that it fills, by January from the base.
    package let filled: [Double]
    /// Pounds of spend that it avoids over the projection.
    package let avoided: Double
    /// Years of children without a place that it avoids.
    package let unmetAvoided: Double

    /// Pounds that it is worth in all.
    package func worth(_ unmetPrice: Double) -> Double { avoided + unmetPrice * unmetAvoided }
}

/// Which of some schemes to build and when, within an envelope of capital.
///
/// Each scheme is simulated alone beside the baseline. A mixed-integer programme then chooses schemes and openings so that the pounds
/// avoided are most: a place filled is worth what it is worth to the scheme alone, no need and phase gets more places than it has
/// children without one in the baseline, and a scheme fills no more than it fills alone. What is chosen is simulated again,
/// for schemes together can do less or more than that.
package struct CapitalProgramme: Sendable {
    /// What is asked for.
    package struct Question: Sendable {
        /// Pounds of capital that may be spent.
        package let envelope: Double
        /// Pounds that a year of a child without a place counts as, beside what it costs.
        package let unmetPrice: Double
        /// By how many years schemes may open later than their table says.
        package let latest: Int

        /// States the question.
        package init(envelope: Double, unmetPrice: Double, latest: Int) {
            self.envelope = envelope
            self.unmetPrice = unmetPrice
            self.latest = latest
        }
    }

    /// Schemes chosen together, and what they do when simulated.
    package struct Portfolio: Sendable {
        /// Schemes, each moved to its opening.
        package let schemes: [Scheme]
        /// Pounds of capital, with overruns.
        package let capital: Summary
        /// The share of runs in which capital is above the envelope.
        package let overEnvelope: Double
        /// Children without a place in the last January.
        package let unmet: Summary
        /// Years of children without a place that are avoided over the projection.
        package let unmetAvoided: Summary
        /// Pounds of spend avoided over the projection.
        package let avoided: Summary
    }

    /// What was asked for.
    package let question: Question
    /// Every scheme alone, in the order of the table.
    package let benefits: [SchemeBenefit]
    /// Nothing is built.
    package let nothing: Portfolio
    /// What the programme chooses.
    package let best: Portfolio
    /// The schemes of most worth per pound of capital, one after the other while the envelope lasts.
    package let greedy: Portfolio
    /// Whether the programme's choice is proven the best for its figures.
    package let isProven: Bool

    /// Simulates, chooses, and simulates what was chosen.
    /// - Parameter progress: told what is being done.
    /// - Throws: ``UnusableData`` where nothing is ever full, or there is nothing to choose from.
    package init(
        _ runs: ScenarioRuns, schemes: [Scheme], _ question: Question, progress: (String) -> Void = { _ in }
    ) throws(UnusableData) {
        self.question = question
        guard runs.study.allocation != nil, !schemes.isEmpty else {
            throw UnusableData("there are no schemes to choose from, or nothing is ever full")
        }
        progress("simulating \(schemes.count) schemes, each alone")
        let alone = PlannedRuns.all(runs, [[]] + schemes.map { [$0] })
        let baseline = alone[0]
        let benefits = alone.dropFirst().map { $0.benefit(against: baseline) }
        self.benefits = benefits
        progress("choosing")
        let choice = Self.choice(benefits, baseline.unmetByQueue, question, runs.study)
        isProven = choice.isProven
        progress("simulating what was chosen")
        nothing = baseline.portfolio(against: baseline, question)
        let chosen = PlannedRuns.all(runs, [choice.schemes, Self.greedy(benefits, question)])
        best = chosen[0].portfolio(against: baseline, question)
        greedy = chosen[1].portfolio(against: baseline, question)
    }

    private static func greedy(_ benefits: [SchemeBenefit], _ question: Question) -> [Scheme] {
        var left = question.envelope
        var chosen: [Scheme] = []
        func rate(_ benefit: SchemeBenefit) -> Double {
            benefit.worth(question.unmetPrice) / max(benefit.capital, 1)
        }
        for benefit in benefits.sorted(by: { rate($0) > rate($1) }) where benefit.capital <= left {
            if benefit.worth(question.unmetPrice) <= 0 { continue }
            left -= benefit.capital
            chosen.append(benefit.scheme)
        }
        return chosen
    }

    /// The programme: one whole variable for each scheme and opening, one for the places it fills in each January by need and band.
    /// - Parameter unmet: children without a place in the baseline, by January, need and band.
    private static func choice(
        _ benefits: [SchemeBenefit], _ unmet: [[[Double]]], _ question: Question, _ study: PreparedStudy
    ) -> (schemes: [Scheme], isProven: Bool) {
        var programme = MixedIntegerProgramme()
        var openings: [(scheme: Int, later: Int, variable: Int)] = []
        var ofDemand: [[Int]: [(variable: Int, coefficient: Double)]] = [:]
        var capital: [(variable: Int, coefficient: Double)] = []
        let bands = study.allocation?.bands ?? []
        for (number, benefit) in benefits.enumerated() {
            let filledYears = benefit.filled.reduce(0, +)
            guard benefit.worth(question.unmetPrice) > 0, filledYears > 0 else { continue }
            let value = benefit.worth(question.unmetPrice) / filledYears
            let served = Set(
                benefit.scheme.phases.flatMap { phase in
                    phase.designation.needs.flatMap { need in
                        bands.indices.filter { bands[$0].ages.overlaps(phase.designation.ages) }.map { [need, $0] }
                    }
                })
            var alternatives: [(variable: Int, coefficient: Double)] = []
            for later in 0...question.latest {
                let open = programme.addVariable(worth: 0, upTo: 1, isWhole: true)
                openings.append((number, later, open))
                alternatives.append((open, 1))
                capital.append((open, benefit.capital))
                for step in benefit.filled.indices where step >= later && benefit.filled[step - later] > 0 {
                    let most = benefit.filled[step - later]
                    var places: [(variable: Int, coefficient: Double)] = [(open, -most)]
                    for cell in served where unmet[step][cell[0]][cell[1]] > 0 {
                        let filled = programme.addVariable(worth: value, upTo: most)
                        places.append((filled, 1))
                        ofDemand[[step] + cell, default: []].append((filled, 1))
                    }
                    if places.count > 1 { programme.limit(places, to: 0) }
                }
            }
            programme.limit(alternatives, to: 1)
        }
        if openings.isEmpty { return ([], true) }
        programme.limit(capital, to: question.envelope)
        for (demand, terms) in ofDemand.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            programme.limit(terms, to: unmet[demand[0]][demand[1]][demand[2]])
        }
        guard let found = programme.largest() else { return ([], false) }
        let chosen = openings.filter { found.values[$0.variable] > 0.5 }
        return (chosen.map { benefits[$0.scheme].scheme.later(by: $0.later) }, found.isProven)
    }
}

/// The runs of some schemes together.
private struct PlannedRuns {
    let schemes: [Scheme]
    let outlook: PlacesOutlook
    /// Pounds of every run over the projection.
    let spend: [Double]
    let capital: [Double]
    private let placed: [Double]

    /// How many lists of schemes are simulated together: every run's totals of all of them are in memory together.
    private static let together = 6

    /// Simulates lists of schemes.
    static func all(_ runs: ScenarioRuns, _ lists: [[Scheme]]) -> [PlannedRuns] {
        stride(from: 0, to: lists.count, by: together).flatMap { first in
            let part = Array(lists[first..<min(first + together, lists.count)])
            return zip(part, runs.people(placing: part)).map { PlannedRuns(runs, $0, $1) }
        }
    }

    private init(_ runs: ScenarioRuns, _ schemes: [Scheme], _ outcome: Outcome) {
        self.schemes = schemes
        guard let outlook = PlacesOutlook(outcome) else { preconditionFailure("nothing is ever full") }
        self.outlook = outlook
        let years = runs.study.budget(outcome).amounts(.spend)
        spend = (0..<outcome.runs.count).map { run in years.reduce(0) { $0 + $1.runs[run] } }
        capital = schemes.reduce(into: Array(repeating: 0, count: outcome.runs.count)) { sums, scheme in
            for (run, pounds) in SchemeOutlook.capital(scheme, outcome).enumerated() { sums[run] += pounds }
        }
        placed = (0..<outlook.unmet.count).map { step in
            outlook.row(.children(need: nil, band: nil), january: outcome.model.base.january + step)?[.placed].mean ?? 0
        }
    }

    /// Mean children without a place, by January, need and band.
    var unmetByQueue: [[[Double]]] {
        let (needs, bands) = (outlook.allocation.space.need.count, outlook.allocation.bands.count)
        let first = outlook.rows.first?.january ?? 0
        return outlook.unmet.indices.map { step in
            (0..<needs).map { need in
                (0..<bands).map { band in
                    outlook.row(.children(need: need, band: band), january: first + step)?[.unmet].mean ?? 0
                }
            }
        }
    }

    private func unmetYears(_ run: Int) -> Double { outlook.unmet.dropFirst().reduce(0) { $0 + Double($1[run]) } }

    func benefit(against baseline: PlannedRuns) -> SchemeBenefit {
        SchemeBenefit(
            scheme: schemes[0], capital: Summary(of: capital).mean,
            filled: zip(placed, baseline.placed).map { max($0 - $1, 0) },
            avoided: Summary(of: zip(baseline.spend, spend).map(-) as [Double]).mean,
            unmetAvoided: Summary(of: spend.indices.map { baseline.unmetYears($0) - unmetYears($0) }).mean)
    }

    func portfolio(against baseline: PlannedRuns, _ question: CapitalProgramme.Question) -> CapitalProgramme.Portfolio {
        CapitalProgramme.Portfolio(
            schemes: schemes, capital: Summary(of: capital),
            overEnvelope: Double(capital.count { $0 > question.envelope }) / Double(max(capital.count, 1)),
            unmet: Summary(of: outlook.unmet.last ?? [0]),
            unmetAvoided: Summary(of: spend.indices.map { baseline.unmetYears($0) - unmetYears($0) }),
            avoided: Summary(of: zip(baseline.spend, spend).map(-) as [Double]))
    }
}
