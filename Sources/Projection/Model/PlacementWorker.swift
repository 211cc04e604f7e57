/// Places the people of sixteen runs at a time.
public protocol PlacementWorker: AnyObject {
    /// Begins a block of sixteen runs at the base January: everybody keeps the place that they have.
    func begin(firstRun: Int, _ january: PlacementJanuary)
    /// Goes on from where another worker of the same rule is, that has begun the same block.
    func follow(_ other: any PlacementWorker)
    /// Decides who gets the place asked for, and where the others go.
    func place(_ january: PlacementJanuary)
}
