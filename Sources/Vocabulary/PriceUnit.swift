/// What a price is for.
public enum PriceUnit: String, Sendable, CaseIterable {
    /// A plan for a year.
    case planYear = "plan-year"
    /// A plan for a week of the year's 52.
    case planWeek = "plan-week"
    /// A commissioned place for a year, filled or not.
    case placeYear = "place-year"
    /// A plan that begins.
    case newPlan = "new-plan"
    /// A request for an assessment.
    case request
    /// An assessment.
    case assessment
    /// A sum for a year, whatever the number of plans.
    case year
    /// A young person who has left care, for a week.
    case careLeaverWeek = "care-leaver-week"
    /// One of those whom a rate of `prevalence.csv` counts, for a year: a service beside the model's own.
    case counted

    /// Whether it is paid for people, for as long as they are there.
    public var isOfPeople: Bool { self == .planYear || self == .planWeek }

    /// How often it is paid in a year.
    public func timesAYear(_ service: Service) -> Double {
        self == .planWeek || self == .careLeaverWeek ? service.weeksOfYear : 1
    }

    /// The units in which a service has prices.
    public static func units(of service: Service) -> [PriceUnit] {
        allCases.filter { service == .care || $0 != .careLeaverWeek }
    }
}
