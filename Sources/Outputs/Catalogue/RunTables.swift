import Formats
import Studies
import Vocabulary

private let all: Set<String> = [ResultFiles.all]

/// Tables of people.
extension ResultTable {
    static let causes = ResultTable(
        "causes.csv",
        "steps that add up to the plans of every January, in all and by setting: flows from the base for the baseline; for a scenario "
            + "each lever alone, and what levers do together",
        columns: [.scenario, .setting, .january, .cause, Column("plans", .people, "mean plans")])

    package static let plans = ResultTable(
        "plans.csv",
        "plans by January, in all, by age, band, need, setting, and by pairs of these; `all` where a dimension is summed",
        columns: [.scenario, .january, .age, .band, .need, .setting] + Column.statistics(.people),
        sheet: Extract(
            title: "Plans", about: "plans by January: in all, by band of ages, need or setting",
            conditions: ["age": all], crossed: 1),
        packaged: Extract(
            title: "", about: "Plans by January: in all, by band of ages, need and setting, with intervals",
            conditions: ["age": all], crossed: 1),
        disclosure: .pattern)

    package static let flows = ResultTable(
        "flows.csv",
        "joiners, leavers (with unrecorded losses), movers, transfers in (with `unrecorded` arrivals) and out, changes of need, those `displaced` because their "
            + "first choice was full and those `returned` to one, by arriving January; leavers of age 26 are those who reached the highest age",
        columns: [
            .scenario, .january,
            Column(
                "flow", .text,
                "join, leave (with losses that nobody recorded), move, transfer-in (with arrivals that nobody recorded as begun) and others"
            ),
            .age, .need, .setting,
            Column("to_need", .text, "the need after a change; all where none is told"),
            Column("to_setting", .text, "the setting after a move, or where leavers go; all where none is told"),
        ] + Column.statistics(.people),
        sheet: Extract(
            title: "Flows", about: "joiners, leavers, movers of the baseline by January: in all, by need or setting",
            conditions: [
                "age": all, "to_need": all, "to_setting": all, "scenario": [ResultFiles.baseline],
            ], crossed: 1),
        disclosure: .totals(["age", "need", "setting", "to_need", "to_setting"]))

    package static let assessments = ResultTable(
        "assessments.csv",
        "requests, assessments, plans issued, who waits at the end of the year and the share issued within 20 weeks, by calendar year "
            + "and band of ages",
        by: .runs(with: "`rates/assessments.csv`"),
        columns: [.scenario, .year, .measure, .band] + Column.statistics(.measured),
        sheet: Extract(title: "Requests", about: "requests, assessments and plans issued by year"),
        packaged: Extract(
            title: "", about: "Requests, assessments and plans issued by year", conditions: ["age_band": all]),
        disclosure: .totals(["age_band"]))

    package static let sufficiency = ResultTable(
        "sufficiency.csv",
        "children against places by need and phase in whole numbers, for a strategy; `baseline-committed` or `baseline-forecast` is the "
            + "same authority under the baseline that the run does not take",
        by: .runs(with: "`places.csv`"),
        columns: [
            .scenario, .need, .phase, .january,
            Column("demand", .people, "children in specialist places, and those elsewhere who would have one"),
            Column("places", .people, "specialist places"),
            Column("gap", .people, "demand less places, mean over the runs"),
            Column("gap_p10", .people, "10 % of runs have a smaller gap"),
            Column("gap_p90", .people, "10 % of runs have a larger gap"), .shortfall,
            Column("on_roll", .people, "children who have one of the places, or sit there beyond them"),
            Column("occupancy", .percent, "children on roll per hundred places"),
            Column("demand_p10", .people, "10 % of runs have a smaller demand"),
            Column("demand_p90", .people, "10 % of runs have a larger demand"),
            Column("places_change", .people, "places opened less closed since the base"),
        ],
        sheet: Extract(title: "Sufficiency", about: "children against places by need and phase"),
        packaged: Extract(title: "", about: "Children against places by need and phase"),
        disclosure: .totals(["need", "phase"]))

