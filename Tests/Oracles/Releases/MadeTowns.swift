/// Authorities that do not exist, with plans that begin, move and end at rates that are known.
///
/// Plans are in mainstream schools, state special schools or colleges; at every age the same shares end and move. Four primary
/// needs are known: autism, social and emotional, other difficulties and, of these, Down syndrome.
public struct MadeTowns: Sendable {
    /// The ages at which plans are held.
    public static let ages = 2...25
    /// The Januaries of which plans are known by age.
    public static let januaries = 2023...2026
    /// The codes of the needs, in the order of tables.
    public static let needs = ["ASD", "SEMH", "OTH", "DS"]
    /// The share of each need in plans begun.
    static let begunShares = [0.66, 0.24, 0.09, 0.01]
    /// The share of each need in the plans of the first January.
    static let firstShares = [0.7, 0.2, 0.09, 0.01]

    /// What is known of one town between two Januaries.
    public struct Year: Sendable {
        /// Plans in force in January, ages × settings.
        public var stock: [[Double]]
        /// Plans begun in the year, ages on the day × settings.
        public var begun: [[Double]]
        /// Plans ended in the year, by age.
        public var ended: [Double]
        /// The same by setting.
        public var endedBySetting: [Double]
        /// The same by need.
        public var endedByNeed: [Double]
        /// The share of each need in ``stock``.
        public var needShares: [Double]

        static let none = Year(
            stock: Array(repeating: [0, 0, 0], count: 26), begun: Array(repeating: [0, 0, 0], count: 26),
            ended: Array(repeating: 0, count: 26), endedBySetting: [0, 0, 0], endedByNeed: [0, 0, 0, 0],
            needShares: MadeTowns.firstShares)

        /// All plans in force.
        public var total: Double { stock.joined().reduce(0, +) }

        static func + (one: Year, other: Year) -> Year {
            func add(_ one: [Double], _ other: [Double]) -> [Double] { zip(one, other).map(+) }
            func add(_ one: [[Double]], _ other: [[Double]]) -> [[Double]] { zip(one, other).map(add) }
            let all = one.total + other.total
            return Year(
                stock: add(one.stock, other.stock), begun: add(one.begun, other.begun),
                ended: add(one.ended, other.ended),
                endedBySetting: add(one.endedBySetting, other.endedBySetting),
                endedByNeed: add(one.endedByNeed, other.endedByNeed),
                needShares: zip(one.needShares, other.needShares).map {
                    all > 0 ? ($0 * one.total + $1 * other.total) / all : $0
                })
        }
    }

    /// How many towns there are.
    public var count: Int
    /// The January from which plans follow from those of the year before; earlier ones have as many, begun and ended alike.
    public var first: Int
    /// How much more often plans of social and emotional need end than others.
    public var endingOfSEMH = 1.0

    /// Makes towns.
    public init(_ count: Int = 24, first: Int = 2024) {
        self.count = count
        self.first = first
    }

    /// Of those who remain, where each goes, by the age arrived at: settings × settings.
    public static func movers(_ age: Int) -> [[Double]] {
        switch age {
        case 11: [[0.75, 0.25, 0], [0, 1, 0], [0, 0, 1]]
        case 16...19: [[0.2, 0.1, 0.7], [0, 0.6, 0.4], [0, 0, 1]]
        default: [[0.96, 0.04, 0], [0, 1, 0], [0, 0, 1]]
        }
    }

    /// The share that ends, by the age arrived at.
    public static func ending(_ age: Int) -> Double { age < 16 ? 0.01 : age < 20 ? 0.15 : 0.5 }

    /// A town, year by year.
    public func years(_ number: Int) -> [Int: Year] {
        var years: [Int: Year] = [:]
        var year = first(number)
        for january in Self.januaries {
            years[january] = year
            if january >= first { year = next(year) }
        }
        return years
    }

    private func first(_ number: Int) -> Year {
        let size = 10_000.0 + Double(number * 4_157 % 35_000)
        let special = 0.25 + 0.05 * Double(number % 5)
        var year = Year.none
        for age in Self.ages {
            let all = (age < 16 ? size / 10 * Double(min(age, 12)) / 8 : size / 10 * Self.power(0.6, age - 15))
                .rounded()
            let college = age < 16 ? 0 : (all * 0.7).rounded()
            let inSpecial = ((all - college) * special).rounded()
            year.stock[age] = [all - college - inSpecial, inSpecial, college]
            if age < 20 {
                year.begun[age] = [
                    (size / 60).rounded(), (size / 240).rounded(), age < 16 ? 0 : (size / 300).rounded(),
                ]
            }
        }
        // Needs differ between towns, so that what is learnt of them can be told from chance.
        year.needShares[1] += 0.01 * Double(number % 7 - 3)
        year.needShares[0] = 1 - year.needShares[1...].reduce(0, +)
        return withEndings(year)
    }

    private func withEndings(_ old: Year) -> Year {
        var year = old
        (year.ended, year.endedBySetting) = (Array(repeating: 0, count: 26), [0, 0, 0])
        for age in 3...25 {
            for setting in 0..<3 {
                let ended = year.stock[age - 1][setting] * Self.ending(age)
                year.ended[age] += ended
                year.endedBySetting[setting] += ended
            }
        }
        let weights = zip(year.needShares, [1, endingOfSEMH, 1, 1]).map { $0 * $1 }
        let all = year.ended.reduce(0, +) / weights.reduce(0, +)
        year.endedByNeed = weights.map { $0 * all }
        return year
    }

    private func next(_ year: Year) -> Year {
        var next = year
        next.stock = Array(repeating: [0, 0, 0], count: 26)
        // Begun by age on 31 August: even weights of age on the day.
        for age in Self.ages {
            for (shift, weight) in [(-1, 1.0 / 18), (0, 13.0 / 18), (1, 4.0 / 18)] where age + shift <= 25 {
                for setting in 0..<3 { next.stock[max(age + shift, 2)][setting] += weight * year.begun[age][setting] }
            }
        }
        for age in 3...25 {
            for from in 0..<3 {
                let kept = year.stock[age - 1][from] * (1 - Self.ending(age))
                for to in 0..<3 { next.stock[age][to] += kept * Self.movers(age)[from][to] }
            }
        }
        next.stock = next.stock.map { $0.map { $0.rounded() } }
        let begun = year.begun.joined().reduce(0, +)
        let needs = year.needShares.indices.map {
            year.needShares[$0] * year.total - year.endedByNeed[$0] + Self.begunShares[$0] * begun
        }
        next.needShares = needs.map { $0 / needs.reduce(0, +) }
        return withEndings(next)
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { result, _ in result * base }
    }
}
