import LinearAlgebra
import RealModule
import Vocabulary

/// Shares of all plans that groups of settings are to have, year by year.
///
/// What enters the settings of a group, by moves and by joining, is multiplied by one factor a year (a *tilt*; staying is a move to the
/// setting where one is), found once from expected people, so that their shares are met. Runs keep the tilts, and stray about the
/// shares by the pull of each group (``SharedDeviations/entering``). After the last year the last tilts stay.
public struct SettingMix: Sendable, Equatable {
    /// The settings of each group; those of none are a group of their own, which has what is left.
    public let groups: [[Int]]
    /// Shares by year after the base and group; they add up to 1, or to less where settings are left over.
    public let shares: [[Double]]

    /// States shares.
    /// - Precondition: a share of each group in every year, and no setting twice.
    public init(groups: [[Int]], shares: [[Double]]) {
        precondition(shares.allSatisfy { $0.count == groups.count }, "a share for each group")
        precondition(Set(groups.joined()).count == groups.joined().count, "a setting is in one group")
        self.groups = groups
        self.shares = shares
    }

    /// Within which a year's factors lie.
    static let limits = 0.2...5.0

    /// All groups with all settings, and a year's shares, which add up to 1.
    func complete(year: Int, settings: Int) -> (groups: [[Int]], shares: [Double]) {
        let known = Set(groups.joined())
        let others = (0..<settings).filter { !known.contains($0) }
        let sum = shares[year].reduce(0, +)
        if others.isEmpty { return (groups, shares[year].map { $0 / max(sum, 1e-9) }) }
        return (groups + [others], shares[year] + [max(1 - sum, 0)])
    }
}

/// One year of expected people, before it is known where they go: what a year's tilts are found from.
struct MixYear {
    /// Those of a row who remain, or joiners of an age and need: how many, and the share that each group has of them.
    private let people: [Double]
    /// Rows × groups.
    private let shares: [Double]
    /// Whom nothing moves: arrivals, by group.
    private let settled: [Double]
    private let groups: [[Int]]

    /// - Parameters:
    ///   - present: people by row of the arriving age.
    ///   - joiners: by cell.
    init(
        _ rates: ExpectedRates, _ space: StateSpace, groups: [[Int]], present: [Double], joiners: [Double],
        arrivals: [Double]
    ) {
        let settings = space.setting.count
        self.groups = groups
        var (people, shares) = ([Double](), [Double]())
        for row in space.cellsPerAge..<space.count where present[row] > 0 && !rates.mustLeave[row] {
            people.append(present[row] * (1 - rates.leaving[row]))
            let (moving, own) = (rates.moving[row], row % settings)
            for group in groups {
                shares.append(
                    group.reduce(0) {
                        $0 + moving * rates.destination[row * settings + $1] + ($1 == own ? 1 - moving : 0)
                    })
            }
        }
        for first in stride(from: 0, to: space.count, by: settings) {
            let sum = joiners[first..<first + settings].reduce(0, +)
            guard sum > 0 else { continue }
            people.append(sum)
            for group in groups { shares.append(group.reduce(0) { $0 + joiners[first + $1] } / sum) }
        }
        settled = groups.map { group in
            stride(from: 0, to: space.count, by: settings).reduce(0) { sum, first in
                group.reduce(sum) { $0 + arrivals[first + $1] }
            }
        }
        self.people = people
        self.shares = shares
    }

    /// Newton's method stops after so many steps, and takes none longer in a logarithm.
    private static let (rounds, longest) = (30, 0.7)

    /// The factors of all settings with which groups come to shares of all people; as near as the limits let them.
    func tilts(to wanted: [Double], settings: Int) -> [Double] {
        let count = groups.count
        let all = people.reduce(0, +) + settled.reduce(0, +)
        var logs = [Double](repeating: 0, count: count)
        let (low, high) = (Double.log(SettingMix.limits.lowerBound), Double.log(SettingMix.limits.upperBound))
        for _ in 0..<Self.rounds {
            let factors = logs.map { Double.exp($0) }
            var reached = settled
            var slopes = [Double](repeating: 0, count: count * count)
            var part = [Double](repeating: 0, count: count)
            for (place, number) in people.enumerated() {
                var sum = 0.0
                for group in 0..<count {
                    part[group] = shares[place * count + group] * factors[group]
                    sum += part[group]
                }
                guard sum > 0 else { continue }
                for group in 0..<count where part[group] > 0 {
                    let share = part[group] / sum
                    reached[group] += number * share
                    slopes[group * count + group] += number * share
                    for other in 0...group { slopes[group * count + other] -= number * share * part[other] / sum }
                }
            }
            let gaps = (0..<count).map { wanted[$0] * all - reached[$0] }
            if (gaps.map { abs($0) }.max() ?? 0) < 1e-6 * all { break }
            // Factors matter by their ratios alone, and some groups nobody can enter: a ridge keeps the slopes regular.
            for group in 0..<count {
                slopes[group * count + group] += 1e-7 * all
                for other in 0..<group { slopes[other * count + group] = slopes[group * count + other] }
            }
            guard let factor = try? Cholesky(Matrix(rows: count, columns: count, elements: slopes)) else { break }
            let step = factor.solve(Matrix(rows: count, columns: 1, elements: gaps)).column(0)
            for group in 0..<count {
                logs[group] = min(max(logs[group] + min(max(step[group], -Self.longest), Self.longest), low), high)
            }
        }
        var tilts = [Double](repeating: 1, count: settings)
        for (group, members) in groups.enumerated() {
            for setting in members { tilts[setting] = Double.exp(logs[group]) }
        }
        return tilts
    }
}
