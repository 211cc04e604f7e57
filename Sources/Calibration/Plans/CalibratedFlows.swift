import Assembly
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
                    .plans, groups: rates.deviations.names(space.setting, groups: settings.map(\.group)), years: years)))
    }

    /// The yearly step by which joiners of each need stray by themselves.
    var needDeviations: [Double] { Array(repeating: Self.needGrowthDeviation, count: space.need.count) }
}
