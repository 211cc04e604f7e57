import Formats
import Intake
import Vocabulary

/// Pounds a child and week by placement, and what else is spent on children in care and care leavers.
///
/// The interactive tool has averages of fostering and of homes, and what an authority spends on all children looked after, of that on care
/// leavers (England's averages where an area has none). Prices of other placements are published nowhere: they are judgements, and taken
/// as they are. What is left of the published spend beside all of these is a line for each child: adoption, special guardianship, education,
/// asylum and other services, which no placement tells. Only where nothing is left are judged prices scaled down, as far as is believed.
struct CarePrices {
    private let area: CareRelease.Area
    private let care: CalibratedCare
    private let classification: CareClassification
    private let counts: [String: Double]

    init(_ care: CalibratedCare, _ classification: CareClassification) {
        self.care = care
        area = care.area
        self.classification = classification
        counts = Dictionary(
            uniqueKeysWithValues: classification.placements.enumerated().map { ($1.code, care.children(in: $0)) })
    }

    private typealias Price = (pounds: Double, year: Int?, source: String, quality: AssumptionQuality)
    private static let homes = ["HIH", "HOM"]
    private static let fostering = ["KIN", "IHF", "AGF"]
    /// Placements bought like homes: their prices are taken to follow those.
    private static let likeHomes = ["SEC", "SUP", "OTH"]
    private static let uncertainty = 0.05

    /// What fostering of a kind costs against in-house fostering: a judgement.
    private func againstInHouse(_ code: String) -> Double { classification.weight("price", "against in-house", code) }
    /// Pounds a week where nothing is published: judgements. 0 where there is none.
    private func judged(_ code: String) -> Double { classification.weight("price", "a week", code) }
    private var weeks: Double { Service.care.weeksOfYear }
    private var children: Double { counts.values.reduce(0, +) }
    private func children(_ codes: [String]) -> Double { codes.reduce(0) { $0 + (counts[$1] ?? 0) } }

    /// The lines of `costs.csv`.
    var lines: [CostRow] {
        classification.placements.enumerated().compactMap { setting, place in
            price(place.code).map {
                line(place.name, [setting], $0, tag: place.group, index: Self.index(of: place.code))
            }
        } + [others, support].compactMap { $0 }
    }

    private func line(
        _ name: String, _ settings: [Int], _ price: Price, unit: PriceUnit = .planWeek, tag: String, index: CareIndex
    ) -> CostRow {
        var line = CostRow()
        line.name = name
        line.settings = settings
        line.needs = Array(care.space.need.codes.indices)
        line.unit = unit
        line.cost = Numerals.rounded(price.pounds, decimals: 0)
        line.uncertainty = Self.uncertainty
        line.priceYear = price.year
        if price.year != nil, CareInflation(care.england).has(index) { line.index = index.rawValue }
        line.tag = tag
        line.source = price.source
        line.quality = price.quality
        return line
    }

    private static func index(of code: String) -> CareIndex {
        (homes + likeHomes).contains(code) ? .homes : .fostering
    }

    private func average(_ kind: String) -> (pounds: Double, year: Int, source: String)? {
        guard let (year, pounds) = area.weekly[kind]?.max(by: { $0.key < $1.key }) else {
            let pounds = classification.weight("price", "England 2024-25", kind)
            return pounds > 0 ? (pounds, 2_024, "local authority interactive tool, England 2024-25") : nil
        }
        return (pounds, year, "local authority interactive tool, \(area.name) \(FinancialYear(starting: year))")
    }

    private func price(_ code: String) -> Price? {
        if judged(code) > 0 {
            let scale = fit?.scale ?? 1
            let how =
                scale < 1 ? ", times \(Numerals.plain(scale, decimals: 3)) so that all meet the published spend" : ""
            return (judged(code) * scale, fit?.year, "a judgement\(how): replace it", .red)
        }
        if Self.homes.contains(code) {
            return average("homes").map { ($0.pounds, $0.year, "average of residential care, \($0.source)", .amber) }
        }
        guard let average = average("fostering") else { return nil }
        // Shares of the three keep the published average.
        let weighted = Self.fostering.reduce(0) { $0 + againstInHouse($1) * children([$1]) }
        let pounds = average.pounds * againstInHouse(code) * children(Self.fostering) / max(weighted, 1e-9)
        return (
            weighted > 0 ? pounds : average.pounds * againstInHouse(code), average.year,
            "average of fostering, \(average.source); agency \(Numerals.plain(againstInHouse("AGF"))) and kinship "
                + "\(Numerals.plain(againstInHouse("KIN"))) times in house, a judgement", .red
        )
    }
}

extension CarePrices {
    /// How prices were made to meet the published spend of a year.
    struct Fit {
        /// The April of the year.
        let year: Int
        /// Pounds that are published as spent on children looked after, without care leavers.
        let published: Double
        /// Pounds that children of the base cost at these prices.
        let priced: Double
        /// What judged prices are multiplied by.
        let scale: Double
        /// Pounds that are left for other services.
        let others: Double
    }

