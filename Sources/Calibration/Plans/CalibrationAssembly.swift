import Intake
import Optimisation
import Rates
import Vocabulary

/// Puts an authority's flows, needs and population together as a model.
struct CalibrationAssembly {
    private let calibrator: Calibrator
    private let area: NationalRelease.Area
    private let flows: LocalFlows
    private let people: JanuaryPopulation
    private let space: StateSpace
    private let stock: NeedTables
    private let begun: NeedTables
    private let keptNeeds: [Int]
    private let year: PublishedYear
    private let plans: NationalRelease.Plans

    init(
        _ calibrator: Calibrator, _ area: NationalRelease.Area, flows: LocalFlows, year: PublishedYear,
        plans: NationalRelease.Plans, people: JanuaryPopulation
    ) {
        self.calibrator = calibrator
        self.area = area
        self.flows = flows
        self.people = people
        self.year = year
        self.plans = plans
        let classification = calibrator.panel.release.classification
        let count = calibrator.settings
        stock = NeedTables(byAge: flows.base.firstColumns(count), plans, pattern: calibrator.needs.stock)
        begun = NeedTables(
            byAge: flows.joiners.firstColumns(count), area.newPlans[year.flowYear] ?? .init(),
            pattern: calibrator.needs.begun, toAugust31: calibrator.pattern.begunAges.onAugust31)
        // Needs that the release does not tell apart (Down syndrome before 2026) are left out.
        let nationalNeeds = calibrator.needs.stock.firstSecond.columnSums
        let keptNeeds = classification.needs.indices.filter { nationalNeeds[$0] > 0.5 }
        self.keptNeeds = keptNeeds
        let settings = Array(classification.settings.prefix(count))
        space = StateSpace(
            need: Dimension(name: "need", codes: keptNeeds.map { classification.needs[$0].code }),
            setting: Dimension(name: "setting", codes: settings.map(\.code)))
    }

    /// The finished model.
    func authority() -> CalibratedAuthority {
        let classification = calibrator.panel.release.classification
        let settings = Array(classification.settings.prefix(calibrator.settings))
        let total = plans.total ?? year.total
        let cube = stock.cube.keeping(keptNeeds).scaled(to: total)
        let margins = stock.margins.keeping(keptNeeds, total: total)
        let cohort = ControlledRounding.round(
            cube, total: Int(total), first: margins.ageAndSetting.rowSums, second: margins.needAndSetting.rowSums,
            third: margins.ageAndSetting.columnSums)
        var whole = cube
        whole.values = cohort.map(Double.init)
        let needs = RateAssembly.Needs(
            begun: begun.cube.keeping(keptNeeds), national: calibrator.needs.begun.keeping(keptNeeds),
            tilts: calibrator.needs.tilts.keepingRows(keptNeeds),
            changes: calibrator.needs.changes(own: stock.cube).map {
                $0.keepingRows(keptNeeds).transposed.keepingRows(keptNeeds).transposed
            }, endings: calibrator.needs.endings.map { endings in keptNeeds.map { endings.ratios[$0] } } ?? [])
        let assembly = RateAssembly(
            flows, cohort: whole, needs: needs, inhabitants: people.people[calibrator.panel.january] ?? [],
            space: space,
            errors: area.isNational ? .national : .local)
        let notes = CalibrationNotes(
            calibrator, area, flows: flows, year: year, people: people, stock: stock, begun: begun)
        return CalibratedAuthority(
            area: area, settings: settings, needs: keptNeeds.map { classification.needs[$0] },
            january: calibrator.panel.january, cohort: cohort, rates: assembly.rates, arrivals: assembly.arrivals,
            assessments: AssessmentCalibration(
                area, england: calibrator.panel.release.england, year: calibrator.panel.january - 1),
            mix: calibrator.shares?.mix(of: area), population: people,
            findings: notes.findings, assumptions: notes.assumptions,
            fit: CohortFit(whole, margins, total: total))
    }
}

extension Cube {
    /// Some of the second dimension, in the order given.
    func keeping(_ seconds: [Int]) -> Cube {
        var cube = Cube(first, seconds.count, third)
        for i in 0..<first {
            for (j, second) in seconds.enumerated() { for k in 0..<third { cube[i, j, k] = self[i, second, k] } }
        }
        return cube
    }

    /// The same pattern with another total.
    func scaled(to total: Double) -> Cube {
        var cube = self
        let sum = values.reduce(0, +)
        if sum > 0 { for place in cube.values.indices { cube.values[place] *= total / sum } }
        return cube
    }
}

extension CohortFit {
    /// Compares whole numbers with the tables aimed at.
    init(_ whole: Cube, _ margins: NeedTables.Margins, total: Double) {
        func differences(_ one: [Double], _ other: [Double]) -> [Double] { zip(one, other).map { abs($0 - $1) } }
        let (ages, settings) = (whole.firstThird, margins.ageAndSetting)
        let oneWay =
            differences(ages.rowSums, settings.rowSums) + differences(ages.columnSums, settings.columnSums)
            + differences(whole.secondThird.rowSums, margins.needAndSetting.rowSums)
        let twoWay =
            (differences(whole.firstSecond.values, margins.ageAndNeed.values)
            + differences(ages.values, settings.values)
            + differences(whole.secondThird.values, margins.needAndSetting.values)).sorted()
        self.init(
            total: total - whole.values.reduce(0, +), oneWay: oneWay.max() ?? 0, twoWay: twoWay.last ?? 0,
            twoWay99: twoWay.isEmpty ? 0 : twoWay[(twoWay.count - 1) * 99 / 100])
    }
}
