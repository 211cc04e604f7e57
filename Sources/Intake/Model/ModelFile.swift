/// The files that a model may have, by the names of those of plans; readers, writers, workbooks and documentation name them here.
public enum ModelFile: String, Sendable, CaseIterable {
    case description = "model.yaml"
    case assumptions = "assumptions.yaml"
    case settings = "settings.csv"
    case needs = "needs.csv"
    case cohort = "cohort.csv"
    case validStates = "valid-states.csv"
    case transitions = "transitions.csv"
    case population = "population.csv"
    case costs = "costs.csv"
    case inflation = "inflation.csv"
    case funding = "funding.csv"
    case contributions = "contributions.csv"
    case pools = "pools.csv"
    case outturn = "outturn.csv"
    case transport = "transport.csv"
    case transportCosts = "transport-costs.csv"
    case places = "places.csv"
    case overflow = "overflow.csv"
    case latent = "latent.csv"
    case carers = "carers.csv"
    case areas = "areas.csv"
    case areaOutlines = "areas.geojson"
    case outOfArea = "out-of-area.csv"
    case leavers = "rates/leavers.csv"
    case routes = "rates/routes.csv"
    case transfers = "rates/transfers.csv"
    case movers = "rates/movers.csv"
    case tilts = "rates/tilts.csv"
    case joiners = "rates/joiners.csv"
    case entry = "rates/entry.csv"
    case reclassified = "rates/reclassified.csv"
    case deviations = "rates/deviations.csv"
    case assessments = "rates/assessments.csv"
    case growth = "growth.csv"
    case totals = "totals.csv"
    case mix = "mix.csv"
    case ceiling = "ceiling.csv"
    case capacity = "capacity.csv"
    case support = "support.csv"
    case supportRates = "support-rates.csv"
    case prevalence = "prevalence.csv"
    case law = "law.csv"
    case frontDoor = "front-door.csv"
    case overlap = "overlap.csv"
    case careLeavers = "care-leavers.csv"
    case accommodation = "accommodation.csv"
    case history = "history.csv"
    case counted = "counted.csv"
    case indicators = "indicators.csv"
    case backtest = "backtest.csv"

    /// The name within a model folder.
    public var name: String { rawValue }

    /// The folder of scenarios, and of tables of schemes that they open.
    package static let scenarios = "scenarios"

    /// Whether it is the user's own, so that a model made anew keeps it.
    package var isUsers: Bool {
        switch self {
        case .places, .overflow, .latent, .carers, .areas, .areaOutlines, .outOfArea, .inflation, .funding,
            .contributions, .pools, .outturn, .transport, .transportCosts, .backtest,
            .counted, .frontDoor, .overlap, .careLeavers, .accommodation, .routes, .support, .supportRates, .prevalence:
            true
        default: false
        }
    }
}
