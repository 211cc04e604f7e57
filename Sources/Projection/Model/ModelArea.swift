/// The area that a model is of: what its own draws are named by, and what of its uncertainty all areas share.
public struct ModelArea: Sendable, Equatable {
    /// A stable name, such as the ONS code: models of one area with one seed have the same draws.
    public var name: String
    /// What forecasts of England are out by.
    public var national: NationalDeviations

    /// An area.
    public init(_ name: String = "", national: NationalDeviations = NationalDeviations()) {
        self.name = name
        self.national = national
    }
}
