import Formats

/// Tables of a business case.
extension ResultTable {
    private static let option = Column("option", .text, "a scheme, the whole scenario, or a part of it")

    package static let appraisalOptions = ResultTable(
        "appraisal-options.csv",
        "a row for every option against doing nothing: present values of its parts, which add up to the mean net present value, its "
            + "interval and the share of runs in which it is above 0; costs are below 0",
        by: .command("appraise"),
        columns: [
            option,
            Column(
                "kind", .text,
                "do nothing, whole scenario, its schemes, its other levers, scheme alone, or as specialist bases"),
            Column("places", .people, "places when all phases are open"),
        ]
            + [
                ("fees", "independent fees avoided"), ("transport", "home to school transport"),
                ("top_ups", "top-ups of state schools and colleges"), ("place_funding", "places that are paid for"),
                ("other_spend", "lines that are not paid for each plan or place"),
                ("before_opening", "revenue before schemes open"),
                ("capital", "capital, with overruns or optimism bias"),
            ].map { Column($0.0, .pounds, $0.1) }
            + Column.statistics(.pounds) + [
                Column("p_above_0", .share, "share of runs in which the net present value is above 0"),
                Column(
                    "payback", .text, "the median financial year in which undiscounted savings have paid for capital"),
                Column("cost_per_place", .pounds, "capital for each place, without discount"),
            ])

    package static let appraisalLines = ResultTable(
        "appraisal-lines.csv",
        "from spend to value, line by line; `value` is `projection` and `beyond`, and the values of an option add up to its mean net "
            + "present value",
        by: .command("appraise"),
        columns: [
            option, Column("part", .text, "fees, transport, top-ups, places, other spend, or what is spent once"),
            Column("line", .text, "a line of costs.csv, or what is spent once"),
            Column("payer", .text, "who bears it; empty of capital"),
            Column("cash", .pounds, "avoided over the projection at the prices of each year"),
            Column("projection", .pounds, "present value of the projected years"),
            Column("beyond", .pounds, "present value of the years after them, to the end of the period"),
            Column("value", .pounds, "present value over the period"),
        ])

    package static let appraisalSwitching = ResultTable(
        "appraisal-switching.csv",
        "what the whole hangs on, the widest swing first: its net present value at a low and a high value of each factor, the others as "
            + "they are, and the value at which it is 0",
        by: .command("appraise"),
        columns: [Column("factor", .text, "what is changed")]
            + [("low", "a low value"), ("base", "as forecast, on average over the runs"), ("high", "a high value")].map
        {
            Column($0.0, .number, $0.1, decimals: 4)
        }
            + [
                ("npv_low", "mean net present value at the low value"), ("npv_low_p10", "10 % of runs are below"),
                ("npv_low_p90", "90 % of runs are below"), ("npv_high", "mean net present value at the high value"),
                ("npv_high_p10", "10 % of runs are below"), ("npv_high_p90", "90 % of runs are below"),
            ].map { Column($0.0, .pounds, $0.1) }
            + [
                Column("switching_value", .number, "where the mean is 0; empty where it nowhere is", decimals: 4),
                Column("pays", .text, "where the mean is above 0: above or below the switching value, always or never"),
                Column("looked_from", .number, "the least value looked at", decimals: 4),
                Column("looked_to", .number, "the largest value looked at", decimals: 4),
                Column("forecast", .text, "what is forecast in words"),
                Column("range", .text, "low and high in words"),
                Column("zero_at", .text, "the switching value in words"),
                Column(
                    "sentence", .text, "what must be believed for the programme to be worth more than £0 on average"),
                Column("is_drawn", .text, "whether runs of a forecast draw it: yes or no"), .source, .quality,
            ])

    package static let appraisalBenchmarks = ResultTable(
        "appraisal-benchmarks.csv", "the cost per place of each option beside published costs",
        by: .command("appraise"),
        columns: [
            option, Column("cost_per_place", .pounds, "capital for each place"),
            Column("benchmark", .text, "whose places"), Column("kind", .text, "what kind of places"),
            Column("published", .pounds, "pounds a place, at the prices of its date"),
            Column("difference", .share, "cost per place against the published one, as a share of it", decimals: 4),
            Column("date", .year, "the year of the source"), .source,
        ])

    package static let appraisalBaseFirst = ResultTable(
        "appraisal-base-first.csv",
        "each scheme that builds special-school places beside as many places in specialist bases, which open at the same time for the same "
            + "needs and ages as far as bases take these; a base is worth what its places add to doing nothing under the same admissions",
        by: .command("appraise"),
        columns: [
            Column("scheme", .text, "a scheme of the scenario"),
            Column("built_as", .text, "special school, or specialist bases"),
            Column("setting", .text, "where its places are, codes of settings.csv"),
            Column("needs", .text, "whom they are for, codes of needs.csv; any for every need"),
            Column("opens", .year, "the first September"),
            Column("places", .people, "places when all phases are open"),
            Column("capital", .pounds, "capital with overruns, mean, at the prices of the years of spend"),
            Column("capital_source", .text, "where the capital is from"),
            Column("capital_quality", .text, "red, amber or green; empty where it is the scheme's own"),
        ] + Column.statistics(.pounds) + [
            Column("p_above_0", .share, "share of runs in which the net present value is above 0"),
            Column("served", .people, "more children in specialist places in the last January than without it"),
            Column("served_p10", .people, "10 % of runs have fewer"),
            Column("served_p90", .people, "10 % of runs have more"),
            Column("unmet_less", .people, "fewer children without the place they would have, in the last January"),
            Column("unmet_less_p10", .people, "10 % of runs have fewer"),
            Column("unmet_less_p90", .people, "10 % of runs have more"),
        ])

    package static let appraisalBasis = ResultTable(
        "appraisal-basis.csv",
        "what a business case says in words and takes for granted: headlines, what must be believed, baseline, period, terms, runs, red assumptions",
        by: .command("appraise"),
        columns: [Column("item", .text, "what it is"), Column("value", .text, "in words")])

    /// The tables of a business case.
    package static let ofAppraisals = [
        appraisalOptions, appraisalLines, appraisalSwitching, appraisalBenchmarks, appraisalBaseFirst,
        appraisalBasis,
    ]
}
