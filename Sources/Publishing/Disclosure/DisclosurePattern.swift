import Optimisation
import Outputs
import Vocabulary

/// Which counts of children may not be published, so that nobody can work out from all that is published what a small count is.
///
/// The counts are those of one January, by band of ages, need and setting: the total, each dimension, and each pair. Every count from 1 to
/// just below the threshold is held back; then others, until no sum has just one that is held back, and until a linear programme that knows
/// every published count and sum cannot narrow any that is held back to less than the threshold.
package struct DisclosurePattern {
    /// What is counted; `nil` for all of a dimension.
    package struct Key: Hashable, Comparable, Sendable {
        package var band: Int?
        package var need: Int?
        package var setting: Int?

        /// A group; everything where nothing is named.
        package init(band: Int? = nil, need: Int? = nil, setting: Int? = nil) {
            (self.band, self.need, self.setting) = (band, need, setting)
        }

        /// How many dimensions are distinguished.
        var dimensions: Int { [band, need, setting].compactMap { $0 }.count }

        private var order: [Int] { [dimensions, band ?? -1, need ?? -1, setting ?? -1] }

        package static func < (one: Key, other: Key) -> Bool { one.order.lexicographicallyPrecedes(other.order) }
    }

    /// How many bands, needs and settings there are.
    let sizes: (bands: Int, needs: Int, settings: Int)
    /// Every count of the January; those that are not here are zero.
    let counts: [Key: Double]
    /// What no interval may be narrower than.
    let threshold: Double
    /// What is held back.
    package private(set) var heldBack: Set<Key>

    /// Every group that is counted.
    package var keys: [Key] { equationsOfKey.keys.sorted() }

    /// How far a mean in a table may be rounded.
    private static let rounding = 0.01
    private let equations: [[Key]]
    private let equationsOfKey: [Key: [Int]]

    /// Finds a pattern.
    /// - Parameter small: what is held back for its own sake.
    /// - Throws: ``UnusableData`` where parts are not their whole.
    package init(
        bands: Int, needs: Int, settings: Int, counts: [Key: Double], small: Set<Key>, threshold: Double
    ) throws(UnusableData) {
        sizes = (bands, needs, settings)
        self.counts = counts
        self.threshold = threshold
        heldBack = small
        equations = Self.equations(bands, needs, settings)
        var places: [Key: [Int]] = [:]
        for (number, equation) in equations.enumerated() {
            for key in equation { places[key, default: []].append(number) }
        }
        equationsOfKey = places
        for equation in equations {
            let (whole, parts) = (counts[equation[0]] ?? 0, equation.dropFirst().reduce(0) { $0 + (counts[$1] ?? 0) })
            guard abs(whole - parts) <= Self.rounding * Double(equation.count) else {
                throw UnusableData(
                    file: ResultTable.plans.name, column: "mean",
                    "children by band of ages, need and setting do not add up: \(whole) in all, \(parts) in its parts",
                    remedy: "Run the model again: the table was changed.")
            }
        }
        close()
        protect()
    }

    /// Sums that everybody knows: the whole first, then its parts.
    private static func equations(_ bands: Int, _ needs: Int, _ settings: Int) -> [[Key]] {
        let (b, n, s) = (0..<bands, 0..<needs, 0..<settings)
        var equations = [
            [Key()] + b.map { Key(band: $0) }, [Key()] + n.map { Key(need: $0) }, [Key()] + s.map { Key(setting: $0) },
        ]
        for band in b {
            equations.append([Key(band: band)] + n.map { Key(band: band, need: $0) })
            equations.append([Key(band: band)] + s.map { Key(band: band, setting: $0) })
        }
        for need in n {
            equations.append([Key(need: need)] + b.map { Key(band: $0, need: need) })
            equations.append([Key(need: need)] + s.map { Key(need: need, setting: $0) })
        }
        for setting in s {
            equations.append([Key(setting: setting)] + b.map { Key(band: $0, setting: setting) })
            equations.append([Key(setting: setting)] + n.map { Key(need: $0, setting: setting) })
        }
        return equations
    }

    /// Until no sum has just one count that is held back.
    private mutating func close() {
        var isOpen = true
        while isOpen {
            isOpen = false
            for number in equations.indices where equations[number].count(where: heldBack.contains) == 1 {
                if let more = cheapest(number) {
                    heldBack.insert(more)
                    isOpen = true
                }
            }
        }
    }

    /// The smallest count of a sum that is still published; parts before the whole, and never the total of all.
    private func cheapest(_ number: Int) -> Key? {
        equations[number].filter { $0.dimensions > 0 && !heldBack.contains($0) && (counts[$0] ?? 0) > 0 }
            .min { (-$0.dimensions, counts[$0] ?? 0, $0) < (-$1.dimensions, counts[$1] ?? 0, $1) }
    }

    /// Until the attacker can narrow no count to less than the threshold. Holding back more never narrows an interval, so those that were
    /// wide enough stay so.
    private mutating func protect() {
        var isWide: Set<Key> = []
        while true {
            let attacker = DisclosureAttacker(self)
            let open = heldBack.subtracting(isWide).sorted()
            if open.isEmpty { return }
            var isChanged = false
            for key in open {
                if attacker.width(of: key) >= threshold - 1e-6 {
                    isWide.insert(key)
                    continue
                }
                let more = (equationsOfKey[key] ?? []).compactMap { cheapest($0) }
                // Nothing is left to hold back: all counts are too few.
                if more.isEmpty { isWide.insert(key) }
                heldBack.formUnion(more)
                isChanged = isChanged || !more.isEmpty
                if isChanged { break }
            }
            if isChanged { close() }
        }
    }
}

