import Calibration
import Formats
import Studies

/// What a forecast of growth says on the terminal.
enum TerminalGrowth {
    /// History and forecast, and why plans grow.
    static func lines(_ forecast: GrowthForecast, style: TerminalStyle) -> [String] {
        var lines = [style.bold("\(forecast.area): growth of plans"), ""]
        // Figures of six digits, with their intervals, are wider.
        let isLarge = forecast.series.contains { ($0.forecast.last?.plans.mean ?? 0) >= 10_000 }
        let abreast = isLarge ? 2 : 3
        for first in stride(from: 0, to: forecast.series.count, by: abreast) {
            let part = Array(forecast.series[first..<min(first + abreast, forecast.series.count)])
            lines += counts(part, style) + [""]
        }
        for parts in forecast.parts { lines += shares(parts, forecast, style) + [""] }
        for first in stride(from: 0, to: forecast.series.count, by: abreast + 1) {
            lines += causes(
                Array(forecast.series[first..<min(first + abreast + 1, forecast.series.count)]), forecast, style)
            lines += [""]
        }
        lines += ["  Means with 80 % prediction intervals. Causes are of expected growth, each on top"]
        lines += ["  of those above it."]
        if forecast.parts.isEmpty {
            lines += ["  Too few authorities have a history of bands and groups for theirs to be forecast."]
        } else {
            lines += [
                "  In every run bands, and groups, add up to all plans; unrecorded placements are",
                "  spread. State special: with non-maintained special schools.",
            ]
        }
        if !forecast.knowsPopulation {
            lines += ["  No --population: people are taken to stay as many, and what they add is in the entry rate."]
        }
        if !forecast.knowsNeeds {
            lines += needs(forecast)
        }
        return lines
    }

    /// Why needs grow alike.
    private static func needs(_ forecast: GrowthForecast) -> [String] {
        let januaries = forecast.needJanuaries.map(String.init)
        if januaries.count < 2 {
            return ["  The release has one January of needs: all needs' joiners grow alike (rated red)."]
        }
        return [
            "  Needs are published for January \(januaries.joined(separator: " and ")) alone, too few to forecast each:",
            "  all needs' joiners grow alike (rated red).",
        ]
    }

    /// The years ahead that parts are shown for.
    private static let yearsOfParts = [1, 3, 5]

    /// A part a row, and all plans.
    private static func shares(
        _ parts: GrowthForecast.Parts, _ forecast: GrowthForecast, _ style: TerminalStyle
    ) -> [String] {
        let years = yearsOfParts.map { forecast.base + $0 }
        var table = TerminalTable([parts.name, String(forecast.base)] + years.flatMap { [String($0), "80 %"] })
        for series in parts.series + forecast.series.prefix(1) {
            let base = series.history.last { $0.january == forecast.base }
            table.append(
                [series.name, base.map { Numerals.grouped($0.plans) } ?? "–"]
                    + years.flatMap { january in
                        forecastCells(series, january) ?? ["–", ""]
                    })
        }
        return table.lines(style)
    }

    /// The mean of a forecast and its 80 % interval; `nil` of a January without one.
    private static func forecastCells(_ series: GrowthForecast.Series, _ january: Int) -> [String]? {
        guard let plans = series.forecast.first(where: { $0.january == january })?.plans else { return nil }
        let interval = plans.interval80
        return [
            Numerals.grouped(plans.mean),
            "\(Numerals.grouped(interval.lowerBound))–\(Numerals.grouped(interval.upperBound))",
        ]
    }

    private static func counts(_ series: [GrowthForecast.Series], _ style: TerminalStyle) -> [String] {
        var table = TerminalTable(["January"] + series.flatMap { [$0.name, "80 %"] })
        let januaries = Set(series.flatMap { $0.history.map(\.january) + $0.forecast.map(\.january) }).sorted()
        for january in januaries {
            table.append(
                [String(january)]
                    + series.flatMap { one -> [String] in
                        if let counted = one.history.first(where: { $0.january == january }) {
                            return [Numerals.grouped(counted.plans), ""]
                        }
                        return forecastCells(one, january) ?? ["", ""]
                    })
        }
        return table.lines(style)
    }

    private static func causes(
        _ series: [GrowthForecast.Series], _ forecast: GrowthForecast, _ style: TerminalStyle
    ) -> [String] {
        let last = series.first?.forecast.last?.january ?? forecast.base
        var table = TerminalTable(["from \(forecast.base) to \(last)"] + series.map(\.name))
        func signed(_ count: Double) -> String { (count.rounded() > 0 ? "+" : "") + Numerals.grouped(count) }
        for (place, cause) in GrowthCauses.Cause.allCases.enumerated() {
            table.append([cause.rawValue] + series.map { signed($0.causes[place]) })
        }
        table.append(["growth"] + series.map { signed($0.causes.reduce(0, +)) })
        return table.lines(style)
    }
}
