import Placement
import Projection
import Sampling
import Vocabulary

/// Children against places: by provision, and by need and band of ages, in every January.
package struct PlacesOutlook: Sendable {
    /// Who is counted.
    package enum Subject: Sendable, Equatable {
        /// A provision, by its position.
        case provision(Int)
        /// Positions of a need and a band of ages; `nil` for all.
        case children(need: Int?, band: Int?)
        /// Positions of a need, `nil` for all, and of a phase of education.
        case phase(need: Int?, phase: Int)
    }

    /// Bands of ages that strategies plan places for together.
    package struct Phase: Sendable, Equatable {
        /// What it is called.
        package let name: String
        /// The positions of its bands.
        package let bands: Range<Int>

        /// Primary, secondary and post-16 of plans, ages up to 10, 11 to 15 and from 16 on 31 August; of children in care each band.
        static func all(of bands: [AgeBand], _ service: Service) -> [Phase] {
            guard service == .plans else {
                return bands.indices.map { Phase(name: bands[$0].name, bands: $0..<$0 + 1) }
            }
            let secondary = bands.firstIndex { $0.ages.lowerBound >= 11 } ?? bands.count
            let later = bands.firstIndex { $0.ages.lowerBound >= 16 } ?? bands.count
            return [
                Phase(name: "primary", bands: 0..<secondary), Phase(name: "secondary", bands: secondary..<later),
                Phase(name: "post-16", bands: later..<bands.count),
            ]
        }
    }

    /// What is counted of a subject.
    package enum Measure: String, Sendable, CaseIterable {
        /// Places for children of this authority.
        case places
        /// Children who have one, and those who are elsewhere and would have one.
        case wanted
        /// Children who have one.
        case placed
        /// Children who asked in this January and got none.
        case displaced
        /// Children who are elsewhere and would have a place, this January's displaced among them.
        case unmet
        /// Places that nobody has.
        case empty
        /// Wanted less places: what is short where above 0, to spare where below.
        case gap
        /// Children placed per hundred places; 0 where there are none.
        case occupancy = "occupancy, %"
    }

    /// A subject in a January.
    package struct Row: Sendable {
        /// The January of the count.
        package let january: Int
        /// Who is counted.
        package let subject: Subject
        /// Every measure, in the order of its cases.
        package let counts: [Summary]
        /// The share of runs in which more places are wanted than there are.
        package let shortfall: Double

        /// A measure.
        package subscript(measure: Measure) -> Summary {
            counts[Measure.allCases.firstIndex(of: measure) ?? 0]
        }
    }

    /// Who has places.
    package let allocation: Allocation
    /// The phases that places are planned for.
    package let phases: [Phase]
    /// All rows, January by January.
    package let rows: [Row]
    /// Every run's children who are elsewhere and would have a place, by January, the base first.
    package let unmet: [[Int32]]

    /// Summarises an outcome; `nil` where nothing is full.
    package init?(_ outcome: Outcome) {
        guard let allocation = outcome.placement as? Allocation, outcome[.places].series > 0 else { return nil }
        self.allocation = allocation
        let phases = Phase.all(of: allocation.bands, allocation.space.service)
        self.phases = phases
        let subjects = Self.subjects(allocation, phases)
        let base = outcome.model.base.january
        rows = mapInParallel(outcome[.places].steps * subjects.count) { index in
            let (step, place) = index.quotientAndRemainder(dividingBy: subjects.count)
            return Self.row(outcome, allocation, phases, subjects[place], step: step, january: base + step)
        }
        unmet = (0..<outcome[.places].steps).map { step in
            Self.runs(outcome, allocation, phases, .children(need: nil, band: nil), .unmet, step: step)
        }
    }

    /// A subject in a January.
    package func row(_ subject: Subject, january: Int) -> Row? {
        rows.first { $0.january == january && $0.subject == subject }
    }

    private static func subjects(_ allocation: Allocation, _ phases: [Phase]) -> [Subject] {
        let needs = [nil] + allocation.space.need.codes.indices.map(Optional.some)
        let bands = [nil] + allocation.bands.indices.map(Optional.some)
        return allocation.provisions.indices.map { Subject.provision($0) }
            + needs.flatMap { need in bands.map { Subject.children(need: need, band: $0) } }
            + needs.flatMap { need in phases.indices.map { Subject.phase(need: need, phase: $0) } }
    }

    private static func row(
        _ outcome: Outcome, _ allocation: Allocation, _ phases: [Phase], _ subject: Subject, step: Int, january: Int
    ) -> Row {
        func runs(_ measure: Allocation.Measure) -> [Int32] {
            self.runs(outcome, allocation, phases, subject, measure, step: step)
        }
        let (places, placed, displaced) = (runs(.places), runs(.placed), runs(.displaced))
        let (unmet, empty) = (runs(.unmet), runs(.empty))
        let wanted = zip(placed, unmet).map(+)
        let gap = zip(wanted, places).map(-)
        let occupancy = zip(placed, places).map { $1 > 0 ? 100 * Double($0) / Double($1) : 0 }
        let short = zip(wanted, places).count { $0 > $1 }
        return Row(
            january: january, subject: subject,
            counts: [places, wanted, placed, displaced, unmet, empty, gap].map { Summary(of: $0) } + [
                Summary(of: occupancy)
            ],
            shortfall: Double(short) / Double(max(wanted.count, 1)))
    }

    /// Figures of every run, summed over the series of a subject.
    private static func runs(
        _ outcome: Outcome, _ allocation: Allocation, _ phases: [Phase], _ subject: Subject,
        _ measure: Allocation.Measure, step: Int
    ) -> [Int32] {
        var series: [Int] = []
        func add(_ need: Int?, _ bands: some Sequence<Int>) {
            for need in need.map({ $0...$0 }) ?? 0...allocation.space.need.count - 1 {
                for band in bands { series.append(allocation.series(need: need, band: band, measure)) }
            }
        }
        switch subject {
        case .provision(let number): series = [allocation.series(provision: number, measure)]
        case .children(nil, nil):
            series = allocation.provisions.indices.map { allocation.series(provision: $0, measure) }
        case .children(let need, let band): add(need, band.map { $0..<$0 + 1 } ?? allocation.bands.indices)
        case .phase(let need, let phase): add(need, phases[phase].bands)
        }
        var sums = [Int32](repeating: 0, count: outcome.runs.count)
        for number in series {
            outcome[.places].add(step: step, series: number, times: 1, to: &sums)
        }
        return sums
    }
}

