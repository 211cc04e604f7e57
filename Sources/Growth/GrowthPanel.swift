import RealModule

/// Short positive series of many areas, and what tells how they will grow: plans in force each January, children, and requests.
public struct GrowthPanel: Sendable {
    /// One area.
    public struct Area: Sendable {
        /// What it is called by.
        public let id: String
        /// In words.
        public let name: String
        /// What is forecast, by January.
        public let plans: [Int: Double]
        /// Children of 0 to 17, by mid-year.
        public let children: [Int: Double]
        /// Requests for assessment less refusals, by calendar year.
        public let netRequests: [Int: Double]

        /// States an area.
        public init(
            id: String, name: String, plans: [Int: Double], children: [Int: Double], netRequests: [Int: Double]
        ) {
            self.id = id
            self.name = name
            self.plans = plans
            self.children = children
            self.netRequests = netRequests
        }

        /// Log growth of the year that ends in a January.
        func growth(to january: Int) -> Double? {
            guard let now = plans[january], let before = plans[january - 1], now > 0, before > 0 else { return nil }
            return min(max(Double.log(now / before), -Self.largestStep), Self.largestStep)
        }

        /// The largest yearly step that counts, in logarithms: beyond it a series has been counted anew.
        static let largestStep = 0.5

        /// Log plans per child.
        func prevalence(_ january: Int) -> Double? {
            guard let plans = plans[january], let children = children[january - 1], plans > 0, children > 0
            else { return nil }
            return Double.log(plans / children)
        }

        /// Net requests of the year before, per plan in force.
        func requestRate(_ january: Int) -> Double? {
            guard let requests = netRequests[january - 1], let plans = plans[january], plans > 0 else { return nil }
            return requests / plans
        }
    }

    /// How few areas make a panel from which nothing is learnt about differences between areas: ``NationalPrior`` serves instead.
    static let fewestAreas = 20

    /// Whether ``NationalPrior`` serves instead of what areas show.
    var isSmall: Bool { areas.count < Self.fewestAreas }

    /// The areas, England apart.
    public let areas: [Area]
    /// England.
    public let national: Area

    /// States a panel.
    public init(areas: [Area], national: Area) {
        self.areas = areas
        self.national = national
    }

    /// The same panel without anything after a January: what a forecaster could have known.
    public func known(in january: Int) -> GrowthPanel {
        func cut(_ area: Area) -> Area {
            Area(
                id: area.id, name: area.name, plans: area.plans.filter { $0.key <= january },
                children: area.children.filter { $0.key < january },
                netRequests: area.netRequests.filter { $0.key < january })
        }
        return GrowthPanel(areas: areas.map(cut), national: cut(national))
    }

    /// The same panel with nothing of what is forecast before a January.
    public func since(_ january: Int) -> GrowthPanel {
        func cut(_ area: Area) -> Area {
            Area(
                id: area.id, name: area.name, plans: area.plans.filter { $0.key >= january }, children: area.children,
                netRequests: area.netRequests)
        }
        return GrowthPanel(areas: areas.map(cut), national: cut(national))
    }

    /// The same panel with missing Januaries between known ones filled in, in equal steps of the logarithm.
    var withoutGaps: GrowthPanel {
        func filled(_ area: Area) -> Area {
            let known = area.plans.filter { $0.value > 0 }.keys.sorted()
            var plans = area.plans
            for (before, after) in zip(known, known.dropFirst()) where after > before + 1 {
                guard let first = plans[before], let last = plans[after] else { continue }
                let step = Double.log(last / first) / Double(after - before)
                for january in before + 1..<after {
                    plans[january] = first * Double.exp(step * Double(january - before))
                }
            }
            return Area(
                id: area.id, name: area.name, plans: plans, children: area.children, netRequests: area.netRequests)
        }
        return GrowthPanel(areas: areas.map(filled), national: filled(national))
    }
}
