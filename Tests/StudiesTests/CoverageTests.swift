import Calibration
import Foundation
import Projection
import Rates
import Sampling
import Studies
import Testing
import Vocabulary

/// What is learnt from a synthetic authority against what is true of it, with the strengths of pooling learnt too.
@Suite struct CoverageTests {
    private struct Coverage {
        var inside = [0.0, 0.0, 0.0]
        var all = 0.0

        static let levels = [0.50, 0.80, 0.95]

        /// Takes the share of posterior draws below a truth; ties count by half.
        mutating func take(_ share: Double) {
            all += 1
            for (place, level) in Self.levels.enumerated() where abs(share - 0.5) <= level / 2 { inside[place] += 1 }
        }

        mutating func add(_ other: Coverage) {
            all += other.all
            for place in inside.indices { inside[place] += other.inside[place] }
        }

        var shares: [Double] { inside.map { $0 / all } }
    }

    private static let draws = 208

    private func coverage(seed: UInt64, strength: Double) -> [String: Coverage] {
        var prior = SyntheticFrame.prior
        prior.leaving.strengths = prior.leaving.strengths?.map { $0 * strength }
        prior.moving.strengths = prior.moving.strengths?.map { $0 * strength }
        let authority = SyntheticAuthority(plans: 800, years: 5, base: 2026, seed: seed, prior: prior)
        let space = authority.frame.space
        let evidence = authority.evidence
        let rates = FlowRates(from: evidence, seed: seed, runs: Self.draws)
        var stream = RandomStream(seed: seed, deciding: .other)
        var found: [String: Coverage] = [:]
        func place(_ truth: Double, _ draw: (Int) -> Double) -> Double {
            var below = 0.0
            for number in 0..<Self.draws {
                let value = draw(number)
                below += value < truth ? 1 : value == truth ? 0.5 : 0
            }
            return below / Double(Self.draws)
        }
        func share(_ shares: PooledShares, _ row: Int, _ draw: Int) -> Double {
            stream.beta(
                shares.weight(row: row, category: 0, draw: draw), shares.weight(row: row, category: 1, draw: draw))
        }
        for row in 0..<space.count where evidence.left[row] + evidence.remained[row] > 0 {
            let isOpen = !rates.leaving.isImpossible(row: row, category: 1)
            if isOpen {
                found["leaving", default: Coverage()].take(
                    place(truthOfLeaving(authority, row)) { share(rates.leaving, row, $0) })
            }
            let canStay = !rates.moving.isImpossible(row: row, category: 0)
            if isOpen && canStay {
                let truth = 1 - authority.truth.moving[row]
                found["moving", default: Coverage()].take(place(truth) { share(rates.moving, row, $0) })
            }
        }
        for age in 0..<space.ages {
            let joining = rates.joining
            let rank = place(authority.truth.joining[age]) { draw in
                let exposure = Double(joining.exposures[age * joining.draws + draw])
                return stream.gamma(shape: Double(joining.evidence[age] + joining.strengths[draw]), scale: 1 / exposure)
            }
            found["joining", default: Coverage()].take(rank)
        }
        return found
    }

    private func truthOfLeaving(_ authority: SyntheticAuthority, _ row: Int) -> Double { authority.truth.leaving[row] }

    /// The shipped prior: within three points.
    @Test func intervalsOfRatesCoverTheTruth() { expectCoverage(replicates: 200, strength: 1, within: 0.03) }

    /// Authorities whose cells differ much more, or much less, than the prior of the strengths expects: intervals are
    /// then too narrow or too wide, by how much is printed.
    @Test(arguments: [0.25, 4]) func intervalsDriftWhereStrengthsAreFarFromTheirPrior(strength: Double) {
        expectCoverage(replicates: 60, strength: strength, within: 0.12)
    }

    private func expectCoverage(replicates: Int, strength: Double, within tolerance: Double) {
        let results = mapInParallel(replicates) { coverage(seed: UInt64($0) + 1, strength: strength) }
        var total: [String: Coverage] = [:]
        for result in results {
            for (name, coverage) in result { total[name, default: Coverage()].add(coverage) }
        }
        for (name, coverage) in total.sorted(by: { $0.key < $1.key }) {
            let shares = coverage.shares
            let printed = shares.map { String(format: "%.1f", $0 * 100) }
            print("strengths × \(strength), \(name): \(printed) % of \(Int(coverage.all))")
            for (share, level) in zip(shares, Coverage.levels) {
                #expect(abs(share - level) < tolerance, "\(name): \(share) at \(level)")
            }
        }
        #expect(total.count == 3)
    }
}
