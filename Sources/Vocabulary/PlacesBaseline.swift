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
        case .forecast: "forecast: past patterns go on, with no limit on places"
        case .committed: "committed: limited to today's and committed places, with over-fill"
        case .frozen: "frozen: limited to today's places for ever, none over-filled"
        }
    }
}
