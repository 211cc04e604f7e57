import Foundation
import Sampling
import Vocabulary

/// The posterior of shares in a tree of Dirichlet distributions, by Gibbs sampling.
///
/// The model: the root's shares are Dirichlet; a node's shares are Dirichlet about its parent's, with one strength a
/// level; a row's observations are multinomial. Rows' own shares are integrated out. A sweep draws, from the rows
/// upwards, how many of each node's observations are news to its parent (the tables of a Chinese restaurant: Antoniak
/// 1974; Teh, Jordan, Beal and Blei 2006), before that the level's strength by its marginal likelihood, and then the
/// means from the root downwards. Where a node lacks categories that its parent has, tables of the missing ones are drawn from the Poisson distribution that makes
/// the conditional distribution of the parent exact, so that structural zeros bias nothing.
struct PooledFit {
    /// Sweeps before the first draw that is kept.
    static let burnIn = 200

    /// The nodes of one level of the tree, and what is known of them.
    private struct Level {
        /// Each node's parent, on the level above.
        let parents: [Int]
        /// Which categories a node can have: nodes × categories.
        let possible: [Bool]
        /// Observations of rows, tables of the level below otherwise: nodes × categories.
        var customers: [Double] { didSet { inhabited = Self.inhabited(customers, parents.count) } }
        /// Nodes that have customers.
        private(set) var inhabited: [Int]
        /// Shares: nodes × categories. Those of rows are integrated out.
        var means: [Double]
        /// How strongly nodes are held to their parents, in people.
        var strength: Double
        /// Nodes that lack a category which their parent has.
        var lacksSome: [Bool] = []

        init(parents: [Int], possible: [Bool], customers: [Double], strength: Double) {
            self.parents = parents
            self.possible = possible
            self.customers = customers
            self.strength = strength
            means = possible.map { _ in 0 }
            inhabited = Self.inhabited(customers, parents.count)
        }

        private static func inhabited(_ customers: [Double], _ nodes: Int) -> [Int] {
            guard nodes > 0 else { return [] }
            let categories = customers.count / nodes
            return (0..<nodes).filter { node in
                (node * categories..<(node + 1) * categories).contains { customers[$0] > 0 }
            }
        }
    }

    private let categories: Int
    private let prior: PoolingPrior
    private var levels: [Level]
    private var stream: RandomStream
    private let evidence: [Float]

    /// - Parameter evidence: rows × categories, negative where impossible.
    init(
        evidence: [Float], categories: Int, tree: PoolingTree, prior: PoolingPrior = PoolingPrior(),
        stream: RandomStream
    ) {
        precondition(evidence.count == tree.nodes(level: 0) * categories, "evidence and tree differ")
        precondition(prior.strengths.map { $0.count == tree.depth } ?? true, "a strength for each level is needed")
        self.evidence = evidence
        self.categories = categories
        self.prior = prior
        self.stream = stream
        var possible = evidence.map { $0 >= 0 }
        levels = []
        for level in 0...tree.depth {
            let parents = level < tree.depth ? tree.parents[level] : []
            let customers = level == 0 ? evidence.map { Double(max($0, 0)) } : possible.map { _ in 0 }
            let strength = level < tree.depth ? prior.strengths?[level] ?? 20 : 0
            levels.append(Level(parents: parents, possible: possible, customers: customers, strength: strength))
            guard level < tree.depth else { break }
            var above = [Bool](repeating: false, count: tree.nodes(level: level + 1) * categories)
            for (node, parent) in parents.enumerated() {
                for k in 0..<categories where possible[node * categories + k] { above[parent * categories + k] = true }
            }
            levels[level].lacksSome = parents.enumerated().map { node, parent in
                (0..<categories).contains { above[parent * categories + $0] && !possible[node * categories + $0] }
            }
            possible = above
        }
        drawMeans()
    }

    private var depth: Int { levels.count - 1 }

    /// Runs the chain and keeps one draw a sweep.
    /// - Parameter draws: a positive multiple of 16.
    func posterior(draws: Int) -> PooledShares {
        var chain = self
        let size = chain.levels[1].means.count
        var kept = [Float](repeating: 0, count: size * draws)
        var keptStrengths: [Float] = []
        for _ in 0..<Self.burnIn { chain.sweep() }
        for draw in 0..<draws {
            chain.sweep()
            for cell in 0..<size { kept[cell * draws + draw] = Float(chain.levels[1].means[cell]) }
            keptStrengths.append(Float(chain.levels[0].strength))
        }
        return PooledShares(
            rows: levels[0].parents.count, categories: categories, draws: draws, evidence: evidence,
            parents: levels[0].parents.map(Int32.init), means: kept, strengths: keptStrengths)
    }

    /// Shares of every row drawn from the prior alone, rows × categories; 0 where impossible.
    /// - Parameter means: the means of a level's nodes, nodes × categories, where they are given instead of drawn.
    func drawFromPrior(means given: (level: Int, values: [Double])? = nil) -> [Double] {
        var chain = self
        for level in chain.levels.indices {
            chain.levels[level].customers = chain.levels[level].customers.map { _ in 0 }
        }
        chain.drawMeans(given: given)
        var shares: [Double] = []
        for (row, parent) in levels[0].parents.enumerated() {
            let weights = (0..<categories).map { k in
                levels[0].possible[row * categories + k]
                    ? levels[0].strength * chain.levels[1].means[parent * categories + k] : 0
            }
            shares += weights.contains { $0 > 0 } ? chain.stream.dirichlet(weights) : weights
        }
        return shares
    }