    package static let placesOutlook = ResultTable(
        "places-outlook.csv",
        "places, children wanting, having and lacking them, and occupancy, by provision and by need and band of ages; `p_shortfall` is "
            + "the share of runs in which more are wanted than there are",
        by: .runs(with: "`places.csv`"),
        columns: [
            .scenario, .january, Column("provision", .text, "a school, base or unit, or a kind of them"), .need, .band,
            .measure,
        ] + Column.statistics(.measured) + [.shortfall],
        sheet: Extract(
            title: "Places", about: "the same by provision, with intervals",
            conditions: ["need": all, "age_band": all]))

    package static let provisions = ResultTable(
        "provisions.csv", "the ledger of places: every row of `places.csv`, as the model has it",
        by: .runs(with: "`places.csv`"),
        columns: [
            Column("provision", .text, "a school, base or unit, or a kind of them"),
            Column("kind", .text, "school, support base, specialist base or pool; empty where the row does not say"),
            Column("setting", .text, "the settings it serves, codes of settings.csv"),
            Column("needs", .text, "the needs it is for, codes of needs.csv; any for every need"),
            Column("min_age", .year, "the youngest on 31 August"), Column("max_age", .year, "the oldest"),
            Column("september", .year, "from when it has so many places"),
            Column("places", .people, "places, those of other authorities' children among them"),
            Column("held_by_others", .people, "those of them that other authorities' children have"),
            Column("capacity", .people, "of the building; empty where the row does not say"),
            Column("on_roll", .people, "children on roll; empty where the row does not say"),
            Column("area", .text, "where it lies, an area of each set"), .source, .quality,
        ],
        sheet: Extract(title: "Provisions", about: "the ledger of places: schools, bases and units"))

    package static let carersOutlook = ResultTable(
        "carers-outlook.csv",
        "of care: households of own foster carers by their age and the children for whom they are approved, as stated and with all that is "
            + "uncertain at its worse or better end",
        by: .runs(with: "`carers.csv`"),
        columns: [
            Column("provision", .text, "what the carers together are called"),
            Column("carer_ages", .text, "of the carers; all for every age"), .january,
            Column("households", .number, "approved households, most likely", decimals: 1),
            Column("households_low", .number, "the fewest", decimals: 1),
            Column("households_high", .number, "the most", decimals: 1),
            Column("approved", .number, "children for whom they are approved, most likely", decimals: 1),
        ],
        sheet: Extract(title: "Carers", about: "own foster carers by age"), disclosure: .whole)

    static let months = ResultTable(
        "months.csv", "of care: children at the end of every month, in all and by placement",
        by: .runs(with: "children in care"),
        columns: [.scenario, Column("month", .text, "as 2026-04"), .setting] + Column.statistics(.people))

    package static let overlap = ResultTable(
        "overlap.csv", "of care: children who hold a plan, by placement", by: .runs(with: "`overlap.csv`"),
        columns: [.scenario, .january, .setting, .measure] + Column.statistics(.people))

    package static let careLeavers = ResultTable(
        "care-leavers.csv",
        "of care: young people who have left care, on every 31 March: in all, by age (18 to 25) and by accommodation; `all` where a "
            + "dimension is summed",
        by: .runs(with: "`care-leavers.csv` in the model"),
        columns: [
            .scenario, .january, .age, Column("accommodation", .text, "where they live; all for every kind"),
        ] + Column.statistics(.people) + [
            .quality
        ],
        sheet: Extract(title: "Care leavers", about: "young people who have left care, by age and accommodation"),
        packaged: Extract(
            title: "", about: "Young people who have left care, by age and accommodation"),
        disclosure: .totals(["age", "accommodation"]))

    static let draws = ResultTable(
        "draws.csv.gz", "plans, spend and balance of every run", by: .runs(with: "`--draws`"),
        columns: [
            .scenario, .measure, .period, Column("run", .people, "the number of the run"),
            Column("value", .measured, "the figure", decimals: 2),
        ])
}

