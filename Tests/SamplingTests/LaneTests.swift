import Foundation
import Oracles
import Sampling
import Testing

@Suite struct LaneTests {
    private func number(_ row: [String: String], _ column: String) -> Double { Double(row[column] ?? "") ?? .nan }

    /// Quantiles of counts against SciPy, wherever the uniform number is not within rounding of a step; beyond the
    /// range of summed probabilities, where an expansion is used, within the error that it states.
    @Test func quantilesOfCountsAreThoseOfSciPy() throws {
        var checked = 0
        for row in try Oracles.rows("count_quantiles") where row["kind"] != "normal" {
            let (count, share, uniform) = (number(row, "count"), number(row, "probability"), number(row, "uniform"))
            let isBinomial = row["kind"] == "binomial"
            let mean = isBinomial ? count * min(share, 1 - share) : share
            let isSummed = mean <= 60
            if number(row, "distance") < (isSummed ? 3e-6 : 5e-4) { continue }
            let value =
                isBinomial
                ? LaneQuantiles.binomial(
                    Lanes(repeating: Float(count)), Lanes(repeating: Float(share)), Lanes(repeating: Float(uniform)))
                : LaneQuantiles.poisson(Lanes(repeating: Float(share)), Lanes(repeating: Float(uniform)))
            checked += 1
            #expect(Double(value[3]) == number(row, "quantile"), "\(row)")
        }
        #expect(checked > 500)
    }

    @Test func normalQuantilesAreThoseOfSciPy() throws {
        let rows = try Oracles.rows("count_quantiles").filter { $0["kind"] == "normal" }
        #expect(rows.count > 20)
        for row in rows {
            let found = LaneMath.normalQuantile(Lanes(repeating: Float(number(row, "uniform"))))[0]
            let expected = number(row, "quantile")
            #expect(abs(Double(found) - expected) < 2e-5 * max(1, abs(expected)), "\(row)")
        }
    }

    /// A small change of a probability never lowers a count, and moves it little.
    @Test func countsAreMonotone() {
        for count in [5, 60, 400, 5_000] as [Float] {
            var before = Lanes(repeating: 0)
            for step in 0...1_000 {
                let uniform = Lanes(repeating: 0.37)
                let value = LaneQuantiles.binomial(
                    Lanes(repeating: count), Lanes(repeating: Float(step) / 1_000), uniform)
                #expect(value[0] >= before[0] - (count > 100 ? 1 : 0))
                before = value
            }
            #expect(before[0] == count)
        }
    }

    @Test func elementaryFunctionsAreExactToSinglePrecision() {
        for exponent in stride(from: -80.0, through: 80, by: 0.37) {
            let x = Float(exponent)
            let e = Double(LaneMath.exponential(Lanes(repeating: x))[5])
            #expect(abs(e / exp(Double(x)) - 1) < 3e-7)
            let power = Float(exp(exponent))
            let l = Double(LaneMath.logarithm(Lanes(repeating: power))[5])
            #expect(abs(l - log(Double(power))) < 3e-7 * max(1, abs(l)))
            let r = Double(Lanes(repeating: power).root[5])
            #expect(abs(r / Double(power).squareRoot() - 1) < 3e-7)
        }
        for x in [-0.9, -0.3, -1e-3, -1e-6, -1e-9, 1e-7, 0.4] as [Float] {
            let found = Double(LaneMath.logarithm(onePlus: Lanes(repeating: x))[0])
            #expect(abs(found / log1p(Double(x)) - 1) < 1e-6)
        }
    }

