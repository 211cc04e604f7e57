import LinearAlgebra
import Vocabulary

/// How an age on the day that a plan starts or ends becomes an age on 31 August of that calendar year.
///
/// With days and birthdays spread evenly over the year, age x on the day is x − 1, x or x + 1 on 31 August with weights
/// 1/18, 13/18 and 4/18. Young children's plans start in the months before school, so weights of the youngest are fitted to
/// what the stock of the next January shows.
package struct AgeOnTheDay: Sendable, Equatable {
    static let even = [1.0 / 18, 13.0 / 18, 4.0 / 18]
    /// The ages on the day whose weights are fitted.
    static let fitted = 2...6
    /// The share of plans from age 20 on that each further age keeps, where only "20 and over" is published.
    static let decayFrom20 = 0.5

    /// Weights of x − 1, x and x + 1 for each age on the day.
    package private(set) var weights: [[Double]] = Array(repeating: even, count: SchoolAge.all.count)

    /// Even weights at every age.
    package init() {}

    /// Ages on the day (2 standing for 2 and under, 20 for 20 and over) as ages on 31 August.
    package func onAugust31(_ onTheDay: CountTable) -> CountTable {
        let ages = onTheDay.rows
        let known = spreadFrom20(onTheDay)
        var table = CountTable(rows: ages, columns: onTheDay.columns)
        for age in 0..<ages {
            for (place, weight) in weights[age].enumerated() {
                let to = min(max(age + place - 1, 0), ages - 1)
                for column in 0..<known.columns { table[to, column] += weight * known[age, column] }
            }
        }
        return table
    }

    private func spreadFrom20(_ table: CountTable) -> CountTable {
        var spread = table
        let shares = (20..<table.rows).map { age in
            age == 20 ? 1.0 : (21...age).reduce(1.0) { share, _ in share * Self.decayFrom20 }
        }
        let sum = shares.reduce(0, +)
        for column in 0..<table.columns {
            for (place, share) in shares.enumerated() { spread[20 + place, column] = table[20, column] * share / sum }
        }
        return spread
    }

    /// Fits the weights of the youngest.
    /// - Parameters:
    ///   - onTheDay: plans begun by age on the day.
    ///   - arrivals: what the next January holds beyond the survivors of the last, by age on 31 August.
    package static func fitting(_ onTheDay: [Double], to arrivals: [Double]) -> AgeOnTheDay {
        var result = AgeOnTheDay()
        let ages = Array(fitted)
        let unknowns = ages.count * 3
        var rows: [[Double]] = []
        var right: [Double] = []
        let scale = max(onTheDay.reduce(0, +) / 20, 1)
        for target in fitted.lowerBound..<fitted.upperBound {
            var row = [Double](repeating: 0, count: unknowns)
            for (place, age) in ages.enumerated() {
                for shift in -1...1 where age + shift == target { row[place * 3 + shift + 1] = onTheDay[age] / scale }
            }
            rows.append(row)
            right.append(arrivals[target] / scale)
        }
        for place in ages.indices {
            var sum = [Double](repeating: 0, count: unknowns)
            for shift in 0..<3 { sum[place * 3 + shift] = 100 }
            rows.append(sum)
            right.append(100)
            for shift in 0..<3 {
                var prior = [Double](repeating: 0, count: unknowns)
                prior[place * 3 + shift] = 0.1
                rows.append(prior)
                right.append(0.1 * even[shift])
            }
        }
        guard let fit = try? NonNegativeLeastSquares(Matrix(rows: rows), Vector(right)) else { return result }
        for (place, age) in ages.enumerated() {
            let found = (0..<3).map { fit.coefficients[place * 3 + $0] }
            let sum = found.reduce(0, +)
            if sum > 0 { result.weights[age] = found.map { $0 / sum } }
        }
        return result
    }
}
