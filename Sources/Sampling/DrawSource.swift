/// What a figure hangs on that is not known, by what is drawn for it: each can be drawn anew while all else stays.
public enum DrawSource: UInt16, CaseIterable, Sendable {
    /// How new plans grow from year to year, with each year's shock.
    case growth
    /// How many join, all together.
    case joining
    /// How many leave, all together and by band of ages.
    case leaving
    /// What each setting draws, of joiners and of movers.
    case entering
    /// Rates of single ages, needs and settings.
    case rates
    /// Where those without a place go, and how late schemes open.
    case places
    /// How large levers are.
    case levers
    /// Prices, and how their indices grow.
    case prices
    /// Income, and how a balance opens.
    case income
    /// What happens to children one by one.
    case chance
}
