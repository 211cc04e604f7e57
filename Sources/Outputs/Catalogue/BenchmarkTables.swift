import Formats

/// Tables of an authority beside others.
extension ResultTable {
    package static let benchmark = ResultTable(
        "benchmark.csv",
        "published figures of an authority beside its statistical neighbours, its region and England, each in the last period that most "
            + "authorities have; figures that are not published are not in it",
        by: .command("benchmark"),
        columns: [
            Column("service", .text, "plans or care"), Column("topic", .text, "what the indicator belongs to"),
            Column("indicator", .text, "its short name"), .named, Column("about", .text, "what it is over what"),
            Column("unit", .text, "per 1000, per 10000, share, growth (a share), pounds or weeks"),
            Column("period", .text, "a January, 31 March, a calendar or a financial year"),
            Column("basis", .text, "counted or forecast"),
            Column("role", .text, "area, neighbour, region (its authorities together) or England"),
            Column("number", .text, "the department's number of an authority"), Column("area", .text, "its name"),
            Column("value", .number, "the figure", decimals: 4),
            Column(
                "low", .number, "10 % are below: what chance makes of a count of children, or the forecast's interval",
                decimals: 4),
            Column("high", .number, "10 % are above", decimals: 4),
            Column("over", .number, "children, plans or pounds that it is made of", decimals: 1),
            Column("under", .number, "what they are divided by", decimals: 1),
            Column("rank", .number, "of the area among its neighbours and itself; 1 is the highest"),
            Column("of", .number, "how many figures that is"),
            Column("rank_of_all", .number, "of the area among all authorities"),
            Column("of_all", .number, "how many authorities have the figure"),
            Column("quarter", .number, "of all authorities, 1 the highest"),
            Column("source", .text, "the files"),
        ],
        sheet: Extract(title: "Benchmark", about: "the area beside neighbours, region and England"),
        disclosure: .whole)

    package static let national = ResultTable(
        "national.csv",
        "plans, children in state and non-maintained special schools, spend, balance of the grant and authorities in deficit, of England, "
            + "regions and authorities; sums are made within each run",
        by: .command("national"),
        columns: [
            Column("scope", .text, "England, region or authority"),
            Column("number", .text, "the department's number of an authority"), Column("area", .text, "its name"),
            .measure, Column("period", .text, "a January, or a financial year as 2026-27"),
            Column("authorities", .number, "how many models it is the sum of"),
        ] + Column.statistics(.measured))

    package static let nationalGrowth = ResultTable(
        "national-growth.csv", "authorities by the growth of plans that their models forecast, the largest first",
        by: .command("national"),
        columns: [
            Column("rank", .number, "1 is the largest growth"),
            Column("number", .text, "the department's number of an authority"), Column("area", .text, "its name"),
            Column("region", .text, "its region"), Column("plans", .people, "plans at the base"),
            Column("from_january", .year, "the base"), Column("to_january", .year, "the last January"),
        ] + Column.statistics(.share))
}
