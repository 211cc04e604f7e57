import Sampling
import Vocabulary

extension UncertainNumber {
    /// A number that a row of a model states, from which each run draws its own.
    init(_ stated: Bracket, key: UInt32) {
        self.init(low: stated.low, likely: stated.likely, high: stated.high, key: key)
    }
}
