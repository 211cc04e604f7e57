import Formats

/// Tables that other commands than `run` write.
extension ResultTable {
    static let backtestForecasts = ResultTable(
        "backtest-forecasts.csv", "every forecast of `sendcast backtest --origins` and what came",
        by: .command("backtest"),
        columns: [
            Column("level", .text, "total, a band of ages, or a group of settings"),
            Column("method", .text, "how it was forecast"), Column("area", .text, "the authority"),
            Column("origin", .year, "the last January that was known"), Column("horizon", .year, "years ahead"),
        ]
            + [
                ("forecast", "plans as they were forecast"), ("p10", "10 % of the forecast is below"),
                ("p90", "90 % of the forecast is below"), ("outcome", "plans that there were"),
            ].map { Column($0.0, .people, $0.1, decimals: 1) })

    static let growthForecast = ResultTable(
        "growth-forecast.csv", "plans of earlier Januaries, and those forecast", by: .command("growth"),
        columns: [.series, .january, Column("kind", .text, "counted or forecast")] + Column.statistics(.people))

    static let growthCauses = ResultTable(
        "growth-causes.csv", "why the forecast differs from the last count", by: .command("growth"),
        columns: [
            .series, Column("from_january", .year, "the last count"), Column("to_january", .year, "the last forecast"),
            .cause, Column("plans", .people, "plans", decimals: 1),
        ])

    static let queue = ResultTable(
        "queue.csv",
        "children who arrived, started, gave up and wait at the end of the month, and the share of time that staff are busy; where plans wait "
            + "for a stage, plans of each January if nobody waited, how many fewer there are, and how many wait for an assessment",
        by: .command("queue"),
        columns: [.stage, Column("month", .year, "counted from 1"), .measure] + Column.statistics(.measured),
        measures: ["busy": .share])

    static let waits = ResultTable(
        "waits.csv", "working days waited by those seen", by: .command("queue"),
        columns: [
            .stage, Column("priority", .text, "whom it is about"), Column("children", .people, "seen in a run"),
            Column("mean", .number, "mean of the working days waited"), Column("p50", .number, "half waited less"),
            Column("p90", .number, "90 % waited less"),
            Column("within_target", .share, "share seen within the target; empty without one"),
        ])

    static let funnel = ResultTable(
        "funnel.csv", "counts, growth, conversion, forecasts and checks of a funnel of demand", by: .command("funnel"),
        columns: [.measure, .stage, Column("from", .text, "a financial year"), Column("to", .text, "a financial year")]
            + [
                ("value", "the count, share or forecast"), ("low", "10 % are below"), ("high", "90 % are below"),
            ].map { Column($0.0, .number, $0.1, decimals: 4) })

    package static let ways = ResultTable(
        "ways.csv",
        "what it takes to reach a target by one way alone, year by year: people, who join and who leave, and how long they stay; `as it is` "
            + "is doing nothing, and the row `target` is the target",
        by: .command("goal"),
        columns: [
            Column("way", .text, "what is done"), Column("size", .number, "what it is multiplied by", decimals: 4),
            .january, .measure, Column("route", .text, "where leavers go; all for every route"),
        ] + Column.statistics(.people))

    package static let monitor = ResultTable(
        "monitor.csv",
        "how a financial year that has begun ends, by line, for each payer and in all: spend to date, what the model says of the same months, "
            + "and the year's end in pounds",
        by: .command("monitor"),
        columns: [
            .financialYear, .line, Column("payer", .text, "who bears it; all of a line or of all lines"),
            Column("months", .number, "how many months are known, from April"),
            Column("to_date", .pounds, "paid in the known months"),
            Column("modelled_to_date", .pounds, "what the model says of them"),
            Column("share_known", .share, "the share of a year's spend that falls into them", decimals: 4),
            Column("weight_of_model", .share, "the weight of the model's year in the year's end", decimals: 4),
            Column(
                "counted", .number, "children counted over the model's on that day; empty without a count", decimals: 4),
            Column("model", .pounds, "the model's year, as many children as were counted"),
        ] + Column.statistics(.pounds))

    package static let monitorVariance = ResultTable(
        "monitor-variance.csv",
        "why the year ends elsewhere than the budget, by line and in all: `volume`, `mix`, `price` and `unsplit` add up to `variance` to the "
            + "penny",
        by: .command("monitor"),
        columns: [.financialYear, .line]
            + [
                ("budget", "what was set aside"), ("year_end", "the forecast"), ("variance", "year end less budget"),
                ("volume", "more or fewer children, at the average cost of the budget"),
                ("mix", "children in dearer or cheaper lines"), ("price", "what each costs more"),
                ("unsplit", "of lines whose budget does not say for how many it was made"),
            ].map { Column($0.0, .pounds, $0.1) })

    package static let returns = ResultTable(
        "returns/returns.csv", "statutory returns in whole numbers that add up", by: .command("report"),
        columns: ["return", "table", "title", "scenario", "row", "column"].map {
            Column($0, .text, "as the return has it")
        }
            + [Column("figure", .people, "a whole number")])

    package static let returnChecks = ResultTable(
        "returns/checks.csv", "whether returns add up, and agree with the run", by: .command("report"),
        columns: [.scenario, .check, .status, .detail])
}