/// What is published, as an attacker sees it: a variable for every band, need and setting together that may be above zero.
private struct DisclosureAttacker {
    private let atoms: [DisclosurePattern.Key]
    private let programme: MixedIntegerProgramme

    init(_ pattern: DisclosurePattern) {
        typealias Key = DisclosurePattern.Key
        func mayBe(_ key: Key) -> Bool { pattern.heldBack.contains(key) || (pattern.counts[key] ?? 0) > 0 }
        var atoms: [Key] = []
        for band in 0..<pattern.sizes.bands {
            for need in 0..<pattern.sizes.needs where mayBe(Key(band: band, need: need)) {
                for setting in 0..<pattern.sizes.settings
                where mayBe(Key(band: band, setting: setting)) && mayBe(Key(need: need, setting: setting)) {
                    atoms.append(Key(band: band, need: need, setting: setting))
                }
            }
        }
        self.atoms = atoms
        var programme = MixedIntegerProgramme()
        let total = pattern.counts[Key()] ?? 0
        for _ in atoms { _ = programme.addVariable(worth: 0, upTo: total) }
        for key in pattern.keys where !pattern.heldBack.contains(key) {
            let terms = Self.places(of: key, among: atoms)
            if !terms.isEmpty { programme.hold(terms.map { ($0, 1) }, at: pattern.counts[key] ?? 0) }
        }
        self.programme = programme
    }

    private static func places(of key: DisclosurePattern.Key, among atoms: [DisclosurePattern.Key]) -> [Int] {
        atoms.indices.filter { place in
            let atom = atoms[place]
            return (key.band == nil || key.band == atom.band) && (key.need == nil || key.need == atom.need)
                && (key.setting == nil || key.setting == atom.setting)
        }
    }

    /// How far apart the smallest and the largest count are that agree with all that is published; 0 where that cannot be found in time.
    func width(of key: DisclosurePattern.Key) -> Double {
        let places = Self.places(of: key, among: atoms)
        func most(_ sign: Double) -> Double? {
            let worth = Dictionary(places.map { ($0, sign) }, uniquingKeysWith: { first, _ in first })
            return programme.valuing(worth).largest()?.objective
        }
        guard let high = most(1), let low = most(-1) else { return 0 }
        return high + low
    }
}
