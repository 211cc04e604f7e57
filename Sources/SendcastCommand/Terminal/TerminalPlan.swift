import Formats
import Intake
import Outputs
import Placement
import Sampling
import Studies
import Vocabulary

/// What a plan of schemes says on the terminal.
enum TerminalPlan {
    /// The schemes, then what the choices do.
    static func lines(_ plan: CapitalProgramme, of study: PreparedStudy, style: TerminalStyle) -> [String] {
        let question = plan.question
        var lines = [
            style.bold("\(study.title): schemes within \(Numerals.pounds(question.envelope)) of capital"),
            "Avoided spend is that of \(study.folder.space.service.words.day) \(study.base.january + 1) to \(study.lastJanuary), compared with doing nothing;",
            "a year of a child without a place counts as \(Numerals.pounds(question.unmetPrice)) on top.",
        ]
        if let baseline = study.baseline { lines.append("Baseline \(baseline.words)") }
        lines.append("")
        lines += schemes(plan, style) + [""] + portfolios(plan, study, style)
        lines += [""] + (verdict(plan) + cautions(plan, study)).flatMap { TerminalText.wrapped($0, to: 78) }
        if !plan.isProven { lines.append("  Time ran out before the choice was proven the best for its figures.") }
        return lines
    }

    /// What is chosen, and from which price of a child-year on it would be another choice.
    private static func verdict(_ plan: CapitalProgramme) -> [String] {
        let price = plan.question.unmetPrice
        let stated = "The \(Numerals.pounds(price)) (--unmet-price) is a judgement, rated red."
        guard plan.best.schemes.isEmpty else {
            let (avoided, years) = (plan.best.avoided.mean, plan.best.unmetAvoided.mean)
            if avoided >= 0 {
                return ["On average what is chosen avoids more spend than it causes, whatever a child-year counts as."]
            }
            if years <= 0 { return ["What is chosen causes spend and avoids no child-years when simulated together."] }
            return [
                "On average what is chosen is worth more than £0 only where a child-year counts as more than "
                    + "\(Numerals.pounds(-avoided / years)). \(stated)"
            ]
        }
        let turning = plan.benefits.filter { $0.unmetAvoided > 0 }.map {
            (name: $0.scheme.name, price: -$0.avoided / $0.unmetAvoided)
        }.filter { $0.price > price }.min { $0.price < $1.price }
        return [
            "Nothing is chosen: no scheme within the envelope is worth more than £0 where a child-year counts as "
                + "\(Numerals.pounds(price))."
                + (turning.map { " '\($0.name)' would be from \(Numerals.pounds($0.price)) on." } ?? "") + " \(stated)"
        ]
    }

    /// What the choice rests on that is not known.
    private static func cautions(_ plan: CapitalProgramme, _ study: PreparedStudy) -> [String] {
        let files = [ModelFile.costs, .places, .overflow, .latent].map(\.name)
        let red = study.redRatings.filter { files.contains($0.file) }.map {
            "\($0.red) of \($0.rated) rows of \($0.file)"
        }
        let isOfPlans = study.folder.space.service == .plans
        let seen = BusinessCase.yearsSeen(plan.benefits.map(\.scheme), study)
        return [
            red.isEmpty ? nil : "It rests on what is rated red: \(red.listed(with: "and")).",
            isOfPlans && study.folder.places?.latent.isEmpty ?? true
                ? "No child is taken to be elsewhere today for want of a place: there is no latent.csv." : nil,
            seen.map {
                "The projection ends \($0) after the first scheme opens, and nothing later counts: a model of ten years "
                    + "('sendcast new … --horizon 10') may choose otherwise."
            },
        ].compactMap { $0 }
    }

    private static func schemes(_ plan: CapitalProgramme, _ style: TerminalStyle) -> [String] {
        var table = TerminalTable(
            ["scheme, alone", "places", "capital", "avoids", "child-years", "chosen", "greedy"], widestName: 22)
        let price = plan.question.unmetPrice
        let ordered = plan.benefits.sorted {
            $0.worth(price) * max($1.capital, 1) > $1.worth(price) * max($0.capital, 1)
        }
        for benefit in ordered {
            let name = benefit.scheme.name
            func opening(_ portfolio: CapitalProgramme.Portfolio) -> String {
                portfolio.schemes.first { $0.name == name }.flatMap { $0.phases.map(\.opens).min() }.map(String.init)
                    ?? "–"
            }
            table.append([
                name, String(benefit.scheme.places), Numerals.pounds(benefit.capital),
                Numerals.pounds(benefit.avoided), Numerals.grouped(benefit.unmetAvoided), opening(plan.best),
                opening(plan.greedy),
            ])
        }
        return table.lines(style)
    }

    private static func portfolios(_ plan: CapitalProgramme, _ study: PreparedStudy, _ style: TerminalStyle) -> [String]
    {
        var table = TerminalTable(["simulated together", "nothing", "chosen", "greedy"])
        let all = [plan.nothing, plan.best, plan.greedy]
        func append(_ name: String, _ text: (CapitalProgramme.Portfolio) -> String) {
            table.append([name] + all.map(text))
        }
        func interval(_ summary: Summary, _ text: (Double) -> String) -> String {
            "\(text(summary.interval80.lowerBound)) to \(text(summary.interval80.upperBound))"
        }
        append("schemes") { String($0.schemes.count) }
        append("places") { Numerals.grouped(Double($0.schemes.reduce(0) { $0 + $1.places })) }
        append("capital") { Numerals.pounds($0.capital.mean) }
        append("above the envelope in") { "\(Int(($0.overEnvelope * 100).rounded())) % of runs" }
        append("without a place, \(study.lastJanuary)") { Numerals.grouped($0.unmet.mean) }
        append("  80 % interval") { interval($0.unmet, Numerals.grouped) }
        append("child-years avoided") { Numerals.grouped($0.unmetAvoided.mean) }
        append("  80 % interval") { interval($0.unmetAvoided, Numerals.grouped) }
        append("spend avoided") { Numerals.pounds($0.avoided.mean) }
        append("  80 % interval") { interval($0.avoided, Numerals.pounds) }
        append("spend and child-years") {
            Numerals.pounds($0.avoided.mean + plan.question.unmetPrice * $0.unmetAvoided.mean)
        }
        return table.lines(style) + [
            "  (spend and child-years: what schemes are chosen by, without discount; capital is",
            "  not taken off, so it is no net present value: 'sendcast appraise' has that)",
        ]
    }
}
