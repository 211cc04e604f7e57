/// What is known of every area in one January, each figure less its mean over areas of some size.
struct PanelState {
    /// The areas that means are taken over have at least so many plans.
    static let fewestPlans = 300.0
    /// The shares of areas below and above which request rates are cut off.
    static let tails = 0.01

    /// Prevalence, last growth, growth of three years, request rate: what growth is regressed on.
    static let features = 4

    /// By area: the features; `nil` where growth of the last year is not known.
    let features: [[Double]?]

    init(_ panel: GrowthPanel, _ january: Int) {
        let isLarge = panel.areas.map { ($0.plans[january] ?? 0) >= Self.fewestPlans }
        func centred(_ values: [Double?]) -> [Double?] {
            let known = zip(values, isLarge).compactMap { $1 ? $0 : nil }
            let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
            return values.map { $0.map { $0 - mean } }
        }
        func growth(_ year: Int) -> [Double?] { centred(panel.areas.map { $0.growth(to: year) }) }
        var prevalence = centred(panel.areas.map { $0.prevalence(january) })
        // Prevalence against the average means nothing where few areas' children are known.
        if prevalence.count(where: { $0 != nil }) < panel.areas.count / 2 { prevalence = prevalence.map { _ in nil } }
        let last = growth(january)
        let earlier = [growth(january - 1), growth(january - 2)]
        let requests = centred(Self.cutOff(panel.areas.map { $0.requestRate(january) }))
        features = panel.areas.indices.map { area in
            guard let now = last[area] else { return nil }
            let years = [now] + earlier.compactMap { $0[area] }
            return [prevalence[area] ?? 0, now, years.reduce(0, +) / Double(years.count), requests[area] ?? 0]
        }
    }

    private static func cutOff(_ values: [Double?]) -> [Double?] {
        let known = values.compactMap { $0 }.sorted()
        guard known.count > 10 else { return values }
        let cut = Int(Double(known.count) * tails)
        let (low, high) = (known[cut], known[known.count - 1 - cut])
        return values.map { $0.map { min(max($0, low), high) } }
    }
}
