import Vocabulary

/// A change of some rates in some years: what a lever becomes when a scenario is simulated beside its baseline.
///
/// Every run keeps the draws of its baseline. Its own rate of leaving or moving goes by the shift of the logit that takes the expected
/// rate to its changed value, so it stays a probability; staying absorbs what moves to a destination lose or gain. Joiners of a
/// run change in the proportion in which expected joiners do.
public struct RateAdjustment: LeverChange, Sendable, Equatable {
    /// Which rates change.
    public enum Quantity: Sendable, Equatable {
        /// The share that leaves; cells are rows: arriving age, need, setting departed from.
        case leaving
        /// The share that leaves by one route, by its place among ``LeavingRoutes/names``; cells are rows. It can only be multiplied.
        case leavingBy(route: Int)
        /// The share of those who remain that moves to one of these settings; cells are rows.
        case moving(to: [Int])
        /// The share of those who remain that stays in its setting; cells are rows. It can only be shifted.
        case staying
        /// Joiners; cells are those joined. Amounts are plans a year, of all the cells together.
        case joining
        /// The share of an age's and need's joiners that enters these settings, the others making room; cells are those joined.
        case entering([Int])
        /// The share that changes to one of these needs; cells are rows, whatever their setting.
        case becoming([Int])
        /// People from whom joiners come, by age; cells are those joined, amounts are people of each age.
        case population
    }

    /// Which rates change.
    public let quantity: Quantity
    /// Whose.
    public let cells: CellSelection
    /// What happens to them; its years are arriving Januaries.
    public var effect: Effect

    /// States a change.
    public init(_ quantity: Quantity, of cells: CellSelection, _ effect: Effect) {
        self.quantity = quantity
        self.cells = cells
        self.effect = effect
    }
}