/// Places under another baseline than that of a run, so that the gap can be seen under both.
package struct OtherBaseline: Sendable {
    /// What is taken for granted of places.
    package let baseline: PlacesBaseline
    /// How many runs it was simulated in: the first of the run, on the same draws.
    package let runs: Int
    /// Children against places.
    package let places: PlacesOutlook
}

/// What a scheme costs to build and when it opens, over the runs.
package struct SchemeOutlook: Sendable {
    /// The scheme.
    package let scheme: Scheme
    /// Pounds of capital with the run's overrun.
    package let capital: Summary
    /// Years by which it opens late.
    package let delay: Summary

    /// Draws what every run of an outcome draws.
    package init(_ scheme: Scheme, _ outcome: Outcome) {
        self.scheme = scheme
        capital = Summary(of: Self.capital(scheme, outcome))
        let steps = Double(outcome.model.space.stepsPerYear)
        delay = Summary(of: Self.draws(scheme.delay, outcome).map { ($0 * steps + 0.5).rounded(.down) / steps })
    }

    /// Pounds of capital of every run, with its overrun.
    static func capital(_ scheme: Scheme, _ outcome: Outcome) -> [Double] {
        draws(scheme.overrun, outcome).map { $0 * scheme.cost }
    }

    private static func draws(_ number: UncertainNumber, _ outcome: Outcome) -> [Double] {
        number.draws(
            outcome.runs, seed: outcome.seeds.local(.places), deciding: .schemes,
            atMedian: outcome.uncertainty == .chance)
    }
}
