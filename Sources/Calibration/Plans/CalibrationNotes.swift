import Formats
import Intake
import Vocabulary

/// What a planner should know of how an authority was calibrated: findings and assumptions.
struct CalibrationNotes {
    private(set) var findings: [Finding] = []
    private(set) var assumptions: [AssumptionLog.Entry] = []
    private let file: String
    private let name: String
    /// Of the release.
    private let date: String

    init(
        _ calibrator: Calibrator, _ area: NationalRelease.Area, flows: LocalFlows, year: PublishedYear,
        people: JanuaryPopulation, stock: NeedTables, begun: NeedTables
    ) {
        file =
            calibrator.panel.release.path.split(separator: "/").last.map(String.init) ?? calibrator.panel.release.path
        name = area.name
        let january = calibrator.panel.january
        date = String(january)
        noteBreaks(area, year)
        if let plans = area.plans[january] { noteHeldBack(plans, january) }
        noteUnrecorded(year, stock, january)
        noteNeeds(stock, begun)
        noteIdentity(area, january)
        noteHistory(area, january, calibrator.panel.groups)
        notePopulation(people, through: january + calibrator.choices.horizon)
        assume(calibrator, area, flows, year)
        assumeNeeds(people, from: january, through: january + calibrator.choices.horizon)
        assume(calibrator.needs.endings, january)
    }

    private mutating func note(_ severity: Finding.Severity, _ message: String, _ remedy: String = "") {
        findings.append(Finding(severity, file: file, message, remedy: remedy))
    }

    private func percent(_ share: Double) -> String {
        let tenths = Int((abs(share) * 1_000).rounded())
        return "\(share < 0 && tenths > 0 ? "−" : "")\(tenths / 10).\(tenths % 10) %"
    }

    private mutating func noteBreaks(_ area: NationalRelease.Area, _ year: PublishedYear) {
        let january = year.january
        for known in ReleaseBreak.known
        where known.number == area.number && known.effect == .note && (january - 1...january).contains(known.period) {
            note(.warning, known.note, "Figures that rest on it may be wrong: compare them with your own.")
        }
        for (period, gap) in area.gaps.sorted(by: {
            ($0.key.year, $0.key.table.rawValue) < ($1.key.year, $1.key.table.rawValue)
        })
        where (january - 1...january).contains(period.year) {
            guard case .incomplete(let why) = gap else { continue }
            switch period.table {
            case .flows: note(.warning, "\(why); \(year.flowYear) stands in, with England's growth since")
            case .needs, .timeliness: note(.warning, "\(why); England's pattern stands in")
            default: note(.warning, why)
            }
        }
        if year.flowYear != january - 1, area.gaps[.init(.flows, january - 1)] == nil {
            note(
                .warning,
                "plans begun or ended in \(january - 1) are not published by age; \(year.flowYear) stands in, with England's growth since"
            )
        }
    }

    private mutating func noteHeldBack(_ plans: NationalRelease.Plans, _ january: Int) {
        guard plans.heldBack > 0 else { return }
        note(
            .warning,
            "the placement of \(Numerals.grouped(plans.heldBack)) plans of January \(january) is held back because few share it; they are spread "
                + "evenly over the placements held back",
            "Replace cohort.csv by your own count.")
    }

    private mutating func noteUnrecorded(_ year: PublishedYear, _ stock: NeedTables, _ january: Int) {
        let share = year.notRecorded / max(year.total, 1)
        if year.notRecorded > 0 {
            note(
                share > 0.05 ? .warning : .note,
                "the placement of \(Numerals.grouped(year.notRecorded)) plans of January \(january) (\(percent(share))) is not recorded; "
                    + "they are spread as the others of their age are")
        }
        if stock.needNotRecorded > 0 {
            note(
                .note,
                "the primary need of \(Numerals.grouped(stock.needNotRecorded)) plans is not recorded; they are spread as the others are"
            )
        }
    }

    private mutating func noteNeeds(_ stock: NeedTables, _ begun: NeedTables) {
        for (tables, whose) in [(stock, "plans in force"), (begun, "plans begun")] where !tables.assumed.isEmpty {
            note(
                .warning,
                "of \(whose), \(tables.assumed.joined(separator: " and ")) are not published; England's pattern stands in",
                "Replace cohort.csv by your own count.")
        }
    }

    private mutating func noteIdentity(_ area: NationalRelease.Area, _ january: Int) {
        guard let before = area.plans[january - 1]?.total, let after = area.plans[january]?.total,
            let begun = area.newPlans[january - 1]?.byAge?.total, let ended = area.endings[january - 1]?.byReason,
            before > 0
        else { return }
        let residual = after - (before + begun - ended.reduce(0, +))
        note(
            abs(residual) > 0.1 * before ? .warning : .note,
            "\(Numerals.grouped(before)) plans + \(Numerals.grouped(begun)) begun − \(Numerals.grouped(ended.reduce(0, +))) ended make "
                + "\(Numerals.grouped(before + begun - ended.reduce(0, +))); January \(january) holds \(Numerals.grouped(after)): "
                + "\(percent(residual / before)) arrived unrecorded, transfers from other authorities among them")
        if let total = area.newPlans[january - 1]?.total, abs(total - begun) > 0.1 * begun {
            note(
                .warning,
                "the release gives \(Numerals.grouped(total)) plans begun in all and \(Numerals.grouped(begun)) by age; those by age are used"
            )
        }
    }