    private mutating func sweep() {
        for level in 0..<depth {
            if prior.strengths == nil { drawStrength(level) }
            drawTables(level)
        }
        drawMeans()
    }

    /// A Metropolis step for the logarithm of a level's strength, on the marginal likelihood of its nodes.
    private mutating func drawStrength(_ level: Int) {
        let current = levels[level].strength
        let proposed = current * exp(0.6 * stream.normal())
        guard (1e-2...1e6).contains(proposed) else { return }
        let gain =
            Self.logDensity(strength: proposed, levels[level], above: levels[level + 1].means, categories)
            - Self.logDensity(strength: current, levels[level], above: levels[level + 1].means, categories)
        if log(stream.uniform()) < gain { levels[level].strength = proposed }
    }

    /// The logarithm of prior × Dirichlet-multinomial likelihood of a level's nodes, per unit of log strength.
    private static func logDensity(strength: Double, _ level: Level, above: [Double], _ categories: Int) -> Double {
        var sum = PoolingPrior.strengthShape * log(strength) - PoolingPrior.strengthRate * strength
        for node in level.inhabited {
            let (own, up) = (node * categories, level.parents[node] * categories)
            var (total, reach) = (0.0, 0.0)
            for k in 0..<categories {
                let count = level.customers[own + k]
                if level.possible[own + k] { reach += above[up + k] }
                if count == 0 { continue }
                total += count
                sum += logRisingFactorial(strength * above[up + k], count)
            }
            sum -= logRisingFactorial(strength * reach, total)
        }
        return sum
    }

    /// Draws the tables of a level's nodes, which are the customers of the next.
    private mutating func drawTables(_ number: Int) {
        let level = levels[number]
        let means = levels[number + 1].means
        let possibleAbove = levels[number + 1].possible
        var above = [Double](repeating: 0, count: means.count)
        for node in level.inhabited {
            let (own, up) = (node * categories, level.parents[node] * categories)
            var (total, reach) = (0.0, 0.0)
            for k in 0..<categories {
                let count = level.customers[own + k]
                if level.possible[own + k] { reach += means[up + k] }
                if count == 0 { continue }
                total += count
                above[up + k] += Double(drawTables(customers: count, mass: level.strength * means[up + k]))
            }
            guard level.lacksSome[node] else { continue }
            let news = -logBeta(level.strength * reach, total)
            for k in 0..<categories where possibleAbove[up + k] && !level.possible[own + k] {
                above[up + k] += Double(stream.poisson(min(level.strength * means[up + k] * news, 1e6)))
            }
        }
        levels[number + 1].customers = above
    }

    /// The logarithm of a beta variate, which does not underflow.
    private mutating func logBeta(_ a: Double, _ b: Double) -> Double {
        let (x, y) = (stream.logGamma(shape: a), stream.logGamma(shape: b))
        return x >= y ? -log1p(exp(y - x)) : (x - y) - log1p(exp(x - y))
    }

    /// How many tables so many customers sit at, where a new one opens at customer j with mass ÷ (mass + j).
    ///
    /// Beyond the first few, customers are skipped to the next candidate and thinned, which is exact.
    private mutating func drawTables(customers: Double, mass: Double) -> Int {
        let whole = Int(customers)
        var count = whole
        if customers > Double(whole), stream.uniform() < customers - Double(whole) { count += 1 }
        if count == 0 { return 0 }
        var (tables, next) = (1, 1)
        while next < count {
            let end = min(max(2 * next, 16), count)
            let most = mass / (mass + Double(next))
            if most > 0.25 || next < 16 {
                let scale = mass * 0x1p32
                for j in next..<end where Double(stream.nextWord()) * (mass + Double(j)) < scale { tables += 1 }
            } else {
                let rate = log1p(-most)
                var j = Double(next) + (log(stream.uniform()) / rate).rounded(.down)
                while j < Double(end) {
                    if stream.uniform() * (mass + j) < mass + Double(next) { tables += 1 }
                    j += 1 + (log(stream.uniform()) / rate).rounded(.down)
                }
            }
            next = end
        }
        return tables
    }

    /// Draws the means of every node from the root downwards, those of a given level apart.
    private mutating func drawMeans(given: (level: Int, values: [Double])? = nil) {
        var logs = [Double](repeating: -.infinity, count: categories)
        for number in stride(from: depth, through: 1, by: -1) {
            if let given, given.level == number {
                levels[number].means = given.values
                continue
            }
            let level = levels[number]
            var means = level.means
            for node in 0..<means.count / categories {
                let own = node * categories
                var largest = -Double.infinity
                for k in 0..<categories where level.possible[own + k] {
                    let pull =
                        number == depth
                        ? rootWeight(k)
                        : level.strength * levels[number + 1].means[level.parents[node] * categories + k]
                    logs[k] = stream.logGamma(shape: max(pull, 1e-9) + level.customers[own + k])
                    largest = max(largest, logs[k])
                }
                guard largest > -.infinity else { continue }
                var sum = 0.0
                for k in 0..<categories where level.possible[own + k] {
                    means[own + k] = max(exp(logs[k] - largest), 1e-12)
                    sum += means[own + k]
                }
                for k in 0..<categories { means[own + k] /= sum }
            }
            levels[number].means = means
        }
    }

    private func rootWeight(_ category: Int) -> Double { prior.root?[category] ?? 1 / Double(categories) }
}
