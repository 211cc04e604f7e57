import Formats
import Studies
import Vocabulary

/// Tables of children and places by area.
extension ResultTable {
    /// What the table calls the row of places of which the model does not say where they are.
    package static let nowhere = "no area recorded"

    package static let areasOutlook = ResultTable(
        "areas-outlook.csv",
        "children by the area where they live, by need and phase, and against the places that lie there; areas of a set add up to the "
            + "authority in every run; gaps are empty where some places for these children have `no area recorded`",
        by: .runs(with: "`areas.csv`"),
        columns: [
            .scenario, areaSet, area, .need, .phase, .january, Column("plans", .people, "children who live there"),
            Column("plans_p10", .people, "10 % of runs have fewer"),
            Column("plans_p50", .people, "half of the runs have fewer"),
            Column("plans_p90", .people, "10 % of runs have more"),
            Column("wanted", .people, "those who have a specialist place, or would have one"),
            Column("wanted_p10", .people, "10 % of runs have fewer"),
            Column("wanted_p90", .people, "10 % of runs have more"),
            Column("places", .people, "specialist places that lie there"),
            Column("on_roll", .people, "children who have one of these places, wherever they live"),
            Column("occupancy", .percent, "children on roll per hundred places"),
            Column("gap", .people, "wanted less places, mean over the runs"),
            Column("gap_p10", .people, "10 % of runs have a smaller gap"),
            Column("gap_p90", .people, "10 % of runs have a larger gap"),
            Column(
                "outside_at_least", .people,
                "children who live there and cannot be placed there: a lower bound, as if places with no area recorded were here"
            ),
            Column("outside_p10", .people, "10 % of runs have fewer"),
            Column("outside_p90", .people, "10 % of runs have more"),
            Column(
                "basis", .text,
                "what shares of children by area come from: children counted, population, or stated shares"),
            Column("quality", .text, "red, amber or green: the worst rating of the set's rows"),
        ],
        sheet: Extract(
            title: "Areas", about: "children and places by area", conditions: ["phase": [ResultFiles.all]]),
        packaged: Extract(
            title: "", about: "Children and places by area", conditions: ["need": [ResultFiles.all]]),
        disclosure: .areas)

    package static let areaOutlines = ResultTable(
        "area-outlines.csv", "the outlines of areas, for maps: corners of closed rings, in degrees",
        by: .runs(with: "`areas.geojson`"),
        columns: [
            areaSet, area, Column("ring", .number, "a part of the outline, or a hole in it"),
            Column("longitude", .number, "degrees east", decimals: 5),
            Column("latitude", .number, "degrees north", decimals: 5),
        ], disclosure: .whole)

    package static let outOfArea = ResultTable(
        "out-of-area-outlook.csv",
        "children placed outside the authority's area, of those of whom `out-of-area.csv` states a share, and how many they are of",
        by: .runs(with: "`out-of-area.csv`"),
        columns: [
            .scenario, .january, Column("settings", .text, "the settings of a row of the file; all for all rows"),
            Column("needs", .text, "its needs; all for every need"),
            Column("children", .people, "children in these settings with these needs, mean"),
        ] + Column.statistics(.people) + [
            Column("quality", .text, "red, amber or green: the worst rating of the rows")
        ],
        sheet: Extract(title: "Out of area", about: "children placed outside the authority's area"))

    private static let areaSet = Column("area_set", .text, "one way of dividing the authority")
    private static let area = Column(
        "area", .text,
        "an area of the set; `no area recorded` for places of which the model does not say where they are")
}
