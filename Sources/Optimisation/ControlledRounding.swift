import Vocabulary

/// Whole numbers near given ones that keep the total, and every one-way margin within 1.
package enum ControlledRounding {
    /// Rounds a cube.
    ///
    /// Every cell goes down, then the largest remainders go up until the total is met; then children move along one
    /// dimension after the other until its margin is near its target. A whole-number table that meets all two-way margins
    /// may not exist (Cox 2003).
    package static func round(_ cube: Cube, total: Int, first: [Double], second: [Double], third: [Double]) -> [Int32] {
        var counts = cube.values.map { Int32($0.rounded(.down)) }
        let remainders = zip(cube.values, counts).map { $0 - Double($1) }
        var missing = total - counts.reduce(0) { $0 + Int($1) }
        for cell in remainders.indices.sorted(by: { remainders[$0] > remainders[$1] }) where missing > 0 {
            if cube.values[cell] > 0 {
                counts[cell] += 1
                missing -= 1
            }
        }
        let targets = [first, second, third]
        for dimension in 0..<3 {
            settle(&counts, cube, dimension: dimension, target: targets[dimension])
        }
        return counts
    }

    /// Moves children along one dimension, from categories with too many to those with too few, until all are within 1 of
    /// each other; the margins of the other two dimensions stay as they are.
    private static func settle(_ counts: inout [Int32], _ cube: Cube, dimension: Int, target: [Double]) {
        let stride = [cube.second * cube.third, cube.third, 1][dimension]
        func category(_ cell: Int) -> Int { cell / stride % target.count }
        var excess = target.map { -$0 }
        for (cell, count) in counts.enumerated() { excess[category(cell)] += Double(count) }
        while let move = bestMove(counts, cube, excess, stride: stride) {
            counts[move.from] -= 1
            counts[move.to] += 1
            excess[category(move.from)] -= 1
            excess[category(move.to)] += 1
        }
    }

    /// The move between the two categories that are furthest apart and have children to trade; the cells that stray least.
    private static func bestMove(
        _ counts: [Int32], _ cube: Cube, _ excess: [Double], stride: Int
    ) -> (from: Int, to: Int)? {
        var pairs: [(high: Int, low: Int)] = []
        for high in excess.indices {
            for low in excess.indices where excess[high] - excess[low] > 1 { pairs.append((high, low)) }
        }
        pairs.sort { excess[$0.high] - excess[$0.low] > excess[$1.high] - excess[$1.low] }
        for pair in pairs {
            var found: (from: Int, to: Int, stray: Double)?
            for from in counts.indices where from / stride % excess.count == pair.high && counts[from] > 0 {
                let to = from + (pair.low - pair.high) * stride
                guard cube.values[to] > 0 else { continue }
                let stray =
                    abs(Double(counts[from]) - 1 - cube.values[from]) + abs(Double(counts[to]) + 1 - cube.values[to])
                if stray < found?.stray ?? .infinity { found = (from, to, stray) }
            }
            if let found { return (found.from, found.to) }
        }
        return nil
    }
}
