/// An amount of money in whole pence, so that sums are exact.
public struct Pounds: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The amount in pence.
    public let pence: Int

    /// An amount in pence.
    public init(pence: Int) {
        self.pence = pence
    }

    /// An amount in pounds, rounded to the nearest penny; `nil` where it is not finite or above ten trillion pounds.
    public init?(_ pounds: Double) {
        guard pounds.isFinite, abs(pounds) < 1e13 else { return nil }
        pence = Int((pounds * 100).rounded())
    }

    /// Pounds, for statistics.
    public var value: Double { Double(pence) / 100 }

    /// Orders by amount.
    public static func < (one: Pounds, other: Pounds) -> Bool { one.pence < other.pence }

    /// Pounds and pence, without separators.
    public var description: String {
        let (pounds, rest) = (pence.magnitude / 100, pence.magnitude % 100)
        return "\(pence < 0 ? "-" : "")£\(pounds).\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension Pounds {
    /// Sums of an authority below this many pounds are taken for millions without their sign.
    public static let fewest = 10_000.0

    /// An amount as people type it: `60m`, `£1.2bn`, `15,000`, `250k`; `nil` where it is none or above a trillion.
    public static func amount(_ text: String) -> Double? {
        var text = text.filter { $0 != "," && $0 != "£" && $0 != " " }
        let unit = ["k": 1e3, "m": 1e6, "bn": 1e9].first { text.hasSuffix($0.key) }
        if let unit { text.removeLast(unit.key.count) }
        guard text.allSatisfy({ $0.isNumber || ".eE+-".contains($0) }) else { return nil }
        return Double(text).map { $0 * (unit?.value ?? 1) }.flatMap { (0...1e12).contains($0) ? $0 : nil }
    }
}
