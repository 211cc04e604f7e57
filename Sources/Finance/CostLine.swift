import Vocabulary

/// A line of spend: who or what is paid for, at what price, by whom.
package struct CostLine: Sendable, Equatable {
    /// What it is called.
    package let name: String
    /// Positions of the settings.
    package let settings: [Int]
    /// Pounds by need: needs of this line alone.
    package let pounds: [Int: Double]
    /// The positions of the bands of ages; `nil` for all.
    package let bands: [Int]?
    /// What the price is for.
    package let unit: PriceUnit
    /// The coefficient of variation of one child's cost: log-normal, so that the few dearest weigh as they do.
    package let spread: Double
    /// The coefficient of variation of what is not known about the average: one log-normal factor a run.
    package let uncertainty: Double
    /// The financial year whose prices these are; `nil` for the prices of each year.
    package let priceYear: FinancialYear?
    /// The index that prices follow; `nil` where they stay.
    package let index: String?
    /// Who pays, where no contribution says otherwise.
    package let payer: String
    /// What the line belongs to.
    package let tag: String
    /// Where the price is from, and how good that is.
    package let source: String
    /// See ``source``.
    package let quality: AssumptionQuality?

    /// The financial year whose prices the line stays at, for no index carries it on; `nil` for other lines, and where it costs nothing.
    package var levelYear: FinancialYear? {
        index == nil && pounds.values.contains { $0 != 0 } ? priceYear : nil
    }

    /// Who pays for plans where nobody is named: the high needs budget of the dedicated schools grant.
    package static let grant = "high needs"
    /// The tag of journeys to school, which are paid for children and not for their places.
    package static let transport = "transport"
    /// Who pays for those journeys: the council's own budget, outside the grant.
    package static let generalFund = "general fund"
    /// Who pays for children in care where nobody is named: the council's budget for children's services.
    package static let council = "children's services"

    /// States a line.
    package init(
        name: String, settings: [Int], pounds: [Int: Double], bands: [Int]? = nil, unit: PriceUnit = .planYear,
        spread: Double = 0, uncertainty: Double = 0, priceYear: FinancialYear? = nil, index: String? = nil,
        payer: String = CostLine.grant, tag: String = "", source: String = "", quality: AssumptionQuality? = nil
    ) {
        self.name = name
        self.settings = settings
        self.pounds = pounds
        self.bands = bands
        self.unit = unit
        self.spread = spread
        self.uncertainty = uncertainty
        self.priceYear = priceYear
        self.index = index
        self.payer = payer
        self.tag = tag
        self.source = source
        self.quality = quality
    }
}

/// How prices change from year to year.
package struct PriceIndex: Sendable, Equatable {
    /// What the prices of a financial year are multiplied by, against those of the year before.
    package let factors: [FinancialYear: Double]
    /// How far factors may lie from the stated ones: standard deviations of their logarithms. Years beyond the last stated one are as it.
    package let deviations: [FinancialYear: Double]

    /// States factors, and how uncertain they are.
    package init(factors: [FinancialYear: Double], deviations: [FinancialYear: Double] = [:]) {
        (self.factors, self.deviations) = (factors, deviations)
    }

    /// Whether a factor is uncertain.
    var isUncertain: Bool { deviations.values.contains { $0 > 0 } }

    /// How far the factor of a year may lie from the stated one.
    func deviation(of year: FinancialYear) -> Double {
        if factors[year] != nil { return deviations[year] ?? 0 }
        guard let last = factors.keys.max(), last < year else { return 0 }
        return deviations[last] ?? 0
    }

    /// The years of uncertain factors that begin before an April.
    func uncertainYears(before end: Int) -> [FinancialYear] {
        guard let first = deviations.filter({ $0.value > 0 }).keys.min(), first.starting < end else { return [] }
        return (first.starting..<end).map(FinancialYear.init(starting:)).filter { deviation(of: $0) > 0 }
    }

    /// What prices of one year are multiplied by to be those of another. Years beyond the last stated one rise as it did; earlier ones
    /// than the first are not known and stay.
    package func factor(from: FinancialYear, to: FinancialYear) -> Double {
        guard from < to else { return from == to ? 1 : 1 / factor(from: to, to: from) }
        return (from.starting + 1...to.starting).reduce(1) { product, year in
            product * step(FinancialYear(starting: year))
        }
    }

    private func step(_ year: FinancialYear) -> Double {
        if let factor = factors[year] { return factor }
        guard let last = factors.keys.max(), last < year else { return 1 }
        return factors[last] ?? 1
    }
}