    /// Moments of gamma variates over shapes far apart, each shape in its own lanes.
    @Test func gammaVariatesHaveTheirMoments() {
        var shapes = Lanes()
        let values: [Float] = [0.003, 0.05, 0.4, 0.99, 1, 1.7, 4, 12, 60, 400, 0.2, 2, 7, 30, 100, 1_000]
        for lane in 0..<16 { shapes[lane] = values[lane] }
        let draws = 60_000
        var sums = [Double](repeating: 0, count: 16)
        var squares = sums
        let gammas = LaneGammas(most: 3)
        for draw in 0..<draws {
            gammas.clear()
            gammas.add(shapes, subject: 1, state: 2, index: 3)
            gammas.add(Lanes(repeating: 1), subject: 1, state: 2, index: 4)
            gammas.add(shapes, subject: 1, state: 2, index: 5)
            gammas.draw(LaneStream(seed: UInt64(draw), firstRun: 0))
            let drawn = gammas[draw % 2 * 2]
            for lane in 0..<16 {
                let value = exp(Double(drawn[lane]))
                sums[lane] += value
                squares[lane] += value * value
            }
        }
        for lane in 0..<16 {
            let shape = Double(values[lane])
            let mean = sums[lane] / Double(draws)
            let variance = squares[lane] / Double(draws) - mean * mean
            #expect(abs(mean - shape) < 4.5 * (shape / Double(draws)).squareRoot(), "shape \(shape)")
            // The variance of a sample variance: (kurtosis excess 6/shape + 2) · variance² / n.
            let error = ((6 / shape + 2) / Double(draws)).squareRoot() * shape
            #expect(abs(variance - shape) < 4.5 * error, "shape \(shape)")
        }
    }

    /// A variate is named by its subject and index: it is the same alone, among others, in any order, and whatever was drawn before.
    @Test func gammaVariatesDoNotDependOnTheirNeighbours() {
        let stream = LaneStream(seed: 9, firstRun: 32)
        let shapes = (0..<12).map { number in
            Lanes(repeating: Float(number) * Float(number) * 0.07) + Lanes(repeating: number == 0 ? 0 : 0.004)
        }
        let together = LaneGammas(most: 12)
        func draw(_ gammas: LaneGammas, _ numbers: [Int]) -> [Lanes] {
            gammas.clear()
            for number in numbers {
                gammas.add(shapes[number], subject: UInt32(number % 2), state: 3, index: UInt32(number))
            }
            gammas.draw(stream)
            return numbers.indices.map { gammas[$0] }
        }
        let all = draw(together, Array(shapes.indices))
        let reversed = draw(together, shapes.indices.reversed())
        for number in shapes.indices {
            #expect(all[number] == reversed[11 - number])
            #expect(draw(together, [number]) == [all[number]])
            #expect(draw(LaneGammas(most: 1), [number]) == [all[number]])
        }
        for lane in 0..<16 { #expect(all[0][lane] < -1e27 && LaneMath.exponential(all[0])[lane] == 0) }
    }

    /// Many refusals at once, over several attempts, of several states: variates are those of each shape drawn alone.
    @Test func gammaVariatesOfManyStates() {
        let stream = LaneStream(seed: 21, firstRun: 48)
        let many = LaneGammas(most: 300)
        func add(_ number: Int, to gammas: LaneGammas) {
            // Shapes just below and above 1 are refused most often.
            gammas.add(
                Lanes(repeating: 0.9 + Float(number % 3) * 0.1), subject: 7, state: UInt32(number),
                index: UInt32(number % 2))
        }
        many.clear()
        for number in 0..<300 { add(number, to: many) }
        many.draw(stream)
        let one = LaneGammas(most: 1)
        for number in 0..<300 {
            one.clear()
            add(number, to: one)
            one.draw(stream)
            #expect(one[0] == many[number], "shape \(number)")
        }
    }

    /// Words of sixteen names at a time are those of each name.
    @Test func wordsOfManyNamesAreThoseOfEach() {
        let stream = LaneStream(seed: 5, firstRun: 160)
        var (runs, subjects, states, indexes) = (LaneWords(), LaneWords(), LaneWords(), LaneWords())
        for lane in 0..<16 {
            runs[lane] = UInt32(lane * 5 % 16)
            subjects[lane] = UInt32(lane) &* 0x0101_0101
            states[lane] = .max - UInt32(lane)
            indexes[lane] = UInt32(lane % 3) &* 0x9E37_79B9
        }
        let words = stream.words(runs: runs, subjects: subjects, states: states, indexes: indexes)
        for lane in 0..<16 {
            let each = stream.words(subject: subjects[lane], state: states[lane], index: indexes[lane])
            let run = Int(runs[lane])
            #expect(
                [words.0[lane], words.1[lane], words.2[lane], words.3[lane]]
                    == [each.0[run], each.1[run], each.2[run], each.3[run]])
        }
    }

