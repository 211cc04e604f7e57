import Placement
import Projection
import Sampling
import Vocabulary

/// Counts the children and places of each area of a set, run by run.
struct AreaCounting {
    /// What is counted of an area, for a phase in a January.
    enum Count: Int, CaseIterable { case people, wanted, places, onRoll }

    /// By phase, January, area (the last for places that lie in none) and ``Count``, each with every run.
    private typealias Counts = UnsafeMutableBufferPointer<Int32>

    /// So many runs are counted at a time.
    private static let together = 64

    private let outcome: Outcome
    /// What has been counted of earlier stretches; `nil` where these are all runs.
    private let tallies: AreaTallies?
    private let baseline: AreasOutlook.Part?
    private let set: AreaSet
    private let phases: [PlacesOutlook.Phase]
    private let allocation: Allocation?
    private let space: StateSpace
    private let bands: Int
    private let steps: Int
    private let firstSeries: Int

    /// Counts stretch by stretch: rows January by January, every need, then all of them; every phase, then all of them.
    static func counted(
        _ outcome: Outcome, _ set: AreaSet, _ phases: [PlacesOutlook.Phase], beside baseline: AreasOutlook.Part?
    ) -> (part: AreasOutlook.Part, check: ConservationCheck) {
        let tallies = outcome.isLong ? AreaTallies() : nil
        var counted: [[AreasOutlook.Figures?]] = []
        var checks: [ConservationCheck] = []
        for stretch in outcome.stretches {
            let counting = AreaCounting(stretch.outcome, set, phases, tallies, baseline)
            let (figures, check) = counting.counted()
            counted = figures
            checks.append(check)
        }
        let check = ConservationCheck(
            name: "areas of '\(set.name)' add up to all", equations: checks.reduce(0) { $0 + $1.equations },
            broken: checks.reduce(0) { $0 + $1.broken }, firstBroken: checks.lazy.compactMap(\.firstBroken).first)
        let rows = rows(of: counted, base: outcome.model.base.january, steps: outcome.stocks.steps, set, phases)
        return (AreasOutlook.Part(set: set, rows: rows, counted: counted), check)
    }

    private static func rows(
        of counted: [[AreasOutlook.Figures?]], base: Int, steps: Int, _ set: AreaSet, _ phases: [PlacesOutlook.Phase]
    ) -> [AreasOutlook.Row] {
        let areas = set.areas.count + 1
        var rows: [AreasOutlook.Row] = []
        rows.reserveCapacity(counted.reduce(0) { $0 + $1.count })
        for step in 0..<steps {
            for (need, figures) in counted.enumerated() {
                for place in 0..<(phases.count + 1) * areas {
                    let (phase, area) = place.quotientAndRemainder(dividingBy: areas)
                    guard let figures = figures[(phase * steps + step) * areas + area] else { continue }
                    rows.append(
                        AreasOutlook.Row(
                            january: base + step, area: area < set.areas.count ? area : nil,
                            need: need < counted.count - 1 ? need : nil, phase: phase < phases.count ? phase : nil,
                            figures: figures))
                }
            }
        }
        return rows
    }

    private init(
        _ outcome: Outcome, _ set: AreaSet, _ phases: [PlacesOutlook.Phase], _ tallies: AreaTallies?,
        _ baseline: AreasOutlook.Part?
    ) {
        (self.tallies, self.baseline) = (tallies, baseline)
        self.outcome = outcome
        self.set = set
        self.phases = phases
        allocation = outcome[.places].series > 0 ? outcome.placement as? Allocation : nil
        space = outcome.model.space
        bands = outcome.stockLayout.bands.count
        steps = outcome.stocks.steps
        firstSeries = outcome.stockLayout.series([.band, .need])?.lowerBound ?? 0
    }

    /// The figures of each need, the last of all of them, over all runs that have come.
    private func counted() -> (figures: [[AreasOutlook.Figures?]], check: ConservationCheck) {
        let size = countsPerRun * outcome.runs.count
        let (counts, all) = (Counts.allocate(capacity: size), Counts.allocate(capacity: size))
        defer {
            counts.deallocate()
            all.deallocate()
        }
        all.initialize(repeating: 0)
        var figures: [[AreasOutlook.Figures?]] = []
        for need in space.need.codes.indices {
            counts.initialize(repeating: 0)
            settle(need: need, counts)
            if let allocation { countPlaces(allocation, need: need, counts) }
            figures.append(summarise(counts, need: need))
            for place in all.indices { all[place] &+= counts[place] }
        }
        figures.append(summarise(all, need: space.need.codes.count))
        return (figures, check(all))
    }

