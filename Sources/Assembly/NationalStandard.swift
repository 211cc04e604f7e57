import Growth
import Intake
import Projection
import Vocabulary

extension NationalDeviations {
    /// What England's forecasts are out by (``NationalDeviation``), as a model of some settings needs it.
    /// - Parameters:
    ///   - groups: what each setting strays with (``SharedDeviations/names(_:groups:)``).
    ///   - years: how many years totals may be followed for.
    public static func standard(_ service: Service, groups: [String], years: Int) -> NationalDeviations {
        var deviations = NationalDeviations()
        deviations.joining = NationalDeviation.byAge(service, "joiners")
        deviations.yearly = NationalDeviation.of(service, "joiners-yearly")
        deviations.growth = NationalDeviation.of(service, "joiners-growth")
        deviations.leaving = NationalDeviation.byAge(service, "leavers")
        deviations.entering = groups.map { NationalDeviation.of(service, "entering", $0) }
        if service == .plans { deviations.totals = PanelModel.nationalSteps(years: years) }
        return deviations
    }
}
