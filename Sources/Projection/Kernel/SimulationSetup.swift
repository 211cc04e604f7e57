import Rates
import Sampling
import Vocabulary

/// What all blocks of a simulation share: read only, made once from the baseline's expected values.
///
/// The method for a cell and year and the order of its destinations come from here and never from the counts at hand,
/// so that scenarios and runs share them.
struct SimulationSetup: Sendable {
    /// Expected people at which a cell is counted as a whole rather than child by child.
    static let wholesaleThreshold = 40.0

    let model: FlowModel
    let seed: UInt64
    let seeds: DrawSeeds
    let usesMeanRates: Bool
    let means: ExpectedRates
    /// The same as they are in each year, until they stay (``FlowModel/tilts``).
    let tiltedMeans: [ExpectedRates]
    /// What tilts multiply the odds of moving of each row by: years × rows; empty where there are none.
    let tiltedOdds: [Float]
    /// See ``DrawnDeviations/oddsOfBands(_:_:of:)``.
    let oddsOfBands: [Float]
    let stockLayout: SeriesLayout
    let flowLayout: SeriesLayout
    /// Whether plans arrive from other authorities, go to them, or change their need.
    var hasArrivals: Bool { !model.rates.further.arriving.isEmpty }
    /// See ``hasArrivals``.
    var hasTransfers: Bool { !model.rates.further.transferShare.isEmpty }
    /// See ``hasArrivals``.
    var changesNeeds: Bool { model.rates.further.reclassifying != nil }
    /// Whether a year has several steps, so that people of all of them are counted.
    var countsSteps: Bool { model.space.stepsPerYear > 1 }
    /// Whether the totals of each of them are wanted.
    var keepsSteps: Bool { keepsFlows && countsSteps }
    /// Whether flows are wanted.
    var keepsFlows: Bool { flowLayout.count > 0 }

    /// The possible destinations of each row, likeliest first: rows × settings, ends at ``destinationCounts``.
    private(set) var destinations: [UInt8]
    private(set) var destinationCounts: [UInt8]
    /// Whether a row is counted as a whole: years × rows.
    let isWholesale: [Bool]
    /// The changes of each arriving January against the baseline, in order; empty in the baseline.
    private(set) var adjustments: [AdjustedYear] = []
    /// The changes as they were stated.
    private(set) var levers: [RateAdjustment] = []
    /// The place of each delay among all, by the number of its lever.
    private(set) var delays: [Int: Int] = [:]
    /// Who gets the places asked for.
    private(set) var placement: (any PlacementRule)?
    /// Whether who gets the places asked for is decided otherwise than in the baseline.
    private(set) var placesDiffer = false
    /// The first year, from 0, in which levers act.
    var firstChange: Int { adjustments.first { !$0.isEmpty }?.year ?? model.horizon }
    /// Whether anybody may join, by cell.
    private(set) var canJoin: [Bool]
    /// Stable keys by need × setting, by need and by setting.
    let stateKeys: [UInt32]
    private let stepsPerYear: Int
    private let cellsPerAge: Int
    let needKeys: [UInt32]
    let settingKeys: [UInt32]

    init(
        model: FlowModel, seed: UInt64, usesMeanRates: Bool, stockLayout: SeriesLayout, flowLayout: SeriesLayout
    ) {
        let space = model.space
        precondition(space.setting.count <= 256, "\(space.setting.count) settings; at most 256 can be simulated")
        self.model = model
        placement = model.placement
        self.seed = seed
        seeds = model.seeds(of: seed)
        self.usesMeanRates = usesMeanRates
        self.stockLayout = stockLayout
        self.flowLayout = flowLayout
        let means = ExpectedRates(model.rates)
        self.means = means
        tiltedMeans = model.tilted(means)
        tiltedOdds = model.tilts.isEmpty ? [] : tiltedMeans.flatMap { means.oddsOfMoving(tilted: $0) }
        oddsOfBands = DrawnDeviations.oddsOfBands(model.rates.further.deviations, means, of: space)
        stepsPerYear = space.stepsPerYear
        cellsPerAge = space.cellsPerAge
        let settings = space.setting.count
        var destinations = [UInt8](repeating: 0, count: space.count * settings)
        var counts = [UInt8](repeating: 0, count: space.count)
        let (shares, codes) = (means.destination, space.setting.codes)
        let byCode = codes.indices.sorted { codes[$0] < codes[$1] }
        for row in 0..<space.count {
            let first = row * settings
            var order: [Int] = []
            for setting in byCode where shares[first + setting] > 0 {
                let index = order.firstIndex { shares[first + $0] < shares[first + setting] } ?? order.count
                order.insert(setting, at: index)
            }
            counts[row] = UInt8(order.count)
            for (index, setting) in order.enumerated() { destinations[row * settings + index] = UInt8(setting) }
        }
        canJoin = means.joining.map { $0 > 0 }
        self.destinations = destinations
        destinationCounts = counts
        isWholesale = means.expectedPeople(model).dropLast().flatMap { people in
            Array(repeating: false, count: space.cellsPerAge)
                + people.prefix(space.count - space.cellsPerAge).map { $0 > Self.wholesaleThreshold }
        }
        stateKeys = (0..<space.cellsPerAge).map { space.key(need: $0 / settings, setting: $0 % settings) }
        needKeys = space.need.codes.map { stableKey($0) }
        settingKeys = space.setting.codes.map { stableKey($0) }
    }

    /// For how many years tilts of settings are told apart.
    var tiltedYears: Int { tiltedOdds.isEmpty ? 0 : tiltedMeans.count }

    /// The row whose rates a row has: that of the first step of its age in years.
    @inline(__always)
    func ratedRow(_ row: Int) -> Int {
        if stepsPerYear == 1 { return row }
        return row - row / cellsPerAge % stepsPerYear * cellsPerAge
    }

    /// The same setup with some rates changed: methods, orders and draws stay those of the baseline.
    /// - Parameter placement: who gets the places asked for, in place of the baseline's rule; `nil` leaves that.
    func adjusted(
        by changes: [RateAdjustment], placement: (any PlacementRule)?
    ) throws(RateAdjustmentError) -> SimulationSetup {
        var setup = self
        if let placement {
            setup.placement = placement
            setup.placesDiffer = true
        }
        setup.levers = changes
        for (number, change) in changes.enumerated() {
            if case .delaying = change.effect.operation { setup.delays[number] = setup.delays.count }
        }
        setup.adjustments = try AdjustedYear.all(changes, of: model, tiltedMeans)
        for change in changes { setup.makeRoom(for: change) }
        return setup
    }

    /// Opens the settings that people are sent to: last in a row's order, so that all draws stay.
    private mutating func makeRoom(for change: RateAdjustment) {
        let settings = model.space.setting.count
        let cells = change.cells.cells(in: model.space)
        switch (change.quantity, change.effect.operation) {
        case (.moving, .shifting(let to)), (.staying, .shifting(let to)):
            for row in cells where row % settings != to {
                let first = row * settings
                let known = destinations[first..<first + Int(destinationCounts[row])]
                if known.contains(UInt8(to)) { continue }
                destinations[first + known.count] = UInt8(to)
                destinationCounts[row] += 1
            }
        case (_, .shifting(let to)):
            for cell in cells where canJoin[cell] { canJoin[cell - cell % settings + to] = true }
        case (_, .delaying(let years)):
            for cell in cells where canJoin[cell] {
                let later = cell + years * model.space.stepsPerYear * model.space.cellsPerAge
                if later < canJoin.count { canJoin[later] = true }
            }
        default: break
        }
    }
}
