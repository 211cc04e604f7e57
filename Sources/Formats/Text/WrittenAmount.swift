import Foundation

/// A number as people write amounts: `£20,000,000`, `20m`, `£1.5 million`, `250k`.
enum WrittenAmount {
    private static let sizes: [String: Double] = [
        "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9,
    ]

    /// The number; `nil` where a text is none.
    static func value(_ text: String) -> Double? {
        let text = text.replacingOccurrences(of: "£", with: "").replacingOccurrences(of: "−", with: "-").lowercased()
            .trimmingCharacters(in: .whitespaces)
        let word = String(text.reversed().prefix { $0.isLetter }.reversed())
        let digits = text.dropLast(word.count).trimmingCharacters(in: .whitespaces)
        guard let size = word.isEmpty ? 1 : sizes[word], let number = Numeral(digits).value, number.isFinite else {
            return nil
        }
        return number * size
    }
}
