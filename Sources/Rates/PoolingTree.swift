/// Which rows are pooled with which: rows have parents, parents have parents, up to one root.
public struct PoolingTree: Sendable {
    /// For each level from the rows upwards, the parent of each node; the last level's parents are all the root, 0.
    public let parents: [[Int]]

    /// Names the parents, level by level from the rows.
    /// - Precondition: at least one level, whose last points at node 0 only.
    public init(parents: [[Int]]) {
        precondition(parents.last?.allSatisfy { $0 == 0 } ?? false, "a tree without a root")
        self.parents = parents
    }

    /// How many levels lie below the root.
    public var depth: Int { parents.count }

    /// How many nodes a level has, the rows being level 0 and the root level ``depth``.
    public func nodes(level: Int) -> Int {
        level == depth ? 1 : parents[level].count
    }
}