    private mutating func noteHistory(_ area: NationalRelease.Area, _ january: Int, _ groups: ProvisionGroups) {
        if GroupDrift.before(area, base: january, groups) == nil {
            note(
                .note,
                "there are no placements of nearly all plans of January \(january - GroupDrift.years), so flows are not averaged with past change"
            )
        }
    }

    private mutating func notePopulation(_ people: JanuaryPopulation, through last: Int) {
        findings += people.findings
        let end = people.published.upperBound
        if !people.missing.isEmpty {
            let years = people.missing.map { "mid-\($0)" }.joined(separator: ", ")
            note(.warning, "the population of \(years) is not published; people of the year before are aged by a year")
        }
        if let gap = gap(people) {
            note(
                .warning,
                "the population has \(gap): numbers for each 1,000 children are that far out, growth and plans are not",
                "Give the estimates by single year of age beside the projection, or a later projection.")
        }
        guard end < last - 1 else { return }
        note(
            people.hasMigration && end >= last - 11 ? .note : .warning,
            "the population is published to mid-\(end); beyond, people age"
                + (people.hasMigration ? " with the migration of the last year" : " without migration")
                + ", and births stay as they were",
            "Add the projection.")
    }

    /// By how much of themselves children may differ between two files without a word.
    private static let usualDifference = 0.02

    /// In words, how far the model's children are from those that another file counts in one figure; nothing where they hardly differ.
    private func gap(_ people: JanuaryPopulation) -> String? {
        guard let counted = people.childrenCounted, abs(counted.excess) > Self.usualDifference else { return nil }
        return
            "\(Numerals.grouped(counted.singly)) of 0 to 17 in mid-\(counted.year), another of the files given "
            + "\(Numerals.grouped(counted.together)), \(percent(abs(counted.excess))) \(counted.excess > 0 ? "more" : "fewer")"
    }
}

extension CalibrationNotes {
    private mutating func assume(
        _ calibrator: Calibrator, _ area: NationalRelease.Area, _ flows: LocalFlows, _ year: PublishedYear
    ) {
        let january = year.january
        let release = "Department for Education, Education, health and care plans, January \(january)"
        add(
            "base-cohort",
            "Plans by age, need and setting together follow from the three two-way tables, starting from England's pattern."
                + (year.notRecorded > 0
                    ? " \(Numerals.grouped(year.notRecorded)) plans whose placement is not recorded are spread over settings, which hold more than is published of them."
                    : ""),
            "raking, then whole numbers that keep the total", release, .amber)
        assumeGrowth(calibrator, area, year, release)
        add(
            "assessments",
            "Requests, assessments and plans go together as in the last two years at each age, shrunk towards England's shares.",
            "\(Int(AssessmentCalibration.pseudoRequests)) requests of England's",
            "\(release): requests, assessments, timeliness",
            .amber)
        add(
            "movers",
            "Children move between provision groups as in England, more to where this authority has more of its plans.",
            "power \(LocalFlows.destinationPower) of the share, \(Int(LocalFlows.destinationPseudoChildren)) children of England's",
            "two Januaries of \(calibrator.panel.release.authorities.count) authorities; only net flows show in them",
            .amber)
        add(
            "turnover",
            "At ages between phases a share moves between groups for no net effect, which two stocks cannot show.",
            percent(calibrator.pattern.turnover), "a judgement; sendcast new --turnover changes it", .red)
        add(
            "endings", "Plans end as in England by age and setting; from age 16 on the authority's own endings count.",
            "× \(rounded(flows.endingRatio)) of England's from age \(LocalFlows.firstOwnEndingAge)",
            "\(release): ceased plans", .amber)
        assumeMix(calibrator, area, release)
        add(
            "transfers",
            "As many plans come from other authorities as go to them; arrivals without a recorded start come on top.",
            "England's rate of transfers by age", "\(release): ceased plans by reason", .red)
        add(
            "unrecorded",
            "What England's stocks gain or lose beyond recorded flows goes on: gains arrive, losses count as endings.",
            "by age, in rates/transfers.csv and rates/leavers.csv", "\(release): stock and flow", .amber)
        add(
            "intervals",
            "Forecasts of an authority are out as a whole by amounts that a test over all authorities showed.",
            "rates/deviations.csv", "sendcast backtest: January 2024 carried to January 2025", .amber)
    }

