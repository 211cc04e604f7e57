/// What decides whether a capital programme pays; tables call it by its raw value.
public enum AppraisalFactor: String, Sendable, CaseIterable {
    /// Of the children for whom overflow has both ways, the share that goes to independent schools.
    case overflow = "share going independent"
    /// Children who would be in another setting today if it had a place, as a multiple of what `latent.csv` says.
    case latent = "latent demand"
    /// What independent places cost, as a multiple of the price stated.
    case fee = "independent fee"
    /// What is saved of journeys to school, as a multiple of what the model says.
    case transport = "transport saved"
    /// The share of the new places that can be filled; all of them are paid for.
    case fill = "fill of new places"
    /// Years by which schemes open late, with capital spent as planned.
    case delay = "delay of opening"
    /// Capital as a multiple of its estimate.
    case overrun = "capital overrun"
    /// New plans as a multiple of those forecast.
    case demand = "new plans"
    /// What is left of the last projected year's effect in each year after it.
    case persistence = "persistence of the effect"
    /// The real rate of discount.
    case rate = "discount rate"

    /// Whether another value needs another simulation of people; money alone changes otherwise.
    public var changesPeople: Bool {
        switch self {
        case .overflow, .latent, .fill, .delay, .demand: true
        case .fee, .transport, .overrun, .persistence, .rate: false
        }
    }
}
