import Formats
import Intake
import Projection
import RealModule
import Sampling
import Vocabulary

/// Pupils with SEN support as a stage before plans: how many there are, how their number grows, and what becomes of them in a year.
///
/// The number of pupils with support follows its own series, as a share of the people of the phase's ages. Of those there in a January some
/// grow out of the phase's ages, some no longer have support, and some begin a plan; those who start make up the rest. A lever on those who
/// start therefore reaches plans as pupils with and without it grow up.
package struct SupportStage: Sendable {
    /// What is known of a phase.
    struct Phase: Sendable {
        let phase: SupportPhase
        /// Pupils at the last count by need, in the order of ``SupportStage/needs``.
        let counts: [Double]
        /// How all of them grow.
        let law: SupportLaw
        /// How the pupils of each need grow beyond all.
        let needLaws: [SupportLaw]
        /// People of the phase's ages at the last count and, by January from the base, at the base and later.
        let (peopleAtCount, people): (Double, [Double])
        /// The share of those people who are of the last age of the phase.
        let oldest: [Double]
        /// Shares of those who have support: see ``SupportRateRow/Rate``.
        let leaving: UncertainNumber
        /// See ``leaving``.
        let fromSupport: UncertainNumber
        /// Plans that begin in the first year at the ages after the phase.
        let joiners: Double

        /// Pupils with support in a January from the base, if growth is as expected.
        func expected(_ year: Int, gap: Int) -> Double {
            counts.reduce(0, +) * people[year] / peopleAtCount * Double.exp(Double(gap + year) * law.mean)
        }
    }

    /// The phases, in order.
    let phases: [Phase]
    /// Positions of the needs that are counted; `nil` for pupils whose need is not told.
    package let needs: [Int?]
    /// Their codes.
    let names: [String]
    /// The January of the last count.
    package let counted: Int
    /// The base January of the projection.
    let base: Int
    /// The shares that are used of what becomes of pupils with support.
    package let rates: [SupportRateRow]
    /// How each phase grows, and what others' growth it is shrunk to.
    package var growth: [(name: String, law: SupportLaw, known: SupportGrowth)] {
        phases.map { ($0.phase.rawValue, $0.law, .of($0.phase)) }
    }
    /// The worst rating of what figures rest on.
    package let quality: AssumptionQuality
    /// Whether needs are told apart.
    package var tellsNeeds: Bool { needs.count > 1 }
    /// Years between the last count and the base.
    var gap: Int { base - counted }

    /// Puts the stage of a model together; `nil` without `support.csv`, or where it cannot be used.
    /// - Parameters:
    ///   - population: people by projected January, the first a year after the base, and age.
    ///   - joiners: plans that begin in the first year, by age.
    static func made(
        _ folder: ModelFolder, base: Int, population: [[Double]], joiners: [Double]
    ) -> Checked<SupportStage?> {
        guard !folder.support.isEmpty else {
            let isAsked = folder.prevalence.contains { $0.base == .support }
            return Checked(nil, findings: isAsked ? [Self.missing(folder)] : [])
        }
        guard folder.space.service == .plans else {
            return Checked(nil, findings: [fault(folder, "SEN support is a stage before plans", "Delete the file.")])
        }
        guard let last = folder.support.map(\.january).filter({ $0 <= base }).max() else {
            return Checked(
                nil,
                findings: [
                    fault(
                        folder, "every count is after January \(base), from which the model starts",
                        "Add a count of January \(base) or before.")
                ])
        }
        let stage = SupportStage(folder, last: last, base: base, population: population, joiners: joiners)
        return Checked(stage, findings: stage.notes(folder))
    }

    private static func missing(_ folder: ModelFolder) -> Finding {
        Finding(
            .error, file: folder.place.label(ModelFile.prevalence.name), column: "of",
            "a rate is of pupils with SEN support, and the model does not say how many there are",
            remedy: "Add support.csv, or make the rate one of people.")
    }

    private static func fault(_ folder: ModelFolder, _ message: String, _ remedy: String) -> Finding {
        Finding(.error, file: folder.place.label(ModelFile.support.name), message, remedy: remedy)
    }

    private init(_ folder: ModelFolder, last: Int, base: Int, population: [[Double]], joiners: [Double]) {
        (counted, self.base) = (last, base)
        let codes = folder.space.need.codes
        let rows = folder.support.filter { $0.january <= base }
        let named = codes.indices.filter { need in rows.contains { $0.january == last && $0.need == codes[need] } }
        let needs = named.map(Optional.some) + [nil]
        self.needs = needs
        names = needs.map { $0.map { codes[$0] } ?? "" }
        let rates = folder.supportRates + SupportRateRow.shipped
        let used = Self.used(rates)
        self.rates = used.enumerated().filter { used.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        let ofNeeds = named.isEmpty ? [] : [SupportGrowth.ofNeeds.quality]
        quality =
            (rows.filter { $0.january == last }.map(\.quality) + used.map(\.quality) + ofNeeds).worst ?? .red
        let atBase = (0..<folder.space.years).map { age -> Double in
            folder.population[base, age] ?? population.first?[age] ?? 0
        }
        let years = [atBase] + population
        phases = SupportPhase.allCases.map { phase in
            let people = years.map { ages -> Double in max(phase.ages.reduce(0.0) { $0 + ages[$1] }, 1) }
            let series = Series(rows.filter { $0.phase == phase }, peopleAtBase: people[0])
            let law = SupportLaw(series.growth, among: .of(phase))
            return Phase(
                phase: phase, counts: series.counts(last, needs.map { $0.map { codes[$0] } }), law: law,
                needLaws: needs.map { need in
                    SupportLaw(need.map { series.growth(of: codes[$0]) } ?? [], among: .ofNeeds)
                },
                peopleAtCount: series.people[last] ?? people[0], people: people,
                oldest: zip(years, people).map { $0[phase.ages.upperBound] / $1 },
                leaving: Self.rate(.leaving, phase, rates), fromSupport: Self.rate(.fromSupport, phase, rates),
                joiners: phase.agesAfter.filter(joiners.indices.contains).reduce(0.0) { $0 + joiners[$1] })
        }
    }

    /// The rates that are used of those stated, then shipped: of a phase before those of both, the user's first.
    private static func row(_ rate: SupportRateRow.Rate, _ phase: SupportPhase, _ rows: [SupportRateRow])
        -> SupportRateRow?
    {
        let known = rows.filter { $0.rate == rate && ($0.phase == phase.rawValue || $0.phase.isEmpty) }
        return known.first { $0.phase == phase.rawValue } ?? known.first
    }

    private static func used(_ rows: [SupportRateRow]) -> [SupportRateRow] {
        SupportRateRow.Rate.allCases.flatMap { rate in SupportPhase.allCases.compactMap { row(rate, $0, rows) } }
    }

    private static func rate(
        _ rate: SupportRateRow.Rate, _ phase: SupportPhase, _ rows: [SupportRateRow]
    ) -> UncertainNumber {
        guard let row = row(rate, phase, rows) else { preconditionFailure("no rate of \(rate) ships") }
        return UncertainNumber(
            low: row.low, likely: row.likely, high: row.high, key: stableKey("support", rate.rawValue, row.phase))
    }

    private func notes(_ folder: ModelFolder) -> [Finding] {
        let file = folder.place.label(ModelFile.support.name)
        var notes: [Finding] = []
        if gap > 0 {
            notes.append(
                Finding(
                    .note, file: file,
                    "the last count of SEN support is of January \(counted), and the model starts in January \(base): the years between are forecast",
                    remedy: "Add your own census of January \(base)."))
        }
        for phase in phases where phase.counts.reduce(0, +) > phase.peopleAtCount {
            notes.append(
                Finding(
                    .error, file: file, column: "pupils",
                    "January \(counted) has more pupils with SEN support in \(phase.phase.rawValue) schools than people of their ages",
                    remedy: "Count pupils who live in the area, or correct 'people'."))
        }
        for phase in phases where phase.joiners * phase.fromSupport.likely > phase.expected(0, gap: gap) {
            notes.append(
                Finding(
                    .error, file: file, column: "pupils",
                    "more plans begin at ages \(phase.phase.agesAfter.lowerBound) to \(phase.phase.agesAfter.upperBound) in a year than "
                        + "\(phase.phase.rawValue) pupils have SEN support",
                    remedy: "Count all pupils with SEN support, in whole numbers."))
        }
        return notes
    }
}

/// The counts of one phase.
private struct Series {
    /// Pupils by January and code; the empty code stands for all.
    private var pupils: [Int: [String: Double]] = [:]
    /// People of the phase's ages by January, where they are stated.
    private(set) var people: [Int: Double] = [:]

    init(_ rows: [SupportRow], peopleAtBase: Double) {
        for row in rows {
            pupils[row.january, default: [:]][row.need] = row.pupils
            if let stated = row.people { people[row.january] = stated }
        }
        pupils = pupils.mapValues { here in
            let all = here[""] ?? here.values.sorted().reduce(0, +)
            return here.merging(["": all]) { $1 }
        }
    }

    /// Pupils by need in a January, and those whose need is not told.
    func counts(_ january: Int, _ needs: [String?]) -> [Double] {
        let here = pupils[january] ?? [:]
        let told = needs.compactMap { $0 }.reduce(0) { $0 + (here[$1] ?? 0) }
        return needs.map { need in need.map { here[$0] ?? 0 } ?? max((here[""] ?? 0) - told, 0) }
    }

    /// The growth of all pupils with support from each January to the next, beyond that of people where these are known.
    var growth: [Double] {
        steps { pupils[$0]?[""] }.map { january, step in
            guard let now = people[january], let before = people[january - 1] else { return step }
            return step - Double.log(now / before)
        }
    }

    /// The growth of the part of all that a need has.
    func growth(of need: String) -> [Double] {
        steps { january in
            guard let part = pupils[january]?[need], let all = pupils[january]?[""], all > 0 else { return nil }
            return part / all
        }.map(\.step)
    }

    private func steps(_ figure: (Int) -> Double?) -> [(january: Int, step: Double)] {
        pupils.keys.sorted().compactMap { january in
            guard let now = figure(january), let before = figure(january - 1), now > 0, before > 0 else { return nil }
            return (january, Double.log(now / before))
        }
    }
}
