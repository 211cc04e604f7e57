import Placement
import Projection
import Sampling
import Vocabulary

/// Children against places: by provision, and by need and band of ages, in every January.
public struct PlacesOutlook: Sendable {
    /// Who is counted.
    public enum Subject: Sendable, Equatable {
        /// A provision, by its position.
        case provision(Int)
        /// Positions of a need and a band of ages; `nil` for all.
        case children(need: Int?, band: Int?)
    }

    /// What is counted of a subject.
    public enum Measure: String, Sendable, CaseIterable {
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
    public struct Row: Sendable {
        /// The January of the count.
        public let january: Int
        /// Who is counted.
        public let subject: Subject
        /// Every measure, in the order of its cases.
        public let counts: [Summary]
        /// The share of runs in which more places are wanted than there are.
        public let shortfall: Double

        /// A measure.
        public subscript(measure: Measure) -> Summary {
            counts[Measure.allCases.firstIndex(of: measure) ?? 0]
        }
    }

    /// Who has places.
    public let allocation: Allocation
    /// All rows, January by January.
    public let rows: [Row]
    /// Every run's children who are elsewhere and would have a place, by January, the base first.
    public let unmet: [[Int32]]

    /// Summarises an outcome; `nil` where nothing is full.
    public init?(_ outcome: Outcome) {
        guard let allocation = outcome.placement as? Allocation, outcome[.places].series > 0 else { return nil }
        self.allocation = allocation
        let subjects = Self.subjects(allocation)
        let base = outcome.model.base.january
        rows = mapInParallel(outcome[.places].steps * subjects.count) { index in
            let (step, place) = index.quotientAndRemainder(dividingBy: subjects.count)
            return Self.row(outcome, allocation, subjects[place], step: step, january: base + step)
        }
        unmet = (0..<outcome[.places].steps).map { step in
            Self.runs(outcome, allocation, .children(need: nil, band: nil), .unmet, step: step)
        }
    }

    /// A subject in a January.
    public func row(_ subject: Subject, january: Int) -> Row? {
        rows.first { $0.january == january && $0.subject == subject }
    }

    private static func subjects(_ allocation: Allocation) -> [Subject] {
        let needs = [nil] + allocation.space.need.codes.indices.map(Optional.some)
        let bands = [nil] + allocation.bands.indices.map(Optional.some)
        return allocation.provisions.indices.map { Subject.provision($0) }
            + needs.flatMap { need in bands.map { Subject.children(need: need, band: $0) } }
    }

    private static func row(
        _ outcome: Outcome, _ allocation: Allocation, _ subject: Subject, step: Int, january: Int
    ) -> Row {
        func runs(_ measure: Allocation.Measure) -> [Int32] {
            self.runs(outcome, allocation, subject, measure, step: step)
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
        _ outcome: Outcome, _ allocation: Allocation, _ subject: Subject, _ measure: Allocation.Measure, step: Int
    ) -> [Int32] {
        var series: [Int] = []
        switch subject {
        case .provision(let number): series = [allocation.series(provision: number, measure)]
        case .children(nil, nil):
            series = allocation.provisions.indices.map { allocation.series(provision: $0, measure) }
        case .children(let need, let band):
            for need in need.map({ $0...$0 }) ?? 0...allocation.space.need.count - 1 {
                for band in band.map({ $0...$0 }) ?? 0...allocation.bands.count - 1 {
                    series.append(allocation.series(need: need, band: band, measure))
                }
            }
        }
        var sums = [Int32](repeating: 0, count: outcome.runs.count)
        for number in series {
            outcome[.places].values(step: step, series: number) { values in
                sums.withUnsafeMutableBufferPointer { sums in
                    for run in values.indices { sums[run] &+= values[run] }
                }
            }
        }
        return sums
    }
}

/// What a scheme costs to build and when it opens, over the runs.
public struct SchemeOutlook: Sendable {
    /// The scheme.
    public let scheme: Scheme
    /// Pounds of capital with the run's overrun.
    public let capital: Summary
    /// Years by which it opens late.
    public let delay: Summary

    /// Draws what every run of an outcome draws.
    public init(_ scheme: Scheme, _ outcome: Outcome) {
        self.scheme = scheme
        capital = Summary(of: Self.capital(scheme, outcome))
        delay = Summary(of: Self.draws(scheme.delay, outcome).map { ($0 + 0.5).rounded(.down) })
    }

    /// Pounds of capital of every run, with its overrun.
    static func capital(_ scheme: Scheme, _ outcome: Outcome) -> [Double] {
        draws(scheme.overrun, outcome).map { $0 * scheme.cost }
    }

    private static func draws(_ number: UncertainNumber, _ outcome: Outcome) -> [Double] {
        number.draws(
            outcome.runs, seed: outcome.seeds.local, deciding: .schemes, atMedian: outcome.uncertainty == .chance)
    }
}
