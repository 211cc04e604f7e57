import Formats

/// Columns that several result files have.
extension Column {
    static let scenario = Column("scenario", .text, "baseline, or a scenario of the model")
    static let january = Column("january", .year, "the January in which plans are counted")
    static let age = Column("age", .text, "age on 31 August before the January; all for every age")
    static let band = Column("age_band", .text, "a band of ages; all for every age")
    static let need = Column("need", .text, "primary need, a code of needs.csv; all for every need")
    static let phase = Column(
        "phase", .text,
        "primary (to age 10 on 31 August), secondary, post-16 (from 16), of children in care a band of ages; all for every age"
    )
    static let setting = Column("setting", .text, "placement, a code of settings.csv; all for every setting")
    static let financialYear = Column("financial_year", .text, "April to March, as 2026-27")
    static let year = Column("year", .year, "calendar year")
    static let period = Column("period", .year, "a January, or a financial year as 2026-27")
    static let measure = Column("measure", .text, "what is counted")
    static let line = Column(
        "line", .text, "a line of spend, or income, in-year, balance, or spend for sums of lines")
    static let cause = Column("cause", .text, "what the step is")
    static let shortfall = Column("p_shortfall", .share, "share of runs in which more are wanted than there are")
    static let source = Column("source", .text, "where it is from")
    static let quality = Column(
        "quality", .text, "red, amber or green: the worst rating of what a figure rests on")
    static let named = Column("name", .text, "in words")
    static let stage = Column("stage", .text, "a stage of a service or of a funnel")
    static let series = Column("series", .text, "all, or a need")
    static let check = Column("check", .text, "what must hold")
    static let status = Column("status", .text, "pass or fail")
    static let detail = Column("detail", .text, "how many equations hold, or the first that fails")

    /// Columns of a backtest's scores.
    static let scores: [Column] =
        [
            Column("level", .text, "total, a band of ages, a group of settings, or a kind of placement"),
            Column("method", .text, "how it was forecast"), Column("horizon", .year, "years ahead"),
            Column("n", .number, "how many forecasts"),
            score("mape", "mean absolute error, %"), score("median_ape", "median absolute error, %"),
            score("bias", "mean error, %"), score("crps", "continuous ranked probability score, % of the outcome"),
        ]
        + [50, 80, 95].map {
            Column("cover\($0)", .share, "share of outcomes within the \($0) % interval", decimals: 4)
        } + [score("wape", "sum of absolute errors, % of the sum of outcomes")]

    private static func score(_ name: String, _ about: String) -> Column { Column(name, .number, about, decimals: 4) }
}
