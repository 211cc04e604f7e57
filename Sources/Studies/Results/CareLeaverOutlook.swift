import Intake
import Projection
import Sampling
import Vocabulary

/// Young people who have left care, by age and accommodation, on every 31 March of every run.
///
/// Those of 18 are the children who leave care on their 18th birthday in the year, times what `care-leavers.csv` states for each; those of a
/// later age are the ones of the year before, of whom the stated share remains. Shares and ratios are drawn once a run, people and where they
/// live by chance every year. At the base there are as many as the file says.
package struct CareLeaverOutlook: Sendable {
    /// Who is counted on a 31 March.
    package struct Row: Sendable {
        /// The year of the 31 March.
        package let march: Int
        /// The age; `nil` for all.
        package let age: Int?
        /// The kind of accommodation; `nil` for all.
        package let accommodation: String?
        /// Over the runs.
        package let people: Summary
    }

    /// Every 31 March: all, every age, then every kind of accommodation.
    package let rows: [Row]
    /// The kinds of accommodation, in the order of the file.
    package let kinds: [String]
    /// The worst of the ratings.
    package let quality: AssumptionQuality
    /// People of every run by kind of accommodation and 31 March; the last kind is all of them.
    private var runs: [[[Int32]]]
    private let base: Int

    /// - Parameter summaries: of all runs, where these are some of them.
    /// - Returns: `nil` where the model has no care leavers.
    /// - Precondition: the outcome has leavers by age.
    package init?(_ outcome: Outcome, _ given: GivenCareLeavers, _ summaries: RunSummaries) {
        guard !given.ages.isEmpty else { return nil }
        let ages = given.ages.sorted { $0.age < $1.age }
        let kinds = given.accommodation.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let steps = outcome.stocks.steps
        let leavers = Self.leavers(outcome)
        let counted = mapInParallel(outcome.runs.count) { run in
            FollowedCareLeavers(
                ages, given.accommodation, kinds, left: leavers.map { $0[run] }, seed: outcome.seeds.local,
                run: outcome.runs.lowerBound + run, atMedian: outcome.uncertainty == .chance)
        }
        base = outcome.model.base.january
        self.kinds = kinds
        quality = (ages.map(\.quality) + given.accommodation.map(\.quality)).worst ?? .red
        let runs = (0...kinds.count).map { kind in
            (0..<steps).map { step in counted.map { kind == kinds.count ? $0.all(step) : $0.byKind[step][kind] } }
        }
        var rows: [Row] = []
        for step in 0..<steps {
            let march = outcome.model.base.january + step
            func row(_ age: Int?, _ kind: Int?, _ people: [Int32]) -> Row {
                Row(
                    march: march, age: age, accommodation: kind.map { kinds[$0] },
                    people: summaries(people))
            }
            rows.append(row(nil, nil, runs[kinds.count][step]))
            rows += ages.enumerated().map { place, age in row(age.age, nil, counted.map { $0.byAge[step][place] }) }
            rows += kinds.indices.map { row(nil, $0, runs[$0][step]) }
        }
        self.rows = rows
        self.runs = runs
    }

    /// The same without every run's figures.
    func withoutRuns() -> CareLeaverOutlook {
        var outlook = self
        outlook.runs = []
        return outlook
    }

    /// Those on a 31 March of all ages in a kind of accommodation, or in all.
    package func row(march: Int, _ accommodation: String? = nil) -> Row? {
        rows.first { $0.march == march && $0.age == nil && $0.accommodation == accommodation }
    }

    /// Those of an age on a 31 March.
    package func row(march: Int, age: Int) -> Row? { rows.first { $0.march == march && $0.age == age } }

    /// How many there are of every run through each financial year, the mean of its two ends: of a kind of accommodation by its name, of all
    /// under any other.
    package func throughYears(_ name: String) -> [[Double]] {
        let people = runs[kinds.firstIndex(of: name) ?? kinds.count]
        return people.indices.dropLast().map { step in
            zip(people[step], people[step + 1]).map { (Double($0) + Double($1)) / 2 }
        }
    }

    /// The children of every run who leave care on their 18th birthday, year by year.
    private static func leavers(_ outcome: Outcome) -> [[Int32]] {
        guard let ages = outcome.flowLayout.series(.age) else {
            preconditionFailure("care leavers need leavers by age")
        }
        return (0..<outcome.model.horizon).map { step in
            outcome[.left].values(step: step, series: ages.upperBound - 1) { Array($0) }
        }
    }
}

/// The care leavers of one run.
private struct FollowedCareLeavers: Sendable {
    /// By 31 March and age.
    private(set) var byAge: [[Int32]] = []
    /// By 31 March and kind of accommodation.
    private(set) var byKind: [[Int32]] = []

    func all(_ step: Int) -> Int32 { byAge[step].reduce(0, +) }

    private let seed: UInt64
    private let run: UInt32
    private let atMedian: Bool

    /// - Parameter left: children who leave care at 18, by projected year.
    init(
        _ ages: [CareLeaverRow], _ accommodation: [AccommodationRow], _ kinds: [String], left: [Int32], seed: UInt64,
        run: Int, atMedian: Bool
    ) {
        (self.seed, self.run, self.atMedian) = (seed, UInt32(run), atMedian)
        let stays = ages.map { draw($0.stays, stableKey("stays", String($0.age))) }
        // Who is in doubt at the base is so as much as who remains: one draw for both.
        var now = ages.map { row in
            Int32(draw(row.people, stableKey("stays", String(row.age))).rounded())
        }
        let shares = ages.map { age in
            kinds.map { kind -> Double in
                let row = accommodation.first { $0.name == kind && $0.ages.contains(age.age) }
                return row.map { draw($0.share, stableKey("accommodation", "\($0.name) \($0.first)")) } ?? 0
            }
        }
        for step in 0...left.count {
            if step > 0 {
                let before = now
                for place in ages.indices {
                    var stream = RandomStream(
                        seed: seed, run: self.run, year: step, deciding: .careLeavers,
                        state: stableKey("people", String(ages[place].age)))
                    let from = place == 0 ? left[step - 1] : before[place - 1]
                    now[place] = Int32(Self.remaining(Int(from), stays[place], &stream))
                }
            }
            byAge.append(now)
            byKind.append(accommodated(now, ages, shares, step))
        }
    }

    /// One of so many people times a ratio that may be above 1.
    private static func remaining(_ people: Int, _ ratio: Double, _ stream: inout RandomStream) -> Int {
        let whole = Int(ratio)
        return people * whole + stream.binomial(people, min(max(ratio - Double(whole), 0), 1))
    }

    private func accommodated(
        _ people: [Int32], _ ages: [CareLeaverRow], _ shares: [[Double]], _ step: Int
    ) -> [Int32] {
        var sums = [Int32](repeating: 0, count: shares.first?.count ?? 0)
        for place in ages.indices where people[place] > 0 && shares[place].contains(where: { $0 > 0 }) {
            var stream = RandomStream(
                seed: seed, run: run, year: step, deciding: .careLeavers,
                state: stableKey("homes", String(ages[place].age)))
            for (kind, count) in stream.multinomial(Int(people[place]), shares[place]).enumerated() {
                sums[kind] += Int32(count)
            }
        }
        return sums
    }

    private func draw(_ stated: Bracket, _ key: UInt32) -> Double {
        UncertainNumber(stated, key: key)
            .draws(Int(run)..<Int(run) + 1, seed: seed, deciding: .careLeavers, atMedian: atMedian)[0]
    }
}
