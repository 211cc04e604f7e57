import Formats
import Vocabulary

/// What a cell of a release says.
enum ReleaseFigure {
    case number(Double)
    /// `x`, `z` and their like: not returned, not collected, not applicable.
    case notAvailable
    /// `c` and `low`: counted, and not published because it is small.
    case heldBack
    /// Another word, which cannot be a count.
    case word(String)
    /// A number that no count can be, or digits that are no number.
    case fault(String)

    /// The most that any figure of a release can be: there are 57 million people.
    private static let range = 0.0...1e8

    init(_ field: CSVField) {
        if let whole = field.integer {
            self = Self.range.contains(Double(whole)) ? .number(Double(whole)) : .fault(field.excerpt)
            return
        }
        let text = field.trimmed
        switch text {
        case "x", "z", "u", ":", "..", "-", "–", "": self = .notAvailable
        case "c", "low": self = .heldBack
        default:
            if let number = Double(text), Self.range.contains(number), text.first?.isLetter == false {
                self = .number(number)
            } else if text.contains(where: \.isNumber) {
                self = .fault(field.excerpt)
            } else {
                self = .word(field.excerpt)
            }
        }
    }
}

/// One row of a release's table that is about an area.
struct ReleaseEntry {
    let year: Int
    /// Whether it is of a January (an academic year) and not of a calendar year.
    let isOfStock: Bool
    let topic: ReleaseLayout.Topic
    let age: Int?
    let label: String
    let line: Int
    /// By measure of the layout; not a number where nothing is published.
    var figures: [Double]
    /// Which figures are held back, a bit each.
    var heldBack: UInt64 = 0

    /// A figure, where it is available.
    func known(_ place: Int) -> Double? { figures[place].isNaN ? nil : figures[place] }

    func isHeldBack(_ place: Int) -> Bool { place < 64 && heldBack & (1 << UInt64(place)) != 0 }

    /// The figures from a place on, with what they lack of a total spread evenly over those held back.
    /// - Returns: the figures, and how much was spread.
    func filled(from first: Int, to total: Double) -> (figures: [Double], spread: Double) {
        var parts = Array(figures[first...])
        let hidden = parts.indices.filter { isHeldBack($0 + first) }
        let rest = total - parts.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
        if hidden.isEmpty { return (parts, 0) }
        for place in hidden { parts[place] = max(rest, 0) / Double(hidden.count) }
        return (parts, max(rest, 0))
    }
}
