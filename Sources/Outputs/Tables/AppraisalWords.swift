import Finance
import Formats
import Intake
import Sampling
import Studies
import Vocabulary

/// What a business case says, in words.
package struct AppraisalWords: Sendable {
    private let business: BusinessCase
    /// What an independent place costs for a year, and at which prices, where the model has one price for it.
    private let fee: (pounds: Double, year: FinancialYear?)?

    /// Words for a business case.
    package init(_ business: BusinessCase) {
        self.business = business
        let lines = business.study.feeLines.map { business.study.accounts.lines[$0] }
        let prices = Set(lines.flatMap(\.pounds.values))
        fee = prices.count == 1 ? prices.first.map { ($0, lines[0].priceYear) } : nil
    }

    /// Published costs to compare with: those of school places are none of beds in children's homes.
    package static func benchmarks(_ business: BusinessCase) -> [PlaceCost] {
        business.study.folder.space.service == .care ? [] : PlaceCost.published
    }

    private var isOfCare: Bool { business.study.folder.space.service == .care }

    /// What a factor is called: of care, what is bought from others is no school.
    package func name(_ factor: AppraisalFactor) -> String {
        guard isOfCare else { return factor.rawValue }
        return switch factor {
        case .overflow: "share going to bought placements"
        case .fee: "price of bought placements"
        case .demand: "children who start"
        default: factor.rawValue
        }
    }

    /// What a part is called.
    package func name(_ part: ValuePart) -> String {
        guard isOfCare else { return part.rawValue }
        return switch part {
        case .fees: "bought placements"
        case .topUps: "own placements and services"
        default: part.rawValue
        }
    }

    /// A value of a factor.
    package func value(_ factor: AppraisalFactor, _ value: Double) -> String {
        func percent(_ decimals: Int = 0) -> String { "\(Numerals.fixed(100 * value, decimals: decimals)) %" }
        switch factor {
        case .overflow, .latent, .transport, .fill, .demand, .overrun: return percent()
        case .persistence, .rate: return percent(1)
        case .delay: return "\(Numerals.plain((10 * value).rounded() / 10)) years"
        case .fee: return fee.map { "£\(Numerals.grouped(($0.pounds * value / 100).rounded() * 100))" } ?? percent()
        }
    }

    /// Low and high.
    package func range(_ switching: SwitchingValue) -> String {
        let statement = switching.statement
        let (low, high) = (value(statement.factor, statement.low), value(statement.factor, statement.high))
        return statement.factor == .delay ? "\(low.split(separator: " ")[0]) to \(high)" : "\(low) to \(high)"
    }

    /// Where the net present value is zero.
    package func zero(_ switching: SwitchingValue) -> String {
        switch switching.answer {
        case .above(let zero), .below(let zero): value(switching.statement.factor, zero)
        case .always, .never: "none in \(searched(switching))"
        }
    }

    private func searched(_ switching: SwitchingValue) -> String {
        let (factor, search) = (switching.statement.factor, switching.statement.search)
        return "\(value(factor, search.lowerBound)) to \(value(factor, search.upperBound))"
    }

    /// What is forecast of a factor, on average over the runs.
    package func forecast(_ statement: FactorStatement) -> String { value(statement.factor, statement.base) }

    /// What must be believed for the programme to be worth more than £0 on average; ratings that are red are named.
    package func sentence(_ switching: SwitchingValue) -> String {
        let factor = switching.statement.factor
        let rated = switching.statement.quality == .red ? "; its range is rated red" : ""
        let known = "\(forecast(switching.statement)) is forecast\(rated)"
        switch switching.answer {
        case .above(let zero):
            return "On average it is worth more than £0 only if \(condition(factor, zero, isAbove: true)); \(known)."
        case .below(let zero):
            return "On average it is worth more than £0 only if \(condition(factor, zero, isAbove: false)); \(known)."
        case .always:
            return
                "On average it is worth more than £0 whatever the \(name(factor)) from \(searched(switching)); \(known)."
        case .never:
            return
                "On average it is worth less than £0, whatever the \(name(factor)) from \(searched(switching)); \(known)."
        }
    }

    /// What must be believed for the programme to be worth more than £0 on average: a sentence for each factor that decides it, and one for those that do not.
    package var beliefs: [String] {
        func tried(_ values: [SwitchingValue]) -> String {
            values.map { value in
                let rated = value.statement.quality == .red ? ", rated red" : ""
                return "\(name(value.statement.factor)) (\(searched(value))\(rated))"
            }.joined(separator: ", ")
        }
        let (always, never) = (
            business.switching.filter { $0.answer == .always }, business.switching.filter { $0.answer == .never }
        )
        let deciding = business.switching.filter { $0.answer != .always && $0.answer != .never }.map(sentence)
        let others = deciding.isEmpty ? "No factor" : "No other factor"
        return deciding
            + (never.isEmpty
                ? [] : ["\(others) brings the average above £0 by itself, as far as each was tried: \(tried(never))."])
            + (always.isEmpty
                ? [] : ["\(others) brings the average below £0 by itself, as far as each was tried: \(tried(always))."])
    }

    private func condition(_ factor: AppraisalFactor, _ zero: Double, isAbove: Bool) -> String {
        let (value, more) = (value(factor, zero), isAbove ? "more" : "less")
        let bought = isOfCare ? "bought placements" : "independent schools"
        switch factor {
        case .overflow:
            return
                "\(isAbove ? "more" : "fewer") than \(value) of the children it houses would otherwise go to \(bought)"
        case .latent:
            return
                "\(more) than \(value) of the children whom latent.csv states would be elsewhere today if there were a place"
        case .fee:
            let year = fee?.year.map { " at prices of \($0)" } ?? ""
            return fee == nil
                ? "\(isOfCare ? bought : "independent places") cost \(more) than \(value) of the prices stated"
                : isOfCare
                    ? "a bought placement costs \(more) than \(value) a week\(year)"
                    : "an independent place costs \(more) than \(value) a year\(year)"
        case .transport: return "journeys to school save \(more) than \(value) of what the model says"
        case .fill: return "\(more) than \(value) of its places can be filled"
        case .delay: return "it opens \(more) than \(value) late"
        case .overrun: return "capital comes to \(more) than \(value) of its estimate"
        case .demand: return "\(isOfCare ? name(factor) : "new plans") come to \(more) than \(value) of those forecast"
        case .persistence:
            let last = business.whole.flows.last.map { " after \($0)" } ?? ""
            return "\(more) than \(value) of each year's effect is left in the next\(last)"
        case .rate: return "the discount rate is \(isAbove ? "above" : "below") \(value)"
        }
    }

    /// What is rated red of that which the value rests on.
    package var red: [String] {
        let factors = business.switching.map(\.statement).filter { $0.quality == .red }.map { name($0.factor) }
        let all = business.whole.lines.reduce(0) { $0 + abs($1.value) }
        let lines = business.whole.flows.parts.enumerated().compactMap { place, part -> String? in
            guard case .line(let number) = part.kind, all > 0 else { return nil }
            let line = business.study.accounts.lines[number]
            return line.quality == .red && abs(business.whole.lines[place].value) > 0.01 * all ? line.name : nil
        }
        return factors + lines
    }

    /// That the model takes nobody to wait for the new places; `nil` where it does, and of care.
    private var latent: String? {
        if isOfCare || business.switching.contains(where: { $0.statement.factor == .latent }) { return nil }
        return
            "No child is taken to be elsewhere today for want of a place (there is no latent.csv), which makes new places look less "
            + "useful than they may be: state such children with a source before this is signed."
    }

    /// The net present value, how sure it is, and what it rests on, in sentences.
    package var headlines: [String] {
        let (worth, runs) = (business.whole.worth, business.runs.count)
        let range = worth.overPeriod.interval80
        let red = red
        let rests = red.isEmpty ? "" : ", which rests on what is rated red: \(red.joined(separator: "; "))"
        let verdict =
            range.lowerBound > 0 ? "pays" : range.upperBound < 0 ? "does not pay" : "has no clear effect on value"
        let payback =
            worth.paybackMedian.map {
                "Undiscounted, capital is paid back in \(FinancialYear(starting: business.whole.flows.first.starting + $0 - 1))."
            } ?? "Undiscounted, capital is not paid back within the projection."
        return [
            "The programme \(verdict): net present value \(Numerals.pounds(worth.overPeriod.mean)), 80 % interval "
                + "\(Numerals.pounds(range))\(rests).",
            "It is above £0 in \(Numerals.chance(worth.positive)) of \(Numerals.grouped(Double(runs))) runs, and in "
                + "\(Numerals.chance(business.positiveWithAll)) with every factor below drawn between low and high.",
            payback,
        ] + business.shortness.map { "Note that \($0)." } + [latent, FewRuns.caution(runs)].compactMap { $0 }
    }

    /// What a scheme of a special school is worth beside the same places as bases, in sentences; none where there is no such scheme.
    package var baseFirst: [String] {
        let comparisons = business.baseFirst.comparisons
        if comparisons.isEmpty { return [] }
        let codes = business.study.folder.space.need.codes
        let needs = Set(comparisons.flatMap(\.bases.needs))
        let shares = business.baseFirst.shares.filter { needs.contains($0.need) }.map { need, share in
            let ends = [share.low, share.high].map { Numerals.fixed(100 * $0, decimals: 0) }
            return "\(codes[need]) \(Numerals.fixed(100 * share.likely, decimals: 0)) % (\(ends[0]) to \(ends[1]))"
        }
        let judgement = BaseFirstFigure.shipped(.suitability)
        return comparisons.map { comparison in
            let (school, bases) = (comparison.school.option.worth, comparison.bases.option.worth)
            let more = bases.overPeriod.mean - school.overPeriod.mean
            return
                "'\(comparison.scheme.name)' has a net present value of \(Numerals.pounds(school.overPeriod.mean)) as a special school and "
                + "\(Numerals.pounds(bases.overPeriod.mean)) as specialist bases, \(Numerals.pounds(abs(more))) "
                + "\(more >= 0 ? "more" : "less"); it puts \(Numerals.grouped(comparison.school.served.mean)) more children in specialist "
                + "places by \(business.study.lastJanuary), bases \(Numerals.grouped(comparison.bases.served.mean))."
        } + [
            "Bases take, of those who ask for a special school in vain, \(shares.joined(separator: ", ")): the part of these needs that is in "
                + "bases today, half to twice of it (a judgement, rated \(judgement.quality.rawValue)). Capital of bases: "
                + "\(comparisons[0].bases.source), rated \(comparisons[0].bases.quality?.rawValue ?? "–")."
        ]
    }

    /// What is taken for granted.
    package var basis: [(item: String, value: String)] {
        let (terms, flows) = (business.study.appraisalTerms, business.whole.flows)
        let last = FinancialYear(starting: flows.first.starting + terms.years - 1)
        func percent(_ share: Double) -> String { "\(Numerals.plain(100 * share, decimals: 1)) %" }
        return [
            ("model", business.study.title), ("scenario", business.scenario.titles.joined(separator: " + ")),
            ("doing nothing", PlacesBaseline.committed.words),
            (
                "period",
                "\(terms.years) years, \(flows.first) to \(last); simulated to \(flows.last.map(\.description) ?? "–")"
            ),
            ("discount rate", "\(percent(terms.rate)) a year, real"),
            (
                "prices",
                terms.deflator == 1
                    ? "as in costs.csv"
                    : "of \(flows.first): those of each year less \(percent(terms.deflator - 1)) a year"
            ),
            ("after the projection", "\(percent(terms.persistence)) of the last year's effect is left in each year"),
            (
                "capital",
                terms.optimismBias.map { "estimates times an optimism bias of \(Numerals.plain($0))" }
                    ?? "with drawn overruns"
            ),
            ("rated red", red.isEmpty ? "nothing" : red.joined(separator: "; ")),
            ("runs", "\(Numerals.grouped(Double(business.runs.count))), seed \(business.seed)"),
        ]
    }
}
