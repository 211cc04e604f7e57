import Sampling

/// Where blocks put the totals of a projection as they finish.
struct BlockRecord: Sendable {
    let stocks: RunTotals
    let presence: RunTotals
    let months: RunTotals
    let joined: RunTotals
    let left: RunTotals
    let moved: RunTotals
    let moves: RunTotals
    let routed: RunTotals
    let arrived: RunTotals
    let transferred: RunTotals
    let reclassified: RunTotals
    let steered: RunTotals
    let places: RunTotals
    let displaced: RunTotals
    let returned: RunTotals
    let displacements: RunTotals
    let returns: RunTotals

    /// Room for the totals of some runs.
    /// - Parameter base: the outcome of the baseline that the projection runs beside: people and flows are kept as differences from it.
    init(_ setup: SimulationSetup, _ runs: Range<Int>, beside base: Outcome? = nil) {
        let blocks = (runs.lowerBound / 16)..<((runs.upperBound + 15) / 16)
        let years = setup.model.horizon
        let (settings, needs) = (setup.model.space.setting.count, setup.model.space.need.count)
        let routes = setup.model.rates.further.routes?.names.count ?? 0
        func totals(
            steps: Int = years, _ series: Int, if isWanted: Bool = true, beside theirs: RunTotals? = nil,
            at places: [Int]? = nil
        ) -> RunTotals {
            let base = isWanted ? theirs.map { RunTotals.Base($0, series: places ?? Array(0..<series)) } : nil
            return RunTotals(
                steps: steps, series: isWanted ? series : 0, beside: base, blocks: blocks.count,
                skipped: runs.lowerBound - blocks.lowerBound * 16, runs: runs.count)
        }
        let people = base.map { setup.stockLayout.places(in: $0.stockLayout) }
        let rows = base.map { setup.flowLayout.places(in: $0.flowLayout) }
        func flows(_ flow: Flow, if isWanted: Bool = true) -> RunTotals {
            totals(setup.flowLayout.count, if: isWanted, beside: base?.flows[flow], at: rows)
        }
        func pairs(_ side: Int, if isWanted: Bool = true, beside theirs: RunTotals?) -> RunTotals {
            totals(side * side, if: setup.keepsFlows && isWanted, beside: theirs)
        }
        stocks = totals(steps: years + 1, setup.stockLayout.count, beside: base?.stocks, at: people)
        presence = totals(setup.stockLayout.count, if: setup.countsSteps, beside: base?.presence, at: people)
        months = totals(
            steps: years * setup.model.space.stepsPerYear, StepSeries.count(settings: settings), if: setup.keepsSteps)
        joined = flows(.join)
        left = flows(.leave)
        moved = flows(.move)
        arrived = flows(.transferIn, if: setup.hasArrivals)
        transferred = flows(.transferOut, if: setup.hasTransfers)
        moves = pairs(settings, beside: base?.moves)
        reclassified = pairs(needs, if: setup.changesNeeds, beside: base?.reclassified)
        routed = totals(settings * routes, if: setup.keepsFlows)
        steered = totals(Outcome.Steered.allCases.count, if: setup.model.joinerPath.control != nil)
        places = totals(steps: years + 1, setup.placement?.seriesCount ?? 0)
        displaced = totals(setup.flowLayout.count, if: setup.keepsDisplacements)
        returned = totals(setup.flowLayout.count, if: setup.keepsDisplacements)
        displacements = totals(settings * settings, if: setup.keepsDisplacements)
        returns = totals(settings * settings, if: setup.keepsDisplacements)
    }

    /// The memory that a run takes at most where totals are below 32,768, in bytes; up to twice that elsewhere.
    static func bytesPerRun(of setup: SimulationSetup) -> Int {
        let record = BlockRecord(setup, 0..<1)
        let all = [
            record.stocks, record.presence, record.months, record.joined, record.left, record.moved, record.moves,
            record.routed, record.arrived, record.transferred, record.reclassified, record.steered, record.places,
            record.displaced, record.returned, record.displacements, record.returns,
        ]
        return all.reduce(0) { $0 + $1.bytesPerRun }
    }

    /// The outcome that the totals make.
    func outcome(_ setup: SimulationSetup, _ runs: Range<Int>) -> Outcome {
        var flows: [Flow: RunTotals] = [.join: joined, .leave: left, .move: moved]
        if setup.hasArrivals { flows[.transferIn] = arrived }
        if setup.hasTransfers { flows[.transferOut] = transferred }
        if setup.keepsDisplacements {
            flows[.displace] = displaced
            flows[.return] = returned
        }
        return Outcome(
            model: setup.model, placement: setup.placement, seed: setup.seed,
            uncertainty: setup.usesMeanRates ? .chance : .full, runs: runs, stockLayout: setup.stockLayout,
            flowLayout: setup.flowLayout, stocks: stocks, flows: flows, moves: moves, reclassified: reclassified,
            steered: steered, places: places, displacements: displacements, returns: returns, routed: routed,
            presence: presence, months: months)
    }
}
