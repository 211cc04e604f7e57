import Vocabulary

/// What an option is worth more than doing nothing, part by part: pounds of every financial year and run, below zero what it costs.
///
/// Present values are sums over parts and years, so that parts add up to the whole in every run.
package struct CashFlows: Sendable {
    /// What pounds are of.
    package enum Kind: Sendable, Hashable {
        /// Capital; it comes once.
        case capital
        /// Revenue before schemes open; it comes once.
        case opening
        /// A line of spend, by its position in the accounts; the last year's effect goes on.
        case line(Int)

        /// Whether the effect of the last projected year goes on after it.
        package var lasts: Bool { if case .line = self { true } else { false } }
    }

    /// One part.
    package struct Part: Sendable {
        /// What it is of.
        package let kind: Kind
        /// Pounds by financial year and run, without optimism bias.
        package let pounds: [FinancialYear: [Double]]

        /// States amounts.
        package init(_ kind: Kind, _ pounds: [FinancialYear: [Double]]) {
            self.kind = kind
            self.pounds = pounds
        }
    }

    /// The present value of a part over the projected years, and of what goes on after them.
    package struct PresentValue: Sendable {
        /// Pounds of every run, of projected years.
        package let projection: [Double]
        /// Pounds of every run, of the years after them to the end of the period.
        package let beyond: [Double]
    }

    /// The parts.
    package let parts: [Part]
    /// The year to which amounts are discounted.
    package let first: FinancialYear
    /// The last projected year; `nil` where there is no spend.
    package let last: FinancialYear?
    /// How many runs there are.
    package let runs: Int

    /// Joins parts.
    /// - Parameter last: the last projected year.
    package init(_ parts: [Part], first: FinancialYear, last: FinancialYear?, runs: Int) {
        self.parts = parts
        self.first = first
        self.last = last
        self.runs = runs
    }

    /// The present value of a part in every run.
    package func presentValue(_ part: Part, _ terms: CapitalAppraisal.Terms) -> PresentValue {
        let factor = part.kind == .capital ? terms.optimismBias ?? 1 : 1
        var projection = [Double](repeating: 0, count: runs)
        // In the order of years, so that the same amounts give the same sum to the last digit.
        for (year, pounds) in part.pounds.sorted(by: { $0.key < $1.key }) {
            let weight = factor * terms.present(year, from: first)
            for run in projection.indices { projection[run] += weight * pounds[run] }
        }
        guard part.kind.lasts, let last, let effect = part.pounds[last] else {
            return PresentValue(projection: projection, beyond: Array(repeating: 0, count: runs))
        }
        let weight = terms.lasting(after: last, from: first)
        return PresentValue(projection: projection, beyond: effect.map { $0 * weight })
    }

    /// The net present value of every run over the period.
    package func worth(_ terms: CapitalAppraisal.Terms) -> [Double] {
        parts.reduce(into: [Double](repeating: 0, count: runs)) { sums, part in
            let value = presentValue(part, terms)
            for run in sums.indices { sums[run] += value.projection[run] + value.beyond[run] }
        }
    }

    /// Pounds of every run of some kinds, without discount or optimism bias.
    /// - Parameter year: a financial year; all projected years and those of capital without one.
    package func undiscounted(in year: FinancialYear? = nil, _ isWanted: (Kind) -> Bool) -> [Double] {
        var sums = [Double](repeating: 0, count: runs)
        for part in parts where isWanted(part.kind) {
            // In the order of years, as in present values.
            for (at, pounds) in part.pounds.sorted(by: { $0.key < $1.key }) where year == nil || year == at {
                for run in sums.indices { sums[run] += pounds[run] }
            }
        }
        return sums
    }

    /// The same flows with every part multiplied, run by run.
    package func scaled(_ factor: (Kind, _ run: Int) -> Double) -> CashFlows {
        let scaled = parts.map { part in
            Part(
                part.kind,
                part.pounds.mapValues { pounds in pounds.indices.map { pounds[$0] * factor(part.kind, $0) } })
        }
        return CashFlows(scaled, first: first, last: last, runs: runs)
    }

    /// These flows and others; parts of one kind become one.
    package func adding(_ other: CashFlows) -> CashFlows {
        var sums: [(kind: Kind, pounds: [FinancialYear: [Double]])] = []
        for part in parts + other.parts {
            guard let place = sums.firstIndex(where: { $0.kind == part.kind }) else {
                sums.append((part.kind, part.pounds))
                continue
            }
            sums[place].pounds.merge(part.pounds) { zip($0, $1).map(+) }
        }
        return CashFlows(sums.map { Part($0.kind, $0.pounds) }, first: first, last: last, runs: runs)
    }

    /// Parts of some kinds alone.
    package func only(_ isWanted: (Kind) -> Bool) -> CashFlows {
        CashFlows(parts.filter { isWanted($0.kind) }, first: first, last: last, runs: runs)
    }

    /// One run alone.
    package func only(run: Int) -> CashFlows {
        CashFlows(
            parts.map { Part($0.kind, $0.pounds.mapValues { [$0[run]] }) }, first: first, last: last, runs: 1)
    }
}

extension CapitalAppraisal.Terms {
    /// What a pound of a year is worth in the first.
    func present(_ year: FinancialYear, from first: FinancialYear) -> Double {
        var factor = 1.0
        for _ in first.starting..<max(year.starting, first.starting) { factor /= (1 + rate) * deflator }
        return factor
    }

    /// What a pound of effect in the last projected year is worth for the years after it: it keeps its real value, less what fades.
    func lasting(after last: FinancialYear, from first: FinancialYear) -> Double {
        var (sum, factor) = (0.0, present(last, from: first))
        var year = last.starting + 1
        while year < first.starting + years {
            factor *= persistence / (1 + rate)
            sum += factor
            year += 1
        }
        return sum
    }
}