/// Tables of money.
extension ResultTable {
    package static let budget = ResultTable(
        "budget.csv",
        "spend by financial year and line, with payer, tag, units and pounds per unit; by payer and by tag; `income` net of recoupment, "
            + "next to each item gross, the `stability grant`, `in-year` and `balance` with the share of runs below 0; `quality` is the "
            + "worst rating of the lines and funding that a figure rests on",
        columns: [
            .scenario, .financialYear, .line, Column("payer", .text, "who pays; all for everybody"),
            Column("tag", .text, "what a line belongs to; all for every line"),
            Column("price_basis", .text, "at which prices pounds are"),
        ] + Column.statistics(.pounds) + [
            Column("p_below_0", .share, "share of runs in which the amount is below zero"),
            Column("units", .people, "what is paid for: plan-years, places, requests"),
            Column("per_unit", .pounds, "pounds for one unit"), .quality,
            Column("unit", .text, "what a line is paid for, such as plan-year or place-year; empty of sums of lines"),
        ],
        sheet: Extract(title: "Budget", about: "spend by line, payer and tag; income and balance"),
        packaged: Extract(title: "", about: "Spend by line, payer and tag; income and balance"),
        // Prices are published, so that spend of a part can tell how many children are in it.
        disclosure: .rows { field in
            let (isAnyPayer, isAnyTag) = (field("payer") == ResultFiles.all, field("tag") == ResultFiles.all)
            return isAnyTag && (isAnyPayer || field("line") != "spend")
        })

    package static let payers = ResultTable(
        "payers.csv",
        "what each agency pays by financial year: in all, and by purpose, for people of the model and for services beside them, by itself or "
            + "through a pooled fund; rows of purposes add up to all in every run",
        columns: [
            .scenario, .financialYear, Column("payer", .text, "who pays; all for everybody"),
            Column("for", .text, "people of the model, or services that prevalence.csv counts; all for both"),
            Column("tag", .text, "what is paid for; all for everything"),
            Column("fund", .text, "the pooled fund through which it is paid; empty where there is none"),
        ] + Column.statistics(.pounds) + [.quality],
        sheet: Extract(title: "Payers", about: "what each agency pays, by purpose"),
        packaged: Extract(title: "", about: "What each agency pays, by purpose"),
        disclosure: .rows { $0("tag") == ResultFiles.all })

    static let costPerPlan = ResultTable(
        "cost-per-plan.csv",
        "what a plan costs for a year by need, setting and band of ages, at the prices of the first and last financial year: lines paid "
            + "for plans, and for places as if each plan had one",
        columns: [
            .financialYear, .band, .need, .setting, Column("cost", .pounds, "pounds for a year", decimals: 2),
        ],
        sheet: Extract(title: "Cost per plan", about: "what a plan costs for a year by need, setting and age"))

    package static let deficits = ResultTable(
        "deficits.csv", "how likely the deficit of each 31 March is above £0, £1m, £2m, £5m … and above reserves",
        by: .runs(with: "`funding.csv`"),
        columns: [
            .scenario, .financialYear, Column("deficit_above", .pounds, "the sum that the deficit is above"),
            Column("is_reserves", .text, "whether the sum is that of reserves: yes or no"),
            Column("probability", .share, "the share of runs"),
        ], sheet: Extract(title: "Deficits", about: "how likely deficits above some pounds are"), disclosure: .whole)

    static let bridge = ResultTable(
        "bridge.csv",
        "why mean spend changes from the first year to the last, and from the baseline to each scenario: volume, mix, price",
        columns: [
            Column("from_scenario", .text, "where the change starts"), Column("from_year", .text, "its financial year"),
            Column("to_scenario", .text, "where it ends"), Column("to_year", .text, "its financial year"),
            Column("from", .pounds, "spend at the start"), Column("volume", .pounds, "for more or fewer units"),
            Column("mix", .pounds, "for other units"), Column("price", .pounds, "for other prices"),
            Column("to", .pounds, "spend at the end"),
        ], sheet: Extract(title: "Bridge", about: "volume, mix and price between years and scenarios"),
        disclosure: .whole)

