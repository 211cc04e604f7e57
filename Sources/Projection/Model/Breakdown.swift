/// Which dimensions a breakdown keeps; the others are summed over.
public struct Breakdown: OptionSet, Hashable, Sendable {
    /// Bits.
    public let rawValue: Int

    /// A set of dimensions.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// By single year of age.
    public static let age = Breakdown(rawValue: 1)
    /// By band of ages.
    public static let band = Breakdown(rawValue: 2)
    /// By need.
    public static let need = Breakdown(rawValue: 4)
    /// By setting.
    public static let setting = Breakdown(rawValue: 8)
    /// Everyone.
    public static let all: Breakdown = []
}
