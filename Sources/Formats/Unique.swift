import Algorithms

extension Sequence where Element: Hashable {
    /// Each element once, in the order of appearance.
    package var unique: [Element] { Array(uniqued()) }
}
