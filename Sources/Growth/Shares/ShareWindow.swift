import RealModule

/// One year of all areas whose shares are known before, at its start and at its end.
struct ShareWindow {
    /// One area's year.
    struct Step {
        let state: ShareState
        /// All plans at the start.
        let plans: Double
        /// The factor by which they grew.
        let growth: Double
        /// The parts at the end, over all plans at the start.
        let parts: [Double]
    }

    /// The January of its start.
    let january: Int
    /// How much it counts.
    let weight: Double
    let steps: [Step]

    /// A part's share of all plans at the start.
    func share(of part: Int) -> Double {
        let all = steps.reduce(0) { $0 + $1.plans }
        return steps.reduce(0) { $0 + $1.plans * $1.state.shares[part] } / max(all, 1e-9)
    }

    /// The years before an origin that have enough areas.
    static func all(_ composition: Composition, _ known: KnownShares, origin: Int) -> [ShareWindow] {
        let panel = composition.whole.known(in: origin).withoutGaps
        return (ShareModel.firstJanuary..<max(origin, ShareModel.firstJanuary)).compactMap { january in
            let state = PanelState(panel, january)
            let steps = panel.areas.indices.compactMap { area -> Step? in
                guard let features = state.features[area], let before = known[area, january - 1],
                    let now = known[area, january], let after = known[area, january + 1],
                    let plans = known.whole(area, january), let next = known.whole(area, january + 1)
                else { return nil }
                let requests = january < PanelModel.Options().firstOfRequests ? 0 : features[3]
                return Step(
                    state: ShareState(
                        shares: now, change: zip(now, before).map(-),
                        whole: SIMD3(features[0], features[1], requests)),
                    plans: plans, growth: next / plans, parts: after.map { $0 * next / plans })
            }
            guard steps.count >= ShareModel.fewestAreas else { return nil }
            let age = Double(origin - 1 - january)
            return ShareWindow(january: january, weight: Double.pow(0.5, age / ShareModel.halfLife), steps: steps)
        }
    }
}
