/// What the draws of a model are keyed by: one seed for what happens to all areas alike, one for what happens to its own.
///
/// Models of two areas with one seed have the same national draws and different local ones, so that their results can be summed run by
/// run. Both are FNV-1a hashes of 64 bits (Fowler, Noll and Vo, draft-eastlake-fnv): over the eight bytes of the seed, the lowest first,
/// the UTF-8 of the service and a byte of 255; the local one also over the UTF-8 of the area and another such byte.
public struct DrawSeeds: Sendable, Equatable {
    /// Of what all areas share.
    public let national: UInt64
    /// Of what is the area's own.
    public let local: UInt64

    /// A bit for each source that is drawn anew, by the complements of the seeds.
    private var redrawn: UInt16 = 0

    /// Names the draws of a model.
    /// - Parameters:
    ///   - seed: that of the run.
    ///   - service: what is projected; services of one area share no draws.
    ///   - area: a stable name of the area.
    public init(seed: UInt64, service: String, area: String) {
        var hash: UInt64 = 14_695_981_039_346_656_037
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        for place in 0..<8 { add(UInt8(truncatingIfNeeded: seed >> (8 * UInt64(place)))) }
        for byte in service.utf8 { add(byte) }
        add(0xFF)
        national = hash
        for byte in area.utf8 { add(byte) }
        add(0xFF)
        local = hash
    }

    /// The same draws but for some sources.
    public func redrawing(_ sources: Set<DrawSource>) -> DrawSeeds {
        var seeds = self
        seeds.redrawn = sources.reduce(0) { $0 | 1 << $1.rawValue }
        return seeds
    }

    /// The seed of what all areas share of a source.
    public func national(_ source: DrawSource) -> UInt64 { isRedrawn(source) ? ~national : national }

    /// The seed of what is the area's own of a source.
    public func local(_ source: DrawSource) -> UInt64 { isRedrawn(source) ? ~local : local }

    private func isRedrawn(_ source: DrawSource) -> Bool { redrawn >> source.rawValue & 1 == 1 }
}
