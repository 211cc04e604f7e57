import Vocabulary

/// Iterative proportional fitting (raking; Deming and Stephan 1940).
package enum Raking {
    /// How far a margin may stay from its target, relative to the total.
    static let tolerance = 1e-9

    /// A table that keeps a seed's pattern and has other margins.
    package static func fit(_ seed: CountTable, rows: [Double], columns: [Double], sweeps: Int = 200) -> CountTable {
        var table = seed
        let total = max(rows.reduce(0, +), 1e-12)
        for _ in 0..<sweeps {
            for (row, sum) in table.rowSums.enumerated() where sum > 0 {
                for column in 0..<table.columns { table[row, column] *= rows[row] / sum }
            }
            let sums = table.columnSums
            for (column, sum) in sums.enumerated() where sum > 0 {
                for row in 0..<table.rows { table[row, column] *= columns[column] / sum }
            }
            let error = zip(table.rowSums, rows).reduce(0) { max($0, abs($1.0 - $1.1)) }
            if error < tolerance * total { break }
        }
        return table
    }

    /// A cube that keeps a seed's pattern and has other sums along each dimension.
    /// - Parameter margins: of the first, second and third dimension, with one total.
    package static func fit(_ seed: Cube, margins: [[Double]], sweeps: Int = 500) -> Cube {
        var cube = seed
        let strides = [cube.second * cube.third, cube.third, 1]
        let total = max(margins[0].reduce(0, +), 1e-12)
        for _ in 0..<sweeps {
            var error = 0.0
            for (margin, stride) in zip(margins, strides) {
                var sums = [Double](repeating: 0, count: margin.count)
                for (cell, value) in cube.values.enumerated() { sums[cell / stride % margin.count] += value }
                let factors = zip(margin, sums).map { $1 > 0 ? $0 / $1 : 0 }
                for (target, sum) in zip(margin, sums) { error = max(error, abs(target - sum)) }
                for cell in cube.values.indices { cube.values[cell] *= factors[cell / stride % margin.count] }
            }
            if error < 1e-7 * total { break }
        }
        return cube
    }

    /// A cube (first × second × third) that keeps a seed's pattern and has three other two-way margins.
    /// - Parameters:
    ///   - firstSecond: rows are the first dimension; where `nil`, that margin is left as it falls.
    ///   - firstThird: rows are the first dimension.
    ///   - secondThird: rows are the second dimension.
    package static func fit(
        _ seed: Cube, firstSecond: CountTable?, firstThird: CountTable?, secondThird: CountTable?, sweeps: Int = 200
    ) -> Cube {
        var cube = seed
        let total = max((firstSecond ?? firstThird ?? secondThird)?.total ?? 0, 1e-12)
        for _ in 0..<sweeps {
            var error = 0.0
            if let target = firstSecond { error = max(error, cube.scale(to: target, \.firstSecond) { ($0.0, $0.1) }) }
            if let target = firstThird { error = max(error, cube.scale(to: target, \.firstThird) { ($0.0, $0.2) }) }
            if let target = secondThird { error = max(error, cube.scale(to: target, \.secondThird) { ($0.1, $0.2) }) }
            if error < 1e-7 * total { break }
        }
        return cube
    }
}

/// Counts by three dimensions.
package struct Cube: Sendable, Equatable {
    package let first: Int
    package let second: Int
    package let third: Int
    package var values: [Double]

    package init(_ first: Int, _ second: Int, _ third: Int, filledWith value: Double = 0) {
        self.first = first
        self.second = second
        self.third = third
        values = Array(repeating: value, count: first * second * third)
    }

    package subscript(i: Int, j: Int, k: Int) -> Double {
        get { values[(i * second + j) * third + k] }
        set { values[(i * second + j) * third + k] = newValue }
    }

    package var firstSecond: CountTable { margin(first, second) { i, j, _ in (i, j) } }
    package var firstThird: CountTable { margin(first, third) { i, _, k in (i, k) } }
    package var secondThird: CountTable { margin(second, third) { _, j, k in (j, k) } }

    private func margin(_ rows: Int, _ columns: Int, _ place: (Int, Int, Int) -> (Int, Int)) -> CountTable {
        var table = CountTable(rows: rows, columns: columns)
        for i in 0..<first {
            for j in 0..<second {
                for k in 0..<third {
                    let (row, column) = place(i, j, k)
                    table[row, column] += self[i, j, k]
                }
            }
        }
        return table
    }

    /// Scales cells so that a margin meets its target; gives the largest difference before.
    fileprivate mutating func scale(
        to target: CountTable, _ margin: (Cube) -> CountTable, _ place: ((Int, Int, Int)) -> (Int, Int)
    ) -> Double {
        let now = margin(self)
        var error = 0.0
        var factors = now
        for index in now.values.indices {
            error = max(error, abs(now.values[index] - target.values[index]))
            factors.values[index] = now.values[index] > 0 ? target.values[index] / now.values[index] : 0
        }
        for i in 0..<first {
            for j in 0..<second {
                for k in 0..<third {
                    let (row, column) = place((i, j, k))
                    self[i, j, k] *= factors[row, column]
                }
            }
        }
        return error
    }
}