    /// How joiners grow, and how far.
    private mutating func assumeGrowth(
        _ calibrator: Calibrator, _ area: NationalRelease.Area, _ year: PublishedYear, _ release: String
    ) {
        add(
            "joiner-growth",
            "Joiners of the first year are those of \(year.flowYear) times a factor: England's growth, more where requests are "
                + "many for each plan begun. What happens afterwards is 'growth' in model.yaml: by default joiners follow "
                + "the growth of all plans that the panel of authorities forecasts, for five years in all, and then "
                + "stay (growth.csv).",
            "× \(rounded(calibrator.growth.factor(area, begunIn: year.flowYear))) (England × \(rounded(calibrator.growth.englandFactor)))",
            "\(release): requests and new plans", .amber)
        let ceiling = PlanCeiling.shipped
        add(
            AssumptionLog.ceiling,
            "After the years that growth is forecast for, joiners become fewer as the share of children of 5 to 15 with a plan comes near "
                + "a ceiling, which runs draw; where authorities with higher shares grow more slowly, that is how far it would go.",
            "a median of \(percent(ceiling.share)), standard deviation of the logarithm \(rounded(ceiling.deviation)) (ceiling.csv; delete it "
                + "for none)", ceiling.source, .red)
        let changes = calibrator.history.needChanges(to: year.january)
        let isKnown = !calibrator.history.needs.isEmpty || !changes.isEmpty
        add(
            "need-growth",
            !calibrator.history.needs.isEmpty
                ? "The mix of needs follows the panel's forecast of pupils by primary need; how far each strays by itself is a judgement."
                : !changes.isEmpty
                    ? "Shares of needs go on changing as England's did in the year to January \(year.january), \(JoinerFactors.changeKept) of it in "
                        + "each later year; what is left, and how far each need strays by itself, are judgements."
                    : "All needs grow alike: the release has one January of needs. How far each strays by itself is a judgement.",
            "joiners of each need stray by \(CalibratedAuthority.needGrowthDeviation) a year",
            "rates/deviations.csv, joiners-growth", isKnown ? .amber : .red)
    }

    /// What spreads plans over groups and settings.
    private mutating func assumeMix(_ calibrator: Calibrator, _ area: NationalRelease.Area, _ release: String) {
        guard let mix = calibrator.shares?.mix(of: area) else {
            return add(
                "drift",
                "What enters each group is scaled so that the first year is an average of flows, growth of the total, and the last "
                    + "three years' change of groups.",
                "all plans half flows, half the growth that the panel of authorities forecasts; groups 0.25 to 0.75 flows",
                release, .amber)
        }
        add(
            "mix",
            "What enters each group, by moves and by joining, is scaled so that groups and bases have the shares of all plans that "
                + "are forecast for this authority from those of all authorities; after the last year the scales stay. Runs stray "
                + "about them by the pull of each group (rates/deviations.csv). The shares are those of children where they were "
                + "placed, so where places bind they are what is asked for.",
            "mix.csv, January \(mix.firstJanuary) to \(mix.firstJanuary + mix.shares.count - 1); 'mix: flows' in model.yaml leaves "
                + "it to moves and joiners; all plans of the first year are half flows, half the growth that the panel forecasts",
            release, .amber)
    }

    private mutating func add(
        _ id: String, _ statement: String, _ value: String, _ source: String, _ quality: AssumptionQuality
    ) {
        assumptions.append(.init(id, statement, value: value, source: source, date: date, quality: quality))
    }

    private mutating func assumeNeeds(_ people: JanuaryPopulation, from january: Int, through last: Int) {
        add(
            "needs-of-movers",
            "A need moves into a setting as much more often than others as it is more common there than at large.",
            "rates/tilts.csv", "England's plans by need and setting", .red)
        add(
            "change-of-need",
            "Needs change between Januaries so that the mix of each age follows from that of the age before; one January's mix "
                + "stands for both ends of the year.",
            "rates/reclassified.csv", "needs by age of all authorities", .red)
        let end = people.published.upperBound
        let isPublished = end >= last - 1
        let gap = gap(people)
        add(
            AssumptionLog.population,
            isPublished
                ? "People by age."
                : "People by age; after the last mid-year published they grow older, and births stay as they were.",
            "published to mid-\(end)" + (gap.map { "; it has \($0)" } ?? ""),
            "Office for National Statistics, the files given",
            isPublished && gap == nil ? .green : end >= january - 1 ? .amber : .red)
        add(
            AssumptionLog.unitCosts, "Costs are other areas' averages, until your own replace them.", "costs.csv",
            "named in costs.csv", .red)
    }

    private mutating func assume(_ endings: NeedEndings?, _ january: Int) {
        guard let endings else { return }
        let source =
            "Department for Education, Education, health and care plans, January \(january): ceased plans by primary need"
        add(
            "endings-by-need",
            "Needs end in England's proportions to each other, at each age and setting as many in all as without it.",
            "the mix of needs a year on is out by \(rounded(endings.errors.with)) % of plans, "
                + "\(rounded(endings.errors.without)) % if all needs ended alike", source, .amber)
    }

    private func rounded(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