    /// Whether children of all areas are those of the authority, in every run and January.
    private func check(_ all: Counts) -> ConservationCheck {
        var (broken, first) = (0, String?.none)
        for step in 0..<steps {
            var sums = [Int32](repeating: 0, count: outcome.runs.count)
            for phase in phases.indices {
                for area in set.areas.indices {
                    for (run, people) in self.runs(all, phase, step, area, .people).enumerated() { sums[run] += people }
                }
            }
            outcome.stocks.values(step: step, series: 0) { whole in
                for run in sums.indices where sums[run] != whole[run] {
                    broken += 1
                    first =
                        first ?? "January \(outcome.model.base.january + step), run \(outcome.runs.lowerBound + run)"
                }
            }
        }
        return ConservationCheck(
            name: "areas of '\(set.name)' add up to all", equations: steps * outcome.runs.count, broken: broken,
            firstBroken: first)
    }

    /// Where a count is among those of a run.
    private func place(_ phase: Int, _ step: Int, _ area: Int, _ count: Count) -> Int {
        ((phase * steps + step) * (set.areas.count + 1) + area) * Count.allCases.count + count.rawValue
    }

    /// How many counts a run has.
    private var countsPerRun: Int { place(phases.count, 0, 0, .people) }

    /// Every run's count.
    private func runs(_ counts: Counts, _ phase: Int, _ step: Int, _ area: Int, _ count: Count) -> Counts {
        let place = place(phase, step, area, count)
        return Counts(rebasing: counts[place * outcome.runs.count..<(place + 1) * outcome.runs.count])
    }

    /// Counts the places of a need by area, and the children who have them.
    private func countPlaces(_ allocation: Allocation, need: Int, _ counts: Counts) {
        let totals = outcome[.places]
        for (phase, ages) in phases.enumerated() {
            for (count, what) in [(Count.places, Allocation.Measure.places), (.onRoll, .placed)] {
                for (band, step) in ages.bands.flatMap({ band in (0..<steps).map { (band, $0) } }) {
                    let rest = runs(counts, phase, step, set.areas.count, count)
                    totals.add(
                        step: step, series: allocation.series(need: need, band: band, what), times: 1, to: rest)
                    for (area, localities) in set.localities.enumerated() {
                        let here = runs(counts, phase, step, area, count)
                        for locality in localities {
                            let series = allocation.series(locality: locality, need: need, band: band, what)
                            totals.add(step: step, series: series, times: 1, to: here)
                            totals.add(step: step, series: series, times: -1, to: rest)
                        }
                    }
                }
            }
        }
    }

    /// Gives the children of a need a home.
    private func settle(need: Int, _ counts: Counts) {
        func values(_ tally: Tally, _ step: Int, _ series: Int) -> [Int32] {
            outcome[tally].values(step: step, series: series) { Array($0) }
        }
        /// Every run's figures by band: in all, by January; then those of them who have or want a place.
        let figures = (0..<bands).map { band in
            let people = (0..<steps).map { values(.stocks, $0, firstSeries + band * space.need.count + need) }
            guard let allocation else { return people }
            return people
                + (0..<steps).map { step in
                    let placed = values(.places, step, allocation.series(need: need, band: band, .placed))
                    let unmet = values(.places, step, allocation.series(need: need, band: band, .unmet))
                    return zip(placed, unmet).map(+)
                }
        }
        let keys = outcome.stockLayout.bands.map { stableKey(set.name, "homes", space.need.codes[need], $0.name) }
        // Workers write disjoint runs.
        nonisolated(unsafe) let counts = counts
        _ = mapInParallel((outcome.runs.count + Self.together - 1) / Self.together) { chunk in
            let first = chunk * Self.together
            let chosen = first..<min(first + Self.together, outcome.runs.count)
            // Run by run first, for a count's runs lie far from the next count's.
            var byRun = [Int32](repeating: 0, count: chosen.count * countsPerRun)
            for run in chosen {
                var known: [Int: [Double]] = [:]
                for (phase, ages) in phases.enumerated() {
                    for band in ages.bands {
                        settle(
                            figures[band].map { $0[run] }, (need, band, phase, keys[band]), run: run, &known,
                            &byRun, from: (run - first) * countsPerRun)
                    }
                }
            }
            for place in 0..<countsPerRun {
                for run in chosen {
                    counts[place * outcome.runs.count + run] = byRun[(run - first) * countsPerRun + place]
                }
            }
        }
    }

