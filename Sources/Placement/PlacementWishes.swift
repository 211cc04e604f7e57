/// Where the displaced of each queue go, and who would be elsewhere: the policy in the numbers of queues.
struct PlacementWishes {
    /// The settings in which children with unmet wishes are.
    let holders: [Int]
    let routes: [[[PlacementQueues.Target]]]
    let asksYearly: [Bool]
    let latent: [Float]
    /// Orders of routes whose shares are uncertain, each once; their shares are numbered one after another.
    let uncertainOrders: [[PlacementPolicy.Route]]

    /// - Parameters:
    ///   - queues: what each queue asks for.
    ///   - isFull: whether it may find its setting full.
    init(_ policy: PlacementPolicy, queues: [PlacementPolicy.Asked], isFull: [Bool]) {
        let asking = policy.routes.values.joined().joined().filter { $0.asking != .never }.map(\.setting)
        let holders = Set(asking + policy.latent.map(\.setting)).sorted()
        var asksYearly = [Bool](repeating: false, count: queues.count * holders.count)
        var latent = [Float](repeating: 0, count: queues.count * holders.count)
        var uncertain: [(routes: [PlacementPolicy.Route], first: Int)] = []
        func drawn(_ routes: [PlacementPolicy.Route]) -> Int? {
            if let known = uncertain.first(where: { $0.routes == routes }) { return known.first }
            guard routes.contains(where: { $0.share.low < $0.share.high }) else { return nil }
            uncertain.append((routes, uncertain.last.map { $0.first + $0.routes.count } ?? 0))
            return uncertain.last?.first
        }
        routes = queues.enumerated().map { queue, asked in
            if !isFull[queue] { return [] }
            return (policy.routes[asked] ?? []).map { routes in
                var shareUpTo = 0.0
                let first = drawn(routes)
                return routes.enumerated().map { place, route in
                    shareUpTo += route.share.likely
                    let holder = route.asking == .never ? nil : holders.firstIndex(of: route.setting)
                    if let holder, route.asking == .yearly { asksYearly[queue * holders.count + holder] = true }
                    return PlacementQueues.Target(
                        setting: route.setting, shareUpTo: Float(min(shareUpTo, 1)), drawn: first.map { $0 + place },
                        holder: holder)
                }
            }
        }
        for wish in policy.latent {
            guard let holder = holders.firstIndex(of: wish.setting) else { continue }
            for (queue, asked) in queues.enumerated() where asked.setting == wish.wanted {
                guard wish.ages.contains(asked.age), wish.needs.contains(asked.need) else { continue }
                latent[queue * holders.count + holder] += Float(wish.share)
            }
        }
        uncertainOrders = uncertain.map(\.routes)
        self.holders = holders
        self.asksYearly = asksYearly
        self.latent = latent
    }
}
