import Calibration
import Optimisation
import Oracles
import Testing
import Vocabulary

@Suite struct RakingTests {
    /// Against iterative proportional fitting in numpy.
    @Test func cubesAreRakedAsByIndependentSoftware() throws {
        var (seed, truth) = (Cube(4, 3, 5), Cube(4, 3, 5))
        let rows = try Oracles.rows("raking")
        func place(_ row: [String: String]) throws -> (Int, Int, Int) {
            (try #require(Int(row["i"] ?? "")), try #require(Int(row["j"] ?? "")), try #require(Int(row["k"] ?? "")))
        }
        for row in rows {
            let (i, j, k) = try place(row)
            seed[i, j, k] = try #require(Double(row["seed"] ?? ""))
            truth[i, j, k] = try #require(Double(row["truth"] ?? ""))
        }
        let fitted = Raking.fit(
            seed, firstSecond: truth.firstSecond, firstThird: truth.firstThird, secondThird: truth.secondThird,
            sweeps: 5_000)
        for row in rows {
            let (i, j, k) = try place(row)
            let expected = try #require(Double(row["fitted"] ?? ""))
            #expect(abs(fitted[i, j, k] - expected) < 1e-4, "\(i), \(j), \(k)")
        }
    }

    @Test func tablesMeetTheirMargins() {
        var seed = CountTable(rows: 3, columns: 2, filledWith: 1)
        seed[1, 0] = 0
        let table = Raking.fit(seed, rows: [10, 20, 30], columns: [25, 35])
        #expect(table[1, 0] == 0, "what is impossible stays so")
        for (sum, expected) in zip(table.rowSums + table.columnSums, [10.0, 20, 30, 25, 35]) {
            #expect(abs(sum - expected) < 1e-6)
        }
    }

    /// Any cube: the total is exact, one-way margins are within 1, and no cell goes below zero.
    @Test(arguments: 0..<40) func roundingKeepsTotalsAndMargins(number: Int) {
        var cube = Cube(9, 5, 6)
        var state = UInt64(number) &* 977 &+ 5
        for place in cube.values.indices {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let uniform = Double(state >> 40) / Double(1 << 24)
            // Many small cells, some large ones, and some that cannot be.
            cube.values[place] = uniform < 0.3 ? 0 : uniform < 0.9 ? uniform : 40 * uniform
        }
        let sum = cube.values.reduce(0, +)
        let total = Int(sum.rounded())
        for place in cube.values.indices { cube.values[place] *= Double(total) / sum }
        let margins = (cube.firstSecond.rowSums, cube.firstSecond.columnSums, cube.firstThird.columnSums)
        let counts = ControlledRounding.round(
            cube, total: total, first: margins.0, second: margins.1, third: margins.2)
        var whole = cube
        whole.values = counts.map(Double.init)
        #expect(counts.reduce(0) { $0 + Int($1) } == total)
        #expect(counts.allSatisfy { $0 >= 0 })
        #expect(zip(counts, cube.values).allSatisfy { $1 > 0 || $0 == 0 }, "nobody is put where nobody can be")
        let found = (whole.firstSecond.rowSums, whole.firstSecond.columnSums, whole.firstThird.columnSums)
        for (one, other) in zip(found.0 + found.1 + found.2, margins.0 + margins.1 + margins.2) {
            #expect(abs(one - other) <= 1 + 1e-9)
        }
    }

    /// Stocks of many places that follow one matrix of moves give it back, where they differ enough to show it.
    @Test func moversAreFoundFromStocks() {
        let truth = [[0.80, 0.15, 0.05], [0.02, 0.95, 0.03], [0.10, 0.00, 0.90]]
        var prior = CountTable(rows: 3, columns: 3, filledWith: 0.01)
        for place in 0..<3 { prior[place, place] = 0.98 }
        var fit = MoverFit(prior: prior, priorWeight: 1)
        for place in 0..<60 {
            let people = [Double(100 + place * 37 % 400), Double(50 + place * 91 % 300), Double(20 + place * 53 % 200)]
            let arrived = (0..<3).map { to in (0..<3).reduce(0) { $0 + people[$1] * truth[$1][to] } }
            fit.add(people: people, arrived: arrived)
        }
        let found = fit.solve()
        for from in 0..<3 {
            #expect(abs(found.row(from).reduce(0, +) - 1) < 1e-12)
            for to in 0..<3 { #expect(abs(found[from, to] - truth[from][to]) < 0.01, "\(from) to \(to)") }
        }
    }

    /// By hand: 18 plans begun at age 10 are 1, 13 and 4 of ages 9, 10 and 11 on 31 August.
    @Test func agesOnTheDayBecomeAgesOnAugust31() {
        var begun = CountTable(rows: 26, columns: 1)
        begun[10, 0] = 18
        begun[20, 0] = 36
        let table = AgeOnTheDay().onAugust31(begun)
        #expect(abs(table[9, 0] - 1) < 1e-12 && abs(table[10, 0] - 13) < 1e-12 && abs(table[11, 0] - 4) < 1e-12)
        #expect(abs(table.total - 54) < 1e-9, "nobody is lost")
        #expect(table[22, 0] > 0, "20 and over is spread")
    }

    /// Where more four-year-olds are found than even weights give, the weights of the youngest move.
    @Test func weightsOfTheYoungestAreFitted() {
        var begun = CountTable(rows: 26, columns: 1)
        for (age, count) in [(2, 500.0), (3, 6_000), (4, 8_000), (5, 7_000), (6, 6_000), (7, 5_000)] {
            begun[age, 0] = count
        }
        let even = AgeOnTheDay().onAugust31(begun).column(0)
        var arrivals = even
        arrivals[4] += 2_000
        arrivals[3] -= 2_000
        let fitted = AgeOnTheDay.fitting(begun.column(0), to: arrivals).onAugust31(begun).column(0)
        #expect(abs(fitted[4] - arrivals[4]) < 100 && abs(fitted[3] - arrivals[3]) < 100)
        #expect(abs(fitted.reduce(0, +) - even.reduce(0, +)) < 1e-6, "nobody is lost")
    }
}