    /// A figure in any one lane is found, whatever its sign and size.
    @Test func zerosAndMasksAreReadLaneByLane() {
        #expect(LaneCounts().isZero && (LaneCounts() .> 0).isEmpty && (LaneCounts() .> 0).bits == 0)
        for lane in 0..<16 {
            for value in [1, -1, Int32.min, Int32.max, 1 << 16] {
                var counts = LaneCounts()
                counts[lane] = value
                #expect(!counts.isZero, "\(value) in lane \(lane)")
                let mask = counts .!= LaneCounts()
                #expect(!mask.isEmpty && mask.bits == 1 << UInt32(lane) && (.!mask).bits == 0xFFFF ^ 1 << UInt32(lane))
                #expect(mask.ones.wrappedSum() == 1 && mask.ones[lane] == 1)
            }
        }
        #expect(Lanes(repeating: -0.0).isZero && !Lanes(repeating: .leastNonzeroMagnitude).isZero)
    }

    /// A threshold of sixteen bits is the share on average over what follows them, and says what the whole number would.
    @Test func thresholdsMeetTheirShares() {
        for share in [0, 1e-6, 0.011, 0.25, 0.5, 0.73, 0.9999] as [Float] {
            var sum = 0.0
            for step in 0..<4_096 {
                let fine = (Float(step) + 0.5) / 4_096
                let threshold = Lanes(repeating: share).asHalfThresholds(Lanes(repeating: fine))[step % 16]
                #expect(threshold >> 16 == threshold & 0xFFFF)
                sum += Double(threshold & 0xFFFF)
                let bits = threshold & 0xFFFF
                if bits > 0 { #expect((Double(bits - 1) + 1 - Double(fine)) / 65_536 < Double(share) + 6e-8) }
                #expect((Double(bits) + 1 - Double(fine)) / 65_536 > Double(share) - 6e-8)
            }
            #expect(abs(sum / 4_096 / 65_536 - Double(share)) < 3e-8, "share \(share)")
        }
        #expect(Lanes().asHalfThresholds(Lanes(repeating: 1 - 0x1p-24))[0] == 0, "what never happens")
        #expect(Lanes(repeating: 1).asHalfThresholds(Lanes(repeating: 0.5))[0] == .max, "halves hold no more")
        #expect(LaneWords(repeating: 0).asUniforms[0] > 0)
        #expect(LaneWords(repeating: .max).asUniforms[0] < 1)
    }

    /// Halves are compared and counted one by one, as numbers without a sign.
    @Test func halvesAreReadOneByOne() {
        var stream = RandomStream(seed: 8, deciding: .other)
        for _ in 0..<100 {
            var words = [LaneWords](repeating: LaneWords(), count: 5)
            for place in 0..<5 { for lane in 0..<16 { words[place][lane] = stream.nextWord() } }
            let below = (0..<4).map { words[$0].halvesBelow(words[4]) }
            let counts = LaneWords.halvesSet(below[0], below[1], below[2], below[3])
            for lane in 0..<16 {
                var expected: Int32 = 0
                for place in 0..<4 {
                    for shift in [0, 16] as [UInt32] {
                        let isBelow = words[place][lane] >> shift & 0xFFFF < words[4][lane] >> shift & 0xFFFF
                        #expect(below[place][lane] >> shift & 0xFFFF == (isBelow ? 0xFFFF : 0))
                        expected += isBelow ? 1 : 0
                    }
                }
                #expect(counts[lane] == expected)
            }
        }
    }

    @Test func countsConvertExactly() {
        for count in [0, 1, 77, 8_000, 4_000_000] as [Int32] {
            #expect(LaneCounts(repeating: count).asLanes[9] == Float(count))
            #expect(Lanes(repeating: Float(count)).asCounts[9] == count)
        }
    }

    @Test func floorsAndBounds() {
        let floors: [(Float, Float)] = [(2.75, 2), (-0.25, -1), (-3, -3), (0, 0), (-0.0, 0), (16_777_215, 16_777_215)]
        for (number, floor) in floors { #expect(Lanes(repeating: number).floored[0] == floor) }
        var numbers = Lanes()
        for lane in 0..<16 { numbers[lane] = Float(lane) - 4 }
        numbers[15] = .nan
        let bounded = numbers.within(Lanes(), Lanes(repeating: 5))
        for lane in 0..<15 { #expect(bounded[lane] == min(max(numbers[lane], 0), 5)) }
        #expect(bounded[15].isNaN)
    }
}
