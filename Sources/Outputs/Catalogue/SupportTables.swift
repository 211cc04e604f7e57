import Formats
import Vocabulary

/// Tables of children before and beside a plan.
extension ResultTable {
    package static let support = ResultTable(
        "support-outlook.csv",
        "pupils with SEN support, those who start on it, those who begin a plan from it, and all with support or a plan, by phase and need",
        by: .runs(with: "`support.csv`"),
        columns: [
            .scenario, .january, Column("phase", .text, "primary or secondary; all for both"), .need, .measure,
        ] + Column.statistics(.people) + [.quality],
        sheet: Extract(title: "SEN support", about: "pupils with SEN support, and who goes on to a plan"),
        packaged: Extract(title: "", about: "Pupils with SEN support, and who goes on to a plan"),
        disclosure: .totals(["phase", "need"]))

    package static let law = ResultTable(
        "law-outlook.csv",
        "requests by who asked, refusals, mediations, appeals, what is agreed or ordered after them, the plans that follow and the weeks they "
            + "take, and what disputes cost an authority beside the high needs budget, by calendar year",
        by: .runs(with: "`rates/assessments.csv`"),
        columns: [
            .scenario, .year, Column("decision", .text, "what is disputed; all for everything"),
            Column("asked_by", .text, "who asked for an assessment, where requests are counted; all for everybody"),
            .measure,
        ] + Column.statistics(.measured) + [.quality],
        sheet: Extract(title: "Disputes", about: "refusals, mediation and appeals by year"),
        packaged: Extract(title: "", about: "Refusals, mediation and appeals by year"),
        disclosure: .totals(["decision", "asked_by"]), measures: ["weeks from request to plan": .number])

    package static let frontDoor = ResultTable(
        "front-door-outlook.csv",
        "of care: cases of each stage on the way into care, the working days of staff that they take and what they cost beside the spend on "
            + "care, by year to 31 March; the last stage is the children who start to be looked after",
        by: .runs(with: "`front-door.csv`"),
        columns: [
            .scenario, .january, Column("stage", .text, "a stage of the file; all for their staff and cost together"),
            .measure,
        ] + Column.statistics(.measured) + [.quality],
        sheet: Extract(title: "Front door", about: "the way into care, stage by stage"),
        packaged: Extract(title: "", about: "The way into care, stage by stage"),
        disclosure: .whole, measures: ["cases": .people, "staff days": .number])

    package static let prevalence = ResultTable(
        "prevalence-outlook.csv", "what stated rates for 1,000 people or plans come to, January by January",
        by: .runs(with: "`prevalence.csv`"),
        columns: [
            .scenario, .january, Column("name", .text, "what is counted"),
            Column("of", .text, "people of the area, or those whom the model is of"),
            Column("age_band", .text, "the ages, as the file says them"), .need, .setting,
            Column("agency", .text, "who acts or pays; empty where nobody is named"),
        ] + Column.statistics(.people) + [.source, .quality],
        sheet: Extract(title: "Prevalence", about: "what stated rates come to"),
        packaged: Extract(title: "", about: "What stated rates for 1,000 people or plans come to"),
        disclosure: .totals(["need", "setting"]))
}
