import Rates
import Vocabulary

/// What a synthetic authority has before chance: settings, needs, permitted states, and how England's plans lie.
///
/// Shares are of England in January 2025 and the year before, rounded, from Department for Education, "Education,
/// health and care plans" (June 2025, Open Government Licence v3.0); moves at phase transfer are those implied by its
/// two stocks.
public struct SyntheticFrame: Sendable {
    /// A setting.
    public struct Place: Sendable {
        /// The code.
        public let code: String
        /// What it is.
        public let name: String
        /// The group it is pooled with.
        public let group: String
        /// The ages it takes.
        public let ages: ClosedRange<Int>
        /// Pounds per plan and year, illustrative.
        public let cost: Double
    }

    /// The settings.
    public let places: [Place]
    /// Age by need by setting.
    public let space: StateSpace
    /// The names of the groups.
    public let groups: [String]
    /// The group of each setting.
    public let groupOfSetting: [Int]
    /// Which states and moves are possible.
    public let permitted: PermittedStates
    /// What rates are at each age before cells differ.
    public let profile: TrueRates.AgeProfile
    /// How plans lie over ages.
    public let stockByAge: [Double]
    /// How plans lie over needs.
    public let stockByNeed: [Double]

    /// Plans per person aged 0 to 25.
    static let plansPerPerson = 0.034

    /// The share of the last January's plans that stood so many years before, at 9 % growth a year.
    static func startingShare(years: Int) -> Double {
        (0..<years).reduce(1) { share, _ in share / 1.09 }
    }

    /// The prior that the shipped model's rates are drawn from: strengths in people from cells upwards.
    public static var prior: FlowPrior {
        var prior = FlowPrior()
        prior.leaving.strengths = [60, 40, 20]
        prior.moving.strengths = [40, 30, 20]
        prior.destination.strengths = [30, 30, 20]
        prior.needs = PoolingPrior(strengths: [60], root: needs.map { $0.joining * 100 })
        prior.entry.strengths = [40, 20]
        prior.joinerStrength = 20
        prior.shockDeviation = 0.06
        return prior
    }

    /// Needs by their codes in the statutory return, with per cent of the stock and of new plans.
    private static let needs: [(code: String, stock: Double, joining: Double)] = [
        ("ASD", 0.315, 0.275), ("SLCN", 0.213, 0.277), ("SEMH", 0.207, 0.263), ("MLD", 0.106, 0.075),
        ("SLD", 0.039, 0.013), ("PD", 0.039, 0.023), ("SPLD", 0.024, 0.023), ("HI", 0.014, 0.012),
        ("PMLD", 0.013, 0.008), ("OTH", 0.012, 0.012), ("VI", 0.008, 0.007), ("MSI", 0.003, 0.003),
    ]

    /// Twelve settings in four groups.
    private static let settings: [Place] = [
        Place(code: "EY", name: "Early years setting", group: "mainstream", ages: 0...4, cost: 7_000),
        Place(code: "MS", name: "Mainstream school", group: "mainstream", ages: 3...18, cost: 8_662),
        Place(code: "RP", name: "Resourced provision", group: "base", ages: 4...15, cost: 15_000),
        Place(code: "SU", name: "SEN unit", group: "base", ages: 4...15, cost: 17_000),
        Place(code: "SPM", name: "State special school", group: "special", ages: 2...18, cost: 26_000),
        Place(code: "NMS", name: "Non-maintained special school", group: "special", ages: 4...19, cost: 52_000),
        Place(code: "SPI", name: "Independent special school", group: "special", ages: 4...19, cost: 63_000),
        Place(code: "AP", name: "Alternative provision", group: "other", ages: 5...15, cost: 24_000),
        Place(code: "FE", name: "Further education college", group: "post-16", ages: 15...25, cost: 9_000),
        Place(code: "SP16", name: "Specialist post-16 institution", group: "post-16", ages: 15...25, cost: 45_000),
        Place(code: "EHE", name: "Elective home education", group: "other", ages: 4...15, cost: 1_000),
        Place(code: "EOT", name: "Other arrangements or not in education", group: "other", ages: 2...25, cost: 12_000),
    ]

    /// Settings of plans by age, in per cent, in the order of ``settings``.
    private static func mix(age: Int) -> [Double] {
        switch age {
        case ...2: [88, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 8]
        case 3: [52, 12, 0, 0, 28, 0, 0, 0, 0, 0, 0, 8]
        case 4: [3, 55, 4, 4, 30, 0.5, 1, 0, 0, 0, 0.5, 2]
        case 5...10: [0, 60, 3.5, 3, 25, 0.6, 3, 0.7, 0, 0, 1.7, 2.5]
        case 11...14: [0, 45, 3, 2.5, 32, 1.1, 9, 1.7, 0, 0, 2.7, 3]
        case 15: [0, 42, 2.7, 2.3, 31, 1.3, 11, 2.5, 0.5, 0.1, 3, 3.6]
        case 16...18: [0, 8, 0, 0, 17, 1, 5, 0, 51, 4, 0, 14]
        case 19: [0, 0, 0, 0, 0, 0.6, 2, 0, 72, 6, 0, 19.4]
        default: [0, 0, 0, 0, 0, 0, 0, 0, 73, 8, 0, 19]
        }
    }

    /// England's shape with twelve settings.
    public static let england: SyntheticFrame = {
        let space = StateSpace(
            need: Dimension(name: "need", codes: needs.map(\.code)),
            setting: Dimension(name: "setting", codes: settings.map(\.code)))
        let groups = settings.reduce(into: [String]()) { if !$0.contains($1.group) { $0.append($1.group) } }
        var permitted = PermittedStates(space: space)
        for (setting, place) in settings.enumerated() {
            for age in 0..<space.ages where !place.ages.contains(age) {
                for need in 0..<space.need.count { permitted.forbid(age: age, need: need, setting: setting) }
            }
        }
        return SyntheticFrame(
            places: settings, space: space, groups: groups,
            groupOfSetting: settings.map { groups.firstIndex(of: $0.group) ?? 0 }, permitted: permitted,
            profile: profile, stockByAge: stockByAge, stockByNeed: needs.map(\.stock))
    }()

    /// Plans that cease without transfer and moves to other authorities; moves between settings at phase transfer.
    private static let profile = TrueRates.AgeProfile(
        leaving: (0...25).map { age in
            switch age {
            case ...15: 0.025
            case 16: 0.035
            case 17: 0.055
            case 18: 0.18
            case 19: 0.30
            default: 0.50
            }
        },
        moving: (0...25).map { age in
            switch age {
            case 4: 0.6
            case 11: 0.29
            case 16: 0.70
            case 17...19: 0.25
            default: 0.07
            }
        },
        settings: (0...25).flatMap { age in mix(age: age).map { $0 / 100 } },
        joining: [
            0.0002, 0.0004, 0.002, 0.007, 0.011, 0.0105, 0.010, 0.0095, 0.009, 0.0085, 0.0085, 0.008, 0.007, 0.006,
            0.005, 0.0035, 0.002, 0.0012, 0.0008, 0.0004, 0.0002, 0.0002, 0.0001, 0.0001, 0.0001, 0.0001,
        ])

    private static let stockByAge: [Double] = [
        0.0005, 0.001, 0.004, 0.015, 0.035, 0.045, 0.055, 0.062, 0.066, 0.070, 0.072, 0.072, 0.072, 0.070, 0.068, 0.065,
        0.060, 0.050, 0.042, 0.030, 0.018, 0.011, 0.007, 0.005, 0.003, 0.0015,
    ]
}