    package static let reconciliation = ResultTable(
        "reconciliation.csv",
        "`outturn.csv` against the model, line by line: the residual, and by what it is carried forward",
        by: .runs(with: "`outturn.csv`"),
        columns: [
            .financialYear, .line, Column("outturn", .pounds, "what was spent"),
            Column("model", .pounds, "what the model says"), Column("residual", .pounds, "outturn less model"),
            Column("carried_factor", .number, "by what the line is multiplied from then on"),
        ], sheet: Extract(title: "Reconciliation", about: "outturn against the model"))
}

/// Tables of scenarios.
extension ResultTable {
    package static let differences = ResultTable(
        "differences.csv",
        "every scenario less the baseline, mean and quantiles of the differences run by run: `measure` (plans, a flow, or spend), "
            + "`period`, and the same breakdowns",
        by: .runs(with: "a scenario"),
        columns: [.scenario, .measure, .period, .age, .band, .need, .setting] + Column.statistics(.measured),
        sheet: Extract(
            title: "Differences", about: "scenarios less the baseline, run by run",
            conditions: ["age": all, "age_band": all], crossed: 1, measures: ["plans", DifferenceFile.unmet]),
        disclosure: .rows { field in
            let measure = field("measure")
            return ["age", "age_band", "need", "setting"].allSatisfy { field($0) == ResultFiles.all }
                && (Column.Kind(ofMeasure: measure) != .pounds || ["spend, £", "balance, £"].contains(measure))
        })

    package static let scenarios = ResultTable(
        "scenarios.csv", "every lever of every scenario with its size, years and source", by: .runs(with: "a scenario"),
        columns: [
            .scenario, Column("title", .text, "the scenario in words"), Column("lever", .text, "the lever in words"),
            Column("least", .number, "its smallest size"), Column("likely", .number, "its likely size"),
            Column("most", .number, "its largest size"), Column("starts", .year, "when it begins"),
            Column("ends", .year, "when it ends"), Column("ramp", .year, "years until it has its full size"), .source,
        ], sheet: Extract(title: "Levers", about: "every lever with its size and source"), disclosure: .whole)

    package static let spendCauses = ResultTable(
        "spend-causes.csv",
        "what each lever of a scenario does to spend by itself, and what levers do together",
        by: .runs(with: "a scenario"),
        columns: [
            .scenario, .financialYear, .cause, Column("pounds", .pounds, "mean pounds"),
            Column("p10", .pounds, "10 % of runs are below"), Column("p90", .pounds, "90 % of runs are below"),
        ],
        sheet: Extract(title: "Lever worth", about: "what each lever does to spend"), disclosure: .whole)

    package static let recoveryPlan = ResultTable(
        "recovery-plan.csv",
        "a scenario as a recovery plan: unmitigated spend of the high needs budget, each lever by itself, overlap, mitigated spend, "
            + "income, in-year, grant and balance, and below the line what others bear; rows of spend add up",
        by: .runs(with: "a scenario"),
        columns: [
            .scenario, Column("section", .text, "spend, income, balance, or below the line"),
            Column("kind", .text, "what the row is"), Column("item", .text, "the row in words"),
            Column("owner", .text, "who answers for a lever"),
            Column("status", .text, "proposed, agreed, under way or delivered"),
            Column("confidence", .text, "high, medium or low"), .financialYear,
        ] + Column.statistics(.pounds), disclosure: .whole)

    package static let capital = ResultTable(
        "capital.csv",
        "schemes: places, opening, capital and delay; net present value, payback, cost per place, and independent placements and fees "
            + "avoided: of all that a scenario does (`all`), and of each scheme if it were the only one",
        by: .runs(with: "a scenario that opens schemes"),
        columns: [
            .scenario, Column("scheme", .text, "a scheme; all for all that a scenario does"),
            Column("places", .people, "its places"), Column("opens", .year, "the September in which it opens"),
            .measure,
        ] + Column.statistics(.measured),
        sheet: Extract(title: "Capital", about: "schemes: capital, net present value, payback"),
        disclosure: .rows { ![CapitalFile.independentPlans, CapitalFile.independentFees].contains($0("measure")) },
        measures: [CapitalFile.chance: .share, CapitalFile.independentPlans: .number])
}

