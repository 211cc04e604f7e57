/// What an amount of income or balance is.
public enum FundingItem: String, Sendable, CaseIterable {
    /// The high needs block before recoupment.
    case block = "high needs block"
    /// What the block grows by in years without an amount, as a share: 0.03 for 3 %.
    case growth
    /// What schools forum moves from the schools block.
    case transfer = "block transfer"
    /// What is paid to academies and colleges before the grant arrives; taken off.
    case recoupment
    /// The adjustment for children who live and learn in different areas; may be below zero.
    case importExport = "import and export"
    /// Anything else that comes in.
    case other = "other income"
    /// The balance of the grant on 1 April; a deficit is below zero.
    case opening = "opening balance"
    /// The share of the deficit of that 31 March which the stability grant pays, if it is approved.
    case stabilityShare = "stability grant share"
    /// The probability that the stability grant is approved: 1 once it is, 0 where none is stated.
    case stabilityApproved = "stability grant approved"
    /// Reserves that could meet a deficit.
    case reserves
    /// The last financial year in which a deficit may be kept out of the general fund, and of which the balance is forecast; the amount is
    /// not used.
    case overrideEnds = "statutory override ends"

    /// Whether it goes on after the last stated year, and changes as the block does.
    public var followsBlock: Bool { self == .recoupment || self == .importExport }
}