    /// `nil` where the area's spend is not published.
    var fit: Fit? {
        guard let (year, all) = area.spend["all"]?.max(by: { $0.key < $1.key }), children > 0,
            let homes = average("homes"), let fostering = average("fostering")
        else { return nil }
        let published = all - (area.spend["leaving care"]?[year] ?? 0)
        let known = weeks * (homes.pounds * children(Self.homes) + fostering.pounds * children(Self.fostering))
        let judged = weeks * counts.sorted { $0.key < $1.key }.reduce(0) { $0 + self.judged($1.key) * $1.value }
        let least = classification.weight("price", "scale", "least")
        let scale = judged > 0 ? min(max((published - known) / judged, least), 1) : 1
        let others = max(published - known - scale * judged, 0)
        return Fit(
            year: year, published: published, priced: known + scale * judged + others, scale: scale, others: others)
    }

    /// What is spent on children looked after and on no placement.
    private var others: CostRow? {
        let all = Array(care.space.setting.codes.indices)
        let (name, tag) = ("Other services for children in care", "other services")
        guard let fit else {
            let usual = classification.weight("price", "England 2024-25", "other services")
            guard usual > 0 else { return nil }
            return line(
                name, all, (usual, 2_024, "what is left of England's spend of 2024-25 beside placements", .red),
                tag: tag,
                index: .fostering)
        }
        let pounds = fit.others / children / weeks
        guard pounds >= 0.5 else { return nil }
        let year = FinancialYear(starting: fit.year)
        return line(
            name, all,
            (
                pounds, fit.year,
                "what is left of \(Numerals.pounds(fit.published)) spent on children looked after (\(area.name) \(year), without care "
                    + "leavers) beside the prices of placements: adoption, special guardianship, education, asylum and the rest",
                .amber
            ), tag: tag, index: .fostering)
    }

    /// Pounds and the year that are published as spent on care leavers.
    private var spentOnLeavers: (year: Int, pounds: Double)? {
        guard !care.careLeavers.ages.isEmpty,
            let (year, pounds) = area.spend["leaving care"]?.max(by: { $0.key < $1.key })
        else { return nil }
        return (year, pounds)
    }

    private var careLeavers: Double { care.careLeavers.ages.reduce(0) { $0 + $1.people.likely } }

    private func judged(accommodation kind: String) -> Double {
        classification.weight("price", "leaver a week", kind)
    }

    /// Pounds a year that accommodation of the base's care leavers costs at judged prices.
    private var accommodated: Double {
        care.careLeavers.ages.reduce(0) { sum, age in
            sum
                + care.careLeavers.accommodation.filter { $0.ages.contains(age.age) }.reduce(0) {
                    $0 + age.people.likely * $1.share.likely * judged(accommodation: $1.name) * weeks
                }
        }
    }

    /// What judged prices of accommodation are multiplied by.
    private var accommodationScale: Double {
        guard let spent = spentOnLeavers, accommodated > spent.pounds else { return 1 }
        return spent.pounds / accommodated
    }

    /// What is spent on every care leaver, wherever they live.
    private var support: CostRow? {
        guard careLeavers > 0 else { return nil }
        let all = Array(care.space.setting.codes.indices)
        let (name, tag) = ("Support for care leavers", CareLeavers.tag)
        guard let spent = spentOnLeavers else {
            return line(
                name, all, (judged(accommodation: "support"), nil, "a judgement: replace it", .red),
                unit: .careLeaverWeek,
                tag: tag, index: .careLeavers)
        }
        let pounds = (spent.pounds - accommodated) / careLeavers / weeks
        guard pounds >= 0.5 else { return nil }
        return line(
            name, all,
            (
                pounds, spent.year,
                "what is left of \(Numerals.pounds(spent.pounds)) spent on leaving care (\(area.name) "
                    + "\(FinancialYear(starting: spent.year))) beside accommodation, for each of \(Numerals.grouped(careLeavers)): personal "
                    + "advisers, allowances, grants", .red
            ), unit: .careLeaverWeek, tag: tag, index: .careLeavers)
    }

    /// The area's care leavers with what their accommodation costs.
    var pricedCareLeavers: GivenCareLeavers {
        var given = care.careLeavers
        let scale = accommodationScale
        let how =
            scale < 1
            ? ", times \(Numerals.plain(scale, decimals: 3)) so that it meets \(Numerals.pounds(spentOnLeavers?.pounds ?? 0)) spent"
            : ""
        for place in given.accommodation.indices {
            let pounds = judged(accommodation: given.accommodation[place].name) * scale
            given.accommodation[place].cost = Numerals.rounded(pounds, decimals: 0)
            given.accommodation[place].origin.source += "; the cost a judgement\(how)"
            if pounds == 0 { continue }
            given.accommodation[place].uncertainty = 4 * Self.uncertainty
            given.accommodation[place].priceYear = spentOnLeavers?.year
            if spentOnLeavers != nil, CareInflation(care.england).has(.careLeavers) {
                given.accommodation[place].index = CareIndex.careLeavers.rawValue
            }
        }
        return given
    }
}
