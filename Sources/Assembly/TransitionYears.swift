import Intake
import RealModule
import Vocabulary

/// Whether the years of `transitions.csv` are whole: flow by flow against the other years, and each year against the one before.
///
/// The base comes from the last year, and rates from all, so an extract that lacks a flow gives wrong figures that look right.
struct TransitionYears {
    /// A flow of a year that the other years do not lead one to expect, or plans that are lost between two years.
    struct Fault {
        let severity: Finding.Severity
        let message: String
        let remedy: String
        /// See ``Finding/acceptance``.
        let acceptance: String?
    }

    private enum Flow: String, CaseIterable {
        case joiners, leavers, movers

        /// What somebody who is counted does.
        var deed: String {
            switch self {
            case .joiners: "begins"
            case .leavers: "ends"
            case .movers: "moves"
            }
        }
    }

    /// What the rows of a calendar year count.
    private struct Year {
        var flows: [Flow: Int] = [:]
        var departing = 0
        var arriving = 0
    }

    /// How unlikely so few people must be, were the year like the others, to be noticed: where there are none, and where there are some
    /// yet less than ``fewest`` of what the others lead one to expect.
    private static let chance = (none: 1e-3, few: 1e-6)
    /// See ``chance``.
    private static let fewest = 1.0 / 3
    /// The least part of the plans of one January that is believed to be left at the next.
    private static let leastKept = 0.9
    /// The fewest plans of a January of which a loss says anything.
    private static let fewestPlans = 20

    private let years: [(january: Int, counts: Year)]
    /// Years whose flows count for rates.
    private let counted: Set<Int>

    /// - Parameter weights: how much each year counts.
    init(_ table: TransitionsTable, before base: Int, weights: [Int: Double]) {
        var years: [Int: Year] = [:]
        for row in table.rows where Int(row.january) < base {
            var year = years[Int(row.january)] ?? Year()
            if row.before != nil { year.departing += 1 }
            if row.after != nil { year.arriving += 1 }
            switch (row.before, row.after) {
            case (nil, _?): year.flows[.joiners, default: 0] += 1
            case (_?, nil): year.flows[.leavers, default: 0] += 1
            case (let before?, let after?) where before.setting != after.setting:
                year.flows[.movers, default: 0] += 1
            default: break
            }
            years[Int(row.january)] = year
        }
        self.years = years.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        counted = Set(years.keys.filter { weights[$0] ?? 1 > 0 })
    }

    /// What is wrong, the last year first.
    var faults: [Fault] {
        years.indices.reversed().flatMap { place in
            (place > 0 ? [shortfall(place)].compactMap { $0 } : [])
                + Flow.allCases.compactMap { missing($0, place) }
        }
    }

    /// Plans of a January from which the rows of its year start; all that arrive in it where the year before is known.
    private func present(_ place: Int) -> Int {
        max(years[place].counts.departing, place > 0 ? years[place - 1].counts.arriving : 0)
    }

    private func missing(_ flow: Flow, _ place: Int) -> Fault? {
        let (january, isLast) = (years[place].january, place == years.count - 1)
        let others = years.indices.filter { $0 != place && counted.contains(years[$0].january) }
        guard !others.isEmpty, isLast || counted.contains(january) else { return nil }
        func number(_ place: Int) -> Int { years[place].counts.flows[flow] ?? 0 }
        let seen = others.reduce(0) { $0 + number($1) }
        let expected =
            flow == .joiners
            ? Double(seen) / Double(others.count)
            : Double(seen) / Double(max(others.reduce(0) { $0 + present($1) }, 1)) * Double(present(place))
        let count = number(place)
        let chance = Self.chanceOfAtMost(count, mean: expected)
        guard
            count == 0 ? chance < Self.chance.none : chance < Self.chance.few && Double(count) < expected * Self.fewest
        else { return nil }
        let what =
            count == 0
            ? "no plan \(flow.deed)" : "few plans \(String(flow.deed.dropLast())) (\(count))"
        return Fault(
            severity: isLast ? .error : .warning,
            message:
                "\(what) between January \(january) and January \(january + 1), where the other years lead one to expect "
                + "about \(Int(expected.rounded())): the extract seems to lack \(flow.rawValue) of that year",
            remedy: isLast
                ? "The base comes from this year: extract it again, or say 'base: \(january)' in model.yaml."
                : "Extract it again, or leave the year out with 'weights: {\(january): 0}' in model.yaml.",
            acceptance: isLast ? "\(count == 0 ? "no" : "few")-\(flow.rawValue)-\(january + 1)" : nil)
    }

    /// Plans of a January that the rows of the next do not have.
    private func shortfall(_ place: Int) -> Fault? {
        let (january, isLast) = (years[place].january, place == years.count - 1)
        let (before, now) = (years[place - 1], years[place].counts)
        guard before.january == january - 1 else { return nil }
        let most = Double(before.counts.arriving) * Self.leastKept
        guard before.counts.arriving >= Self.fewestPlans, Double(min(now.arriving, now.departing)) < most
        else { return nil }
        let isOfBase = Double(now.arriving) < most
        return Fault(
            severity: isLast ? .error : .warning,
            message: isOfBase
                ? "January \(january + 1) has \(now.arriving) plans, less than nine tenths of the \(before.counts.arriving) of "
                    + "January \(january): the rows of \(january) seem to be a part of the year"
                : "\(before.counts.arriving) plans arrive in January \(january), and \(now.departing) go on from it: rows of "
                    + "\(january) seem to be missing",
            remedy: isLast
                ? "The base comes from this year: extract it again, or say 'base: \(january)' in model.yaml."
                : "Extract it again, or leave the year out with 'weights: {\(january): 0}' in model.yaml.",
            acceptance: isLast ? "\(isOfBase ? "small-base" : "missing-plans")-\(january + 1)" : nil)
    }

    /// The chance that a Poisson count is no more than a number.
    private static func chanceOfAtMost(_ count: Int, mean: Double) -> Double {
        guard mean > 0 else { return 1 }
        // Logarithms, because exp(-mean) is zero for large means.
        var term = -mean
        var sum = Double.exp(term)
        for number in stride(from: 1, through: count, by: 1) {
            term += Double.log(mean / Double(number))
            sum += Double.exp(term)
        }
        return min(sum, 1)
    }
}
