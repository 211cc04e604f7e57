import Placement
import Projection
import Sampling
import Vocabulary

/// Counts the children and places of each area of a set, run by run.
struct AreaCounting {
    /// What is counted of an area, for a phase in a January.
    private enum Count: Int, CaseIterable { case people, wanted, places, onRoll }

    /// Counts of some runs: by phase, January, area (the last for places that lie in none) and ``Count``, each with every run.
    private struct Counts {
        var values: [Int32]
        let runs: Int

        mutating func add(_ other: Counts) {
            for place in values.indices { values[place] &+= other.values[place] }
        }
    }

    /// So many runs are counted at a time.
    private static let together = 64

    private let outcome: Outcome
    private let set: AreaSet
    private let phases: [PlacesOutlook.Phase]
    private let allocation: Allocation?
    private let space: StateSpace
    private let bands: Int
    private let steps: Int
    private let firstSeries: Int

    init(_ outcome: Outcome, _ set: AreaSet, _ phases: [PlacesOutlook.Phase]) {
        self.outcome = outcome
        self.set = set
        self.phases = phases
        allocation = outcome[.places].series > 0 ? outcome.placement as? Allocation : nil
        space = outcome.model.space
        bands = outcome.stockLayout.bands.count
        steps = outcome.stocks.steps
        firstSeries = outcome.stockLayout.series([.band, .need])?.lowerBound ?? 0
    }

    /// Every need, then all of them; every phase, then all of them.
    func counted() -> (rows: [AreasOutlook.Row], check: ConservationCheck) {
        var all: [Counts] = []
        var rows: [AreasOutlook.Row] = []
        for need in space.need.codes.indices {
            let series = Series(self, need: need)
            let chunks = mapInParallel((outcome.runs.count + Self.together - 1) / Self.together) { chunk in
                let first = chunk * Self.together
                return count(series, need: need, first..<min(first + Self.together, outcome.runs.count))
            }
            rows += summarise(chunks, need: need)
            if all.isEmpty {
                all = chunks
            } else {
                for chunk in all.indices { all[chunk].add(chunks[chunk]) }
            }
        }
        let ordered = (rows + summarise(all, need: nil)).enumerated().sorted {
            ($0.element.january, $0.offset) < ($1.element.january, $1.offset)
        }
        return (ordered.map(\.element), check(all))
    }

    /// Whether children of all areas are those of the authority, in every run and January.
    private func check(_ all: [Counts]) -> ConservationCheck {
        var (broken, first) = (0, String?.none)
        for step in 0..<steps {
            let whole = outcome.stocks.values(step: step, series: 0) { Array($0) }
            for (chunk, counts) in all.enumerated() {
                for run in 0..<counts.runs {
                    let sum = phases.indices.reduce(Int32(0)) { sum, phase in
                        set.areas.indices.reduce(sum) {
                            $0 + counts.values[place(phase, step, $1, .people, counts.runs) + run]
                        }
                    }
                    if sum == whole[chunk * Self.together + run] { continue }
                    broken += 1
                    first =
                        first
                        ?? "January \(outcome.model.base.january + step), run \(outcome.runs.lowerBound + chunk * Self.together + run)"
                }
            }
        }
        return ConservationCheck(
            name: "areas of '\(set.name)' add up to all", equations: steps * outcome.runs.count, broken: broken,
            firstBroken: first)
    }

    /// Every run's figures of a need, by band and January.
    private struct Series {
        /// Children, and those of them who have or want a place.
        let people: [[[Int32]]]
        let wanted: [[[Int32]]]
        /// Places by area, those in none last, and the children who have them.
        let places: [[[[Int32]]]]
        let onRoll: [[[[Int32]]]]

        init(_ counting: AreaCounting, need: Int) {
            let outcome = counting.outcome
            func all(_ tally: Tally, _ series: (Int) -> Int) -> [[[Int32]]] {
                (0..<counting.bands).map { band in
                    (0..<counting.steps).map { step in
                        outcome[tally].values(step: step, series: series(band)) { Array($0) }
                    }
                }
            }
            people = all(.stocks) { counting.firstSeries + $0 * counting.space.need.count + need }
            guard let allocation = counting.allocation else {
                (wanted, places, onRoll) = ([], [], [])
                return
            }
            func measure(_ measure: Allocation.Measure) -> [[[Int32]]] {
                all(.places) { allocation.series(need: need, band: $0, measure) }
            }
            wanted = zip(measure(.placed), measure(.unmet)).map { zip($0, $1).map { zip($0, $1).map(+) } }
            /// A measure by band, step and area, what is in none last.
            func located(_ what: Allocation.Measure) -> [[[[Int32]]]] {
                let located = counting.set.localities.map { localities in
                    localities.map { locality in
                        all(.places) { allocation.series(locality: locality, need: need, band: $0, what) }
                    }
                }
                let whole = measure(what)
                return whole.indices.map { band in
                    whole[band].indices.map { step in
                        var rest = whole[band][step]
                        let here = located.map { localities in
                            localities.reduce(into: [Int32](repeating: 0, count: rest.count)) { sum, counts in
                                for run in sum.indices { sum[run] += counts[band][step][run] }
                            }
                        }
                        for area in here { for run in rest.indices { rest[run] -= area[run] } }
                        return here + [rest]
                    }
                }
            }
            (places, onRoll) = (located(.places), located(.placed))
        }
    }

