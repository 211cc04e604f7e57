import Assembly
import Intake
import Projection
import Rates
import Vocabulary

extension CalibratedAuthority {
    /// What a projection of this model needs, without writing it to a folder.
    /// - Parameters:
    ///   - years: how many years from the base on.
    ///   - path: how joiners grow.
    public func flows(years: Int, path: JoinerPath = .level) -> FlowModel {
        FlowModel(
            base: Cohort(january: january, counts: cohort),
            population: (1...years).compactMap { population.people[january + $0] }, rates: FlowRates(rates),
            joinerPath: path, mix: mix?.mix(settings),
            area: ModelArea(
                area.code,
                national: .standard(
                    .plans, groups: rates.deviations.names(space.setting, groups: settings.map(\.group)), years: years))
        )
    }

    /// What plans come near once the years are over that growth is forecast for; `nil` where totals are followed, or none are later.
    func ceiling(_ growth: ModelDescription.Growth) -> SharedCeiling? {
        let after = january + JoinerFactors.testedYears
        guard growth != .follow, population.people.keys.contains(where: { $0 > after }) else { return nil }
        let shipped = PlanCeiling.shipped
        return SharedCeiling(ages: 5...15, after: after, share: shipped.share, deviation: shipped.deviation)
    }

    /// The yearly step by which joiners of each need stray by themselves.
    var needDeviations: [Double] { Array(repeating: Self.needGrowthDeviation, count: space.need.count) }
}
