import Studies
import Vocabulary

extension Service {
    /// How many years ahead forecasts of all people have been compared with what came: `sendcast backtest --origins`, and for care
    /// `sendcast backtest --care`.
    package var testedYears: Int { self == .plans ? 5 : 3 }

    /// What to know of a forecast from a January or 31 March to another; `nil` where all of it has been tested.
    package func untested(from base: Int, to last: Int) -> String? {
        let tested = base + testedYears
        return last > tested ? "Untested beyond \(words.day) \(tested), \(testedYears) years ahead." : nil
    }
}

extension PreparedStudy {
    /// What to know of every need's figures, where one growth is that of all needs; `nil` where needs grow each by itself, or are learnt
    /// from what plans did.
    package var needsGrowAlike: String? {
        guard folder.space.service == .plans, evidence == nil, folder.space.need.count > 1 else { return nil }
        let areAlike = joinerPath.factors.allSatisfy { factors in factors.allSatisfy { $0 == factors[0] } }
        return areAlike
            ? "New plans of all needs grow alike, for want of a history of needs: their mix changes only by who joins, moves on and leaves."
            : nil
    }
}

extension Manifest {
    /// What to know of the last years of a run; `nil` where all of them have been tested.
    package var untested: String? { (service ?? .plans).untested(from: base, to: last) }
}
