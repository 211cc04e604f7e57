import RealModule

extension RandomStream {
    /// A binomial count, exact for every `count` and `probability`.
    ///
    /// Counts halve exactly: the middle order statistic of n uniforms is a beta variate, which leaves a binomial of
    /// about half the size on one side (Ahrens and Dieter 1974); small ones are counted one by one.
    /// - Parameters:
    ///   - count: trials, at least 0.
    ///   - probability: in 0...1.
    public mutating func binomial(_ count: Int, _ probability: Double) -> Int {
        precondition(count >= 0 && (0...1).contains(probability), "binomial(\(count), \(probability))")
        var (trials, share, successes) = (count, probability, 0)
        while trials > 24 && share > 0 && share < 1 {
            let middle = trials / 2 + 1
            let quantile = beta(Double(middle), Double(trials - middle + 1))
            if quantile <= share {
                successes += middle
                trials -= middle
                share = min((share - quantile) / (1 - quantile), 1)
            } else {
                trials = middle - 1
                share = min(share / quantile, 1)
            }
        }
        if share <= 0 { return successes }
        if share >= 1 { return successes + trials }
        for _ in 0..<trials where uniform() < share { successes += 1 }
        return successes
    }

    /// A Poisson count, exact for every mean.
    ///
    /// A gamma variate is the time of a late arrival, which leaves a binomial or a shorter Poisson count
    /// (Ahrens and Dieter 1974); short ones by multiplication.
    /// - Parameter mean: at least 0 and finite.
    public mutating func poisson(_ mean: Double) -> Int {
        precondition(mean >= 0 && mean.isFinite, "a Poisson mean of \(mean)")
        var (rest, count) = (mean, 0)
        while rest > 16 {
            let arrivals = Int(rest * 7 / 8)
            let time = gamma(shape: Double(arrivals))
            if time > rest { return count + binomial(arrivals - 1, rest / time) }
            count += arrivals
            rest -= time
        }
        let limit = Double.exp(-rest)
        var product = uniform()
        while product > limit {
            count += 1
            product *= uniform()
        }
        return count
    }

    /// Counts over categories that sum to `count`.
    /// - Parameters:
    ///   - count: trials, at least 0.
    ///   - shares: each at least 0, not all 0; they need not sum to 1.
    public mutating func multinomial(_ count: Int, _ shares: [Double]) -> [Int] {
        var rest = shares.reduce(0, +)
        precondition(rest > 0, "a multinomial distribution with no positive share")
        var left = count
        var counts = [Int](repeating: 0, count: shares.count)
        for category in shares.indices where left > 0 && shares[category] > 0 {
            let isLast = shares[(category + 1)...].allSatisfy { $0 == 0 }
            counts[category] = isLast ? left : binomial(left, min(shares[category] / rest, 1))
            left -= counts[category]
            rest = max(rest - shares[category], 0)
        }
        return counts
    }
}
