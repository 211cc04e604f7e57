import Intake
import Optimisation
import Vocabulary

/// What is published of an area's children in care over a year, with counts that were held back filled in.
struct CareMargins {
    /// Children on 31 March by band, reason and placement, each summing to all.
    let byBand: [Double]
    let byReason: [Double]
    let byPlacement: [Double]
    /// Those who started, by band and by reason.
    let startedByBand: [Double]
    let startedByReason: [Double]
    /// Those who ceased, by band (16, 17 and 18 apart) and by route.
    let ceasedByBand: [Double]
    let ceasedByRoute: [Double]

    var total: Double { byBand.reduce(0, +) }

    private static let kinds = ["fostering", "homes", "supported", "residential", "adoption", "parents", "other"]
    private static let providers = ["own", "private", "parents", "unknown"]

    /// - Parameter england: the same year of England, by whose shares counts are filled in.
    /// - Returns: `nil` where the year lacks children, starters or leavers.
    init?(_ year: CareRelease.Year, england: CareRelease.Year, _ classification: CareClassification) {
        guard year.total > 0, year.started > 0, year.ceased > 0 else { return nil }
        func filled(_ codes: [String], _ total: Double, _ counts: (CareRelease.Year) -> CareRelease.Counts) -> [Double]
        {
            Self.filled(
                codes.map { counts(year)[$0] ?? .nan }, total: total, like: codes.map { counts(england)[$0] ?? 0 })
        }
        let bands = (0..<5).map(String.init)
        let reasons = classification.reasons.map(\.code)
        byBand = filled(bands, year.total, \.byBand)
        byReason = filled(reasons, year.total, \.byReason)
        startedByBand = filled(bands, year.started, \.startedByBand)
        startedByReason = filled(reasons, year.started, \.startedByReason)
        ceasedByBand = filled((0..<7).map(String.init), year.ceased, \.ceasedByBand)
        ceasedByRoute = filled(classification.routes, year.ceased, \.ceasedByRoute)
        let kinds = filled(Self.kinds, year.total, \.byKind)
        let providers = filled(Self.providers, year.total, \.byProvider)
        let seed = classification.table("kind-provider", rows: Self.kinds, columns: Self.providers)
        let crossed = Raking.fit(seed, rows: kinds, columns: providers)
        byPlacement = Self.placements(crossed, kinds, classification)
    }

    /// Splits published kinds by who provides them.
    private static func placements(_ crossed: CountTable, _ kinds: [Double], _ classification: CareClassification)
        -> [Double]
    {
        func sum(_ kind: String) -> Double { Self.kinds.firstIndex(of: kind).map { kinds[$0] } ?? 0 }
        func own(_ kind: String) -> Double {
            guard let row = Self.kinds.firstIndex(of: kind) else { return 0 }
            let all = crossed.row(row).reduce(0, +)
            return all > 0 ? crossed[row, 0] / all * kinds[row] : 0
        }
        let kinship = classification.weight("share", "kinship", "KIN")
        let secure = classification.weight("share", "secure", "SEC") * sum("homes")
        let homes = sum("homes") - secure
        let ownHomes = sum("homes") > 0 ? own("homes") / sum("homes") * homes : 0
        let counts = [
            "KIN": kinship * own("fostering"), "IHF": (1 - kinship) * own("fostering"),
            "AGF": sum("fostering") - own("fostering"), "HIH": ownHomes, "HOM": homes - ownHomes, "SEC": secure,
            "SUP": sum("supported"), "PAR": sum("parents"), "ADO": sum("adoption"),
            "OTH": sum("other") + sum("residential"),
        ]
        return classification.placements.map { counts[$0.code] ?? 0 }
    }

    /// Fills in what was held back: what is missing to the total, in the shares of England; all is scaled to the total.
    static func filled(_ counts: [Double], total: Double, like england: [Double]) -> [Double] {
        let known = counts.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
        let missing = max(total - known, 0)
        let weights = zip(counts, england).map { $0.isNaN ? ($1.isNaN ? 0 : $1) + 1e-6 : 0 }
        let sum = weights.reduce(0, +)
        let filled = zip(counts, weights).map { $0.isNaN ? missing * $1 / max(sum, 1e-12) : $0 }
        let all = filled.reduce(0, +)
        return all > 0 ? filled.map { $0 * total / all } : filled
    }
}
