import Finance
import Intake
import Placement
import Projection
import Rates
import Sampling
import Vocabulary

/// A baseline and what scenarios make of it, on the same draws: rates are learnt once.
package struct ScenarioRuns: Sendable {
    /// What is studied.
    package let study: PreparedStudy
    /// What is simulated.
    package let model: FlowModel
    /// The seed of the draws.
    package let seed: UInt64
    /// Which runs.
    package let runs: Range<Int>
    /// All runs, of which these may be a machine's share.
    let whole: Range<Int>
    let threads: Int
    private let uncertainty: Simulation.Uncertainty

    /// Learns or reads the rates.
    package init(
        _ study: PreparedStudy, runs: Range<Int>, of whole: Range<Int>? = nil, seed: UInt64, threads: Int,
        uncertainty: Simulation.Uncertainty = .full
    ) {
        self.whole = whole ?? runs
        self.study = study
        self.runs = runs
        self.seed = seed
        self.threads = threads
        self.uncertainty = uncertainty
        model = study.model(seed: seed, runs: runs.upperBound)
    }

    /// Simulates a scenario by itself, or the baseline where there is none; ``results(of:progress:)`` takes several together.
    /// - Parameter baseline: the baseline's result where it is known; a scenario of costs alone has its people.
    /// - Throws: ``UnusableData`` where a lever would take an expected rate out of 0...1.
    package func result(
        _ scenario: Scenario? = nil, beside baseline: StudyResult? = nil
    ) throws(UnusableData) -> StudyResult {
        if let scenario, let baseline, !scenario.levers.contains(where: \.changesPeople) {
            return StudyResult(repricing: baseline, by: scenario)
        }
        if scenario != nil, baseline == nil, study.accounts.carriesResidual {
            return try result(scenario, beside: result())
        }
        var simulation = everything
        if let scenario { simulation = try simulation.adjusted(by: scenario, in: study) }
        return StudyResult(study, simulation.run(runs, threads: threads), scenario: scenario, beside: baseline)
    }

    /// The budget whose residuals scenarios carry; `nil` where none are carried.
    func carriedBudget() throws(UnusableData) -> Budget? {
        study.accounts.carriesResidual ? study.budget(try people(nil)) : nil
    }

    /// Simulates a scenario's people alone, without flows: all that searches and comparisons need.
    /// - Throws: ``UnusableData`` as ``result(_:beside:)``.
    package func people(_ scenario: Scenario?) throws(UnusableData) -> Outcome {
        var simulation = peopleAlone
        if let scenario { simulation = try simulation.adjusted(by: scenario, in: study) }
        return simulation.run(runs, threads: threads)
    }

    /// The baseline's people where some sources are drawn anew.
    func people(redrawing sources: Set<DrawSource>) -> Outcome {
        peopleAlone(model.redrawing(sources)).run(runs, threads: threads)
    }

    /// The baseline with all totals that outputs print.
    var everything: Simulation {
        Simulation(
            model, seed: seed, uncertainty: uncertainty, stocks: Simulation.standardStocks + study.accounts.stocks)
    }

    /// The baseline with the totals that spend and comparisons need.
    var peopleAlone: Simulation { peopleAlone(model) }

    private func peopleAlone(_ model: FlowModel) -> Simulation {
        Simulation(
            model, seed: seed, uncertainty: uncertainty, stocks: [.all, .need, .setting] + study.accounts.stocks,
            flows: study.flowsForMoney)
    }

    /// Simulates a scenario's people and their flows in all, and by route where leavers have one.
    /// - Throws: ``UnusableData`` as ``result(_:beside:)``.
    func flows(_ scenario: Scenario?) throws(UnusableData) -> Outcome {
        var simulation = Simulation(
            model, seed: seed, uncertainty: uncertainty, stocks: [.all], flows: [.all, .setting])
        if let scenario { simulation = try simulation.adjusted(by: scenario, in: study) }
        return simulation.run(runs, threads: threads)
    }

    /// Places under the baseline that the study is not under: `committed` where nothing is full, else `forecast`; `nil` without places.
    /// - Parameter most: how many runs at most; the first of these runs, on their draws.
    func otherBaseline(most: Int = 250) -> OtherBaseline? {
        guard let baseline = study.baseline else { return nil }
        let other = baseline == .forecast ? PlacesBaseline.committed : .forecast
        let some = runs.lowerBound..<min(runs.upperBound, runs.lowerBound + most)
        let simulation = Simulation(model, seed: seed, uncertainty: uncertainty, stocks: [.all], flows: [.all])
        let placed = try? simulation.adjusted(by: [], placement: study.under(other).allocation)
        return placed.flatMap { PlacesOutlook($0.run(some, threads: threads)) }.map {
            OtherBaseline(baseline: other, runs: some.count, places: $0)
        }
    }

    /// Simulates the baseline's people with each of some lists of schemes opened, all beside one baseline.
    /// - Precondition: the model says how many places there are.
    func people(placing lists: [[Scheme]]) -> [Outcome] {
        let simulations = lists.compactMap { schemes in
            study.allocation.flatMap { try? peopleAlone.adjusted(by: [], placement: $0.adding(schemes)) }
        }
        precondition(simulations.count == lists.count, "schemes open where nothing is ever full")
        return peopleAlone.run(with: simulations, keepsBaseline: false, runs, threads: threads)
    }
}
