import Formats
import Intake
import Vocabulary

/// Pounds a child and week by placement, from the interactive tool's averages of an area (England's where it has none).
struct CarePrices {
    private let area: CareRelease.Area
    private let care: CalibratedCare
    private let classification: CareClassification

    init(_ care: CalibratedCare, _ classification: CareClassification) {
        self.care = care
        area = care.area
        self.classification = classification
    }

    /// What fostering of a kind costs against in-house fostering: a judgement.
    private func againstInHouse(_ code: String) -> Double { classification.weight("price", "against in-house", code) }
    /// Pounds a week where nothing is published, against each other: judgements, scaled so that all prices together give the published
    /// average of all children. 0 where there is none.
    private func judged(_ code: String) -> Double { classification.weight("price", "a week", code) }

    /// The lines of `costs.csv`.
    var lines: [CostRow] {
        classification.placements.enumerated().compactMap { setting, place -> CostRow? in
            guard let price = price(place.code) else { return nil }
            var line = CostRow()
            line.name = place.name
            line.settings = [setting]
            line.needs = Array(care.space.need.codes.indices)
            line.unit = .planWeek
            line.cost = Numerals.rounded(price.pounds, decimals: 0)
            line.uncertainty = 0.05
            line.priceYear = price.year
            line.tag = place.group
            line.source = price.source
            line.quality = price.quality
            return line
        }
    }

    private typealias Price = (pounds: Double, year: Int?, source: String, quality: AssumptionQuality)

    private func average(_ kind: String) -> (pounds: Double, year: Int, source: String)? {
        guard let (year, pounds) = area.weekly[kind]?.max(by: { $0.key < $1.key }) else {
            let pounds = classification.weight("price", "England 2024-25", kind)
            return pounds > 0 ? (pounds, 2_024, "local authority interactive tool, England 2024-25") : nil
        }
        return (pounds, year, "local authority interactive tool, \(area.name) \(FinancialYear(starting: year))")
    }

    /// Children of a placement, as shares of child-months.
    private func children(_ code: String) -> Double {
        let placement = classification.placements.firstIndex { $0.code == code } ?? 0
        return (0..<care.rates.exposure.rows).reduce(0.0) { $0 + care.rates.exposure[$1, placement] }
    }

    /// What judgements are multiplied by so that all children together cost their published average, or come as near as is believed.
    private var scale: (factor: Double, source: String)? {
        guard let all = average("all"), let homes = average("homes"), let fostering = average("fostering") else {
            return nil
        }
        let counts = Dictionary(uniqueKeysWithValues: classification.placements.map { ($0.code, children($0.code)) })
        func sum(_ codes: [String]) -> Double { codes.reduce(0) { $0 + (counts[$1] ?? 0) } }
        let known = homes.pounds * sum(["HIH", "HOM"]) + fostering.pounds * sum(["KIN", "IHF", "AGF"])
        let judged = counts.sorted { $0.key < $1.key }.reduce(0) { $0 + self.judged($1.key) * $1.value }
        let missing = all.pounds * counts.values.reduce(0, +) - known
        guard judged > 0 else { return nil }
        let factor = missing / judged
        let (least, most) = (
            classification.weight("price", "scale", "least"), classification.weight("price", "scale", "most")
        )
        let held = min(max(factor, least), most)
        let how =
            held == factor
            ? "scaled so that all prices together give"
            : "scaled by \(Numerals.plain(held)), as far as is believed, towards"
        return (held, "a judgement, \(how) the average of all children, \(all.source)")
    }

    private func price(_ code: String) -> Price? {
        if judged(code) > 0 {
            guard let scale else { return (judged(code), nil, "a judgement: replace it", .red) }
            return (judged(code) * scale.factor, average("all")?.year, scale.source, .red)
        }
        if ["HIH", "HOM"].contains(code) {
            return average("homes").map { ($0.pounds, $0.year, "average of residential care, \($0.source)", .amber) }
        }
        guard let average = average("fostering") else { return nil }
        // Shares of the three keep the published average.
        let three = ["KIN", "IHF", "AGF"].map { (ratio: againstInHouse($0), children: children($0)) }
        let all = three.reduce(0) { $0 + $1.children }
        let weighted = three.reduce(0) { $0 + $1.ratio * $1.children }
        let pounds = average.pounds * againstInHouse(code) * all / max(weighted, 1e-9)
        return (
            pounds, average.year,
            "average of fostering, \(average.source); agency \(Numerals.plain(againstInHouse("AGF"))) and kinship "
                + "\(Numerals.plain(againstInHouse("KIN"))) times in house, a judgement", .red
        )
    }
}
