/// Why a figure is what it is: a step from a base, or from a baseline to a scenario.
///
/// Tables have it in words; ``init(_:_:)`` reads them back.
public enum Cause: Hashable, Sendable {
    /// New people of a need.
    case new(need: String)
    /// What levers do together beyond what each does alone.
    case together
    /// A lever, a flow, or where steps start.
    case named(String)

    private static let levers = "levers together"
    private static func new(_ words: Words) -> String { "new \(words.people), " }

    /// What tables call it.
    public func text(_ words: Words = .plans) -> String {
        switch self {
        case .new(let need): Self.new(words) + need
        case .together: Self.levers
        case .named(let name): name
        }
    }

    /// The cause that tables call so.
    public init(_ text: String, _ words: Words = .plans) {
        let new = Self.new(words)
        self =
            text == Self.levers
            ? .together : text.hasPrefix(new) ? .new(need: String(text.dropFirst(new.count))) : .named(text)
    }
}