/// What figures mean and rest on; with these a folder of results can be read without the model.
extension ResultTable {
    package static let backtest = ResultTable(
        "backtest.csv", "how such forecasts did", by: .runs(with: "`backtest.csv` in the model"),
        columns: Column.scores, sheet: Extract(title: "Backtest", about: "how such forecasts have done"),
        disclosure: .whole)

    package static let counted = ResultTable(
        "counted.csv", "forecasts of Januaries that have been counted since, beside the counts",
        by: .runs(with: "`counted.csv` in the model"),
        columns: [
            .january, .band, .need, .setting, Column("counted", .people, "plans in force, as counted"),
        ] + Column.statistics(.people) + [
            Column("error", .share, "mean forecast less count, as a share of the count; empty of a count of 0"),
            Column("inside_80", .text, "whether the count lies in the 80 % interval: yes or no"), .source,
        ],
        sheet: Extract(title: "Counted since", about: "forecasts beside what was counted since"),
        disclosure: .totals(["age_band", "need", "setting"]))

    package static let history = ResultTable(
        "history.csv", "plans of earlier Januaries", by: .runs(with: "`history.csv` in the model"),
        columns: [.january, .need, .setting, Column("plans", .people, "plans in force")],
        sheet: Extract(title: "History", about: "plans of earlier Januaries"), disclosure: .totals(["need", "setting"]))

    package static let people = ResultTable(
        "people.csv", "people of the area, whose number decides how many join",
        columns: [.january, .band, Column("people", .people, "people of these ages")],
        sheet: Extract(title: "Population", about: "people of the area by band of ages"), disclosure: .whole)

    package static let assumptions = ResultTable(
        "assumptions.csv",
        "the assumptions log, prices, income, shares of areas, where those without a place go, and rates of SEN support and prevalence, each with "
            + "its source and rating",
        columns: [
            Column(
                "kind", .text,
                "model, price, payer, income, places, overflow, areas, prevalence, support, law or care leavers"),
            Column("id", .text, "a short name"),
            Column("statement", .text, "what is taken for true"), Column("value", .text, "the figure, in words"),
            .source, Column("date", .text, "when it was made or published"),
            Column("owner", .text, "who answers for it"), .quality,
            Column("review_by", .text, "when it must be looked at again"),
        ],
        sheet: Extract(title: "Assumptions", about: "the assumptions log: source and rating of each"),
        packaged: Extract(title: "", about: "Assumptions with source and rating"), disclosure: .whole)

    package static let checks = ResultTable(
        "checks.csv", "whether the books close", columns: [.scenario, .check, .status, .detail],
        sheet: Extract(title: "Checks", about: "whether the books close"), disclosure: .whole)

    package static let settings = ResultTable(
        "settings.csv", "settings and what returns call them",
        columns: [
            .setting, .named, Column("group", .text, "settings that are pooled and scored together"),
            Column("in_area", .text, "whether a setting lies in the authority's area"),
            Column("scap", .text, "its name in the school capacity survey", isOfPlansAlone: true), .plan, .reform,
        ],
        sheet: Extract(title: "Settings", about: "settings and what returns call them"),
        packaged: Extract(title: "", about: "Settings and what returns call them"), disclosure: .whole)

    package static let needs = ResultTable(
        "needs.csv", "needs and what returns call them", columns: [.need, .named, .plan, .reform],
        sheet: Extract(title: "Needs", about: "needs and what returns call them"),
        packaged: Extract(title: "", about: "Needs and what returns call them"), disclosure: .whole)
}

extension Column {
    fileprivate static let plan = Column("dsg", .text, "its name in the DSG management plan", isOfPlansAlone: true)
    fileprivate static let reform = Column(
        "reform", .text, "its name in the local SEND reform plan", isOfPlansAlone: true)
}
