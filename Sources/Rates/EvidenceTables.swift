import Sampling
import Vocabulary

/// Evidence in the shape that pooling takes: rows × categories, with the impossible marked, and trees of rows.
struct EvidenceTables: Sendable {
    private let evidence: FlowEvidence
    private var space: StateSpace { evidence.space }
    /// Cells → (age, setting group) → age → everything.
    private let byGroup: PoolingTree

    init(_ evidence: FlowEvidence) {
        self.evidence = evidence
        let space = evidence.space
        let groups = (evidence.groupOfSetting.max() ?? 0) + 1
        byGroup = PoolingTree(parents: [
            (0..<space.count).map { cell in
                let place = space.coordinates(of: cell)
                return place.age * groups + evidence.groupOfSetting[place.setting]
            },
            (0..<space.ages * groups).map { $0 / groups },
            Array(repeating: 0, count: space.ages),
        ])
    }

    func leaving(_ prior: PoolingPrior, stream: RandomStream) -> PooledFit {
        let rows = (0..<space.count).flatMap { row -> [Float] in
            guard canStay(row) || canMove(row) else { return [0, PooledShares.impossible] }
            return [Float(evidence.left[row]), Float(evidence.remained[row])]
        }
        return PooledFit(evidence: rows, categories: 2, tree: byGroup, prior: prior, stream: stream)
    }

    func moving(_ prior: PoolingPrior, stream: RandomStream) -> PooledFit {
        let rows = (0..<space.count).flatMap { row -> [Float] in
            switch (canStay(row), canMove(row)) {
            case (true, true): [Float(evidence.stayed[row]), Float(movers(row))]
            case (true, false): [0, PooledShares.impossible]
            case (false, true): [PooledShares.impossible, 0]
            case (false, false): [PooledShares.impossible, PooledShares.impossible]
            }
        }
        return PooledFit(evidence: rows, categories: 2, tree: byGroup, prior: prior, stream: stream)
    }

    func destination(_ prior: PoolingPrior, stream: RandomStream) -> PooledFit {
        let settings = space.setting.count
        let rows = (0..<space.count).flatMap { row -> [Float] in
            let place = space.coordinates(of: row)
            return (0..<settings).map { to in
                let isPossible = evidence.permitted.allowsMove(
                    age: place.age, need: place.need, from: place.setting, to: to)
                return isPossible ? Float(evidence.moved[row * settings + to]) : PooledShares.impossible
            }
        }
        return PooledFit(evidence: rows, categories: settings, tree: byGroup, prior: prior, stream: stream)
    }

    func needs(_ prior: PoolingPrior, stream: RandomStream) -> PooledFit {
        let rows = (0..<space.ages).flatMap { age in
            (0..<space.need.count).map { need in
                let settings = entrySettings(age: age, need: need)
                return settings.isEmpty ? PooledShares.impossible : joiners(age: age, need: need, settings).reduce(0, +)
            }
        }
        let tree = PoolingTree(parents: [Array(repeating: 0, count: space.ages)])
        return PooledFit(evidence: rows, categories: space.need.count, tree: tree, prior: prior, stream: stream)
    }

    func entry(_ prior: PoolingPrior, stream: RandomStream) -> PooledFit {
        let settings = space.setting.count
        var rows: [Float] = []
        for age in 0..<space.ages {
            for need in 0..<space.need.count {
                var row = [Float](repeating: PooledShares.impossible, count: settings)
                let open = entrySettings(age: age, need: need)
                for (setting, count) in zip(open, joiners(age: age, need: need, open)) { row[setting] = count }
                rows += row
            }
        }
        let tree = PoolingTree(parents: [
            (0..<space.ages * space.need.count).map { $0 / space.need.count }, Array(repeating: 0, count: space.ages),
        ])
        return PooledFit(evidence: rows, categories: settings, tree: tree, prior: prior, stream: stream)
    }

    func joining(_ prior: FlowPrior, stream: RandomStream) -> JoinerFit {
        JoinerFit(
            joiners: evidence.joinersByYear, population: evidence.population, knownStrength: prior.joinerStrength,
            knownMean: prior.joinerMean, knownShock: prior.shockDeviation, stream: stream)
    }

    private func movers(_ row: Int) -> Double {
        evidence.moved[row * space.setting.count..<(row + 1) * space.setting.count].reduce(0, +)
    }

    private func canStay(_ row: Int) -> Bool {
        let place = space.coordinates(of: row)
        return evidence.permitted.allows(age: place.age, need: place.need, setting: place.setting)
    }

    private func canMove(_ row: Int) -> Bool {
        let place = space.coordinates(of: row)
        return (0..<space.setting.count).contains {
            evidence.permitted.allowsMove(age: place.age, need: place.need, from: place.setting, to: $0)
        }
    }

    private func entrySettings(age: Int, need: Int) -> [Int] {
        (0..<space.setting.count).filter { evidence.permitted.allows(age: age, need: need, setting: $0) }
    }

    private func joiners(age: Int, need: Int, _ settings: [Int]) -> [Float] {
        settings.map { Float(evidence.joined[space.cell(age: age, need: need, setting: $0)]) }
    }
}
