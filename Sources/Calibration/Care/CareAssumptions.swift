import Formats
import Intake
import Vocabulary

extension CalibratedCare {
    /// The assumptions that say how spend meets what was published, and how prices rise.
    public static let (outturn, rising) = ("outturn", "prices")

    /// What a model of children in care takes for true.
    var assumptions: [AssumptionLog.Entry] { (hasMonths ? observed : published) + common + money }

    /// Which prices were fitted to the published spend, how far, and what they follow.
    private var money: [AssumptionLog.Entry] {
        var entries: [AssumptionLog.Entry] = []
        if let fit = CarePrices(self, .standard).fit {
            let judged =
                fit.scale < 1
                ? "judged prices are multiplied by \(Numerals.plain(fit.scale, decimals: 3))"
                : "judged prices stay as they are"
            entries.append(
                entry(
                    Self.outturn,
                    "Children of the base at these prices cost what was spent on children looked after; \(judged), and what is left is the line for other services",
                    "\(Numerals.pounds(fit.priced)) of \(Numerals.pounds(fit.published)); other services \(Numerals.pounds(fit.others))",
                    "local authority interactive tool, \(area.name) \(FinancialYear(starting: fit.year)), without care leavers",
                    fit.scale < 1 ? .red : .amber))
        }
        if CareInflation(england).has(.homes) {
            entries.append(
                entry(
                    Self.rising,
                    "Prices go on rising as England's have on average: homes and bought placements, fostering and other services, care leavers each by an index",
                    "inflation.csv", "local authority interactive tool, England", .red))
        }
        return entries
    }

    private func entry(
        _ id: String, _ statement: String, _ value: String, _ source: String, _ quality: AssumptionQuality
    ) -> AssumptionLog.Entry {
        AssumptionLog.Entry(id, statement, value: value, source: source, date: String(base), quality: quality)
    }

    private var common: [AssumptionLog.Entry] {
        [
            entry(
                "widths", "How far starters, leavers and placements may be out as a whole", "rates/deviations.csv",
                "sendcast backtest --care", .amber
            )
        ]
    }

    private var observed: [AssumptionLog.Entry] {
        let span = years.count == 1 ? "the last year" : "the last \(years.count) years"
        return [
            entry(
                "rates", "Monthly rates of \(span), a placement's shrunk towards its age band's by 60 child-months",
                "rates/", "SSDA903 episodes", .green
            ),
            entry(
                "reasons", "Leaving and moving differ by reason in the same proportion at every age and placement",
                "shrunk towards no difference by 20 children", "SSDA903 episodes", .amber
            ),
            entry("starters", "Starters stay as many for each person of their age", span, "SSDA903 episodes", .amber),
        ]
    }

    private var published: [AssumptionLog.Entry] {
        let tables = "Department for Education, children looked after, \(base)"
        let classification = CareClassification.standard
        let people = under18.map { given, published in
            entry(
                "people",
                "As many people under 18 at the base as the release figures its rates by; they grow as projected",
                "\(Numerals.grouped(published)), in the files of people \(Numerals.grouped(given))", tables, .amber)
        }
        return [people].compactMap { $0 } + [
            entry(
                "cohort",
                "Children by age, reason and placement together are spread by patterns and scaled to each count",
                "three published margins", tables, .amber
            ),
            entry(
                "kinship", "Share of children fostered by the authority's own carers who are with relatives or friends",
                Numerals.plain(classification.weight("share", "kinship", "KIN")), "a judgement; own records tell", .red
            ),
            entry(
                "providers", "Which fostering and homes are in house follows from published providers and a pattern",
                "see placements", tables, .amber
            ),
            entry(
                "starters", "Starters of the last \(years.count) years by age and reason; placements by a pattern",
                years.map(String.init).joined(separator: ", "), tables, .amber
            ),
            entry(
                "level",
                "Starters are scaled so that the expected total closes 3 % a year of its gap to England's number for each child; without the tables' people it stays as it is",
                "growth.csv",
                "authorities of 2021 to 2025: flows before do not tell the next change, the gap does (sendcast backtest --care)",
                .amber
            ),
            entry(
                "moves", "Shares who change the kind of placement in a year; where they go keeps each age's mix",
                "0.3 to 0.45 for most, 3 for secure homes", "a judgement; own records tell", .red
            ),
            entry(
                "birthdays", "Birthdays are spread evenly over the year", "even", "a judgement; own records tell",
                .amber
            ),
            entry(
                "reasons",
                "Leaving and moving do not differ by reason, so the mix of reasons comes to be that of starters",
                "read totals, ages and placements rather than reasons", "a judgement; own records tell", .red
            ),
        ]
    }
}
