import RealModule

/// Simple ways of forecasting one series: what planners do, to compare with.
public enum SimpleForecaster: String, CaseIterable, Sendable {
    case lastValue = "last value"
    case drift = "drift"
    case ownGrowth = "own growth"
    case englandGrowth = "England growth"
    case dampedTrend = "damped trend"

    /// Plans in the years ahead; `nil` without a history of three years.
    public func forecast(_ area: GrowthPanel.Area, national: GrowthPanel.Area, origin: Int, horizon: Int) -> [Double]? {
        guard let last = area.plans[origin], let first = area.plans[origin - 3], last > 0, first > 0 else { return nil }
        switch self {
        case .lastValue: return Array(repeating: last, count: horizon)
        case .drift: return (1...horizon).map { max(last + (last - first) / 3 * Double($0), 0.1 * last) }
        case .ownGrowth:
            let factor = Double.pow(last / first, 1.0 / 3)
            return (1...horizon).map { last * Double.pow(factor, $0) }
        case .englandGrowth:
            guard let now = national.plans[origin], let before = national.plans[origin - 3] else { return nil }
            let factor = Double.pow(now / before, 1.0 / 3)
            return (1...horizon).map { last * Double.pow(factor, $0) }
        case .dampedTrend: return Self.dampedTrend(area, origin: origin, horizon: horizon)
        }
    }

    /// Exponential smoothing of logarithms with a damped trend (Gardner and McKenzie 1985): the three constants that would have
    /// forecast the series itself best, one year ahead.
    private static func dampedTrend(_ area: GrowthPanel.Area, origin: Int, horizon: Int) -> [Double]? {
        var series: [Double] = []
        for january in (origin - 15...origin).reversed() {
            guard let plans = area.plans[january], plans > 0 else { break }
            series.insert(Double.log(plans), at: 0)
        }
        guard series.count >= 4 else { return nil }
        var best: (error: Double, forecast: [Double])?
        for alpha in [0.5, 0.7, 0.9, 1.0] {
            for beta in [0.1, 0.3, 0.6, 0.9] {
                for phi in [0.8, 0.9, 0.98] {
                    var (level, trend) = (series[0], series[1] - series[0])
                    var error = 0.0
                    for value in series.dropFirst() {
                        let expected = level + phi * trend
                        error += (value - expected) * (value - expected)
                        let next = expected + alpha * (value - expected)
                        trend = beta * (next - level) + (1 - beta) * phi * trend
                        level = next
                    }
                    if error < best?.error ?? .infinity {
                        var (sum, step) = (level, trend)
                        let forecast = (0..<horizon).map { _ -> Double in
                            step *= phi
                            sum += step
                            return Double.exp(sum)
                        }
                        best = (error, forecast)
                    }
                }
            }
        }
        return best?.forecast
    }
}
