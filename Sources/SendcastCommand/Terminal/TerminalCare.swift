import Calibration
import Formats
import Growth
import Intake
import Vocabulary

/// What is said of children in care on the terminal.
enum TerminalCare {
    /// Errors and coverage by kind of placement and horizon.
    static func lines(_ test: CareBacktest, style: TerminalStyle) -> [String] {
        let horizons = Set(test.lines.map(\.horizon)).sorted()
        func score(_ kind: String, _ method: CareBacktest.Method, _ horizon: Int) -> ForecastScore? {
            test.lines.first { $0.kind == kind && $0.method == method && $0.horizon == horizon }?.score
        }
        var lines = [
            style.bold("Children in care from 31 March \(test.origins.lowerBound) to \(test.origins.upperBound) on"),
            "",
        ]
        for horizon in horizons {
            var table = TerminalTable([
                "\(horizon) year\(horizon == 1 ? "" : "s")", "cases", "last", "drift", "model", "bias", "CRPS", "last",
                "50 %", "80 %",
                "95 %",
            ])
            for kind in CareBacktest.kinds {
                guard let model = score(kind, .model, horizon), let last = score(kind, .last, horizon) else { continue }
                table.append(
                    [
                        kind, String(model.count), Numerals.fixed(last.meanError, decimals: 1),
                        score(kind, .drift, horizon).map { Numerals.fixed($0.meanError, decimals: 1) } ?? "–",
                        Numerals.fixed(model.meanError, decimals: 1), Numerals.fixed(model.bias, decimals: 1),
                        Numerals.fixed(model.rankedScore, decimals: 1),
                        Numerals.fixed(last.rankedScore, decimals: 1),
                    ] + model.coverage.map { Numerals.fixed(100 * $0, decimals: 0) })
            }
            lines += table.lines(style) + [""]
        }
        return lines + [
            "  Mean absolute errors in %: as many as at the origin, the last change going on, and",
            "  the model's medians. CRPS in %: of the model and of the last value. Shares of",
            "  outcomes in the model's intervals.",
            "  Slope of the next year's change on what flows add up to "
                + "\(Numerals.fixed(test.persistence.flows, decimals: 3)), on the last change",
            "  \(Numerals.fixed(test.persistence.change, decimals: 3)) (\(test.persistence.cases) authorities and years): neither predicts it.",
        ]
    }

    /// Every area of the tables, and whether it can be calibrated.
    static func lines(
        _ release: CareRelease, _ population: PublishedPopulation, style: TerminalStyle
    ) -> [String] {
        let calibrator = CareCalibrator(release)
        var table = TerminalTable(["authority", "no.", "children", "started", "ceased", "people", "model"])
        var count = 0
        for area in [release.england].compactMap({ $0 }) + release.authorities {
            let year = area.years[release.last]
            let hasPeople = !population.figures(of: area).value.isEmpty
            let isSound = (try? calibrator.calibrate(area)) != nil
            count += isSound ? 1 : 0
            func text(_ count: Double?) -> String { count.map { $0.isNaN ? "–" : Numerals.grouped($0) } ?? "–" }
            table.append([
                area.name, area.number, text(year?.total), text(year?.started), text(year?.ceased),
                hasPeople ? "yes" : "–", isSound ? "yes" : "no",
            ])
        }
        return table.lines(style) + ["", "\(count) can be calibrated."]
    }

    /// What was made of one area.
    static func summary(of care: CalibratedCare) -> [String] {
        let children = care.cohort.reduce(0) { $0 + Int($1) }
        return [
            "\(care.area.name): \(Numerals.grouped(Double(children))) children looked after on 31 March \(care.base), by age, reason "
                + "and placement.",
            "Rates from starters and leavers of the years to 31 March \(care.years.first ?? care.base) to \(care.base).",
        ]
    }

    /// What was made of care leavers and of spend, as wide as a terminal.
    static func summary(of data: ModelData) -> [String] {
        guard case .given(let plans) = data.content else { return [] }
        var sentences: [String] = []
        let leavers = data.careLeavers.ages.reduce(0) { $0 + $1.people.likely }
        if leavers > 0 {
            let judged = data.careLeavers.ages.filter { $0.quality == .red }.reduce(0) { $0 + $1.people.likely }
            sentences.append(
                "Care leavers of 18 to 25: \(Numerals.grouped(leavers)), \(Numerals.grouped(judged)) of them judged (care-leavers.csv)."
            )
        }
        for id in [CalibratedCare.outturn, CalibratedCare.rising] {
            if let entry = plans.assumptions.entries.first(where: { $0.id == id }) {
                sentences.append("\(entry.statement): \(entry.value).")
            }
        }
        return sentences.flatMap { TerminalText.wrapped($0, to: 80) }
    }

    /// What was seen of episodes, year by year.
    static func lines(_ seen: CareObservation, style: TerminalStyle) -> [String] {
        var table = TerminalTable(["31 March", "children", "started", "left"])
        for (year, march) in stride(from: 0, to: seen.totals.count, by: 12).enumerated() {
            func sum(_ months: [Int]) -> String {
                year == 0 ? "" : Numerals.grouped(Double(months[march - 11...march].reduce(0, +)))
            }
            table.append([
                String(seen.base - (seen.totals.count - 1) / 12 + year), Numerals.grouped(Double(seen.totals[march])),
                sum(seen.starters), sum(seen.leavers),
            ])
        }
        return table.lines(style)
    }
}
