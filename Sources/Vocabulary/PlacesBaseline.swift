/// What a forecast takes for granted of places, where a model says how many there are.
public enum PlacesBaseline: String, Sendable, Codable, CaseIterable {
    /// Children join and move at the rates learnt: nothing is full, and places are counted beside.
    case forecast
    /// Today's places and committed openings, over-filled up to a stated share; who finds none goes elsewhere.
    case committed
    /// The places of the base January for ever, with no over-fill.
    case frozen

    /// What is taken for granted, in a few words.
    public var words: String {
        switch self {
        case .forecast: "forecast: children move as they have moved, and nothing is full"
        case .committed: "committed: today's places and openings bind, over-filled as stated"
        case .frozen: "frozen: the places of the base bind for ever, none over-filled"
        }
    }
}
