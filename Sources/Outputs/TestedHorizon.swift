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

    /// Whether a text names a year beyond those that have been tested, such as `2035` or `2030-31`.
    package func isUntested(_ text: String) -> Bool {
        let tested = base + (service ?? .plans).testedYears
        return text.split { !($0.isASCII && ($0.isNumber || $0 == "-" || $0 == ",")) }.contains { word in
            let parts = word.split(separator: "-")
            guard let first = parts.first, first.count == 4, let year = Int(first), (1_900...2_300).contains(year)
            else {
                return false
            }
            return parts.count == 2 && parts[1].count == 2 ? year >= tested : year > tested
        }
    }
}