    private func place(_ phase: Int, _ step: Int, _ area: Int, _ count: Count, _ runs: Int) -> Int {
        (((phase * steps + step) * (set.areas.count + 1) + area) * Count.allCases.count + count.rawValue) * runs
    }

    /// Counts some runs of a need.
    private func count(_ series: Series, need: Int, _ runs: Range<Int>) -> Counts {
        let size = phases.count * steps * (set.areas.count + 1) * Count.allCases.count * runs.count
        var counts = Counts(values: [Int32](repeating: 0, count: size), runs: runs.count)
        for (phase, ages) in phases.enumerated() {
            for band in ages.bands {
                for run in runs {
                    settle(series, need, band, phase, run, runs, &counts)
                }
                for (count, bands) in [(Count.places, series.places), (.onRoll, series.onRoll)] where !bands.isEmpty {
                    for (step, areas) in bands[band].enumerated() {
                        for (area, figures) in areas.enumerated() {
                            let first = place(phase, step, area, count, runs.count)
                            for run in runs { counts.values[first + run - runs.lowerBound] += figures[run] }
                        }
                    }
                }
            }
        }
        return counts
    }

    /// Gives the children of a need and band a home in one run.
    private func settle(
        _ series: Series, _ need: Int, _ band: Int, _ phase: Int, _ run: Int, _ runs: Range<Int>,
        _ counts: inout Counts
    ) {
        let code = space.need.codes[need]
        let people = (0..<steps).map { series.people[band][$0][run] }
        let wanted = series.wanted.isEmpty ? [] : (0..<steps).map { series.wanted[band][$0][run] }
        guard people.contains(where: { $0 > 0 }) else { return }
        let (number, seed) = (outcome.runs.lowerBound + run, outcome.seeds.local)
        let shares = set.shares(
            need: (need, code), band: band, bands: bands, run: number, seed: seed,
            atMean: outcome.uncertainty == .chance)
        var homes = AreaHomes(
            shares,
            RandomStream(
                seed: seed, run: UInt32(number), deciding: .areas,
                state: stableKey(set.name, "homes", code, outcome.stockLayout.bands[band].name)))
        homes.count(people + wanted) { number, drawn in
            // Who was counted at the base lives where it was counted.
            let children = number == 0 ? set.base[need * bands + band] ?? drawn : drawn
            let (count, step) = number < steps ? (Count.people, number) : (Count.wanted, number - steps)
            for area in children.indices {
                counts.values[place(phase, step, area, count, runs.count) + run - runs.lowerBound] += children[area]
            }
        }
    }

    /// What the counts of a need are over all runs.
    private func summarise(_ chunks: [Counts], need: Int?) -> [AreasOutlook.Row] {
        let areas = set.areas.count + 1
        return mapInParallel((phases.count + 1) * steps * areas) { index -> AreasOutlook.Row? in
            let (rest, area) = index.quotientAndRemainder(dividingBy: areas)
            let (phase, step) = rest.quotientAndRemainder(dividingBy: steps)
            func runs(_ count: Count, _ area: Int) -> [Int32] {
                let parts = phase < phases.count ? phase...phase : 0...phases.count - 1
                return chunks.flatMap { chunk in
                    (0..<chunk.runs).map { run in
                        parts.reduce(0) { $0 + chunk.values[place($1, step, area, count, chunk.runs) + run] }
                    }
                }
            }
            return row(
                runs, step: step, area: area, need: need, phase: phase < phases.count ? phase : nil)
        }.compactMap { $0 }
    }

    private func row(
        _ runs: (Count, Int) -> [Int32], step: Int, area: Int, need: Int?, phase: Int?
    ) -> AreasOutlook.Row? {
        let isNowhere = area == set.areas.count
        let people = Summary(of: runs(.people, area))
        let january = outcome.model.base.january + step
        guard allocation != nil else {
            if people.mean == 0 { return nil }
            return AreasOutlook.Row(
                january: january, area: area, need: need, phase: phase, people: people, wanted: nil, places: nil,
                onRoll: nil, gap: nil, outside: nil)
        }
        let (wanted, places) = (runs(.wanted, area), runs(.places, area))
        if people.mean == 0 && places.allSatisfy({ $0 == 0 }) { return nil }
        let nowhere = isNowhere ? [] : runs(.places, set.areas.count)
        let gap = zip(wanted, places).map(-)
        let isKnown = nowhere.allSatisfy { $0 == 0 }
        return AreasOutlook.Row(
            january: january, area: isNowhere ? nil : area, need: need, phase: phase, people: people,
            wanted: Summary(of: wanted), places: Summary(of: places), onRoll: Summary(of: runs(.onRoll, area)),
            gap: isNowhere || !isKnown ? nil : Summary(of: gap),
            outside: isNowhere ? nil : Summary(of: zip(gap, nowhere).map { max($0 - $1, 0) }))
    }
}
