import Formats
import Foundation
import Intake
import Vocabulary

/// Pounds a child and week by placement, from the interactive tool's averages of an area (England's where it has none).
struct CarePrices {
    private let area: CareRelease.Area
    private let care: CalibratedCare
    private let scheme: CareScheme

    init(_ care: CalibratedCare, _ scheme: CareScheme) {
        self.care = care
        area = care.area
        self.scheme = scheme
    }

    /// What fostering of a kind costs against in-house fostering: a judgement.
    private func againstInHouse(_ code: String) -> Double { scheme.weight("price", "against in-house", code) }
    /// Pounds a week where nothing is published, against each other: judgements, scaled so that all prices together give the published
    /// average of all children. 0 where there is none.
    private func judged(_ code: String) -> Double { scheme.weight("price", "a week", code) }

    var data: Data {
        var csv = CSVWriter(columns: [
            "line", "placement", "cost", "unit", "uncertainty", "price_year", "payer", "tag", "source", "quality",
        ])
        for place in scheme.placements {
            guard let price = price(place.code) else { continue }
            csv.append([
                place.name, place.code, Numerals.plain(price.pounds, decimals: 0), "child-week", "0.05",
                price.year.map { FinancialYear(starting: $0).description } ?? "", "", place.group, price.source,
                price.quality.rawValue,
            ])
        }
        return csv.data
    }

    private typealias Price = (pounds: Double, year: Int?, source: String, quality: AssumptionQuality)

    private func average(_ kind: String) -> (pounds: Double, year: Int, source: String)? {
        guard let (year, pounds) = area.weekly[kind]?.max(by: { $0.key < $1.key }) else {
            let pounds = scheme.weight("price", "England 2024-25", kind)
            return pounds > 0 ? (pounds, 2_024, "local authority interactive tool, England 2024-25") : nil
        }
        return (pounds, year, "local authority interactive tool, \(area.name) \(FinancialYear(starting: year))")
    }

    /// Children of a placement, as shares of child-months.
    private func children(_ code: String) -> Double {
        let placement = scheme.placements.firstIndex { $0.code == code } ?? 0
        return (0..<care.rates.exposure.rows).reduce(0.0) { $0 + care.rates.exposure[$1, placement] }
    }

    /// What judgements are multiplied by so that all children together cost their published average, or come as near as is believed.
    private var scale: (factor: Double, source: String)? {
        guard let all = average("all"), let homes = average("homes"), let fostering = average("fostering") else {
            return nil
        }
        let counts = Dictionary(uniqueKeysWithValues: scheme.placements.map { ($0.code, children($0.code)) })
        func sum(_ codes: [String]) -> Double { codes.reduce(0) { $0 + (counts[$1] ?? 0) } }
        let known = homes.pounds * sum(["HIH", "HOM"]) + fostering.pounds * sum(["KIN", "IHF", "AGF"])
        let judged = counts.sorted { $0.key < $1.key }.reduce(0) { $0 + self.judged($1.key) * $1.value }
        let missing = all.pounds * counts.values.reduce(0, +) - known
        guard judged > 0 else { return nil }
        let factor = missing / judged
        let (least, most) = (scheme.weight("price", "scale", "least"), scheme.weight("price", "scale", "most"))
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

/// What a model of children in care takes for true.
struct CareAssumptions {
    private let care: CalibratedCare
    private let deviations: CareDeviations

    init(_ care: CalibratedCare, _ deviations: CareDeviations) {
        self.care = care
        self.deviations = deviations
    }

    private typealias Entry = (id: String, statement: String, value: String, source: String, quality: AssumptionQuality)

    private var entries: [Entry] { (care.hasMonths ? observed : published) + common }

    private var common: [Entry] {
        [
            (
                "reasons",
                "Leaving and moving do not differ by reason, so the mix of reasons comes to be that of starters",
                "read totals, ages and placements rather than reasons", "a judgement; own records tell", .red
            ),
            (
                "widths", "How far starters, leavers and placements may be out as a whole", "rates/deviations.csv",
                "sendcast backtest --care", .amber
            ),
        ]
    }

    private var observed: [Entry] {
        let years = care.years.count == 1 ? "the last year" : "the last \(care.years.count) years"
        return [
            (
                "rates", "Monthly rates of \(years), a placement's drawn to its age band's by 60 child-months",
                "rates/", "SSDA903 episodes", .green
            ),
            ("starters", "Starters stay as many for each person of their age", years, "SSDA903 episodes", .amber),
        ]
    }

    private var published: [Entry] {
        let tables = "Department for Education, children looked after, \(care.base)"
        let scheme = CareScheme.standard
        return [
            (
                "cohort",
                "Children by age, reason and placement together are spread by patterns and scaled to each count",
                "three published margins", tables, .amber
            ),
            (
                "kinship", "Share of children fostered by the authority's own carers who are with relatives or friends",
                Numerals.plain(scheme.weight("share", "kinship", "KIN")), "a judgement; own records tell", .red
            ),
            (
                "providers", "Which fostering and homes are in house follows from published providers and a pattern",
                "see placements", tables, .amber
            ),
            (
                "starters", "Starters of the last \(care.years.count) years by age and reason; placements by a pattern",
                care.years.map(String.init).joined(separator: ", "), tables, .amber
            ),
            (
                "level", "Starters are scaled so that the expected total stays as it is", "growth.csv",
                "443 authorities and years: flows before do not tell the next change (sendcast backtest --care)", .amber
            ),
            (
                "moves", "Shares who change the kind of placement in a year; where they go keeps each age's mix",
                "0.3 to 0.45 for most, 3 for secure homes", "a judgement; own records tell", .red
            ),
            (
                "birthdays", "Birthdays are spread evenly over the year", "even", "a judgement; own records tell",
                .amber
            ),
        ]
    }

    var data: Data {
        var lines = ["assumptions:"]
        for entry in entries {
            lines += [
                "  - id: \(entry.id)", "    statement: \"\(entry.statement)\"", "    value: \"\(entry.value)\"",
                "    source: \"\(entry.source)\"", "    date: \"\(care.base)\"", "    owner: \"\"",
                "    quality: \(entry.quality.rawValue)", "    review_by: \"\"",
            ]
        }
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }
}
