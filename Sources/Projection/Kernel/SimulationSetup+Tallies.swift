/// Which tallies a simulation keeps, and how large they are.
extension SimulationSetup {
    /// Whether a tally is wanted.
    func keeps(_ tally: Tally) -> Bool {
        switch tally {
        case .stocks: true
        case .presence: countsSteps
        case .months: keepsSteps
        case .joined, .left, .moved, .moves, .routed: keepsFlows
        case .arrived: keepsFlows && hasArrivals
        case .transferred: keepsFlows && hasTransfers
        case .reclassified: keepsFlows && changesNeeds
        case .displaced, .returned, .displacements, .returns: keepsFlows && placement?.movesPeople == true
        case .steered: model.joinerPath.control != nil
        case .places: placement != nil
        }
    }

    /// How many series a tally has where it is kept.
    func seriesCount(of tally: Tally) -> Int {
        let (settings, needs) = (model.space.setting.count, model.space.need.count)
        return switch tally.series {
        case .stocks: stockLayout.count
        case .flows: flowLayout.count
        case .needPairs: needs * needs
        case .settingPairs: settings * settings
        case .routes: settings * (model.rates.further.routes?.names.count ?? 0)
        case .steps: StepSeries.count(settings: settings)
        case .steering: Outcome.Steered.allCases.count
        case .places: placement?.seriesCount ?? 0
        }
    }

    /// How many steps a tally has: Januaries with the base, steps of years, or years.
    func stepCount(of tally: Tally) -> Int {
        switch tally {
        case .stocks, .places: model.horizon + 1
        case .months: model.horizon * model.space.stepsPerYear
        default: model.horizon
        }
    }

    /// Where each series of a tally stands among those of a baseline.
    func series(of tally: Tally, in baseline: Outcome) -> [Int] {
        switch tally.series {
        case .stocks: stockLayout.places(in: baseline.stockLayout)
        case .flows: flowLayout.places(in: baseline.flowLayout)
        default: Array(0..<seriesCount(of: tally))
        }
    }

    /// How many counts a year of sixteen runs takes before series are added up: cells, rows of flows, or the series themselves. None of
    /// what is not counted as a run goes on.
    func countsOfYear(_ tally: Tally, isBeside: Bool) -> Int {
        switch tally {
        // People are where they are; what steers is known by the year.
        case .stocks, .steered: 0
        case .presence: countsSteps ? model.space.count : 0
        // Levers leave those alone who come from other authorities.
        case .arrived where isBeside: 0
        case .displaced, .returned: placement == nil ? 0 : flowLayout.space.count
        case .months, .displacements, .returns: seriesCount(of: tally)
        default: keeps(tally) ? tally.series == .flows ? flowLayout.space.count : seriesCount(of: tally) : 0
        }
    }
}
