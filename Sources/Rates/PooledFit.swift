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

    private let categories: Int
    private let tree: PoolingTree
    private let prior: PoolingPrior
    /// Which categories a node can have: by level, nodes × categories.
    private var possible: [[Bool]]
    /// Observations at rows, and tables above: by level, nodes × categories.
    private var customers: [[Double]]
    /// Means, from level 1: by level, nodes × categories.
    private var means: [[Double]]
    private var strengths: [Double]
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
        self.tree = tree
        self.prior = prior
        self.stream = stream
        possible = [evidence.map { $0 >= 0 }]
        customers = [evidence.map { Double(max($0, 0)) }]
        means = [[]]
        strengths = prior.strengths ?? Array(repeating: 20, count: tree.depth)
        for level in 1...tree.depth {
            let size = tree.nodes(level: level) * categories
            var above = [Bool](repeating: false, count: size)
            for (node, parent) in tree.parents[level - 1].enumerated() {
                for k in 0..<categories where possible[level - 1][node * categories + k] {
                    above[parent * categories + k] = true
                }
            }
            possible.append(above)
            customers.append(Array(repeating: 0, count: size))
            means.append(Array(repeating: 0, count: size))
        }
        drawMeans()
    }

    /// Runs the chain and keeps one draw a sweep.
    /// - Parameter draws: a positive multiple of 16.
    func posterior(draws: Int) -> PooledShares {
        var chain = self
        let size = chain.means[1].count
        var kept = [Float](repeating: 0, count: size * draws)
        var keptStrengths: [Float] = []
        for _ in 0..<Self.burnIn { chain.sweep() }
        for draw in 0..<draws {
            chain.sweep()
            for cell in 0..<size { kept[cell * draws + draw] = Float(chain.means[1][cell]) }
            keptStrengths.append(Float(chain.strengths[0]))
        }
        return PooledShares(
            rows: tree.nodes(level: 0), categories: categories, draws: draws, evidence: evidence,
            parents: tree.parents[0].map(Int32.init), means: kept, strengths: keptStrengths)
    }

    /// Shares of every row drawn from the prior alone, rows × categories; 0 where impossible.
    /// - Parameter means: the means of a level's nodes, nodes × categories, where they are given instead of drawn.
    func drawFromPrior(means given: (level: Int, values: [Double])? = nil) -> [Double] {
        var chain = self
        for level in chain.customers.indices {
            chain.customers[level] = chain.customers[level].map { _ in 0 }
        }
        chain.drawMeans(given: given)
        var shares: [Double] = []
        for (row, parent) in tree.parents[0].enumerated() {
            let weights = (0..<categories).map { k in
                possible[0][row * categories + k] ? strengths[0] * chain.means[1][parent * categories + k] : 0
            }
            shares += weights.contains { $0 > 0 } ? chain.stream.dirichlet(weights) : weights
        }
        return shares
    }

    private mutating func sweep() {
        for level in 0..<tree.depth {
            if prior.strengths == nil { drawStrength(level: level) }
            drawTables(level: level)
        }
        drawMeans()
    }

    /// A Metropolis step for the logarithm of a level's strength, on the marginal likelihood of its nodes.
    private mutating func drawStrength(level: Int) {
        let proposed = strengths[level] * exp(0.6 * stream.normal())
        guard (1e-2...1e6).contains(proposed) else { return }
        let gain = logDensity(strength: proposed, level: level) - logDensity(strength: strengths[level], level: level)
        if log(stream.uniform()) < gain { strengths[level] = proposed }
    }

    /// The logarithm of prior × Dirichlet-multinomial likelihood of a level's nodes, per unit of log strength.
    private func logDensity(strength: Double, level: Int) -> Double {
        var sum = PoolingPrior.strengthShape * log(strength) - PoolingPrior.strengthRate * strength
        for (node, parent) in tree.parents[level].enumerated() {
            let (own, up) = (node * categories, parent * categories)
            var (total, reach) = (0.0, 0.0)
            for k in 0..<categories where possible[level][own + k] {
                let count = customers[level][own + k]
                let mean = means[level + 1][up + k]
                reach += mean
                if count == 0 { continue }
                total += count
                sum += logRisingFactorial(strength * mean, count)
            }
            if total > 0 { sum -= logRisingFactorial(strength * reach, total) }
        }
        return sum
    }

    /// Draws the tables of a level's nodes, which are the customers of the next.
    private mutating func drawTables(level: Int) {
        let strength = strengths[level]
        var above = [Double](repeating: 0, count: customers[level + 1].count)
        for (node, parent) in tree.parents[level].enumerated() {
            let (own, up) = (node * categories, parent * categories)
            let total = customers[level][own..<own + categories].reduce(0, +)
            if total == 0 { continue }
            var reach = 0.0
            for k in 0..<categories where possible[level][own + k] { reach += means[level + 1][up + k] }
            let news = -logBeta(strength * reach, total)
            for k in 0..<categories where possible[level + 1][up + k] {
                let mass = strength * means[level + 1][up + k]
                let tables =
                    possible[level][own + k]
                    ? Double(drawTables(customers: customers[level][own + k], mass: mass))
                    : Double(stream.poisson(min(mass * news, 1e6)))
                above[up + k] += tables
            }
        }
        customers[level + 1] = above
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
                for j in next..<end where stream.uniform() * (mass + Double(j)) < mass { tables += 1 }
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
        for level in stride(from: tree.depth, through: 1, by: -1) {
            if let given, given.level == level {
                means[level] = given.values
                continue
            }
            for node in 0..<tree.nodes(level: level) {
                let own = node * categories
                var logs = [Double](repeating: -.infinity, count: categories)
                for k in 0..<categories where possible[level][own + k] {
                    let pull = level == tree.depth ? rootWeight(k) : strengths[level] * upperMean(level, node, k)
                    logs[k] = stream.logGamma(shape: max(pull, 1e-9) + customers[level][own + k])
                }
                guard let largest = logs.max(), largest > -.infinity else { continue }
                var sum = 0.0
                for k in 0..<categories where possible[level][own + k] {
                    means[level][own + k] = max(exp(logs[k] - largest), 1e-12)
                    sum += means[level][own + k]
                }
                for k in 0..<categories { means[level][own + k] /= sum }
            }
        }
    }

    private func rootWeight(_ category: Int) -> Double { prior.root?[category] ?? 1 / Double(categories) }

    private func upperMean(_ level: Int, _ node: Int, _ category: Int) -> Double {
        means[level + 1][tree.parents[level][node] * categories + category]
    }
}
