import Formats

/// Tables of the people around a forecast: everybody who lives in the area, how long children stay, and where those who start go on to.
extension ResultTable {
    static let residents = ResultTable(
        "residents.csv", "people of the area at mid-years, past and ahead, as published: of all ages and of some bands",
        by: .runs(with: "people in `indicators.csv` of the model"),
        columns: [
            Column("mid_year", .year, "30 June of this year"), .band, Column("people", .people, "people of these ages"),
            Column("share", .share, "of people of all ages; empty where those are not known", decimals: 4), .source,
        ],
        disclosure: .whole)

    static let stays = ResultTable(
        "stays.csv",
        "how long children stay in each setting: those there, between one January and the next, over those who leave or move on",
        columns: [
            .scenario, .january, .setting, Column("plans", .people, "mean of those there at both ends of the year"),
            Column("ended", .people, "who end or go to another authority in the year"),
            Column("moved", .people, "who move to another setting in the year"),
            Column("years", .number, "the stay if all years were like it; empty where nobody leaves", decimals: 2),
        ])

    static let journeys = ResultTable(
        "journeys.csv",
        "where those who start are some years later, at the rates expected at the base, as if nothing were full",
        columns: [
            Column("age_band", .text, "a band of ages at the start"),
            Column("years", .year, "years since the start"),
            Column("setting", .text, "placement, a code of settings.csv; ended where they hold no plan any more"),
            Column("share", .share, "of all who start at these ages", decimals: 4),
        ])
}