    /// Gives the children of a need and band a home in one run.
    /// - Parameters:
    ///   - children: in all, by January; then those of them who have or want a place.
    ///   - cell: whose, with the key of the random numbers that give homes.
    ///   - counts: of several runs, of which this run's begin at a place.
    private func settle(
        _ children: [Int32], _ cell: (need: Int, band: Int, phase: Int, key: UInt32), run: Int,
        _ known: inout [Int: [Double]], _ counts: inout [Int32], from start: Int
    ) {
        guard children[..<steps].contains(where: { $0 > 0 }) else { return }
        let code = space.need.codes[cell.need]
        let (number, seed) = (outcome.runs.lowerBound + run, outcome.seeds.local)
        let shares = set.shares(
            need: (cell.need, code), band: cell.band, bands: bands, run: number, seed: seed,
            atMean: outcome.uncertainty == .chance, known: &known)
        var homes = AreaHomes(
            shares,
            RandomStream(
                seed: seed, run: UInt32(number), deciding: .areas,
                state: cell.key))
        let base = set.base[cell.need * bands + cell.band]
        homes.count(children) { number, drawn in
            // Who was counted at the base lives where it was counted.
            let children = number == 0 ? base ?? drawn : drawn
            let (count, step) = number < steps ? (Count.people, number) : (Count.wanted, number - steps)
            let first = start + place(cell.phase, step, 0, count)
            for area in children.indices { counts[first + area * Count.allCases.count] += children[area] }
        }
    }

    /// What the counts of a need are over all runs, phase by phase and then of all, by January and area; `nil` where there is nobody and no
    /// place.
    private func summarise(_ counts: Counts, need: Int) -> [AreasOutlook.Figures?] {
        let areas = set.areas.count + 1
        tallies?.begin(need: need, rows: (phases.count + 1) * steps * areas)
        // Nobody writes while they are summarised.
        nonisolated(unsafe) let counts = counts
        return mapInParallel((phases.count + 1) * steps * areas) { index in
            let (rest, area) = index.quotientAndRemainder(dividingBy: areas)
            let (phase, step) = rest.quotientAndRemainder(dividingBy: steps)
            func sums(_ count: Count, _ area: Int) -> [Int32] {
                let parts = phase < phases.count ? phase...phase : 0...phases.count - 1
                var sums = Array(runs(counts, parts.lowerBound, step, area, count))
                for part in parts.dropFirst() {
                    for (run, more) in runs(counts, part, step, area, count).enumerated() { sums[run] += more }
                }
                return sums
            }
            let figures = figures(sums, area: area) { figure, values in
                tallies.map { $0.summary(figure, of: index, need: need, adding: values) } ?? Summary(of: values)
            }
            if let known = baseline?.counted[need][index], known == figures { return known }
            return figures
        }
    }

    private func figures(
        _ runs: (Count, Int) -> [Int32], area: Int, _ summary: (AreaTallies.Figure, [Int32]) -> Summary
    ) -> AreasOutlook.Figures? {
        let isNowhere = area == set.areas.count
        let people = summary(.people, runs(.people, area))
        guard allocation != nil else { return people.mean == 0 ? nil : AreasOutlook.Figures(people: people) }
        let (wanted, places) = (runs(.wanted, area), runs(.places, area))
        let open = summary(.places, places)
        if tallies == nil && people.mean == 0 && open.mean == 0 { return nil }
        let nowhere = runs(.places, set.areas.count)
        let gap = zip(wanted, places).map(-)
        let (short, isKnown) = (summary(.gap, gap), summary(.nowhere, nowhere).mean == 0)
        let outside = summary(.outside, zip(gap, nowhere).map { max($0 - $1, 0) })
        let figures = AreasOutlook.Figures(
            people: people, wanted: summary(.wanted, wanted), places: open,
            onRoll: summary(.onRoll, runs(.onRoll, area)),
            gap: isNowhere || !isKnown ? nil : short, outside: isNowhere ? nil : outside)
        return people.mean == 0 && open.mean == 0 ? nil : figures
    }
}
