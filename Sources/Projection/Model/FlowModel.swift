import Rates
import Sampling
import Vocabulary

/// A cohort, the people that joiners come from, and the rates that move it: all that a projection needs.
public struct FlowModel: Sendable {
    /// Age by need by setting.
    public let space: StateSpace
    /// The cohort from which the projection starts.
    public let base: Cohort
    /// People by arriving January, the first one year after the base, and age in years.
    public let population: [[Double]]
    /// What moves the cohort.
    public let rates: FlowRates
    /// How joiner rates change over the projected years.
    public private(set) var joinerPath: JoinerPath
    /// Who gets the places asked for; `nil` where nothing is full.
    public let placement: (any PlacementRule)?
    /// The area that it is of.
    public let area: ModelArea
    /// Expected arrivals from other authorities by year and cell, from the expected plans of this model; empty where there
    /// are none. A model with changed rates keeps them, so that levers act on its own children alone.
    public private(set) var arrivals: [[Double]] = []
    /// What enters each setting is multiplied by, in every year for which shares of settings are stated: years × settings; empty where
    /// none are (``SettingMix``). A model with changed rates keeps them.
    public private(set) var tilts: [[Double]] = []

    private var redrawn: Set<DrawSource> = []

    /// What joiners are multiplied by for their ceiling: years × ``SharedCeiling/steps``; empty where there is none.
    private(set) var levelling: [[Double]] = []

    /// Joins the parts of a projection.
    /// - Parameter mix: shares of settings that moves and joiners are tilted to meet; `nil` leaves them to the rates.
    /// - Precondition: all parts have the same cells.
    public init(
        base: Cohort, population: [[Double]], rates: FlowRates, joinerPath: JoinerPath = .level,
        mix: SettingMix? = nil, placement: (any PlacementRule)? = nil, area: ModelArea = ModelArea()
    ) {
        space = rates.space
        precondition(base.counts.count == space.count, "a cohort of \(base.counts.count) for \(space.count) cells")
        precondition(population.allSatisfy { $0.count == rates.space.years }, "people by age differ from the ages")
        precondition(
            joinerPath.factors.isEmpty || joinerPath.factors.count == population.count, "a factor for each year")
        precondition(
            [0, space.need.count].contains(joinerPath.needDeviations.count), "a deviation for each need")
        precondition(
            [joinerPath.control?.capacity.count, joinerPath.control?.totals?.medians.count]
                .allSatisfy { $0 == nil || $0 == 0 || $0 == population.count }, "a limit and a total for each year")
        precondition(joinerPath.factors.allSatisfy { $0.count == rates.space.need.count }, "a factor for each need")
        precondition(
            rates.space.stepsPerYear == 1
                || joinerPath.control == nil && rates.further.arriving.isEmpty && rates.further.transferShare.isEmpty
                    && rates.further.reclassifying == nil,
            "joiners and settings are steered, and plans transferred and reviewed, by the year")
        self.joinerPath = joinerPath
        self.placement = placement
        self.area = area
        self.base = base
        self.population = population
        self.rates = rates
        if mix == nil && joinerPath.ceiling == nil && rates.further.arriving.isEmpty { return }
        let expected = ExpectedRates(rates)
        if let mix { tilts = expected.tilts(of: self, meeting: mix) }
        if let ceiling = joinerPath.ceiling { levelling = expected.levelling(of: self, under: ceiling) }
        if !rates.further.arriving.isEmpty {
            arrivals = expected.expectedPeople(self).dropLast().map { expected.arrivals($0, space) }
        }
    }

    /// The same model with other factors on joiners; tilts, arrivals and the ceiling stay as they are.
    /// - Parameter factors: years × needs.
    public func following(_ factors: [[Double]]) -> FlowModel {
        precondition(factors.count == horizon, "a factor for each year")
        var model = self
        model.joinerPath.factors = factors
        return model
    }

    /// The tilts of a year, from 0: after the last that are stated those stay.
    func tilts(inYear year: Int) -> [Double] { tilts[min(year, tilts.count - 1)] }

    /// Rates as they are in each year for which tilts differ: at least one.
    func tilted(_ rates: ExpectedRates) -> [ExpectedRates] {
        if tilts.isEmpty { return [rates] }
        return tilts.prefix(max(horizon, 1)).map { tilt in
            var tilted = rates
            tilted.tilt(by: tilt)
            return tilted
        }
    }

    /// What draws of this model are keyed by.
    public func seeds(of seed: UInt64) -> DrawSeeds {
        DrawSeeds(seed: seed, service: space.service.rawValue, area: area.name).redrawing(redrawn)
    }

    /// The same model whose draws of some sources are others, and of the rest the same.
    public func redrawing(_ sources: Set<DrawSource>) -> FlowModel {
        var model = self
        model.redrawn = sources
        return model
    }

    /// People of a cell's age in a year, from 0: those of an age in years are spread evenly over its steps.
    func people(year: Int, cell: Int) -> Double {
        population[year][space.year(ofAge: cell / space.cellsPerAge)] / Double(space.stepsPerYear)
    }

    /// Expected joiners of a cell in a step of a year, from 0, for one joiner per person: people times the path's factor.
    package func joinerExposure(year: Int, cell: Int) -> Double {
        people(year: year, cell: cell)
            * joinerPath.factor(year: year, need: cell / space.setting.count % space.need.count)
            * (levelling.isEmpty ? 1 : levelling[year][SharedCeiling.middle])
    }

    /// People of all ages in the January from which each year starts; at the base those of a year later, for no earlier ones
    /// are needed.
    var people: [Double] {
        guard let first = population.first else { return [] }
        return ([first] + population.dropLast()).map { max($0.reduce(0, +), 1) }
    }

    /// Plans per person at the base.
    var basePrevalence: Double { Double(base.total) / (people.first ?? 1) }

    /// The year and the part of it of each step, in order.
    var steps: [(year: Int, step: Int)] {
        (0..<horizon * space.stepsPerYear).map { ($0 / space.stepsPerYear, $0 % space.stepsPerYear) }
    }

    /// How many years are projected.
    public var horizon: Int { population.count }

    /// The Januaries of the projection, the base first.
    public var januaries: ClosedRange<Int> { base.january...(base.january + horizon) }
}
