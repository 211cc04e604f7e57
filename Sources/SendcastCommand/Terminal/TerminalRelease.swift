import Calibration
import Formats
import Foundation
import Intake
import Vocabulary

/// What calibrating from a national release says on the terminal.
enum TerminalRelease {
    /// Every area of a release, what data it has, and whether it can be calibrated.
    /// - Parameter population: people; `nil` where they are not given.
    static func lines(
        _ calibrator: Calibrator, _ population: PublishedPopulation?, style: TerminalStyle
    ) -> [String] {
        let january = calibrator.panel.january
        var table = TerminalTable(["authority", "no.", "plans", "unrec.", "needs", "people", "model"])
        var reasons: [String: Int] = [:]
        var fits: [CohortFit] = []
        for area in [calibrator.panel.release.england].compactMap({ $0 }) + calibrator.panel.release.authorities {
            let outcome = calibrator.outcome(area, population: population)
            switch outcome {
            case .success(let fit): fits.append(fit)
            case .failure(let problem): reasons[reason(problem, area), default: 0] += 1
            }
            table.append(row(area, january, population, outcome))
        }
        let people =
            population == nil ? ["Without --population, people are taken to be there for all of them."] : []
        return table.lines(style) + [""] + summary(fits, reasons) + people
    }

    /// Why an area cannot be calibrated, in words that are the same of all areas.
    private static func reason(_ problem: UnusableData, _ area: NationalRelease.Area) -> String {
        let message = problem.findings.first?.message ?? "?"
        let words = message.split(separator: ":", maxSplits: 1).last.map { $0.drop { $0 == " " } }.map(String.init)
        return (words ?? message).replacingOccurrences(of: " of \(area.name) (\(area.code))", with: "")
    }

    private static func row(
        _ area: NationalRelease.Area, _ january: Int, _ population: PublishedPopulation?,
        _ outcome: Result<CohortFit, UnusableData>
    ) -> [String] {
        let plans = area.plans[january]
        let total = plans?.total
        let unrecorded = plans?.bySetting?.last.flatMap { rest in total.map { 100 * rest / max($0, 1) } }
        let needs = plans?.needByAge?.isComplete == true ? "by age" : plans?.byNeed == nil ? "none" : "totals"
        let hasPeople = population.map { !$0.figures(of: area).value.isEmpty }
        return [
            area.name, area.number, total.map { Numerals.grouped($0) } ?? "–",
            unrecorded.map { "\(Numerals.fixed($0, decimals: 1)) %" } ?? "–", needs, hasPeople == true ? "yes" : "–",
            (try? outcome.get()) == nil ? "no" : "yes",
        ]
    }

    private static func summary(_ fits: [CohortFit], _ reasons: [String: Int]) -> [String] {
        let exact = fits.count { $0.total == 0 }
        let worst = fits.map(\.oneWay).max() ?? 0
        let twoWay = fits.map(\.twoWay).max() ?? 0
        let usual = fits.map(\.twoWay99).sorted()
        return [
            "\(fits.count) can be calibrated; the total is the published one in \(exact).",
            "Largest error of a one-way margin \(Numerals.fixed(worst, decimals: 2)), of a two-way table "
                + "\(Numerals.fixed(twoWay, decimals: 1)) plans;",
            "of every hundred cells of two-way tables 99 are within "
                + "\(Numerals.fixed(usual.isEmpty ? 0 : usual[usual.count / 2], decimals: 1)) (median authority).",
        ] + reasons.sorted { $0.key < $1.key }.map { "\($0.value) cannot: \($0.key)." }
    }

    /// What was made of one authority.
    static func summary(of model: CalibratedAuthority, _ effect: TurnoverEffect) -> [String] {
        let plans = model.cohort.reduce(0) { $0 + Int($1) }
        return [
            "",
            "\(model.area.name): \(Numerals.grouped(Double(plans))) plans in January \(model.january), "
                + "\(model.settings.count) settings, \(model.needs.count) needs.",
            "The cohort differs from published totals of ages, needs and settings by at most",
            "\(Numerals.fixed(model.fit.oneWay, decimals: 1)) plans, from tables of two of them by at most "
                + "\(Numerals.fixed(model.fit.twoWay, decimals: 1)).",
        ]
            + (effect.matters
                ? [
                    "If twice as many moved between groups and back each year (--turnover), plans of",
                    "January \(effect.january) would change by:",
                ] + wrapped(effect.changes) : [])
    }

    /// Words in lines that fit a terminal.
    private static func wrapped(_ words: [String]) -> [String] {
        var lines: [String] = []
        for word in words {
            if let last = lines.last, last.count + word.count < 76 {
                lines[lines.count - 1] += ", " + word
            } else {
                lines.append("  " + word)
            }
        }
        return lines
    }
}
