import Formats
import Intake
import Rates
import Vocabulary

/// A calibrated authority's rates as rows of the tables of `rates/`.
struct CalibratedRows {
    private let authority: CalibratedAuthority
    private let source: String
    private var rates: GivenRates { authority.rates }
    private var space: StateSpace { rates.space }
    private var settings: Int { space.setting.count }
    private var needs: Int { space.need.count }

    init(_ authority: CalibratedAuthority, source: String) {
        self.authority = authority
        self.source = source
    }

    /// The rows of each table.
    var tables: [RateTable: [RateRow]] {
        [
            .leavers: leavers, .transfers: transfers, .movers: movers, .tilts: tilts, .joiners: joiners,
            .entry: entry, .reclassified: reclassified, .deviations: deviations,
        ]
    }

    /// A row whose rate has as many decimals as six significant digits need, and whose weight has one.
    static func row(
        _ kind: String = "", age: Int? = nil, need: Int? = nil, setting: Int? = nil, to: Int? = nil, figure: Double,
        weight: Double = 0, source: String
    ) -> RateRow {
        RateRow(
            kind, age: age, need: need, setting: setting, to: to,
            figure: Numerals.rounded(figure, decimals: figure < 0.001 ? 9 : 6),
            weight: Numerals.rounded(weight, decimals: 1), source: source)
    }

    /// Rows of every cell; one for all needs where all have the same figures.
    private func rows(
        _ rows: (_ age: Int, _ need: Int?, _ setting: Int, _ cell: Int) -> [RateRow], isSame: (Int, Int) -> Bool
    ) -> [RateRow] {
        (0..<space.ages).flatMap { age in
            (0..<settings).flatMap { setting -> [RateRow] in
                let cells = (0..<needs).map { space.cell(age: age, need: $0, setting: setting) }
                if cells.allSatisfy({ isSame(cells[0], $0) }) { return rows(age, nil, setting, cells[0]) }
                return cells.enumerated().flatMap { need, cell in rows(age, need, setting, cell) }
            }
        }
    }

    /// Rows of every age and need.
    private func rows(_ rows: (_ age: Int, _ need: Int, _ row: Int) -> [RateRow]) -> [RateRow] {
        (0..<space.ages).flatMap { age in (0..<needs).flatMap { need in rows(age, need, age * needs + need) } }
    }

    private var leavers: [RateRow] {
        rows(
            { age, need, setting, cell in
                if age == 0 { return [] }
                let leaving = rates.leaving[cell]
                return [
                    Self.row(
                        age: age, need: need, setting: setting, figure: leaving.rate, weight: leaving.weight,
                        source: source)
                ]
            }, isSame: { rates.leaving[$0] == rates.leaving[$1] })
    }

    private var movers: [RateRow] {
        func shares(_ cell: Int) -> ArraySlice<Double> { rates.moving[cell * settings..<(cell + 1) * settings] }
        return rows(
            { age, need, setting, cell in
                shares(cell).enumerated().filter { $0.element > 0 }.map { to, share in
                    Self.row(
                        age: age, need: need, setting: setting, to: to, figure: share,
                        weight: rates.movingWeights[cell], source: source)
                }
            },
            isSame: { shares($0).elementsEqual(shares($1)) && rates.movingWeights[$0] == rates.movingWeights[$1] })
    }

    private var transfers: [RateRow] {
        let (out, arrivals) = (rates.transferring, authority.arrivals)
        return (0..<space.ages).flatMap { age in
            [("out", out[age]), ("in", arrivals.transferred[age]), ("unrecorded", arrivals.unrecorded[age])]
                .filter { $0.1 > 0 }.map { Self.row($0.0, age: age, figure: $0.1, source: source) }
        }
    }

    private var tilts: [RateRow] {
        (0..<needs).flatMap { need in
            (0..<settings).map { setting in
                RateRow(
                    need: need, setting: setting,
                    figure: Numerals.rounded(rates.tilts[need * settings + setting], decimals: 3),
                    source: "England, \(source)")
            }
        }
    }

    /// Whether so few join that nobody would in a thousand years of so many people.
    private func isEmpty(_ row: Int) -> Bool { rates.joining[row].rate * rates.joining[row].weight < 5e-4 }

    private var joiners: [RateRow] {
        rows { age, need, row in
            if isEmpty(row) { return [] }
            let joining = rates.joining[row]
            return [
                Self.row(age: age, need: need, figure: joining.rate, weight: joining.weight, source: source)
            ]
        }
    }

    private var entry: [RateRow] {
        rows { age, need, row in
            if isEmpty(row) { return [] }
            return (0..<settings).filter { rates.entry[row * settings + $0] > 0 }.map { setting in
                Self.row(
                    age: age, need: need, setting: setting, figure: rates.entry[row * settings + setting],
                    weight: rates.entryWeights[row], source: source)
            }
        }
    }

    private var reclassified: [RateRow] {
        rows { age, need, row in
            (0..<needs).filter { rates.reclassifying[row * needs + $0] > 0 }.map { to in
                Self.row(
                    age: age, need: need, to: to, figure: rates.reclassifying[row * needs + to],
                    weight: rates.reclassifyingWeights[row], source: "England, \(source)")
            }
        }
    }

    private var deviations: [RateRow] {
        func row(_ kind: String, _ deviation: Double, _ source: String? = nil) -> RateRow {
            Self.row(kind, figure: deviation, source: source ?? "test over all authorities: sendcast backtest")
        }
        let names = rates.deviations.names(space.setting, groups: authority.settings.map(\.group))
        func rows(_ kind: String, _ deviation: DeviationByAge) -> [RateRow] {
            deviation.together(space).map { row("\(kind)/\($0.name)", $0.deviation) }
        }
        return rows("joiners", rates.deviations.joining) + [row("joiners-yearly/", rates.joinerShock)]
            + space.need.codes.map {
                row("joiners-growth/\($0)", CalibratedAuthority.needGrowthDeviation, "a judgement")
            }
            + rows("leavers", rates.deviations.leaving)
            + names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }
            .map { row("entering/\($0.element)", rates.deviations.entering[$0.offset]) }
    }
}
